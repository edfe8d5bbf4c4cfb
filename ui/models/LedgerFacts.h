// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/LedgerSnapshot.h"

#include <optional>

namespace sluice::ui {

// What the window says about a ledger as a whole: which days it has, which kinds of number, when
// the last ones came, and who is looking.
struct LedgerFacts {
    std::uint64_t revision{0};
    std::optional<Period> days; // nothing when there are no charges
    std::vector<BatchKind> kinds; // those that occur, in their order
    std::size_t batches{0};
    std::optional<Timestamp> lastImport;
    FiscalCalendar calendar;
    std::string person; // their name; empty: the ledger's owner
    std::vector<std::string> scope; // names of the units that are seen; empty: all
};
[[nodiscard]] LedgerFacts factsOf(const LedgerSnapshot& snapshot, const Principal& principal);

// The period that a person sees first: the last month that the data cover to its end, or the last
// one there is.
[[nodiscard]] std::optional<Period> firstPeriod(const LedgerFacts& facts);
// The month, quarter or year before or after; any other period moves by its own length.
[[nodiscard]] Period stepped(const Period& period, int steps, const FiscalCalendar& calendar);
// What `period` is compared with: the period before it, cut to as many days where the data end
// within `period`.
[[nodiscard]] Period periodBefore(const Period& period, const LedgerFacts& facts);

} // namespace sluice::ui
