// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/Dimension.h"
#include "core/analytics/LedgerSnapshot.h"
#include "core/base/TaskContext.h"

#include <string>
#include <vector>

namespace sluice {

// Billed cost that would change hands under another attribution: from one value of an attribute to
// another.
struct MovedAmount {
    Attribute attribute{Attribute::Unit};
    std::string from; // "(none)" where there was none
    std::string to;
    Currency currency;
    Int128 amount{0}; // units of the currency
};

// Where money that leaves a principal's scope goes to.
inline constexpr std::string_view OutsideScope = "(outside)";

// What `after` (of the keys of `whole`, the newest snapshot of everything) would move, over all
// live billed cells. Splits are compared share by share. A principal who does not see everything is
// told what becomes of the own shares alone. By attribute, then absolute amount, descending.
Result<std::vector<MovedAmount>> movedAmounts(const LedgerSnapshot& whole,
    std::shared_ptr<const AttributionTable> after, const Principal& principal,
    const TaskContext& context);

} // namespace sluice
