// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/LedgerSnapshot.h"

#include "core/analytics/MonthFold.h"
#include "core/analytics/ScopedOrganisation.h"
#include "core/analytics/VisibleShares.h"
#include "core/base/Check.h"
#include "core/base/Money.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>

namespace sluice {

namespace {

constexpr std::uint32_t None = std::numeric_limits<std::uint32_t>::max();

// Copies what a principal may see, cell by cell, into a snapshot with a dictionary, an attribution,
// an organisation and batches of its own, so that nothing foreign is left in it to be found.
//
// A cell of a split key keeps the sum of the visible shares. A query allocates that sum again by
// the visible weights, which can differ from the allocation of the whole by a unit of the last
// place; a correction cell without charges, under a twin of the key that has but one share, then
// makes each share what it is for everyone else.
class Scoper {
public:
    Scoper(const LedgerSnapshot& whole, const LedgerSnapshot& newest, const Principal& principal,
        const TaskContext& context)
        : m_whole{whole}
        , m_newest{newest}
        , m_context{context}
        , m_visible{whole.attribution, newest, principal}
        , m_eraStarts{m_visible.eraStarts()}
        , m_batchOf(whole.batches.size(), None)
    {
        m_result.revision = whole.revision;
        m_result.settings = whole.settings;
        m_result.principal = principal;
    }

    Result<std::shared_ptr<const LedgerSnapshot>> run()
    {
        for (const SnapshotChunk& chunk : m_whole.chunks)
            SLUICE_TRY_DO(addChunk(chunk));
        foldByMonth(m_result);
        auto keys = std::make_shared<KeyDictionary>();
        copyKeys(*keys);
        m_result.keys = std::move(keys);
        m_result.attribution = std::make_shared<AttributionTable>(attribution());
        m_result.organisation = std::make_shared<Organisation>(
            scopedOrganisation(*m_newest.organisation, m_result.principal, *m_result.attribution));
        m_result.ledgerKeys = std::make_shared<std::vector<KeyId>>(ledgerKeys());
        return std::make_shared<const LedgerSnapshot>(std::move(m_result));
    }

private:
    // What is seen of a key in the result: all visible shares, or (a twin) one share alone.
    struct Seen {
        KeyId ledgerKey{0};
        std::uint32_t share{None};
        auto operator<=>(const Seen&) const = default;
    };

    Status addChunk(const SnapshotChunk& chunk)
    {
        constexpr std::size_t CellsBetweenStops = 1 << 16;
        const SnapshotBatch& batch = m_whole.batches[chunk.batch];
        const RollupCells& cells = *chunk.cells;
        m_cells = {};
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i % CellsBetweenStops == 0 && m_context.stopRequested())
                return TaskContext::cancelled();
            if (batch.live[cells.scope[i]])
                addCell(cells, i);
        }
        if (m_cells.size() == 0)
            return Status::success();
        SnapshotChunk scoped;
        scoped.batch = batchFor(chunk.batch);
        const auto [first, last] = std::minmax_element(m_cells.day.begin(), m_cells.day.end());
        scoped.firstDay = BusinessDate{*first};
        scoped.lastDay = BusinessDate{*last};
        noteScopes(m_result.batches[scoped.batch], batch);
        scoped.cells = std::make_shared<const RollupCells>(std::move(m_cells));
        m_result.chunks.push_back(std::move(scoped));
        return Status::success();
    }

    // Cells are sorted by key and day, so that neighbours mostly have the same one.
    const VisiblePortion& portionOf(KeyId key, BusinessDate day)
    {
        const auto era = static_cast<std::size_t>(
            std::upper_bound(m_eraStarts.begin(), m_eraStarts.end(), day) - m_eraStarts.begin());
        if (m_portionOf != std::pair{key, era}) {
            m_portion = m_visible.of(key, day);
            m_portionOf = {key, era};
        }
        return m_portion;
    }

