// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/LedgerSnapshot.h"
#include "core/base/TaskContext.h"

#include <optional>

namespace sluice::ui {

// What the window says about a ledger as a whole: which days it has, which kinds of number, when
// the last ones came, and who is looking.
struct LedgerFacts {
    std::uint64_t revision{0};
    std::optional<Period> days; // nothing when there are no charges
    std::vector<Period> months; // those that have charges, in their order
    std::vector<BatchKind> kinds; // those that occur, in their order
    std::size_t batches{0};
    std::optional<Timestamp> lastImport;
    Currency currency; // of its reports
    FiscalCalendar calendar;
    std::string person; // their name; empty: the ledger's owner
    std::vector<std::string> scope; // names of the units that are seen; empty: all
};
// On a worker: it asks the snapshot.
[[nodiscard]] Result<LedgerFacts> factsOf(
    const LedgerSnapshot& snapshot, const Principal& principal, const TaskContext& context);
[[nodiscard]] bool hasCharges(const LedgerFacts& facts, const Period& period);

// The period that a person sees first: the newest month that has charges; while the data end
// within it, the whole month before it where that has charges.
[[nodiscard]] std::optional<Period> firstPeriod(const LedgerFacts& facts);
// The month, quarter or year before or after; any other period moves by its own length.
[[nodiscard]] Period stepped(const Period& period, int steps, const FiscalCalendar& calendar);
// What `period` is compared with: the period before it, cut to as many days where the data end
// within `period`.
[[nodiscard]] Period periodBefore(const Period& period, const LedgerFacts& facts);
// The same months a year before, cut in the same way.
[[nodiscard]] Period periodYearBefore(const Period& period, const LedgerFacts& facts);

} // namespace sluice::ui
