// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/SpendQuery.h"

namespace sluice {

// Usage when the query cuts or filters by a tag that is a detail of the charges in one of the
// batches it asks: their keys do not have it, so that all of them would pass for "(none)".
Status requireKeyFields(const LedgerSnapshot& snapshot, const SpendQuery& query);

} // namespace sluice
