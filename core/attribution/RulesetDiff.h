// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/attribution/Ruleset.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

enum class RuleChangeKind : std::uint8_t { Added, Removed, Changed, Moved };
std::string_view ruleChangeKindName(RuleChangeKind kind); // "added"

// What became of one rule; rules are the same by their ids.
struct RuleChange {
    RuleChangeKind kind{RuleChangeKind::Changed};
    std::string id;
    std::optional<std::size_t> before; // index into the rules of each
    std::optional<std::size_t> after;
    std::vector<std::string> parts; // Changed: of "when", "assign", "split", "note"
    // Whether it comes earlier or later among the rules that are in both; a rule that was changed
    // may have moved besides.
    bool isMoved{false};
    bool operator==(const RuleChange&) const = default;
};

struct RulesetDiff {
    std::vector<RuleChange> rules; // in the order of the newer one, those removed in their place
    std::vector<std::string> tables; // names of those that are not the same, sorted
    std::vector<std::string> normalise; // fields whose table is another, sorted
};

// As few rules are told to have moved as possible. Pure.
RulesetDiff rulesetDiff(const Ruleset& before, const Ruleset& after);

std::string_view ruleTestName(RuleCondition::Test test); // as in a rules file: "starts_with"

} // namespace sluice
