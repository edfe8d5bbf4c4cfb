// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/LedgerSnapshot.h"
#include "core/services/Workspace.h"
#include "core/store/ReadPool.h"
#include "core/store/tables/BatchTable.h"

#include <map>
#include <mutex>

namespace sluice {

// Builds snapshots from the store and keeps what later ones can share: the dictionary, the decoded
// roll-up of each batch, the newest whole snapshot and the scoped ones made of it. Any thread.
class SnapshotCache {
public:
    struct Source {
        ReadPool& readers;
        const LedgerSettings& settings;
    };
    // A version of the ledger: as of a revision, under the rulesets of that time or one of them on
    // all days.
    struct Version {
        std::uint64_t revision{0};
        std::optional<std::uint32_t> ruleset;
    };
    Result<std::shared_ptr<const LedgerSnapshot>> whole(
        const Source& source, Version version, const TaskContext& context);
    // The version as the principal may see it; `newest`: the revision by which scope is judged.
    Result<std::shared_ptr<const LedgerSnapshot>> scoped(const Source& source, Version version,
        std::uint64_t newest, const Principal& principal, const TaskContext& context);

private:
    struct BatchCells {
        std::vector<SnapshotChunk> chunks; // SnapshotChunk::batch is set anew for each snapshot
        std::shared_ptr<const RollupCells> months;
    };
    struct Key {
        std::uint64_t revision{0};
        std::optional<std::uint32_t> ruleset;
        std::uint64_t newest{0}; // the revision that judged the scope; 0: whole
        std::string principal; // person id and scope; empty: whole
        auto operator<=>(const Key&) const = default;
    };

    Result<std::shared_ptr<const LedgerSnapshot>> build(
        const Source& source, Version version, const TaskContext& context);
    Result<std::shared_ptr<const KeyDictionary>> dictionary(Connection& connection);
    Status loadCells(Connection& connection, const std::vector<StoredBatch>& stored,
        const std::vector<SnapshotBatch>& batches, const TaskContext& context);

    // of everything below; held while a snapshot is built, so that two pages do not build the same
    std::mutex m_mutex;
    std::shared_ptr<const KeyDictionary> m_dictionary;
    std::map<BatchRowId, BatchCells> m_cells;
    // of the newest revision asked for, and at most a few others
    std::map<Key, std::shared_ptr<const LedgerSnapshot>> m_snapshots;
};

// The rulesets published up to a revision, the default one first where nothing was published; and
// the organisation.
Result<std::vector<Ruleset>> loadRulesets(Connection& connection, std::uint64_t revision);
Result<std::shared_ptr<const Organisation>> loadOrganisation(
    Connection& connection, std::uint64_t revision);

} // namespace sluice
