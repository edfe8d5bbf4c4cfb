// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/LedgerSnapshot.h"
#include "core/base/BoundedQueue.h"
#include "core/base/TaskContext.h"
#include "core/store/Connection.h"
#include "core/store/tables/BatchTable.h"
#include "core/store/tables/SegmentTable.h"

#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace sluice {

// Reads the roll-ups of batches on the caller's thread and unpacks them on threads of its own,
// which begin with the first batch: a ledger of ten million charges has more to unpack than to
// read.
class RollupLoader {
public:
    explicit RollupLoader(Connection& connection);
    ~RollupLoader();
    RollupLoader(const RollupLoader&) = delete;
    RollupLoader& operator=(const RollupLoader&) = delete;

    // `stored` stays until finish(). Cancelled when the context says so.
    Status add(const StoredBatch& stored, const TaskContext& context);
    // The chunks of each batch that was added, in the order of its segments, with the ledger's key
    // numbers. Damaged where a roll-up is. Once.
    Result<std::map<BatchRowId, std::vector<SnapshotChunk>>> finish();

private:
    struct Packed {
        const StoredBatch* stored;
        std::size_t index; // of the segment in the batch
        StoredSegment segment;
        std::string bytes;
    };

    void work();
    [[nodiscard]] Result<SnapshotChunk> unpack(const Packed& packed) const;

    Connection& m_connection;
    std::mutex m_mutex;
    std::map<BatchRowId, std::vector<SnapshotChunk>> m_chunks; // guarded by m_mutex
    Status m_status; // guarded by m_mutex
    BoundedQueue<Packed> m_queue{8};
    std::vector<std::jthread> m_threads; // last: they use all of the above
};

} // namespace sluice
