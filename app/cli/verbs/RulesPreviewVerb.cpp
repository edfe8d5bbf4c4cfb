// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/RulesPreviewVerb.h"

#include "app/cli/Options.h"
#include "app/cli/VerbContext.h"
#include "app/cli/verbs/QueryOptions.h"
#include "app/cli/verbs/RulesText.h"

namespace sluice {

VerbInfo RulesPreviewVerb::info() const
{
    return {"rules preview", "The money that would change hands if a ruleset were published.",
        "sluice-cli rules preview company.sluice rules.json", RulesetNotes};
}

void RulesPreviewVerb::declare(Options& options)
{
    options.argument("LEDGER", m_ledger, "the ledger file");
    options.argument("FILE", m_file, "the ruleset, as JSON");
    options.option({"--effective-from", "D", "first day on which it would hold (else the file's)"},
        m_effectiveFrom);
}

Result<ExitCode> RulesPreviewVerb::run(VerbContext& context)
{
    std::optional<BusinessDate> effectiveFrom;
    if (!m_effectiveFrom.empty()) {
        SLUICE_TRY(effectiveFrom, parseDay("--effective-from", m_effectiveFrom));
    }
    SLUICE_TRY(const std::string json, readTextFile(m_file, MaxRulesetBytes));
    SLUICE_TRY(const OpenLedger ledger, context.open(m_ledger));
    SLUICE_TRY(const std::vector<MovedAmount> moved,
        OwnershipService{*ledger.workspace}.previewRuleset(
            json, m_file, effectiveFrom, ledger.principal, context.task()));
    Table table{{{"dimension", "dimension"}, {"from", "from"}, {"to", "to"},
        {"currency", "currency"}, {"amount", "amount"}}};
    for (const MovedAmount& move : moved) {
        table.addRow({Cell::text(attributeName(move.attribute)),
            Cell::text(move.from.empty() ? NoValue : move.from),
            Cell::text(move.to.empty() ? NoValue : move.to), Cell::text(move.currency.code()),
            Cell::amount(move.amount, move.currency)});
    }
    Output& output = context.output();
    output.answer(ledger.workspace->revision(),
        [&](JsonWriter& answer) { table.writeJsonRows(answer.key("moved")); });
    output.table(table);
    if (table.empty())
        output.note("No money would change hands.");
    return ExitCode::Done;
}

} // namespace sluice
