// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/SpendLines.h"

#include "core/analytics/DetailFields.h"
#include "core/analytics/SpendSums.h"

#include <algorithm>

namespace sluice {

namespace {

// The days of each group and place of a plan.
class GroupDays {
public:
    explicit GroupDays(const SpendPlan& plan)
        : m_plan{plan}
        , m_days(plan.groupCount() * plan.placeCount())
    {
    }

    Status walk(const LedgerSnapshot& snapshot, const TaskContext& context)
    {
        for (const SnapshotChunk& chunk : snapshot.chunks) {
            if (context.stopRequested())
                return TaskContext::cancelled();
            if (m_plan.wants(chunk.batch) && m_plan.overlaps(chunk.firstDay, chunk.lastDay))
                addChunk(chunk);
        }
        return Status::success();
    }

    [[nodiscard]] std::optional<Period> of(std::uint32_t group, std::uint32_t place) const
    {
        const Span& span = m_days[group * m_plan.placeCount() + place];
        if (span.first > span.last)
            return std::nullopt;
        return Period{BusinessDate{span.first}, BusinessDate{span.last}.plusDays(1)};
    }

private:
    struct Span {
        std::int32_t first{std::numeric_limits<std::int32_t>::max()};
        std::int32_t last{std::numeric_limits<std::int32_t>::min()};
    };

    // Cells are sorted by scope, key and day: a stretch of one entry is told by its two ends.
    void addChunk(const SnapshotChunk& chunk)
    {
        const RollupCells& cells = *chunk.cells;
        const std::vector<std::uint32_t>& places = m_plan.places(chunk.batch);
        for (std::size_t i = 0; i < cells.size();) {
            const std::size_t first = i;
            const SpendPlan::Days days = m_plan.days(cells.day[first]);
            for (++i; i < cells.size() && cells.key[i] == cells.key[first]
                 && cells.scope[i] == cells.scope[first] && days.contains(cells.day[i]);)
                ++i;
            const std::uint32_t place = places[cells.scope[first]];
            if (days.bucket == SpendPlan::None || place == SpendPlan::None)
                continue;
            const std::uint32_t entry = m_plan.entries(days.era)[cells.key[first]];
            if (entry != SpendPlan::None)
                widen(entry, place, cells.day[first], cells.day[i - 1]);
        }
    }

    void widen(std::uint32_t entry, std::uint32_t place, std::int32_t first, std::int32_t last)
    {
        const auto one = [&](std::uint32_t group) {
            if (group == SpendPlan::None)
                return;
            Span& span = m_days[group * m_plan.placeCount() + place];
            span.first = std::min(span.first, first);
            span.last = std::max(span.last, last);
        };
        if ((entry & SpendPlan::SplitBit) == 0)
            return one(entry);
        for (const std::uint32_t group : m_plan.split(entry).groups)
            one(group);
    }

    const SpendPlan& m_plan;
    std::vector<Span> m_days; // by group and place
};

} // namespace

Result<std::vector<SpendLine>> spendLines(const LedgerSnapshot& snapshot, SpendQuery query,
    SpendLinesOptions options, const TaskContext& context, const ChargeScan& scan)
{
    query.grain.reset();
    SLUICE_TRY_DO(requireKeyFields(snapshot, query));
    const SpendPlan plan{snapshot, query, {.presenceOnly = options.presenceOnly}};
    DetailNumbers details{query};
    SpendSums sums{plan, {.measure = query.measure, .details = details.asked()}};
    SLUICE_TRY_DO(sums.addAsked(snapshot, query, scan, details, context));
    GroupDays days{plan};
    if (options.days && !details.asked())
        SLUICE_TRY_DO(days.walk(snapshot, context));
    std::vector<SpendLine> lines;
    for (const SpendSums::Row& row : sums.rows()) {
        SpendLine& line = lines.emplace_back();
        for (std::size_t by = 0; by < query.by.size(); ++by)
            line.values.emplace_back(plan.value(by, row.group, row.place));
        line.currency = plan.currency(row.group);
        line.amount = row.amount;
        line.charges = row.charges;
        line.days = days.of(row.group, row.place);
    }
    return lines;
}

} // namespace sluice
