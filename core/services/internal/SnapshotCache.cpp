// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/SnapshotCache.h"

#include "core/analytics/MonthFold.h"
#include "core/base/BoundedQueue.h"
#include "core/store/tables/BatchTable.h"
#include "core/store/tables/DictionaryTable.h"
#include "core/store/tables/OwnershipTable.h"
#include "core/store/tables/SegmentTable.h"

#include <algorithm>
#include <mutex>
#include <thread>

namespace sluice {
namespace {

    constexpr std::size_t MaxSnapshots = 8;

    // Unpacks a batch's roll-up segments on several threads while they are read.
    class ChunkDecoder {
    public:
        ChunkDecoder(const StoredBatch& stored, const std::string& ledger)
            : m_stored{stored}
            , m_ledger{ledger}
        {
            const unsigned threads = std::clamp(std::thread::hardware_concurrency(), 1U, MaxThreads);
            for (unsigned i = 0; i < threads; ++i)
                m_threads.emplace_back([this] { work(); });
        }
        ~ChunkDecoder() { m_queue.close(); }
        ChunkDecoder(const ChunkDecoder&) = delete;
        ChunkDecoder& operator=(const ChunkDecoder&) = delete;

        void add(const StoredSegment& segment, std::string_view bytes) { m_queue.push({m_count++, segment, std::string{bytes}}); }
        // The chunks in the order of the segments. Once.
        Result<std::vector<SnapshotChunk>> finish()
        {
            m_queue.close();
            m_threads.clear();
            SLUICE_TRY_DO(std::move(m_status));
            std::vector<SnapshotChunk> chunks;
            for (auto& [index, chunk] : m_chunks)
                chunks.push_back(std::move(chunk));
            return chunks;
        }

    private:
        static constexpr unsigned MaxThreads = 8;
        struct Packed {
            std::size_t index;
            StoredSegment segment;
            std::string bytes;
        };

        void work()
        {
            while (const std::optional<Packed> packed = m_queue.pop()) {
                Result<SnapshotChunk> chunk = decode(*packed);
                const std::lock_guard lock{m_mutex};
                if (chunk.ok())
                    m_chunks.emplace(packed->index, *std::move(chunk));
                else if (m_status.ok())
                    m_status = chunk.error();
            }
        }
        // The key numbers turned into the ledger's.
        Result<SnapshotChunk> decode(const Packed& packed) const
        {
            SLUICE_TRY(RollupCells cells, decodeRollup(packed.bytes));
            const StoredSegment& segment = packed.segment;
            bool fits = std::all_of(cells.day.begin(), cells.day.end(), [&](std::int32_t day) { return segment.firstDay <= day && day <= segment.lastDay; });
            for (KeyId& key : cells.key) {
                fits = fits && key < m_stored.keys.size();
                key = fits ? m_stored.keys[key] : 0;
            }
            if (!fits)
                return Error{ErrorCode::Damaged, m_ledger, "a roll-up names a charge key or a day that it does not have", "Run verify, or open the newest backup"};
            auto runs = runsOf(cells);
            return SnapshotChunk{0, BusinessDate{segment.firstDay}, BusinessDate{segment.lastDay}, std::make_shared<const RollupCells>(std::move(cells)), std::move(runs)};
        }

        const StoredBatch& m_stored;
        std::string m_ledger;
        std::size_t m_count{0};
        std::mutex m_mutex;
        std::map<std::size_t, SnapshotChunk> m_chunks; // guarded by m_mutex
        Status m_status; // guarded by m_mutex
        BoundedQueue<Packed> m_queue{8};
        std::vector<std::jthread> m_threads; // last: they use all of the above
    };

    Result<std::vector<SnapshotChunk>> loadChunks(Connection& connection, const StoredBatch& stored, const TaskContext& context)
    {
        ChunkDecoder decoder{stored, connection.path()};
        SLUICE_TRY_DO(forEachRollupSegment(connection, stored.batch.id, [&](const StoredSegment& segment, std::string_view bytes) -> Status {
            if (context.stopRequested())
                return TaskContext::cancelled();
            decoder.add(segment, bytes);
            return Status::success();
        }));
        return decoder.finish();
    }

