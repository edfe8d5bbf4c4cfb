// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/SpendPlan.h"

namespace sluice {

// What spend() adds up, with the days on which there was any of it.
struct SpendLine {
    std::vector<std::string> values; // one per dimension of the query; empty: none
    Currency currency;
    Int128 amount{0};
    std::uint64_t charges{0};
    // The first day and the day after the last; nothing where it was not asked for, and where only
    // the charges know (a filter on resources, invoices or amounts).
    std::optional<Period> days;
};

struct SpendLinesOptions {
    bool presenceOnly{false}; // as SpendPlan::Options
    bool days{false};
};

// The lines of a query, in no order. Its dimensions are none that only charges know; grain and top
// are ignored.
Result<std::vector<SpendLine>> spendLines(const LedgerSnapshot& snapshot, SpendQuery query,
    SpendLinesOptions options, const TaskContext& context, const ChargeScan& scan);

} // namespace sluice
