// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/LedgerSnapshot.h"
#include "core/analytics/SpendQuery.h"

#include <vector>

namespace sluice {

// What a rule decides: the shares of charges of which it set at least one attribute. A charge that
// several rules say something of counts for each of them.
struct RuleEffect {
    std::uint32_t ruleset{0}; // the version's number
    std::size_t rule{0}; // index into its rules
    std::uint64_t keys{0};
    std::vector<SpendTotal> totals; // by currency; a split charge counts once
};

// Of all live charges of the query's kind, measure and period, under the attribution of `whole`, as
// far as the principal may see them; other filters are left out. Rules that decide nothing are not
// listed. By ruleset, then rule. Splits are allocated cell by cell, as everywhere.
Result<std::vector<RuleEffect>> ruleEffects(const LedgerSnapshot& whole, const SpendQuery& query,
    const Principal& principal, const TaskContext& context);

} // namespace sluice
