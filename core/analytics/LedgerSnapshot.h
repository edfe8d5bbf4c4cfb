// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/attribution/Attribution.h"
#include "core/attribution/KeyColumnCache.h"
#include "core/ledger/Batch.h"
#include "core/ledger/KeyDictionary.h"
#include "core/ledger/LedgerSettings.h"
#include "core/ledger/Organisation.h"
#include "core/ledger/Principal.h"
#include "core/ledger/Rollup.h"

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace sluice {

// Where a batch's cells come from, as far as a query can ask for it.
struct SnapshotBatch {
    BatchRowId id;
    std::string publicId;
    std::string source;
    BatchKind kind{BatchKind::Billed};
    Timestamp importedAt;
    std::vector<Scope> scopes;
    std::vector<bool> live; // by scope: not superseded as of this snapshot
    // Tags and columns of its source that have too many values to be part of its charge keys: only
    // the charges know them.
    std::set<std::string> details;
};

// One decoded roll-up segment of one batch; its keys are numbers of the ledger's dictionary. A
// chunk never changes; snapshots of later revisions share it.
struct SnapshotChunk {
    std::uint32_t batch{0}; // index into LedgerSnapshot::batches
    BusinessDate firstDay;
    BusinessDate lastDay; // inclusive
    std::shared_ptr<const RollupCells> cells;
    // Where the runs of one scope and key begin; null where LedgerSnapshot::months does not hold
    // these cells.
    std::shared_ptr<const std::vector<std::uint32_t>> runs;
};

// The cells of a batch's chunks folded by month (core/analytics/MonthFold.h).
struct SnapshotMonths {
    std::uint32_t batch{0};
    std::shared_ptr<const RollupCells> cells;
};

// The ledger as of one revision, for one principal: plain columns, no locks, no database. Analytics
// are pure functions of it, on any thread. A scoped snapshot holds nothing of others: cells outside
// the scope are absent (a split charge is there with the scope's share), keys that no visible cell
// uses are not in its dictionary.
struct LedgerSnapshot {
    std::uint64_t revision{0};
    LedgerSettings settings;
    Principal principal;
    std::shared_ptr<const KeyDictionary> keys;
    std::shared_ptr<KeyColumnCache> columns{std::make_shared<KeyColumnCache>()}; // of `keys`
    std::shared_ptr<const AttributionTable> attribution;
    std::shared_ptr<const Organisation> organisation;
    std::vector<SnapshotBatch> batches;
    std::vector<SnapshotChunk> chunks; // cells of superseded scopes may be inside: `live` decides
    std::vector<SnapshotMonths> months; // of all batches, or of none
    // The ledger's number of each key of a scoped snapshot; null where the numbers are the ledger's
    // own.
    std::shared_ptr<const std::vector<KeyId>> ledgerKeys;
};

// The same ledger as one principal may see it; `whole` itself where the principal sees everything.
// Scope is judged by `newest`, the ledger as it is now (VisibleShares.h): who asks an older version
// sees no more of it for that.
Result<std::shared_ptr<const LedgerSnapshot>> scopedSnapshot(
    std::shared_ptr<const LedgerSnapshot> whole, const LedgerSnapshot& newest,
    const Principal& principal, const TaskContext& context);

} // namespace sluice
