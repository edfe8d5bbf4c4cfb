// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/FindingsVerb.h"

#include "app/cli/Options.h"
#include "app/cli/verbs/FindingText.h"
#include "core/analytics/FilterText.h"
#include "core/base/Money.h"
#include "core/services/SpendService.h"

namespace sluice {

namespace {

bool isMovement(FindingKind kind)
{
    return kind == FindingKind::Mover || kind == FindingKind::NewSpend
        || kind == FindingKind::VanishedSpend;
}

Cell amountCell(Int128 amount, const std::optional<Currency>& currency)
{
    return currency ? Cell::amount(amount, *currency) : Cell::none();
}

void writePeriod(JsonWriter& json, std::string_view name, const std::optional<Period>& period)
{
    json.key(name);
    if (!period) {
        json.null();
        return;
    }
    json.beginObject()
        .member("from", period->first.toIso())
        .member("to", period->end.toIso())
        .endObject();
}

void writeFinding(JsonWriter& json, const Finding& finding)
{
    json.beginObject().member("kind", findingKindName(finding.kind));
    Cell::textOrNone(finding.attribute ? attributeName(*finding.attribute) : std::string_view{})
        .writeJson(json.key("attribute"));
    json.member("text", findingText(finding));
    json.key("about").beginArray();
    for (const FindingPlace& place : finding.about) {
        json.beginObject().member("dimension", place.dimension).member("value", place.value);
        Cell::textOrNone(place.name).writeJson(json.key("name"));
        json.endObject();
    }
    json.endArray();
    Cell::textOrNone(finding.currency ? finding.currency->code() : std::string_view{})
        .writeJson(json.key("currency"));
    amountCell(finding.amount, finding.currency).writeJson(json.key("amount"));
    (isMovement(finding.kind) ? amountCell(finding.before, finding.currency) : Cell::none())
        .writeJson(json.key("before"));
    json.countMember("charges", finding.charges).countMember("rows", finding.rows);
    if (!finding.rule.empty()) {
        json.member("rule", finding.rule).member("column", finding.column);
        json.countMember("first_line", finding.firstLine);
        json.member("sample", finding.sample).member("fix", finding.fix);
    }
    if (isMovement(finding.kind))
        json.key("uncertain").boolean(finding.isUncertain);
    Cell::textOrNone(finding.days ? finding.days->first.toIso() : std::string{})
        .writeJson(json.key("first_day"));
    Cell::textOrNone(finding.days ? finding.days->end.plusDays(-1).toIso() : std::string{})
        .writeJson(json.key("last_day"));
    json.member("filter", filterText(finding.query)).endObject();
}

void writeSums(JsonWriter& json, const FindingsAnswer& answer)
{
    json.key("sums").beginArray();
    for (const FindingSum& sum : answer.sums) {
        json.beginObject().member("kind", findingKindName(sum.kind));
        Cell::textOrNone(sum.attribute ? attributeName(*sum.attribute) : std::string_view{})
            .writeJson(json.key("attribute"));
        Cell::textOrNone(sum.currency ? sum.currency->code() : std::string_view{})
            .writeJson(json.key("currency"));
        (isMovement(sum.kind) ? Cell::none() : amountCell(sum.amount, sum.currency))
            .writeJson(json.key("amount"));
        json.countMember("charges", sum.charges).countMember("rows", sum.rows);
        json.countMember("findings", sum.findings).endObject();
    }
    json.endArray();
}

void writeTotals(JsonWriter& json, const FindingsAnswer& answer)
{
    json.key("totals").beginArray();
    for (const FindingsAnswer::Total& total : answer.totals) {
        json.beginObject()
            .member("currency", total.currency.code())
            .member("amount", amountText(total.amount, total.currency));
        (answer.compared ? Cell::amount(total.compared, total.currency) : Cell::none())
            .writeJson(json.key("compared"));
        (answer.compared ? Cell::amount(total.before, total.currency) : Cell::none())
            .writeJson(json.key("before"));
        json.endObject();
    }
    json.endArray();
    writePeriod(json, "compared_period", answer.compared);
    writePeriod(json, "period_before", answer.before);
}

Table tableOf(const FindingsAnswer& answer)
{
    Table table{{{"kind", "kind"}, {"text", "finding"}, {"currency", "currency"},
        {"amount", "amount"}, {"before", "before"}, {"charges", "charges"}, {"rows", ""},
        {"first_day", "first day"}, {"last_day", "last day"}, {"filter", ""}}};
    for (const Finding& finding : answer.findings) {
        table.addRow({Cell::text(findingKindName(finding.kind)), Cell::text(findingText(finding)),
            Cell::textOrNone(finding.currency ? finding.currency->code() : std::string_view{}),
            amountCell(finding.amount, finding.currency),
            isMovement(finding.kind) ? amountCell(finding.before, finding.currency) : Cell::none(),
            Cell::count(finding.charges), Cell::count(finding.rows),
            Cell::textOrNone(finding.days ? finding.days->first.toIso() : std::string{}),
            Cell::textOrNone(finding.days ? finding.days->end.plusDays(-1).toIso() : std::string{}),
            Cell::text(filterText(finding.query))});
    }
    return table;
}

} // namespace

VerbInfo FindingsVerb::info() const
{
    return {"findings",
        "What there is to look at: unowned spend, movements, missing days, what the rules found.",
        "sluice-cli findings company.sluice --period 2026-09",
        "Movements compare the period with the one before it; without a period, the last month.\n"};
}

void FindingsVerb::declare(Options& options)
{
    options.argument("LEDGER", m_ledger, "the ledger file");
    options.count({"--limit", "N", "so many of each kind and currency (default 10)"}, m_limit);
    m_query.declareFilters(options);
    m_query.declareMeasureOnly(options);
}

Result<ExitCode> FindingsVerb::run(VerbContext& context)
{
    SLUICE_TRY(SpendQuestion asked, m_query.ask(context, m_ledger));
    FindingsQuestion question;
    question.query = std::move(asked.query);
    question.perKind = m_limit;
    SLUICE_TRY(const FindingsAnswer answer,
        SpendService{*asked.ledger.workspace}.findings(
            std::move(question), asked.ledger.principal, context.task()));
    Output& output = context.output();
    output.answer(answer.revision, [&](JsonWriter& json) {
        json.key("findings").beginArray();
        for (const Finding& finding : answer.findings)
            writeFinding(json, finding);
        json.endArray();
        writeSums(json, answer);
        writeTotals(json, answer);
    });
    const Table table = tableOf(answer);
    output.table(table);
    if (table.empty())
        output.note("Nothing was found.");
    if (answer.compared)
        output.note("Movements: " + answer.compared->first.toIso() + ".."
            + answer.compared->end.toIso() + " against " + answer.before->first.toIso() + ".."
            + answer.before->end.toIso() + ".");
    return ExitCode::Done;
}

} // namespace sluice