    void addCell(const RollupCells& cells, std::size_t i)
    {
        const VisiblePortion& portion = portionOf(cells.key[i], BusinessDate{cells.day[i]});
        if (portion.shares.empty())
            return;
        std::array<std::int64_t, MeasureCount> costs{};
        for (std::size_t m = 0; m < MeasureCount; ++m)
            costs[m] = cells.costs[m][i];
        if (portion.everything)
            return append(cells, i, {cells.key[i]}, cells.charges[i], costs);
        addShares(cells, i, portion);
    }

    void addShares(const RollupCells& cells, std::size_t i, const VisiblePortion& portion)
    {
        std::vector<std::uint32_t> visibleWeights;
        for (const std::uint32_t share : portion.shares)
            visibleWeights.push_back(portion.weights[share]);
        std::array<std::int64_t, MeasureCount> sums{};
        std::vector<std::array<std::int64_t, MeasureCount>> corrections(portion.shares.size());
        for (std::size_t m = 0; m < MeasureCount; ++m) {
            const std::vector<std::int64_t> amounts = portion.amounts(cells.costs[m][i]);
            sums[m] = std::accumulate(amounts.begin(), amounts.end(), std::int64_t{0});
            const std::vector<std::int64_t> again = allocate(sums[m], visibleWeights);
            for (std::size_t k = 0; k < amounts.size(); ++k)
                corrections[k][m] = amounts[k] - again[k];
        }
        append(cells, i, {cells.key[i]}, cells.charges[i], sums);
        for (std::size_t k = 0; k < portion.shares.size(); ++k) {
            if (corrections[k] != std::array<std::int64_t, MeasureCount>{})
                append(cells, i, {cells.key[i], portion.shares[k]}, 0, corrections[k]);
        }
    }

    void append(const RollupCells& from, std::size_t i, Seen seen, std::uint32_t charges,
        const std::array<std::int64_t, MeasureCount>& costs)
    {
        const auto known = m_keyOf.try_emplace(seen, static_cast<KeyId>(m_seen.size()));
        if (known.second)
            m_seen.push_back(seen);
        m_cells.scope.push_back(from.scope[i]);
        m_cells.key.push_back(known.first->second);
        m_cells.day.push_back(from.day[i]);
        m_cells.charges.push_back(charges);
        for (std::size_t m = 0; m < MeasureCount; ++m)
            m_cells.costs[m].push_back(costs[m]);
    }

    std::uint32_t batchFor(std::uint32_t batch)
    {
        if (m_batchOf[batch] != None)
            return m_batchOf[batch];
        const SnapshotBatch& from = m_whole.batches[batch];
        SnapshotBatch scoped;
        scoped.id = from.id;
        scoped.publicId = from.publicId;
        scoped.source = from.source;
        scoped.kind = from.kind;
        scoped.importedAt = from.importedAt;
        scoped.details = from.details;
        scoped.scopes.resize(from.scopes.size()); // ordinals stay; what is not visible is empty
        scoped.live.resize(from.scopes.size(), false);
        m_result.batches.push_back(std::move(scoped));
        m_batchOf[batch] = static_cast<std::uint32_t>(m_result.batches.size() - 1);
        return m_batchOf[batch];
    }

    // Rows are those that the principal sees; totals would be everyone's, so there are none.
    void noteScopes(SnapshotBatch& scoped, const SnapshotBatch& from) const
    {
        for (std::size_t i = 0; i < m_cells.size(); ++i) {
            const std::uint32_t ordinal = m_cells.scope[i];
            Scope& scope = scoped.scopes[ordinal];
            if (!scoped.live[ordinal]) {
                scoped.live[ordinal] = true;
                scope.billingAccount = from.scopes[ordinal].billingAccount;
                scope.periodStart = from.scopes[ordinal].periodStart;
                scope.periodEnd = from.scopes[ordinal].periodEnd;
            }
            scope.rows += m_cells.charges[i];
        }
    }

