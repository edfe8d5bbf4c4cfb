// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/SpendVerb.h"

#include "app/cli/Options.h"
#include "core/base/Money.h"
#include "core/services/SpendService.h"

namespace sluice {

namespace {

Table tableOf(const SpendAnswer& answer, const SpendQuery& query)
{
    std::vector<Table::Column> columns;
    for (const Dimension& dimension : query.by) {
        columns.push_back({dimension.name, dimension.name});
        if (dimension.hasName())
            columns.push_back({dimension.name + "_name", "name"});
    }
    if (query.grain)
        columns.push_back({"period", "period"});
    const std::size_t labels = columns.size();
    columns.push_back({"currency", "currency"});
    columns.push_back({"amount", std::string{measureName(query.measure)}});
    columns.push_back({"charges", "charges"});
    Table table{std::move(columns)};
    for (const SpendRow& row : answer.rows) {
        std::vector<Cell> cells;
        for (std::size_t i = 0; i < query.by.size(); ++i) {
            cells.push_back(Cell::text(row.values[i]));
            if (query.by[i].hasName())
                cells.push_back(Cell::text(row.names[i]));
        }
        if (query.grain)
            cells.push_back(Cell::text(row.bucket));
        cells.insert(cells.end(),
            {Cell::text(row.currency.code()), Cell::amount(row.amount, row.currency),
                Cell::count(row.charges)});
        table.addRow(std::move(cells));
    }
    for (const SpendTotal& total : answer.totals) {
        if (labels == 0)
            break; // the rows are the totals
        std::vector<Cell> cells(labels);
        cells.front() = Cell::text("total");
        cells.insert(cells.end(),
            {Cell::text(total.currency.code()), Cell::amount(total.amount, total.currency),
                Cell::count(total.charges)});
        table.addTotal(std::move(cells));
    }
    return table;
}

void writeTotals(JsonWriter& json, const std::vector<SpendTotal>& totals)
{
    json.key("totals").beginArray();
    for (const SpendTotal& total : totals) {
        json.beginObject()
            .member("currency", total.currency.code())
            .member("amount", amountText(total.amount, total.currency));
        json.countMember("charges", total.charges).endObject();
    }
    json.endArray();
}

Result<std::optional<Grain>> parsedGrain(const std::string& text)
{
    if (text.empty())
        return std::optional<Grain>{};
    auto grain = parseGrain(text);
    if (!grain.ok())
        return asUsage("--grain " + text, grain.error());
    return std::optional{*grain};
}

} // namespace

VerbInfo SpendVerb::info() const
{
    return {"spend", "Spend by any dimensions, periods and filters, with exact totals.",
        "sluice-cli spend company.sluice --by unit,model --grain month --where category=agents --top 10",
        dimensionNotes()};
}

void SpendVerb::declare(Options& options)
{
    options.argument("LEDGER", m_ledger, "the ledger file");
    options.list(
        {"--by", "DIM[,DIM…]", "dimensions: service, unit, owner, model, tag:KEY …"}, m_by);
    options.option({"--grain", "GRAIN", "day, week, month, quarter or year"}, m_grain);
    options.count({"--top", "N", "the N largest, and one row for the rest"}, m_top);
    m_query.declareFilters(options);
    m_query.declareMeasure(options);
    m_sheet.declare(options);
}

Result<ExitCode> SpendVerb::run(VerbContext& context)
{
    SLUICE_TRY(const std::vector<Dimension> by, parseDimensions(m_by));
    SLUICE_TRY(const std::optional<Grain> grain, parsedGrain(m_grain));
    if (m_top > 0 && by.empty())
        return Error{ErrorCode::Usage, "--top", "there is nothing to take the largest of",
            "Name dimensions with --by"};
    SLUICE_TRY(SpendQuestion question, m_query.ask(context, m_ledger));
    SpendQuery& query = question.query;
    query.by = by;
    query.grain = grain;
    query.top = m_top;
    SLUICE_TRY(const SpendAnswer answer,
        SpendService{*question.ledger.workspace}.spend(
            query, question.at, question.ledger.principal, context.task()));
    const Table table = tableOf(answer, query);
    Output& output = context.output();
    output.answer(answer.revision, [&](JsonWriter& json) {
        table.writeJsonRows(json.key("rows"));
        writeTotals(json, answer.totals);
    });
    output.table(table);
    if (table.empty())
        output.note("No charges match.");
    SLUICE_TRY_DO(m_sheet.write(context, table, {"Spend", m_query.sentence(), answer.revision}));
    return ExitCode::Done;
}

} // namespace sluice