    SnapshotBatch describe(const Batch& batch, const std::map<ScopeRef, BatchRowId>& superseded, const std::vector<DemotedField>& demoted)
    {
        SnapshotBatch result{batch.id, batch.publicId, batch.source, batch.kind, batch.importedAt, batch.scopes, {}, {}};
        for (const DemotedField& field : demoted) {
            if (field.source == batch.source && field.since <= batch.id)
                result.details.insert(field.field);
        }
        for (std::uint32_t ordinal = 0; ordinal < batch.scopes.size(); ++ordinal)
            result.live.push_back(superseded.count({batch.id, ordinal}) == 0);
        return result;
    }

} // namespace

Result<std::vector<Ruleset>> loadRulesets(Connection& connection, std::uint64_t revision)
{
    SLUICE_TRY(const std::vector<StoredText> stored, readRulesets(connection, revision));
    std::vector<Ruleset> rulesets;
    for (const StoredText& text : stored) {
        SLUICE_TRY(Ruleset ruleset, parseRuleset(text.body, "ruleset " + std::to_string(text.number)));
        ruleset.number = text.number;
        ruleset.effectiveFrom = text.effectiveFrom;
        rulesets.push_back(std::move(ruleset));
    }
    return rulesets;
}

Result<std::shared_ptr<const Organisation>> loadOrganisation(Connection& connection, std::uint64_t revision)
{
    SLUICE_TRY(const std::optional<StoredText> stored, readOrganisation(connection, revision));
    if (!stored)
        return std::make_shared<const Organisation>();
    SLUICE_TRY(Organisation organisation, parseOrganisationCsv(stored->body, "organisation " + std::to_string(stored->number)));
    organisation.version = stored->number;
    return std::make_shared<const Organisation>(std::move(organisation));
}

void SnapshotCache::clear()
{
    const std::lock_guard lock{m_mutex};
    m_snapshots.clear();
    m_cells.clear();
    m_dictionary.reset();
}

Result<std::shared_ptr<const KeyDictionary>> SnapshotCache::dictionary(Connection& connection)
{
    auto copy = m_dictionary ? std::make_shared<KeyDictionary>(*m_dictionary) : std::make_shared<KeyDictionary>();
    SLUICE_TRY_DO(loadDictionary(connection, *copy));
    m_dictionary = copy;
    return m_dictionary;
}

Result<std::shared_ptr<const LedgerSnapshot>> SnapshotCache::build(const Source& source, Version version, const TaskContext& context)
{
    const std::uint64_t revision = version.revision;
    SLUICE_TRY(ReadPool::Lease lease, source.readers.acquire());
    Connection& connection = lease.connection();
    auto snapshot = std::make_shared<LedgerSnapshot>();
    snapshot->revision = revision;
    snapshot->settings = source.settings;
    SLUICE_TRY(snapshot->keys, dictionary(connection));
    SLUICE_TRY(snapshot->organisation, loadOrganisation(connection, revision));
    SLUICE_TRY(const std::vector<Ruleset> rulesets, loadRulesets(connection, revision));
    SLUICE_TRY(AttributionTable attribution, attribute(*snapshot->keys, rulesets, *snapshot->organisation, version.ruleset, context));
    snapshot->attribution = std::make_shared<const AttributionTable>(std::move(attribution));
    SLUICE_TRY(const std::vector<StoredBatch> batches, readBatches(connection, revision, false));
    SLUICE_TRY(const auto superseded, readSupersessions(connection, revision));
    SLUICE_TRY(const std::vector<DemotedField> demoted, readDemotedFields(connection));
    for (const StoredBatch& stored : batches) {
        snapshot->batches.push_back(describe(stored.batch, superseded, demoted));
        const std::vector<bool>& live = snapshot->batches.back().live;
        if (std::none_of(live.begin(), live.end(), [](bool isLive) { return isLive; }))
            continue;
        const auto key = stored.batch.id.value();
        auto known = m_cells.find(key);
        if (known == m_cells.end()) {
            SLUICE_TRY(std::vector<SnapshotChunk> chunks, loadChunks(connection, stored, context));
            auto months = foldedByMonth(chunks);
            known = m_cells.emplace(key, BatchCells{std::move(chunks), std::move(months)}).first;
        }
        const auto number = static_cast<std::uint32_t>(snapshot->batches.size() - 1);
        for (SnapshotChunk chunk : known->second.chunks) {
            chunk.batch = number;
            snapshot->chunks.push_back(std::move(chunk));
        }
        snapshot->months.push_back({number, known->second.months});
    }
    return std::shared_ptr<const LedgerSnapshot>{std::move(snapshot)};
}

Result<std::shared_ptr<const LedgerSnapshot>> SnapshotCache::whole(const Source& source, Version version, const TaskContext& context)
{
    const std::lock_guard lock{m_mutex};
    const Key key{version.revision, version.ruleset, 0, {}};
    if (const auto found = m_snapshots.find(key); found != m_snapshots.end())
        return found->second;
    SLUICE_TRY(auto snapshot, build(source, version, context));
    while (m_snapshots.size() >= MaxSnapshots)
        m_snapshots.erase(m_snapshots.begin()); // the oldest revision
    m_snapshots[key] = snapshot;
    return snapshot;
}

Result<std::shared_ptr<const LedgerSnapshot>> SnapshotCache::scoped(const Source& source, Version version, std::uint64_t newest, const Principal& principal,
    const TaskContext& context)
{
    SLUICE_TRY(auto snapshot, whole(source, version, context));
    if (principal.seesEverything())
        return snapshot;
    SLUICE_TRY(const auto judge, whole(source, {newest, std::nullopt}, context));
    std::string who = principal.person;
    for (const std::string& unit : principal.scope)
        who += '\n' + unit;
    const Key key{version.revision, version.ruleset, newest, std::move(who)};
    const std::lock_guard lock{m_mutex};
    if (const auto found = m_snapshots.find(key); found != m_snapshots.end())
        return found->second;
    SLUICE_TRY(auto mine, scopedSnapshot(std::move(snapshot), *judge, principal, context));
    m_snapshots[key] = mine;
    return mine;
}

} // namespace sluice
