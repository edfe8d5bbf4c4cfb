// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/RulesCheckVerb.h"

#include "app/cli/Options.h"
#include "app/cli/VerbContext.h"
#include "app/cli/verbs/RulesText.h"

namespace sluice {

VerbInfo RulesCheckVerb::info() const
{
    return {"rules check", "Reads a ruleset and says what is wrong with it, by line and column.",
        "sluice-cli rules check rules.json", RulesetNotes};
}

void RulesCheckVerb::declare(Options& options)
{
    options.argument("FILE", m_file, "the ruleset, as JSON");
}

Result<ExitCode> RulesCheckVerb::run(VerbContext& context)
{
    SLUICE_TRY(const std::string json, readTextFile(m_file, MaxRulesetBytes));
    SLUICE_TRY(const Ruleset ruleset, parseRuleset(json, m_file));
    Table table{{{"name", "ruleset"}, {"effective_from", "effective from"}, {"rules", "rules"},
        {"tables", "tables"}}};
    table.addRow({Cell::text(ruleset.name), Cell::text(ruleset.effectiveFrom.toIso()),
        Cell::count(ruleset.rules.size()), Cell::count(ruleset.tables.size())});
    const std::vector<RulesetRemark> remarks = checkRuleset(json).remarks;
    Output& output = context.output();
    output.answer({}, [&](JsonWriter& answer) {
        answer.member("name", ruleset.name).member("effective_from", ruleset.effectiveFrom.toIso());
        answer.countMember("rules", ruleset.rules.size())
            .countMember("tables", ruleset.tables.size());
        writeRemarks(answer, remarks);
    });
    output.table(table);
    tellRemarks(output, remarks);
    return ExitCode::Done;
}

} // namespace sluice
