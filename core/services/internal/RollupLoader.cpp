// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/RollupLoader.h"

#include "core/analytics/MonthFold.h"

#include <algorithm>

namespace sluice {

RollupLoader::RollupLoader(Connection& connection)
    : m_connection{connection}
{
}

RollupLoader::~RollupLoader()
{
    m_queue.close();
}

Status RollupLoader::add(const StoredBatch& stored, const TaskContext& context)
{
    constexpr unsigned MaxThreads = 8;
    if (m_threads.empty()) {
        for (unsigned count = std::clamp(std::thread::hardware_concurrency(), 1U, MaxThreads);
             count > 0; --count)
            m_threads.emplace_back([this] { work(); });
    }
    {
        const std::lock_guard lock{m_mutex};
        m_chunks[stored.batch.id]; // also of one without segments
    }
    std::size_t segments = 0;
    return forEachRollupSegment(m_connection, stored.batch.id,
        [&](const StoredSegment& segment, std::string_view bytes) -> Status {
            if (context.stopRequested())
                return TaskContext::cancelled();
            m_queue.push({&stored, segments++, segment, std::string{bytes}});
            return Status::success();
        });
}

Result<std::map<BatchRowId, std::vector<SnapshotChunk>>> RollupLoader::finish()
{
    m_queue.close();
    m_threads.clear(); // joins them
    SLUICE_TRY_DO(std::move(m_status));
    return std::move(m_chunks);
}

void RollupLoader::work()
{
    while (const std::optional<Packed> packed = m_queue.pop()) {
        Result<SnapshotChunk> chunk = unpack(*packed);
        const std::lock_guard lock{m_mutex};
        if (!chunk.ok()) {
            if (m_status.ok())
                m_status = chunk.error();
            continue;
        }
        std::vector<SnapshotChunk>& chunks = m_chunks[packed->stored->batch.id];
        chunks.resize(std::max(chunks.size(), packed->index + 1));
        chunks[packed->index] = *std::move(chunk);
    }
}

Result<SnapshotChunk> RollupLoader::unpack(const Packed& packed) const
{
    SLUICE_TRY(RollupCells cells, decodeRollup(packed.bytes));
    const StoredSegment& segment = packed.segment;
    const std::vector<KeyId>& keys = packed.stored->keys; // the ledger's, by the batch's
    bool fits = std::all_of(cells.day.begin(), cells.day.end(),
        [&](std::int32_t day) { return segment.firstDay <= day && day <= segment.lastDay; });
    fits = fits
        && std::all_of(cells.scope.begin(), cells.scope.end(),
            [scopes = packed.stored->batch.scopes.size()](
                std::uint32_t scope) { return scope < scopes; });
    for (KeyId& key : cells.key) {
        fits = fits && key < keys.size();
        key = fits ? keys[key] : 0;
    }
    if (!fits)
        return Error{ErrorCode::Damaged, m_connection.path(),
            "a roll-up names a charge key, a scope or a day that it does not have",
            "Run verify, or open the newest backup"};
    auto runs = runsOf(cells);
    return SnapshotChunk{0, BusinessDate{segment.firstDay}, BusinessDate{segment.lastDay},
        std::make_shared<const RollupCells>(std::move(cells)), std::move(runs)};
}

} // namespace sluice
