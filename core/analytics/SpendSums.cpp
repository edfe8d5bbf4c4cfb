// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/SpendSums.h"

#include "core/base/Check.h"

#include <algorithm>
#include <array>

namespace sluice {

namespace {

// Up to here an array beats a hash table, even counting the time to clear it.
constexpr std::size_t MaxDenseSums = 1 << 17;
// About a millisecond of work between two looks at the stop token.
constexpr std::size_t CellsBetweenStops = 1 << 20;

constexpr std::size_t RunsBetweenStops = 1 << 14;

template <class Work>
Status inSteps(std::size_t count, std::size_t step, const TaskContext& context, const Work& work)
{
    for (std::size_t begin = 0; begin < count; begin += step) {
        if (context.stopRequested())
            return TaskContext::cancelled();
        work(begin, std::min(begin + step, count));
    }
    return Status::success();
}

} // namespace

SpendSums::SpendSums(const SpendPlan& plan, Options options)
    : m_plan{plan}
    , m_options{options}
{
    const std::size_t corner = plan.bucketCount() * plan.placeCount();
    SLUICE_CHECK(corner < SpendPlan::None);
    m_dense = !options.details && (corner == 0 || plan.groupCount() <= MaxDenseSums / corner);
    if (m_dense)
        m_sums.resize(corner * plan.groupCount());
}

Status SpendSums::addAsked(const LedgerSnapshot& snapshot, const SpendQuery& query,
    const ChargeScan& scan, DetailNumbers& details, const TaskContext& context)
{
    if (!details.asked())
        return addCells(snapshot, context);
    if (!scan)
        return Error{ErrorCode::Usage, {},
            "resource, invoice and the amount of a charge are known to the charges alone, and there are none to read here",
            "Leave these out"};
    bool stopped = false;
    SLUICE_TRY_DO(scan(
        query, [&](const Charge& charge, std::uint32_t batch, std::span<const ShareCosts> shares) {
            stopped = stopped || context.stopRequested();
            if (stopped)
                return;
            const std::int64_t amount = charge.costs[static_cast<std::size_t>(query.measure)];
            if (details.wants(charge) && details.wantsAmount(amount, m_plan.currencyOf(charge.key)))
                addCharge(charge, batch, details.of(charge), shares);
            else
                passCharge(charge, batch);
        }));
    return stopped ? Status{TaskContext::cancelled()} : Status::success();
}

SpendSums::Sum& SpendSums::sumOf(std::uint32_t corner, std::uint32_t group, std::uint32_t detail)
{
    if (m_dense)
        return m_sums[corner * m_plan.groupCount() + group];
    const std::uint32_t number = m_numbers.of(m_cellNumbers.of(corner, group), detail);
    if (number == m_sums.size())
        m_sums.emplace_back();
    return m_sums[number];
}

Status SpendSums::addCells(const LedgerSnapshot& snapshot, const TaskContext& context)
{
    const bool byMonth = !snapshot.months.empty();
    if (byMonth) {
        for (const SnapshotMonths& months : snapshot.months) {
            if (m_plan.wants(months.batch))
                SLUICE_TRY_DO(inSteps(months.cells->size(), CellsBetweenStops, context,
                    [&](std::size_t begin, std::size_t end) {
                        addMonths(*months.cells, m_plan.places(months.batch), begin, end);
                    }));
        }
        if (!m_plan.hasPartialMonths() && !m_plan.hasSplits())
            return Status::success();
    }
    for (const SnapshotChunk& chunk : snapshot.chunks) {
        if (!m_plan.wants(chunk.batch) || !m_plan.overlaps(chunk.firstDay, chunk.lastDay))
            continue;
        if (byMonth && chunk.runs) {
            SLUICE_TRY_DO(inSteps(chunk.runs->size(), RunsBetweenStops, context,
                [&](std::size_t begin, std::size_t end) { addRest(chunk, begin, end); }));
        } else {
            SLUICE_TRY_DO(inSteps(chunk.cells->size(), CellsBetweenStops, context,
                [&](std::size_t begin, std::size_t end) {
                    addChunk(*chunk.cells, m_plan.places(chunk.batch), begin, end);
                }));
        }
    }
    return Status::success();
}

void SpendSums::addMonths(const RollupCells& cells, const std::vector<std::uint32_t>& places,
    std::size_t begin, std::size_t end)
{
    const std::int64_t* costs = cells.costs[static_cast<std::size_t>(m_options.measure)].data();
    for (std::size_t i = begin; i < end; ++i) {
        const std::uint32_t place = places[cells.scope[i]];
        const SpendPlan::Days days = m_plan.month(cells.day[i]);
        if (place == SpendPlan::None || days.bucket == SpendPlan::None)
            continue;
        const std::uint32_t entry = m_plan.entries(days.era)[cells.key[i]];
        if (entry == SpendPlan::None || (entry & SpendPlan::SplitBit) != 0)
            continue;
        Sum& sum = sumOf(cornerOf(days.bucket, place), entry, 0);
        sum.amount += costs[i];
        sum.charges += cells.charges[i];
    }
}

void SpendSums::addRest(const SnapshotChunk& chunk, std::size_t beginRun, std::size_t endRun)
{
    const RollupCells& cells = *chunk.cells;
    const std::vector<std::uint32_t>& runs = *chunk.runs;
    const std::vector<std::uint32_t>& places = m_plan.places(chunk.batch);
    for (std::size_t run = beginRun; run < endRun; ++run) {
        const std::size_t end = run + 1 < runs.size() ? runs[run + 1] : cells.size();
        const KeyId key = cells.key[runs[run]];
        const std::uint32_t place = places[cells.scope[runs[run]]];
        if (place == SpendPlan::None || (!m_plan.isSplit(key) && !m_plan.hasPartialMonths()))
            continue;
        for (std::size_t i = runs[run]; i < end; ++i) {
            const SpendPlan::Days days = m_plan.days(cells.day[i]);
            if (days.bucket == SpendPlan::None)
                continue;
            const std::uint32_t entry = m_plan.entries(days.era)[key];
            const bool open
                = (entry & SpendPlan::SplitBit) != 0 || m_plan.isOfPartialMonth(cells.day[i]);
            if (entry != SpendPlan::None && open)
                addStretch(entry, cornerOf(days.bucket, place), cells, i, i + 1);
        }
    }
}

// Cells are sorted by scope, key and day, so that neighbours mostly have the same entry: what the
// plan says is looked up once for a stretch of them.
void SpendSums::addChunk(const RollupCells& cells, const std::vector<std::uint32_t>& places,
    std::size_t begin, std::size_t end)
{
    const std::uint32_t* scopes = cells.scope.data();
    const KeyId* keys = cells.key.data();
    const std::int32_t* dayOf = cells.day.data();
    for (std::size_t i = begin; i < end;) {
        const std::size_t first = i;
        const std::uint32_t scope = scopes[first];
        const KeyId key = keys[first];
        const SpendPlan::Days days = m_plan.days(dayOf[first]);
        ++i;
        while (i < end && keys[i] == key && scopes[i] == scope && days.contains(dayOf[i]))
            ++i;
        if (places[scope] == SpendPlan::None || days.bucket == SpendPlan::None)
            continue;
        const std::uint32_t entry = m_plan.entries(days.era)[key];
        if (entry != SpendPlan::None)
            addStretch(entry, cornerOf(days.bucket, places[scope]), cells, first, i);
    }
}

void SpendSums::addStretch(std::uint32_t entry, std::uint32_t corner, const RollupCells& cells,
    std::size_t begin, std::size_t end)
{
    const std::int64_t* costs = cells.costs[static_cast<std::size_t>(m_options.measure)].data();
    const std::uint32_t* charges = cells.charges.data();
    if (end - begin == 1 && (entry & SpendPlan::SplitBit) == 0) { // by day: no loop to set up
        Sum& sum = sumOf(corner, entry, 0);
        sum.amount += costs[begin];
        sum.charges += charges[begin];
        return;
    }
    std::uint64_t count = 0;
    for (std::size_t i = begin; i < end; ++i)
        count += charges[i];
    if ((entry & SpendPlan::SplitBit) != 0) {
        const SpendPlan::Split& split = m_plan.split(entry);
        for (std::size_t i = begin; i < end; ++i)
            addShares(split, corner, 0, 0, costs[i], charges[i]);
        return recount(split, count);
    }
    Int128 amount = 0;
    for (std::size_t i = begin; i < end; ++i)
        amount += costs[i];
    Sum& sum = sumOf(corner, entry, 0);
    sum.amount += amount;
    sum.charges += count;
}

void SpendSums::addShares(const SpendPlan::Split& split, std::uint32_t corner, std::uint32_t detail,
    std::int64_t before, std::int64_t cost, std::uint64_t charges)
{
    m_shares.resize(split.weights.size());
    m_sharesBefore.assign(split.weights.size(), 0);
    allocate(before + cost, split.weights, m_shares);
    if (before != 0)
        allocate(before, split.weights, m_sharesBefore);
    for (std::size_t i = 0; i < m_shares.size(); ++i)
        m_shares[i] -= m_sharesBefore[i];
    addAmounts(split, corner, detail, charges);
}

void SpendSums::addAmounts(const SpendPlan::Split& split, std::uint32_t corner,
    std::uint32_t detail, std::uint64_t charges)
{
    for (std::size_t i = 0; i < m_shares.size(); ++i) {
        if (split.groups[i] == SpendPlan::None)
            continue;
        Sum& sum = sumOf(corner, split.groups[i], detail);
        sum.amount += m_shares[i];
        sum.charges += split.counts[i] ? charges : 0;
    }
}

void SpendSums::recount(const SpendPlan::Split& split, std::uint64_t charges)
{
    if (split.rows > 1)
        m_recounted[split.currency] += (split.rows - 1) * charges;
}

std::int64_t SpendSums::passed(const Charge& charge, std::uint32_t batch)
{
    const std::uint32_t key = m_keyNumbers.of(m_scopeNumbers.of(batch, charge.scope), charge.key);
    const std::uint32_t number = m_dayNumbers.of(key, static_cast<std::uint32_t>(charge.day));
    if (number == m_before.size())
        m_before.push_back(0);
    const std::int64_t cost = charge.costs[static_cast<std::size_t>(m_options.measure)];
    std::int64_t before = m_before[number];
    if (__builtin_add_overflow(before, cost, &m_before[number])) {
        before = 0; // the roll-up begins another cell too
        m_before[number] = cost;
    }
    return before;
}

std::uint32_t SpendSums::entryOf(
    const Charge& charge, std::uint32_t batch, std::uint32_t& corner) const
{
    const SpendPlan::Days days = m_plan.days(charge.day);
    const std::uint32_t place = m_plan.places(batch)[charge.scope];
    if (days.bucket == SpendPlan::None || place == SpendPlan::None)
        return SpendPlan::None;
    corner = cornerOf(days.bucket, place);
    return m_plan.entries(days.era)[charge.key];
}

void SpendSums::addCharge(const Charge& charge, std::uint32_t batch, std::uint32_t detail,
    std::span<const ShareCosts> shares)
{
    std::uint32_t corner = 0;
    const std::uint32_t entry = entryOf(charge, batch, corner);
    if (entry == SpendPlan::None)
        return;
    const auto measure = static_cast<std::size_t>(m_options.measure);
    if ((entry & SpendPlan::SplitBit) == 0) {
        Sum& sum = sumOf(corner, entry, detail);
        sum.amount += charge.costs[measure];
        ++sum.charges;
        return;
    }
    const SpendPlan::Split& split = m_plan.split(entry);
    if (shares.empty()) {
        addShares(split, corner, detail, passed(charge, batch), charge.costs[measure], 1);
    } else {
        m_shares.clear();
        for (const ShareCosts& costs : shares)
            m_shares.push_back(costs[measure]);
        addAmounts(split, corner, detail, 1);
    }
    recount(split, 1);
}

void SpendSums::passCharge(const Charge& charge, std::uint32_t batch)
{
    std::uint32_t corner = 0;
    const std::uint32_t entry = entryOf(charge, batch, corner);
    if (entry != SpendPlan::None && (entry & SpendPlan::SplitBit) != 0)
        static_cast<void>(passed(charge, batch));
}

std::vector<SpendSums::Row> SpendSums::rows() const
{
    std::vector<Row> rows;
    const auto add = [&](std::uint32_t corner, std::uint32_t group, std::uint32_t detail,
                         const Sum& sum) {
        if (sum.charges == 0 && sum.amount == 0)
            return;
        const auto places = static_cast<std::uint32_t>(m_plan.placeCount());
        rows.push_back({corner / places, corner % places, group, detail, sum.amount, sum.charges});
    };
    for (std::size_t i = 0; i < m_sums.size(); ++i) {
        if (m_dense) {
            add(static_cast<std::uint32_t>(i / m_plan.groupCount()),
                static_cast<std::uint32_t>(i % m_plan.groupCount()), 0, m_sums[i]);
            continue;
        }
        const auto [cell, detail] = m_numbers.pair(static_cast<std::uint32_t>(i));
        const auto [corner, group] = m_cellNumbers.pair(cell);
        add(corner, group, detail, m_sums[i]);
    }
    return rows;
}

} // namespace sluice
