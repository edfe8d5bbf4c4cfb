// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/RulesText.h"

#include <algorithm>
#include <charconv>

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

namespace {

std::string joined(const std::vector<std::string>& texts, const std::string& between)
{
    std::string list;
    for (const std::string& text : texts)
        list += (list.empty() ? "" : between) + text;
    return list;
}

std::string wordsOf(const RuleCondition& condition)
{
    std::string test{ruleTestName(condition.test)};
    std::ranges::replace(test, '_', ' ');
    const bool hasValues = !condition.values.empty();
    return (condition.negated ? "not " : "") + condition.field + (hasValues ? " " : " is ") + test
        + (hasValues ? " " + joined(condition.values, ", ") : "");
}

std::string wordsOf(const std::map<Attribute, RuleValue>& assign)
{
    std::vector<std::string> parts;
    for (const auto& [attribute, value] : assign)
        parts.push_back(std::string{attributeName(attribute)} + " = "
            + (value.field.empty() ? value.literal
                                   : "the " + value.field
                        + (value.table.empty() ? "" : " by table " + value.table)));
    return joined(parts, ", ");
}

} // namespace

std::string conditionText(const AttributionRule& rule)
{
    std::vector<std::string> clauses;
    for (const std::vector<RuleCondition>& clause : rule.when) {
        std::vector<std::string> alternatives;
        for (const RuleCondition& condition : clause)
            alternatives.push_back(wordsOf(condition));
        const std::string words = joined(alternatives, " or ");
        clauses.push_back(
            alternatives.size() > 1 && rule.when.size() > 1 ? "(" + words + ")" : words);
    }
    return clauses.empty() ? "always" : joined(clauses, " and ");
}

std::string assignmentText(const AttributionRule& rule)
{
    std::vector<std::string> parts;
    if (!rule.assign.empty())
        parts.push_back(wordsOf(rule.assign));
    for (const RuleShare& share : rule.split)
        parts.push_back(std::to_string(share.weight) + " of: " + wordsOf(share.assign));
    return joined(parts, "; ");
}

Result<std::uint32_t> rulesetNumber(const std::string& text)
{
    std::uint32_t number = 0;
    const char* end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, number);
    if (text.empty() || error != std::errc{} || at != end)
        return Error{ErrorCode::Usage, text, "it is not the number of a version",
            "`sluice-cli rules list LEDGER` lists them"};
    return number;
}

} // namespace sluice
