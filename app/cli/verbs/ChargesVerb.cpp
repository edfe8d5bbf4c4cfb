// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/ChargesVerb.h"

#include "app/cli/Options.h"
#include "app/cli/verbs/ChargeText.h"

namespace sluice {

VerbInfo ChargesVerb::info() const
{
    return {"charges", "The charges behind a figure, page by page, with every column of the file.",
        "sluice-cli charges company.sluice --where unit=platform --from 2026-09-01 --to 2026-10-01 --limit 50",
        "The shares of a split charge add up to it exactly; each is rounded to the ledger's unit, up or\n"
        "down by turns, so that the shares of n charges are less than n units from the exact sum."};
}

void ChargesVerb::declare(Options& options)
{
    options.argument("LEDGER", m_ledger, "the ledger file");
    options.count({"--limit", "N", "rows of a page (100)"}, m_limit);
    options.option(
        {"--after", "CURSOR", "go on after this cursor: 'next' of the page before"}, m_after);
    m_query.declareFilters(options);
    m_query.declareVersion(options);
}

Result<ExitCode> ChargesVerb::run(VerbContext& context)
{
    SLUICE_TRY(SpendQuestion question, m_query.ask(context, m_ledger));
    ChargeQuery query;
    query.filter = std::move(question.query);
    query.at = question.at;
    query.limit = m_limit;
    query.after = m_after;
    SLUICE_TRY(const ChargePage page,
        SpendService{*question.ledger.workspace}.charges(
            query, question.ledger.principal, context.task()));
    const Table table = chargeTable(page.rows);
    Output& output = context.output();
    output.answer(page.revision, [&](JsonWriter& json) {
        writeCharges(json.key("rows"), page.rows);
        Cell::textOrNone(page.next).writeJson(json.key("next"));
    });
    output.table(table);
    if (table.empty())
        output.note("No charges match.");
    else if (!page.next.empty())
        output.note("There are more: --after " + page.next);
    return ExitCode::Done;
}

} // namespace sluice
