// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/RulesText.h"

namespace sluice {

Table rulesetTable(const std::vector<RulesetInfo>& rulesets)
{
    Table table{{{"number", "number"}, {"name", "name"}, {"effective_from", "effective from"}, {"published_at", "published"}, {"rules", "rules"},
        {"sha256", ""}}};
    for (const RulesetInfo& ruleset : rulesets) {
        table.addRow({Cell::count(ruleset.number), Cell::text(ruleset.name), Cell::text(ruleset.effectiveFrom.toIso()),
            Cell::text(ruleset.publishedAt.toIso()), Cell::count(ruleset.rules), Cell::text(toHex(ruleset.sha256))});
    }
    return table;
}

} // namespace sluice
