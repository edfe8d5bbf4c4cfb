// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/RulesetDiff.h"

#include <algorithm>
#include <map>
#include <set>

namespace sluice {

namespace {

std::map<std::string_view, std::size_t> placesOf(const Ruleset& ruleset)
{
    std::map<std::string_view, std::size_t> places;
    for (std::size_t i = 0; i < ruleset.rules.size(); ++i)
        places.emplace(ruleset.rules[i].id, i);
    return places;
}

// Of distinct numbers, those (by index) of a longest ascending run with gaps.
std::set<std::size_t> ascending(const std::vector<std::size_t>& numbers)
{
    std::vector<std::size_t> ends; // index of the smallest end of a run of each length
    std::vector<std::size_t> previous(numbers.size(), numbers.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto place = std::ranges::lower_bound(
            ends, numbers[i], {}, [&numbers](std::size_t index) { return numbers[index]; });
        if (place != ends.begin())
            previous[i] = *std::prev(place);
        if (place == ends.end())
            ends.push_back(i);
        else
            *place = i;
    }
    std::set<std::size_t> kept;
    for (std::size_t i = ends.empty() ? numbers.size() : ends.back(); i < numbers.size();
         i = previous[i])
        kept.insert(i);
    return kept;
}

std::vector<std::string> changedParts(const AttributionRule& before, const AttributionRule& after)
{
    std::vector<std::string> parts;
    if (before.when != after.when)
        parts.emplace_back("when");
    if (before.assign != after.assign)
        parts.emplace_back("assign");
    if (before.split != after.split)
        parts.emplace_back("split");
    if (before.note != after.note)
        parts.emplace_back("note");
    return parts;
}

template <class Value>
std::vector<std::string> differing(
    const std::map<std::string, Value>& before, const std::map<std::string, Value>& after)
{
    std::set<std::string> names;
    for (const auto& [name, value] : before) {
        const auto twin = after.find(name);
        if (twin == after.end() || twin->second != value)
            names.insert(name);
    }
    for (const auto& entry : after) {
        if (before.count(entry.first) == 0)
            names.insert(entry.first);
    }
    return {names.begin(), names.end()};
}

} // namespace

std::string_view ruleChangeKindName(RuleChangeKind kind)
{
    switch (kind) {
    case RuleChangeKind::Added:
        return "added";
    case RuleChangeKind::Removed:
        return "removed";
    case RuleChangeKind::Changed:
        return "changed";
    case RuleChangeKind::Moved:
        return "moved";
    }
    return {};
}

std::string_view ruleTestName(RuleCondition::Test test)
{
    switch (test) {
    case RuleCondition::Test::Equals:
        return "equals";
    case RuleCondition::Test::In:
        return "in";
    case RuleCondition::Test::Contains:
        return "contains";
    case RuleCondition::Test::StartsWith:
        return "starts_with";
    case RuleCondition::Test::EndsWith:
        return "ends_with";
    case RuleCondition::Test::Like:
        return "like";
    case RuleCondition::Test::Present:
        return "present";
    case RuleCondition::Test::Absent:
        return "absent";
    }
    return {};
}

RulesetDiff rulesetDiff(const Ruleset& before, const Ruleset& after)
{
    const auto places = placesOf(before);
    const auto newPlaces = placesOf(after);
    std::vector<std::size_t> shared; // places before, in the order of `after`
    std::vector<std::size_t> at; // their places after
    for (std::size_t i = 0; i < after.rules.size(); ++i) {
        const auto old = places.find(after.rules[i].id);
        if (old != places.end()) {
            shared.push_back(old->second);
            at.push_back(i);
        }
    }
    std::set<std::size_t> stays; // places after
    for (const std::size_t index : ascending(shared))
        stays.insert(at[index]);

    RulesetDiff diff;
    std::size_t told = 0; // rules of `before` up to here have been looked at
    const auto tellRemoved = [&](std::size_t until) {
        for (; told < until; ++told) {
            const std::string& id = before.rules[told].id;
            if (newPlaces.count(id) == 0)
                diff.rules.push_back({RuleChangeKind::Removed, id, told, {}, {}, false});
        }
    };
    for (std::size_t i = 0; i < after.rules.size(); ++i) {
        const AttributionRule& rule = after.rules[i];
        const auto old = places.find(rule.id);
        if (old == places.end()) {
            diff.rules.push_back({RuleChangeKind::Added, rule.id, {}, i, {}, false});
            continue;
        }
        const bool isMoved = stays.count(i) == 0;
        if (!isMoved)
            tellRemoved(old->second);
        std::vector<std::string> parts = changedParts(before.rules[old->second], rule);
        if (!parts.empty() || isMoved)
            diff.rules.push_back({parts.empty() ? RuleChangeKind::Moved : RuleChangeKind::Changed,
                rule.id, old->second, i, std::move(parts), isMoved});
    }
    tellRemoved(before.rules.size());
    diff.tables = differing(before.tables, after.tables);
    diff.normalise = differing(before.normalise, after.normalise);
    return diff;
}

} // namespace sluice
