// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/LedgerSnapshot.h"
#include "core/services/ImportService.h"
#include "core/store/Connection.h"

namespace sluice {

// The difference of two batches' roll-ups by key and day. `against` empty: whatever `batch`
// superseded, scope by scope.
Result<BatchDiff> compareBatches(Connection& connection, const LedgerSnapshot& snapshot,
    const std::string& batch, const std::string& against, const TaskContext& context);

} // namespace sluice
