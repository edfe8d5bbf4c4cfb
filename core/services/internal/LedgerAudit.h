// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/LedgerTimeZone.h"
#include "core/services/MaintenanceService.h"
#include "core/store/ReadPool.h"

namespace sluice {

// Recomputes what the ledger says of itself from what it was made of: pages, event ids, roll-ups
// from charges, stored totals from charges, and document hashes and control totals from the
// documents read again.
Result<std::vector<VerifyCheck>> auditLedger(ReadPool& readers, const LedgerTimeZone& zone,
    std::uint64_t revision, const TaskContext& context);

} // namespace sluice
