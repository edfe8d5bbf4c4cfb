// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/SnapshotCache.h"

#include "core/store/tables/BatchTable.h"
#include "core/store/tables/DictionaryTable.h"
#include "core/store/tables/OwnershipTable.h"
#include "core/store/tables/SegmentTable.h"

#include <algorithm>

namespace sluice {
namespace {

    constexpr std::size_t MaxSnapshots = 8;

    // The batch's roll-up, its key numbers turned into the ledger's.
    Result<std::vector<SnapshotChunk>> loadChunks(Connection& connection, const StoredBatch& stored, const TaskContext& context)
    {
        std::vector<SnapshotChunk> chunks;
        SLUICE_TRY_DO(forEachRollupSegment(connection, stored.batch.id, [&](const StoredSegment& segment, std::string_view bytes) -> Status {
            if (context.stopRequested())
                return TaskContext::cancelled();
            SLUICE_TRY(RollupCells cells, decodeRollup(bytes));
            for (KeyId& key : cells.key) {
                if (key >= stored.keys.size())
                    return Error{ErrorCode::Damaged, connection.path(), "a roll-up names a charge key that does not exist", "Run verify, or open the newest backup"};
                key = stored.keys[key];
            }
            chunks.push_back({0, BusinessDate{segment.firstDay}, BusinessDate{segment.lastDay}, std::make_shared<const RollupCells>(std::move(cells))});
            return Status::success();
        }));
        return chunks;
    }

    SnapshotBatch describe(const Batch& batch, const std::map<ScopeRef, BatchRowId>& superseded)
    {
        SnapshotBatch result{batch.id, batch.publicId, batch.source, batch.kind, batch.importedAt, batch.scopes, {}};
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
    m_chunks.clear();
    m_dictionary.reset();
}

Result<std::shared_ptr<const KeyDictionary>> SnapshotCache::dictionary(Connection& connection)
{
    auto copy = m_dictionary ? std::make_shared<KeyDictionary>(*m_dictionary) : std::make_shared<KeyDictionary>();
    SLUICE_TRY_DO(loadDictionary(connection, *copy));
    m_dictionary = copy;
    return m_dictionary;
}

Result<std::shared_ptr<const LedgerSnapshot>> SnapshotCache::build(const Source& source, std::uint64_t revision, std::optional<std::uint32_t> ruleset,
    const TaskContext& context)
{
    SLUICE_TRY(ReadPool::Lease lease, source.readers.acquire());
    Connection& connection = lease.connection();
    auto snapshot = std::make_shared<LedgerSnapshot>();
    snapshot->revision = revision;
    snapshot->settings = source.settings;
    SLUICE_TRY(snapshot->keys, dictionary(connection));
    SLUICE_TRY(snapshot->organisation, loadOrganisation(connection, revision));
    SLUICE_TRY(const std::vector<Ruleset> rulesets, loadRulesets(connection, revision));
    SLUICE_TRY(AttributionTable attribution, attribute(*snapshot->keys, rulesets, *snapshot->organisation, ruleset, context));
    snapshot->attribution = std::make_shared<const AttributionTable>(std::move(attribution));
    SLUICE_TRY(const std::vector<StoredBatch> batches, readBatches(connection, revision, false));
    SLUICE_TRY(const auto superseded, readSupersessions(connection, revision));
    for (const StoredBatch& stored : batches) {
        snapshot->batches.push_back(describe(stored.batch, superseded));
        const std::vector<bool>& live = snapshot->batches.back().live;
        if (std::none_of(live.begin(), live.end(), [](bool isLive) { return isLive; }))
            continue;
        const auto key = stored.batch.id.value();
        if (m_chunks.count(key) == 0) {
            SLUICE_TRY(m_chunks[key], loadChunks(connection, stored, context));
        }
        for (SnapshotChunk chunk : m_chunks[key]) {
            chunk.batch = static_cast<std::uint32_t>(snapshot->batches.size() - 1);
            snapshot->chunks.push_back(std::move(chunk));
        }
    }
    return std::shared_ptr<const LedgerSnapshot>{std::move(snapshot)};
}

Result<std::shared_ptr<const LedgerSnapshot>> SnapshotCache::whole(const Source& source, std::uint64_t revision, std::optional<std::uint32_t> ruleset,
    const TaskContext& context)
{
    const std::lock_guard lock{m_mutex};
    const Key key{revision, ruleset ? static_cast<std::int64_t>(*ruleset) : -1, {}};
    if (const auto found = m_snapshots.find(key); found != m_snapshots.end())
        return found->second;
    SLUICE_TRY(auto snapshot, build(source, revision, ruleset, context));
    while (m_snapshots.size() >= MaxSnapshots)
        m_snapshots.erase(m_snapshots.begin()); // the oldest revision
    m_snapshots[key] = snapshot;
    return snapshot;
}

Result<std::shared_ptr<const LedgerSnapshot>> SnapshotCache::scoped(const Source& source, std::uint64_t revision, std::optional<std::uint32_t> ruleset,
    const Principal& principal, const TaskContext& context)
{
    SLUICE_TRY(auto snapshot, whole(source, revision, ruleset, context));
    if (principal.seesEverything())
        return snapshot;
    std::string who = principal.person;
    for (const std::string& unit : principal.scope)
        who += '\n' + unit;
    const Key key{revision, ruleset ? static_cast<std::int64_t>(*ruleset) : -1, std::move(who)};
    const std::lock_guard lock{m_mutex};
    if (const auto found = m_snapshots.find(key); found != m_snapshots.end())
        return found->second;
    SLUICE_TRY(auto mine, scopedSnapshot(std::move(snapshot), principal, context));
    m_snapshots[key] = mine;
    return mine;
}

} // namespace sluice
