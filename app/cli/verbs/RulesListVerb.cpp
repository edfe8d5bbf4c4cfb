// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/RulesListVerb.h"

#include "app/cli/Options.h"
#include "app/cli/VerbContext.h"
#include "app/cli/verbs/RulesText.h"

namespace sluice {

VerbInfo RulesListVerb::info() const
{
    return {"rules list", "The published rulesets and the days from which they hold.",
        "sluice-cli rules list company.sluice"};
}

void RulesListVerb::declare(Options& options)
{
    options.argument("LEDGER", m_ledger, "the ledger file");
}

Result<ExitCode> RulesListVerb::run(VerbContext& context)
{
    SLUICE_TRY(const OpenLedger ledger, context.open(m_ledger));
    SLUICE_TRY(
        const std::vector<RulesetInfo> rulesets, OwnershipService{*ledger.workspace}.rulesets());
    const Table table = rulesetTable(rulesets);
    Output& output = context.output();
    output.answer(ledger.workspace->revision(),
        [&](JsonWriter& json) { table.writeJsonRows(json.key("rulesets")); });
    output.table(table);
    return ExitCode::Done;
}

} // namespace sluice
