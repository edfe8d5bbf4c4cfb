// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/DiffVerb.h"

#include "app/cli/Options.h"
#include "app/cli/VerbContext.h"
#include "core/base/Money.h"
#include "core/services/ImportService.h"

namespace sluice {

namespace {

Table tableOf(const BatchDiff& diff)
{
    Table table{
        {{"day", "day"}, {"service", "service"}, {"sku", "sku"}, {"sub_account", "sub_account"},
            {"key", "told apart by"}, {"currency", "currency"}, {"before", "before"},
            {"after", "after"}, {"difference", "difference"}, {"effective_difference", "effective"},
            {"list_difference", "list"}, {"contracted_difference", "contracted"}}};
    constexpr auto Billed = static_cast<std::size_t>(Measure::BilledCost);
    for (const DiffRow& row : diff.rows) {
        const auto difference = [&row](Measure measure) {
            return Cell::amount(row.difference(measure), row.currency);
        };
        table.addRow({Cell::text(row.day), Cell::text(row.service), Cell::text(row.sku),
            Cell::text(row.subAccount), Cell::text(row.key), Cell::text(row.currency.code()),
            Cell::amount(row.before[Billed], row.currency),
            Cell::amount(row.after[Billed], row.currency), difference(Measure::BilledCost),
            difference(Measure::EffectiveCost), difference(Measure::ListCost),
            difference(Measure::ContractedCost)});
    }
    return table;
}

void writeTotals(JsonWriter& json, std::string_view name, const std::vector<CurrencyTotals>& totals)
{
    json.key(name).beginArray();
    for (const CurrencyTotals& total : totals) {
        json.beginObject().member("currency", total.currency.code());
        for (const Measure measure : Measures)
            json.member(measureName(measure),
                amountText(total.costs[static_cast<std::size_t>(measure)], total.currency));
        json.countMember("charges", total.charges).endObject();
    }
    json.endArray();
}

} // namespace

VerbInfo DiffVerb::info() const
{
    return {"diff", "What a batch changed against the one it replaced, by key and day, in money.",
        "sluice-cli diff company.sluice b-0123456789abcdef"};
}

void DiffVerb::declare(Options& options)
{
    options.argument("LEDGER", m_ledger, "the ledger file");
    options.argument("BATCH", m_batch, "the batch");
    options.optionalArgument(
        "AGAINST", m_against, "compare with this batch instead of the one it replaced");
}

Result<ExitCode> DiffVerb::run(VerbContext& context)
{
    SLUICE_TRY(const OpenLedger ledger, context.open(m_ledger));
    SLUICE_TRY(const BatchDiff diff,
        ImportService{*ledger.workspace}.diff(
            m_batch, m_against, ledger.principal, context.task()));
    const Table table = tableOf(diff);
    Output& output = context.output();
    output.answer(diff.revision, [&](JsonWriter& json) {
        Cell::textOrNone(diff.before).writeJson(json.key("before"));
        json.member("after", diff.after);
        table.writeJsonRows(json.key("rows"));
        writeTotals(json, "totals_before", diff.totalsBefore);
        writeTotals(json, "totals_after", diff.totalsAfter);
    });
    output.line("Before: " + (diff.before.empty() ? std::string{"nothing"} : diff.before)
        + "; after: " + diff.after);
    output.table(table);
    if (table.empty())
        output.note("No key and day differs.");
    return ExitCode::Done;
}

} // namespace sluice
