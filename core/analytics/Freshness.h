// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/SpendQuery.h"

#include <set>

namespace sluice {

// What may still happen to a figure. Final: its days are over and delivered, and each of its
// charges is on an issued invoice. Preliminary: delivered, may still be restated. Missing: nothing
// of its period was delivered, though it was expected. NoData: nothing was, and nothing was
// expected: the period lies before the first charge, or has not begun to be delivered yet.
enum class FreshnessState : std::uint8_t { Final, Preliminary, Missing, NoData };
std::string_view freshnessName(FreshnessState state);

// Days that a source has not delivered: unknown, never zero.
struct MissingDays {
    std::string source;
    Period days;
    bool operator==(const MissingDays&) const = default;
};

struct Freshness {
    std::uint64_t revision{0};
    FreshnessState state{FreshnessState::NoData};
    std::optional<BusinessDate> lastDay; // of the period, on which any source has charges
    std::vector<MissingDays> missing; // by source, then by day
};

// What the sources delivered of a period (nothing: of all their days). A source's days run from its
// first to its last charge, without the billing periods in between that no live scope covers; the
// next is expected by the source's rhythm, the step between its days with charges that 95 of 100
// steps do not exceed (one day for a source with few days). Between two days with charges a silence
// is missing days, from the day on which the next charge was expected, where the step is more than
// one and a half times the rhythm of a steady source (whose usual step is its rhythm, and at most
// one step in a hundred, or one, exceeds it), and more than three times that of any other, because
// purchases come in bursts; a source with fewer than twenty steps is not judged. What was expected
// and is not there is missing. `today` is the first day that nobody expects yet, in the ledger's
// time zone. `whole` is the unscoped ledger, because a day without charges of one's own is not a
// missing one; `sources` are those that matter to who asks.
Freshness delivered(const LedgerSnapshot& whole, const std::set<std::string>& sources,
    const SpendQuery& query, BusinessDate today);

// The freshness of what `query` asks for, as the principal of `snapshot` sees it. Reads charges
// (for their invoices) only where everything else says final. Pure, any thread.
Result<Freshness> freshness(const LedgerSnapshot& whole, const LedgerSnapshot& snapshot,
    const SpendQuery& query, BusinessDate today, const TaskContext& context,
    const ChargeScan& scan);

} // namespace sluice
