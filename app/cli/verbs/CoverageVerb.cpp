// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/CoverageVerb.h"

#include "app/cli/Options.h"
#include "core/services/SpendService.h"

namespace sluice {

VerbInfo CoverageVerb::info() const
{
    return {"coverage", "How much of the spend has an owner, a cost centre, a workflow.",
        "sluice-cli coverage company.sluice --period 2026-Q3"};
}

void CoverageVerb::declare(Options& options)
{
    options.argument("LEDGER", m_ledger, "the ledger file");
    m_query.declareFilters(options);
    m_query.declareMeasure(options);
    m_sheet.declare(options);
}

Result<ExitCode> CoverageVerb::run(VerbContext& context)
{
    SLUICE_TRY(const SpendQuestion question, m_query.ask(context, m_ledger));
    const OpenLedger& ledger = question.ledger;
    SLUICE_TRY(const std::vector<Coverage> coverage,
        SpendService{*ledger.workspace}.coverage(
            question.query, question.at, ledger.principal, context.task()));
    Table table{{{"dimension", "dimension"}, {"currency", "currency"}, {"covered", "covered"},
        {"total", "of"}, {"percent", "percent"}}};
    for (const Coverage& part : coverage) {
        const Int128 tenths
            = part.hasShare() ? divideRounded(part.covered * 1000, part.total, Rounding::Down) : 0;
        table.addRow({Cell::text(attributeName(part.attribute)), Cell::text(part.currency.code()),
            Cell::amount(part.covered, part.currency), Cell::amount(part.total, part.currency),
            part.hasShare() ? Cell::decimal(toStringFixed({tenths, 1})) : Cell::none()});
    }
    Output& output = context.output();
    output.answer(ledger.workspace->revision(),
        [&](JsonWriter& json) { table.writeJsonRows(json.key("rows")); });
    output.table(table);
    SLUICE_TRY_DO(m_sheet.write(
        context, table, {"Coverage", m_query.sentence(), ledger.workspace->revision()}));
    return ExitCode::Done;
}

} // namespace sluice
