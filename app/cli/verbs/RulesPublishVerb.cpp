// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/RulesPublishVerb.h"

#include "app/cli/Options.h"
#include "app/cli/VerbContext.h"
#include "app/cli/verbs/QueryOptions.h"
#include "app/cli/verbs/RulesText.h"

namespace sluice {

VerbInfo RulesPublishVerb::info() const
{
    return {"rules publish",
        "Publishes a ruleset as the next version. Earlier versions stay to be asked.",
        "sluice-cli rules publish company.sluice rules.json --effective-from 2026-10-01",
        RulesetNotes};
}

void RulesPublishVerb::declare(Options& options)
{
    options.argument("LEDGER", m_ledger, "the ledger file");
    options.argument("FILE", m_file, "the ruleset, as JSON");
    options.option(
        {"--effective-from", "D",
            "first day on which it holds, whatever older versions begin later (else the file's)"},
        m_effectiveFrom);
}

Result<ExitCode> RulesPublishVerb::run(VerbContext& context)
{
    std::optional<BusinessDate> effectiveFrom;
    if (!m_effectiveFrom.empty()) {
        SLUICE_TRY(effectiveFrom, parseDay("--effective-from", m_effectiveFrom));
    }
    SLUICE_TRY(const std::string json, readTextFile(m_file, MaxRulesetBytes));
    SLUICE_TRY(const OpenLedger ledger, context.open(m_ledger));
    SLUICE_TRY(const PublishedRuleset published,
        OwnershipService{*ledger.workspace}.publishRuleset(
            json, m_file, effectiveFrom, ledger.principal, context.task()));
    const Table table = rulesetTable({published.ruleset});
    const Table replaces = replacedTable(published.replaces);
    Output& output = context.output();
    output.answer(ledger.workspace->revision(), [&](JsonWriter& answer) {
        answer.member("status", published.isNew ? "published" : "unchanged");
        table.writeJsonRows(answer.key("rulesets"));
        replaces.writeJsonRows(answer.key("replaces"));
        writeRemarks(answer, published.remarks);
    });
    output.table(table);
    if (!published.isNew)
        output.note("This version says the same from the same day on: nothing was published.");
    for (const RulesetDays& days : published.replaces)
        output.note(replacedSentence(published.ruleset.number, days));
    tellRemarks(output, published.remarks);
    return ExitCode::Done;
}

} // namespace sluice
