// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/Dimension.h"
#include "core/analytics/LedgerSnapshot.h"
#include "core/base/TaskContext.h"

#include <string>
#include <vector>

namespace sluice {

// Billed cost that would change hands under another attribution: from one value of an attribute to another.
struct MovedAmount {
    Attribute attribute{Attribute::Unit};
    std::string from; // "(none)" where there was none
    std::string to;
    Currency currency;
    Int128 amount{0}; // units of the currency
};

// What `after` (of the snapshot's own keys) would move, over all live billed cells. Splits are compared share by share.
// By attribute, then absolute amount, descending.
Result<std::vector<MovedAmount>> movedAmounts(const LedgerSnapshot& snapshot, const AttributionTable& after, const TaskContext& context);

} // namespace sluice
