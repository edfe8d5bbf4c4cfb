// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/RulesText.h"

namespace sluice {

Table rulesetTable(const std::vector<RulesetInfo>& rulesets)
{
    Table table{{{"number", "number"}, {"name", "name"}, {"effective_from", "effective from"},
        {"published_at", "published"}, {"rules", "rules"}, {"sha256", ""}}};
    for (const RulesetInfo& ruleset : rulesets) {
        table.addRow({Cell::count(ruleset.number), Cell::text(ruleset.name),
            Cell::text(ruleset.effectiveFrom.toIso()), Cell::text(ruleset.publishedAt.toIso()),
            Cell::count(ruleset.rules), Cell::text(toHex(ruleset.sha256))});
    }
    return table;
}

Table replacedTable(const std::vector<RulesetDays>& days)
{
    Table table{{{"ruleset", "instead of"}, {"from", "from"}, {"to", "to"}}};
    for (const RulesetDays& stretch : days) {
        table.addRow({stretch.number == 0 ? Cell::none() : Cell::count(stretch.number),
            Cell::text(stretch.from.toIso()),
            Cell::textOrNone(stretch.until ? stretch.until->toIso() : std::string{})});
    }
    return table;
}

void writeRemarks(JsonWriter& json, const std::vector<RulesetRemark>& remarks)
{
    json.key("remarks").beginArray();
    for (const RulesetRemark& remark : remarks) {
        json.beginObject();
        Cell::textOrNone(remark.rule).writeJson(json.key("rule"));
        json.countMember("line", remark.line)
            .member("message", remark.what)
            .member("fix", remark.fix)
            .endObject();
    }
    json.endArray();
}

void tellRemarks(Output& output, const std::vector<RulesetRemark>& remarks)
{
    for (const RulesetRemark& remark : remarks) {
        const std::string rule
            = remark.rule.empty() ? std::string{} : "rule '" + remark.rule + "': ";
        output.note("Line " + std::to_string(remark.line) + ": " + rule + remark.what + ". "
            + remark.fix + ".");
    }
}

std::string replacedSentence(std::uint32_t by, const RulesetDays& days)
{
    const std::string until
        = days.until ? " until " + days.until->plusDays(-1).toIso() : std::string{" on"};
    return "Version " + std::to_string(by) + " holds from " + days.from.toIso() + until
        + (days.number == 0 ? ", where none did."
                            : ", instead of version " + std::to_string(days.number) + ".");
}

} // namespace sluice
