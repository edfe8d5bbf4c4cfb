// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/LedgerSnapshot.h"

#include "core/analytics/MonthFold.h"
#include "core/analytics/ScopedOrganisation.h"
#include "core/analytics/UnitScope.h"
#include "core/base/Check.h"
#include "core/base/Money.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

namespace sluice {

namespace {

constexpr std::uint32_t None = std::numeric_limits<std::uint32_t>::max();

// Copies what a principal may see, cell by cell, into a snapshot with a dictionary, an attribution, an organisation
// and batches of its own, so that nothing foreign is left in it to be found.
//
// A cell of a split key keeps the sum of the visible shares. A query allocates that sum again by the visible weights,
// which can differ from the allocation of the whole by a unit of the last place; a correction cell without charges,
// under a twin of the key that has but one share, then makes each share what it is for everyone else.
class Scoper {
public:
    Scoper(const LedgerSnapshot& whole, const Principal& principal, const TaskContext& context)
        : m_whole{whole}
        , m_context{context}
        , m_scope{whole, principal}
        , m_batchOf(whole.batches.size(), None)
    {
        m_result.revision = whole.revision;
        m_result.settings = whole.settings;
        m_result.principal = principal;
        std::set<BusinessDate> starts{whole.attribution->eraStarts.begin(), whole.attribution->eraStarts.end()};
        starts.insert(m_scope.eraStarts().begin(), m_scope.eraStarts().end());
        m_eraStarts.assign(starts.begin(), starts.end());
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
        m_result.organisation = std::make_shared<Organisation>(scopedOrganisation(*m_whole.organisation, m_result.principal, *m_result.attribution));
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

    [[nodiscard]] std::size_t eraOf(BusinessDate day) const
    {
        const auto next = std::upper_bound(m_eraStarts.begin(), m_eraStarts.end(), day);
        return next == m_eraStarts.begin() ? 0 : static_cast<std::size_t>(next - m_eraStarts.begin()) - 1;
    }
    [[nodiscard]] const Assignment& assignmentIn(std::size_t era, KeyId key) const { return m_whole.attribution->of(key, m_eraStarts[era]); }
    [[nodiscard]] bool sees(std::size_t era, const AttributionPart& part) const { return m_scope.sees(m_scope.eraOf(m_eraStarts[era]), part); }

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

    void addCell(const RollupCells& cells, std::size_t i)
    {
        const std::size_t era = eraOf(BusinessDate{cells.day[i]});
        const std::vector<AttributionPart>& parts = assignmentIn(era, cells.key[i]).parts;
        std::vector<std::uint32_t> weights;
        std::vector<std::uint32_t> visible; // shares
        for (std::uint32_t share = 0; share < parts.size(); ++share) {
            weights.push_back(parts[share].weight);
            if (sees(era, parts[share]))
                visible.push_back(share);
        }
        if (visible.empty())
            return;
        std::array<std::int64_t, MeasureCount> costs{};
        for (std::size_t m = 0; m < MeasureCount; ++m)
            costs[m] = cells.costs[m][i];
        if (visible.size() == parts.size())
            return append(cells, i, {cells.key[i]}, cells.charges[i], costs);
        addShares(cells, i, weights, visible);
    }

    void addShares(const RollupCells& cells, std::size_t i, std::span<const std::uint32_t> weights, std::span<const std::uint32_t> visible)
    {
        std::vector<std::uint32_t> visibleWeights;
        for (const std::uint32_t share : visible)
            visibleWeights.push_back(weights[share]);
        std::array<std::int64_t, MeasureCount> sums{};
        std::vector<std::array<std::int64_t, MeasureCount>> corrections(visible.size());
        for (std::size_t m = 0; m < MeasureCount; ++m) {
            const std::vector<std::int64_t> shares = allocate(cells.costs[m][i], weights);
            for (const std::uint32_t share : visible)
                sums[m] += shares[share];
            const std::vector<std::int64_t> again = allocate(sums[m], visibleWeights);
            for (std::size_t k = 0; k < visible.size(); ++k)
                corrections[k][m] = shares[visible[k]] - again[k];
        }
        append(cells, i, {cells.key[i]}, cells.charges[i], sums);
        for (std::size_t k = 0; k < visible.size(); ++k) {
            if (corrections[k] != std::array<std::int64_t, MeasureCount>{})
                append(cells, i, {cells.key[i], visible[k]}, 0, corrections[k]);
        }
    }

    void append(const RollupCells& from, std::size_t i, Seen seen, std::uint32_t charges, const std::array<std::int64_t, MeasureCount>& costs)
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
                cells.push_back({keys.intern(m_whole.keys->text(cell.field)), keys.intern(m_whole.keys->text(cell.value))});
            std::sort(cells.begin(), cells.end());
            first.emplace(seen.ledgerKey, keys.internKey(cells));
        }
        SLUICE_CHECK(keys.keyCount() == m_seen.size());
    }

    [[nodiscard]] Assignment visibleOf(AttributionTable& table, std::size_t era, const Seen& seen) const
    {
        const Assignment& from = assignmentIn(era, seen.ledgerKey);
        Assignment scoped;
        scoped.ruleset = from.ruleset;
        for (std::uint32_t share = 0; share < from.parts.size(); ++share) {
            if (!sees(era, from.parts[share]) || (seen.share != None && seen.share != share))
                continue;
            AttributionPart part;
            part.weight = from.parts[share].weight;
            for (std::size_t a = 0; a < AttributeCount; ++a)
                part.values[a] = table.strings.intern(m_whole.attribution->strings.text(from.parts[share].values[a]));
            scoped.parts.push_back(part);
        }
        // In an era in which nothing of the key is visible there is no cell of it either.
        if (scoped.parts.empty()) {
            scoped.parts.emplace_back();
            scoped.rules.fill(-1);
        } else {
            scoped.rules = from.rules;
        }
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
                for (const std::int32_t rule : assignment.rules)
                    identity.push_back(static_cast<std::uint32_t>(rule));
                for (const AttributionPart& part : assignment.parts) {
                    identity.push_back(part.weight);
                    identity.insert(identity.end(), part.values.begin(), part.values.end());
                }
                const auto known = numbers.try_emplace(std::move(identity), static_cast<std::uint32_t>(table.assignments.size()));
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
    const TaskContext& m_context;
    UnitScope m_scope;
    LedgerSnapshot m_result;
    std::vector<BusinessDate> m_eraStarts;
    std::map<Seen, KeyId> m_keyOf;
    std::vector<Seen> m_seen; // by key of the result
    std::vector<std::uint32_t> m_batchOf;
    RollupCells m_cells; // of the chunk at hand
};

} // namespace

Result<std::shared_ptr<const LedgerSnapshot>> scopedSnapshot(std::shared_ptr<const LedgerSnapshot> whole, const Principal& principal,
    const TaskContext& context)
{
    if (principal.seesEverything())
        return whole;
    return Scoper{*whole, principal, context}.run();
}

} // namespace sluice
