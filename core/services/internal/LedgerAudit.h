// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/LedgerTimeZone.h"
#include "core/services/MaintenanceService.h"
#include "core/store/ReadPool.h"

namespace sluice {

// Recomputes what the ledger says of itself from what it was made of: pages and schema, event ids
// and what the events brought, what stands, roll-ups from charges, stored totals from charges, and
// from the documents read again their hashes, control totals, scopes, verdicts, charges and keys.
// Answers for the revision that is the newest when it begins.
Result<std::vector<VerifyCheck>> auditLedger(
    ReadPool& readers, const LedgerTimeZone& zone, const TaskContext& context);

} // namespace sluice
