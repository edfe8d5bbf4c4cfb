// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/internal/AuditCheck.h"
#include "core/store/tables/BatchTable.h"

#include <vector>

namespace sluice {

// Checks what decides which scopes count, against the batches themselves: that a scope gives way
// to a batch that brings it anew and came after it (or, for a retry, before it), in the revision in
// which it did; that only the newest reading of a delivery counts; that of whatever was delivered
// something counts.
// `batches`: all, oldest first.
void auditSupersessions(const std::vector<StoredBatch>& batches,
    const std::vector<StoredSupersession>& supersessions, AuditCheck& check);

// Checks that no two batches of a source count for the same days of an account.
void auditStandingScopes(
    const std::vector<StoredBatch>& batches, const std::vector<bool>& added, AuditCheck& check);

// Checks that each source delivers as its last delivery did. `added`: by batch, whether it was
// recorded as an addition.
void auditDeliveries(
    const std::vector<StoredBatch>& batches, const std::vector<bool>& added, AuditCheck& check);

} // namespace sluice