    void copyKeys(KeyDictionary& keys) const
    {
        std::map<KeyId, KeyId> first; // ledger key → its first number in the result
        for (const Seen& seen : m_seen) {
            if (const auto twin = first.find(seen.ledgerKey); twin != first.end()) {
                keys.addTwin(twin->second);
                continue;
            }
            std::vector<KeyCell> cells;
            for (const KeyCell& cell : m_whole.keys->cells(seen.ledgerKey))
                cells.push_back({keys.intern(m_whole.keys->text(cell.field)),
                    keys.intern(m_whole.keys->text(cell.value))});
            std::sort(cells.begin(), cells.end());
            first.emplace(seen.ledgerKey, keys.internKey(cells));
        }
        SLUICE_CHECK(keys.keyCount() == m_seen.size());
    }

    [[nodiscard]] Assignment visibleOf(
        AttributionTable& table, std::size_t era, const Seen& seen) const
    {
        const Assignment& from = m_whole.attribution->of(seen.ledgerKey, m_eraStarts[era]);
        Assignment scoped;
        scoped.ruleset = from.ruleset;
        for (const std::uint32_t share : m_visible.of(seen.ledgerKey, m_eraStarts[era]).shares) {
            if (seen.share != None && seen.share != share)
                continue;
            AttributionPart& part = scoped.parts.emplace_back(from.parts[share]);
            for (StringId& value : part.values)
                value = table.strings.intern(m_whole.attribution->strings.text(value));
        }
        // In an era in which nothing of the key is visible there is no cell of it either.
        if (scoped.parts.empty())
            scoped.parts.emplace_back();
        return scoped;
    }

    [[nodiscard]] AttributionTable attribution() const
    {
        AttributionTable table;
        table.eraStarts = m_eraStarts;
        std::map<std::vector<std::uint32_t>, std::uint32_t> numbers;
        for (std::size_t era = 0; era < m_eraStarts.size(); ++era) {
            std::vector<std::uint32_t>& assignmentOf = table.assignmentOf.emplace_back();
            for (const Seen& seen : m_seen) {
                Assignment assignment = visibleOf(table, era, seen);
                std::vector<std::uint32_t> identity{assignment.ruleset};
                for (const AttributionPart& part : assignment.parts) {
                    identity.push_back(part.weight);
                    identity.insert(identity.end(), part.values.begin(), part.values.end());
                    std::transform(part.rules.begin(), part.rules.end(),
                        std::back_inserter(identity),
                        [](std::int32_t rule) { return static_cast<std::uint32_t>(rule); });
                }
                const auto known = numbers.try_emplace(
                    std::move(identity), static_cast<std::uint32_t>(table.assignments.size()));
                if (known.second)
                    table.assignments.push_back(std::move(assignment));
                assignmentOf.push_back(known.first->second);
            }
        }
        return table;
    }

    [[nodiscard]] std::vector<KeyId> ledgerKeys() const
    {
        std::vector<KeyId> keys;
        for (const Seen& seen : m_seen)
            keys.push_back(seen.ledgerKey);
        return keys;
    }

    const LedgerSnapshot& m_whole;
    const LedgerSnapshot& m_newest;
    const TaskContext& m_context;
    VisibleShares m_visible;
    std::vector<BusinessDate> m_eraStarts;
    VisiblePortion m_portion; // the last one asked for
    std::pair<KeyId, std::size_t> m_portionOf{None, 0};
    LedgerSnapshot m_result;
    std::map<Seen, KeyId> m_keyOf;
    std::vector<Seen> m_seen; // by key of the result
    std::vector<std::uint32_t> m_batchOf;
    RollupCells m_cells; // of the chunk at hand
};

} // namespace

Result<std::shared_ptr<const LedgerSnapshot>> scopedSnapshot(
    std::shared_ptr<const LedgerSnapshot> whole, const LedgerSnapshot& newest,
    const Principal& principal, const TaskContext& context)
{
    if (principal.seesEverything())
        return whole;
    return Scoper{*whole, newest, principal, context}.run();
}

} // namespace sluice
