// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/SpendQuery.h"
#include "core/ledger/LedgerTimeZone.h"

#include <set>

namespace sluice {

// What may still happen to a figure. Final: its days are over and delivered, and each of its
// charges is on an issued invoice. Preliminary: delivered, may still be restated. Missing: no day
// of its period was delivered, so that it says nothing.
enum class FreshnessState : std::uint8_t { Final, Preliminary, Missing };
std::string_view freshnessName(FreshnessState state);

// Days that a source has not delivered: unknown, never zero.
struct MissingDays {
    std::string source;
    Period days;
    bool operator==(const MissingDays&) const = default;
};

struct Freshness {
    std::uint64_t revision{0};
    FreshnessState state{FreshnessState::Missing};
    std::optional<BusinessDate> lastDay; // of the period, on which any source has charges
    std::vector<MissingDays> missing; // by source, then by day
};

// Against what deliveries are held: `today` is the first day that nobody expects yet.
struct FreshnessClock {
    const LedgerTimeZone& zone; // the ledger's
    BusinessDate today;
};

// What the sources delivered of a period (nothing: of all their days): a source's days run from its
// first to its last charge, without the billing periods in between that no live scope covers; what
// of the period is not among them is missing. `whole` is the unscoped ledger, because a day without
// charges of one's own is not a missing one; `sources` are those that matter to who asks.
Freshness delivered(const LedgerSnapshot& whole, const std::set<std::string>& sources,
    const SpendQuery& query, const FreshnessClock& clock);

// The freshness of what `query` asks for, as the principal of `snapshot` sees it. Reads charges
// (for their invoices) only where everything else says final. Pure, any thread.
Result<Freshness> freshness(const LedgerSnapshot& whole, const LedgerSnapshot& snapshot,
    const SpendQuery& query, const FreshnessClock& clock, const TaskContext& context,
    const ChargeScan& scan);

} // namespace sluice
