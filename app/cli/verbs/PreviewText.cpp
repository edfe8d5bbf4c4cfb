// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/PreviewText.h"

#include "app/cli/verbs/BatchText.h"
#include "core/base/Money.h"

#include <algorithm>

namespace sluice {

namespace {

constexpr std::size_t RowsForPeople = 10; // of each state
constexpr std::array States{PreviewState::New, PreviewState::Duplicate, PreviewState::Changed,
    PreviewState::Removed, PreviewState::Error};

std::string joined(const std::vector<std::string>& texts)
{
    std::string list;
    for (const std::string& text : texts)
        list += (list.empty() ? "" : ", ") + text;
    return list;
}

Cell billed(const PreviewCosts& costs, const std::optional<Currency>& currency)
{
    return currency ? Cell::amount(costs[static_cast<std::size_t>(Measure::BilledCost)], *currency)
                    : Cell::none();
}

// Why a row is what it is, as a sentence.
std::string reasonOf(const PreviewRow& row)
{
    switch (row.state) {
    case PreviewState::New:
        return row.isOfNewPeriod ? "nothing stands in its period" : "nothing like it stands";
    case PreviewState::Duplicate:
        return row.standing + " says the same";
    case PreviewState::Changed:
        return row.standing + " differs in " + joined(row.differs);
    case PreviewState::Removed:
        return "its period is restated without it";
    case PreviewState::Error:
        return row.rule + ": " + row.reason;
    }
    return {};
}

void writeCosts(JsonWriter& json, std::string_view name, const PreviewCosts& costs,
    const std::optional<Currency>& currency)
{
    json.key(name).beginObject();
    for (const Measure measure : Measures) {
        json.key(measureName(measure));
        const auto index = static_cast<std::size_t>(measure);
        (currency ? Cell::amount(costs[index], *currency) : Cell::none()).writeJson(json);
    }
    json.endObject();
}

void writeRow(JsonWriter& json, const PreviewRow& row)
{
    json.beginObject()
        .member("state", previewStateName(row.state))
        .member("document", row.document);
    json.countMember("row", row.row).countMember("line", row.line);
    if (row.state == PreviewState::Error) {
        json.member("rule", row.rule).member("column", row.column).member("value", row.value);
        json.member("reason", row.reason).member("fix", row.fix);
        json.member("raw_line", row.rawLine).endObject();
        return;
    }
    Cell::textOrNone(row.day ? row.day->toIso() : std::string{}).writeJson(json.key("day"));
    json.member("service", row.service);
    Cell::textOrNone(row.description).writeJson(json.key("description"));
    json.member("billing_account", row.account);
    Cell::textOrNone(row.currency ? row.currency->code() : std::string_view{})
        .writeJson(json.key("currency"));
    writeCosts(json, "costs", row.costs, row.currency);
    Cell::textOrNone(row.standing).writeJson(json.key("standing"));
    if (row.state == PreviewState::Changed) {
        writeCosts(json, "costs_before", row.costsBefore, row.currency);
        Cell::list(row.differs).writeJson(json.key("differs"));
    }
    json.member("reason", reasonOf(row)).endObject();
}

void writeColumns(JsonWriter& json, const DeliveryPreview& delivery)
{
    json.key("columns").beginArray();
    for (const PreviewColumn& column : delivery.columns) {
        json.beginObject();
        Cell::textOrNone(column.name).writeJson(json.key("name"));
        Cell::list(column.focus).writeJson(json.key("focus"));
        json.member("match", columnMatchName(column.match))
            .member("sample", column.sample)
            .endObject();
    }
    json.endArray();
    Cell::list(delivery.missing).writeJson(json.key("missing_columns"));
}

void writeTotals(JsonWriter& json, const DeliveryPreview& delivery)
{
    const auto sums = [&json](std::string_view name, const std::array<Int128, MeasureCount>& costs,
                          Currency currency) {
        json.key(name).beginObject();
        for (const Measure measure : Measures)
            json.member(measureName(measure),
                amountText(costs[static_cast<std::size_t>(measure)], currency));
        json.endObject();
    };
    json.key("totals").beginArray();
    for (const PreviewTotal& total : delivery.totals) {
        json.beginObject()
            .member("billing_period", total.billingPeriod)
            .member("currency", total.currency.code());
        json.countMember("rows", total.rows);
        sums("costs", total.costs, total.currency);
        json.countMember("standing_rows", total.standingRows);
        sums("standing_costs", total.standingCosts, total.currency);
        json.endObject();
    }
    json.endArray();
}

void writeDelivery(JsonWriter& json, const DeliveryPreview& delivery, bool isRead)
{
    json.beginObject().member("path", delivery.file).member("profile", delivery.profile);
    json.member("profile_title", delivery.profileTitle);
    json.key("recognised").boolean(delivery.isRecognised);
    writeColumns(json, delivery);
    if (isRead) {
        json.key("is_there").boolean(delivery.isThere);
        json.key("counts").beginObject();
        for (const PreviewState state : States)
            json.countMember(previewStateName(state), delivery.count(state));
        json.countMember("given_way", delivery.givenWay).endObject();
        writeTotals(json, delivery);
        json.key("rows").beginArray();
        for (const PreviewRow& row : delivery.rows)
            writeRow(json, row);
        json.endArray();
        json.key("batch").beginObject();
        writeBatch(json, delivery.batch);
        json.endObject();
        Cell::list(delivery.beside).writeJson(json.key("beside"));
    }
    Cell::list(delivery.skipped).writeJson(json.key("skipped"));
    json.endObject();
}

Table countTable(const ImportPreview& preview)
{
    Table table{{{"file", "file"}, {"id", "batch"}, {"source", "source"}, {"profile", "read as"},
        {"new", "new"}, {"duplicate", "duplicate"}, {"changed", "changed"}, {"removed", "removed"},
        {"error", "error"}}};
    for (const DeliveryPreview& delivery : preview.deliveries) {
        std::vector<Cell> cells{Cell::text(delivery.file), Cell::text(delivery.batch.publicId),
            Cell::text(delivery.batch.source), Cell::text(delivery.profile)};
        for (const PreviewState state : States)
            cells.push_back(Cell::count(delivery.count(state)));
        table.addRow(std::move(cells));
    }
    return table;
}

Table totalTable(const DeliveryPreview& delivery)
{
    Table table{{{"billing_period", "billing period"}, {"currency", "currency"}, {"rows", "rows"},
        {"billed_cost", "billed cost"}, {"standing_rows", "rows today"},
        {"standing_billed_cost", "billed cost today"}}};
    const auto index = static_cast<std::size_t>(Measure::BilledCost);
    for (const PreviewTotal& total : delivery.totals)
        table.addRow({Cell::text(total.billingPeriod), Cell::text(total.currency.code()),
            Cell::count(total.rows), Cell::amount(total.costs[index], total.currency),
            Cell::count(total.standingRows),
            Cell::amount(total.standingCosts[index], total.currency)});
    return table;
}

Table rowTable(const DeliveryPreview& delivery)
{
    Table table{{{"state", "state"}, {"line", "line"}, {"day", "day"}, {"service", "service"},
        {"description", "description"}, {"account", "account"}, {"currency", "currency"},
        {"before", "before"}, {"billed_cost", "billed cost"}, {"reason", "why"}}};
    std::array<std::size_t, PreviewStateCount> shown{};
    for (const PreviewRow& row : delivery.rows) {
        if (shown[static_cast<std::size_t>(row.state)]++ >= RowsForPeople)
            continue;
        table.addRow({Cell::text(previewStateName(row.state)), Cell::count(row.line),
            Cell::textOrNone(row.day ? row.day->toIso() : std::string{}), Cell::text(row.service),
            Cell::text(row.description), Cell::text(row.account),
            Cell::textOrNone(row.currency ? row.currency->code() : std::string_view{}),
            row.state == PreviewState::Changed ? billed(row.costsBefore, row.currency)
                                               : Cell::none(),
            billed(row.costs, row.currency), Cell::text(reasonOf(row))});
    }
    return table;
}

Table columnTable(const DeliveryPreview& delivery)
{
    Table table{
        {{"name", "column"}, {"focus", "read as"}, {"match", "match"}, {"sample", "first value"}}};
    for (const PreviewColumn& column : delivery.columns) {
        if (column.match == ColumnMatch::Similar || column.match == ColumnMatch::Unknown)
            table.addRow({Cell::text(column.name), Cell::list(column.focus),
                Cell::text(columnMatchName(column.match)), Cell::text(column.sample)});
    }
    return table;
}

void printDelivery(Output& output, const DeliveryPreview& delivery, bool isRead)
{
    for (const Table& table : {columnTable(delivery), totalTable(delivery), rowTable(delivery)}) {
        if (table.empty())
            continue;
        output.line("");
        output.peopleTable(table);
    }
    if (!delivery.missing.empty())
        output.line("Missing: " + joined(delivery.missing) + ".");
    if (delivery.isThere)
        output.note(delivery.file + " was imported before: importing it changes nothing.");
    if (isRead && delivery.batch.appends)
        output.note("Source " + delivery.batch.source + " appends: " + delivery.file
            + " is added to what is there.");
    for (const std::string& sentence : delivery.beside)
        output.note(sentence + ".");
    for (const std::string& name : delivery.skipped)
        output.note("Skipped in " + delivery.file + ": " + name + " is no part of a delivery.");
}

} // namespace

ExitCode printPreview(Output& output, const ImportPreview& preview)
{
    const bool isRead = !preview.refusal || preview.refusal->code == ErrorCode::SmallerDelivery;
    output.answer(preview.revision, [&](JsonWriter& json) {
        json.key("deliveries").beginArray();
        for (const DeliveryPreview& delivery : preview.deliveries)
            writeDelivery(json, delivery, isRead);
        json.endArray();
        json.key("refusal");
        if (preview.refusal) {
            json.beginObject()
                .member("code", errorCodeName(preview.refusal->code))
                .member("where", preview.refusal->where)
                .member("message", preview.refusal->what)
                .member("fix", preview.refusal->fix)
                .endObject();
        } else {
            json.null();
        }
    });
    if (isRead)
        output.table(countTable(preview));
    for (const DeliveryPreview& delivery : preview.deliveries)
        printDelivery(output, delivery, isRead);
    output.note("Nothing was kept: this was a preview.");
    if (preview.refusal)
        return output.fail(*preview.refusal);
    const bool hasErrors = std::ranges::any_of(preview.deliveries,
        [](const DeliveryPreview& d) { return d.count(PreviewState::Error) > 0; });
    return hasErrors ? ExitCode::Faults : ExitCode::Done;
}

} // namespace sluice
