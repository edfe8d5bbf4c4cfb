// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/SnapshotCache.h"

#include "core/analytics/MonthFold.h"
#include "core/services/internal/RollupLoader.h"
#include "core/store/StoreError.h"
#include "core/store/tables/BatchTable.h"
#include "core/store/tables/DictionaryTable.h"
#include "core/store/tables/OwnershipTable.h"

#include <algorithm>

namespace sluice {
namespace {

constexpr std::size_t MaxSnapshots = 8;

SnapshotBatch describe(const Batch& batch, const std::map<ScopeRef, BatchRowId>& superseded,
    const std::vector<DemotedField>& demoted)
{
    SnapshotBatch result{
        batch.id, batch.publicId, batch.source, batch.kind, batch.importedAt, batch.scopes, {}, {}};
    for (const DemotedField& field : demoted) {
        if (field.source == batch.source && field.since <= batch.id)
            result.details.insert(field.field);
    }
    for (std::uint32_t ordinal = 0; ordinal < batch.scopes.size(); ++ordinal)
        result.live.push_back(superseded.count({batch.id, ordinal}) == 0);
    return result;
}

bool hasLiveScope(const SnapshotBatch& batch)
{
    return std::find(batch.live.begin(), batch.live.end(), true) != batch.live.end();
}

} // namespace

Result<std::vector<Ruleset>> loadRulesets(Connection& connection, std::uint64_t revision)
{
    SLUICE_TRY(const std::vector<StoredText> stored, readRulesets(connection, revision));
    std::vector<Ruleset> rulesets;
    for (const StoredText& text : stored) {
        SLUICE_TRY(Ruleset ruleset,
            asStored(parseRuleset(text.body, "ruleset " + std::to_string(text.number)),
                connection.path()));
        ruleset.number = text.number;
        ruleset.effectiveFrom = text.effectiveFrom;
        rulesets.push_back(std::move(ruleset));
    }
    return rulesets;
}

Result<std::shared_ptr<const Organisation>> loadOrganisation(
    Connection& connection, std::uint64_t revision)
{
    SLUICE_TRY(const std::optional<StoredText> stored, readOrganisation(connection, revision));
    if (!stored)
        return std::make_shared<const Organisation>();
    SLUICE_TRY(Organisation organisation,
        asStored(parseOrganisationCsv(stored->body,
                     "organisation " + std::to_string(stored->number), OrganisationText::Published),
            connection.path()));
    organisation.version = stored->number;
    return std::make_shared<const Organisation>(std::move(organisation));
}

Result<std::shared_ptr<const KeyDictionary>> SnapshotCache::dictionary(Connection& connection)
{
    auto copy = m_dictionary ? std::make_shared<KeyDictionary>(*m_dictionary)
                             : std::make_shared<KeyDictionary>();
    SLUICE_TRY_DO(loadDictionary(connection, *copy));
    m_dictionary = copy;
    return m_dictionary;
}

Result<std::shared_ptr<const LedgerSnapshot>> SnapshotCache::build(
    const Source& source, Version version, const TaskContext& context)
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
    SLUICE_TRY(AttributionTable attribution,
        attribute(*snapshot->keys, rulesets, *snapshot->organisation, version.ruleset, context));
    snapshot->attribution = std::make_shared<const AttributionTable>(std::move(attribution));
    SLUICE_TRY(const std::vector<StoredBatch> batches, readBatches(connection, revision, false));
    SLUICE_TRY_DO(requireKnownKeys(connection, batches, *snapshot->keys));
    SLUICE_TRY(const auto superseded, readSupersessions(connection, revision));
    SLUICE_TRY(const std::vector<DemotedField> demoted, readDemotedFields(connection));
    for (const StoredBatch& stored : batches)
        snapshot->batches.push_back(describe(stored.batch, superseded, demoted));
    SLUICE_TRY_DO(loadCells(connection, batches, snapshot->batches, context));
    for (std::uint32_t number = 0; number < batches.size(); ++number) {
        if (!hasLiveScope(snapshot->batches[number]))
            continue;
        const BatchCells& known = m_cells.at(batches[number].batch.id);
        for (SnapshotChunk chunk : known.chunks) {
            chunk.batch = number;
            snapshot->chunks.push_back(std::move(chunk));
        }
        snapshot->months.push_back({number, known.months});
    }
    return std::shared_ptr<const LedgerSnapshot>{std::move(snapshot)};
}

// Those of batches that count and are not known yet.
Status SnapshotCache::loadCells(Connection& connection, const std::vector<StoredBatch>& stored,
    const std::vector<SnapshotBatch>& batches, const TaskContext& context)
{
    RollupLoader loader{connection};
    for (std::size_t i = 0; i < stored.size(); ++i) {
        if (hasLiveScope(batches[i]) && m_cells.count(stored[i].batch.id) == 0)
            SLUICE_TRY_DO(loader.add(stored[i], context));
    }
    SLUICE_TRY(auto chunksOf, loader.finish());
    for (auto& [batch, chunks] : chunksOf) {
        auto months = foldedByMonth(chunks);
        m_cells.emplace(batch, BatchCells{std::move(chunks), std::move(months)});
    }
    return Status::success();
}

Result<std::shared_ptr<const LedgerSnapshot>> SnapshotCache::whole(
    const Source& source, Version version, const TaskContext& context)
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

Result<std::shared_ptr<const LedgerSnapshot>> SnapshotCache::scoped(const Source& source,
    Version version, std::uint64_t newest, const Principal& principal, const TaskContext& context)
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
