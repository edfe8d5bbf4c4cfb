// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/RulesetReader.h"

#include <algorithm>
#include <set>

namespace sluice {
namespace {

// Whether `general` holds whenever `special` does: each of its conditions stands in the other one
// too. Syntactic, so that a finding is always true, and some rules that can never be reached go
// unnoticed.
bool covers(const AttributionRule& general, const AttributionRule& special)
{
    return std::all_of(general.when.begin(), general.when.end(), [&](const auto& clause) {
        return std::find(special.when.begin(), special.when.end(), clause) != special.when.end();
    });
}

std::set<Attribute> namedBy(const AttributionRule& rule)
{
    std::set<Attribute> names;
    for (const auto& assigned : rule.assign)
        names.insert(assigned.first);
    for (const RuleShare& share : rule.split)
        for (const auto& assigned : share.assign)
            names.insert(assigned.first);
    return names;
}

void tablesOf(const std::map<Attribute, RuleValue>& assign, std::set<std::string>& used)
{
    for (const auto& assigned : assign)
        used.insert(assigned.second.table);
}

} // namespace

void RulesetReader::findUnusedTables()
{
    std::set<std::string> used;
    std::set<std::string> tested;
    for (const AttributionRule& rule : m_out.rules) {
        tablesOf(rule.assign, used);
        for (const RuleShare& share : rule.split)
            tablesOf(share.assign, used);
        for (const auto& clause : rule.when)
            for (const RuleCondition& condition : clause)
                tested.insert(condition.field);
    }
    for (const auto& normalised : m_out.normalise) {
        used.insert(normalised.second);
        const Place place = m_normalisePlaces[normalised.first];
        if (!tested.contains(normalised.first))
            m_remarks.push_back({false, {}, place.line, place.column,
                "no rule tests '" + normalised.first + "', so normalising it does nothing",
                "Remove it, or name the field as the rules do"});
    }
    for (const auto& table : m_tablePlaces)
        if (!used.contains(table.first))
            m_remarks.push_back({false, {}, table.second.line, table.second.column,
                "no rule uses the table '" + table.first + "'", "Remove it"});
}

void RulesetReader::findUnreachableRules()
{
    for (std::size_t i = 0; i < m_out.rules.size(); ++i) {
        const AttributionRule& rule = m_out.rules[i];
        std::set<Attribute> left = namedBy(rule);
        std::string because;
        for (std::size_t j = 0; j < i && !left.empty(); ++j) {
            const AttributionRule& earlier = m_out.rules[j];
            if (!covers(earlier, rule))
                continue;
            for (const auto& assigned : earlier.assign)
                if (assigned.second.field.empty() && left.erase(assigned.first) > 0)
                    because = earlier.id;
        }
        if (left.empty() && !because.empty())
            m_remarks.push_back({false, rule.id, m_rulePlaces[i].line, m_rulePlaces[i].column,
                "the rule is never reached: what it assigns is set before, last by the rule '"
                    + because + "'",
                "Move it up, or remove it"});
    }
}

} // namespace sluice
