// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/LedgerSnapshot.h"
#include "core/services/Workspace.h"
#include "core/store/ReadPool.h"

#include <map>
#include <mutex>

namespace sluice {

// Builds snapshots from the store and keeps what later ones can share: the dictionary, the decoded roll-up of each
// batch, the newest whole snapshot and the scoped ones made of it. Any thread.
class SnapshotCache {
public:
    struct Source {
        ReadPool& readers;
        const LedgerSettings& settings;
    };
    // The ledger as of `revision`, unscoped. `ruleset`: this version on all days.
    Result<std::shared_ptr<const LedgerSnapshot>> whole(const Source& source, std::uint64_t revision, std::optional<std::uint32_t> ruleset, const TaskContext& context);
    Result<std::shared_ptr<const LedgerSnapshot>> scoped(const Source& source, std::uint64_t revision, std::optional<std::uint32_t> ruleset, const Principal& principal,
        const TaskContext& context);
    void clear();

private:
    struct BatchCells {
        std::vector<SnapshotChunk> chunks; // SnapshotChunk::batch is set anew for each snapshot
        std::shared_ptr<const RollupCells> months;
    };
    struct Key {
        std::uint64_t revision{0};
        std::int64_t ruleset{-1};
        std::string principal; // person id and scope; empty: whole
        auto operator<=>(const Key&) const = default;
    };

    Result<std::shared_ptr<const LedgerSnapshot>> build(const Source& source, std::uint64_t revision, std::optional<std::uint32_t> ruleset, const TaskContext& context);
    Result<std::shared_ptr<const KeyDictionary>> dictionary(Connection& connection);

    std::mutex m_mutex; // of everything below; held while a snapshot is built, so that two pages do not build the same
    std::shared_ptr<const KeyDictionary> m_dictionary;
    std::map<std::int64_t, BatchCells> m_cells; // by batch row id
    std::map<Key, std::shared_ptr<const LedgerSnapshot>> m_snapshots; // of the newest revision asked for, and at most a few others
};

// The rulesets published up to a revision, the default one first where nothing was published; and the organisation.
Result<std::vector<Ruleset>> loadRulesets(Connection& connection, std::uint64_t revision);
Result<std::shared_ptr<const Organisation>> loadOrganisation(Connection& connection, std::uint64_t revision);

} // namespace sluice
