// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/Freshness.h"

#include <algorithm>
#include <map>

namespace sluice {

namespace {

// What one source has charges for, and which days its billing periods cover.
struct Deliveries {
    std::optional<Period> days;
    std::vector<Period> billed;
};

Period daysOf(const Scope& scope, const LedgerTimeZone& zone)
{
    return {zone.localDay(scope.periodStart), zone.localDay(scope.periodEnd - 1).plusDays(1)};
}

void widen(std::optional<Period>& days, const Period& more)
{
    days = days ? Period{std::min(days->first, more.first), std::max(days->end, more.end)} : more;
}

// The days of a chunk's cells, those of superseded scopes left out.
std::optional<Period> liveDays(const SnapshotChunk& chunk, const std::vector<bool>& live)
{
    std::optional<Period> days;
    if (!chunk.cells || chunk.cells->size() == 0)
        return days;
    if (std::find(live.begin(), live.end(), false) == live.end())
        return Period{chunk.firstDay, chunk.lastDay.plusDays(1)};
    for (std::size_t i = 0; i < chunk.cells->size(); ++i) {
        const BusinessDate day{chunk.cells->day[i]};
        if (live[chunk.cells->scope[i]])
            widen(days, {day, day.plusDays(1)});
    }
    return days;
}

std::map<std::string, Deliveries> deliveriesOf(const LedgerSnapshot& whole,
    const std::set<std::string>& sources, BatchKind kind, const LedgerTimeZone& zone)
{
    std::map<std::string, Deliveries> found;
    const auto matters = [&](const SnapshotBatch& batch) {
        return batch.kind == kind && sources.count(batch.source) != 0;
    };
    for (const SnapshotBatch& batch : whole.batches) {
        for (std::size_t i = 0; matters(batch) && i < batch.scopes.size(); ++i) {
            if (batch.live[i])
                found[batch.source].billed.push_back(daysOf(batch.scopes[i], zone));
        }
    }
    for (const SnapshotChunk& chunk : whole.chunks) {
        const SnapshotBatch& batch = whole.batches[chunk.batch];
        const auto days = matters(batch) ? liveDays(chunk, batch.live) : std::nullopt;
        if (days)
            widen(found[batch.source].days, *days);
    }
    return found;
}

// The days of `asked` that lie in no billing period of the source.
std::vector<Period> gapsIn(const Period& asked, std::vector<Period> billed)
{
    std::sort(billed.begin(), billed.end(),
        [](const Period& a, const Period& b) { return a.first < b.first; });
    std::vector<Period> gaps;
    BusinessDate from = asked.first;
    for (const Period& period : billed) {
        if (period.first > from && from < asked.end)
            gaps.push_back({from, std::min(period.first, asked.end)});
        from = std::max(from, period.end);
    }
    if (from < asked.end)
        gaps.push_back({from, asked.end});
    return gaps;
}

Result<std::set<std::string>> sourcesOf(const LedgerSnapshot& snapshot, SpendQuery query,
    const TaskContext& context, const ChargeScan& scan)
{
    SLUICE_TRY(Dimension source, parseDimension("source"));
    query.by = {std::move(source)};
    query.grain.reset();
    query.period.reset();
    SLUICE_TRY(const SpendAnswer answer, spend(snapshot, query, context, scan));
    std::set<std::string> sources;
    for (const SpendRow& row : answer.rows)
        sources.insert(row.values.front());
    return sources;
}

Result<bool> isInvoiced(const LedgerSnapshot& snapshot, SpendQuery query,
    const TaskContext& context, const ChargeScan& scan)
{
    SLUICE_TRY(Dimension invoice, parseDimension("invoice"));
    query.by = {std::move(invoice)};
    query.grain.reset();
    SLUICE_TRY(const SpendAnswer answer, spend(snapshot, query, context, scan));
    const auto open = [](const SpendRow& row) { return row.values.front() == NoValue; };
    return !answer.rows.empty() && std::none_of(answer.rows.begin(), answer.rows.end(), open);
}

} // namespace

std::string_view freshnessName(FreshnessState state)
{
    switch (state) {
    case FreshnessState::Final:
        return "final";
    case FreshnessState::Preliminary:
        return "preliminary";
    case FreshnessState::Missing:
        return "missing";
    }
    return {};
}

Freshness delivered(const LedgerSnapshot& whole, const std::set<std::string>& sources,
    const SpendQuery& query, const FreshnessClock& clock)
{
    Freshness result;
    result.revision = whole.revision;
    for (const auto& [source, deliveries] : deliveriesOf(whole, sources, query.kind, clock.zone)) {
        if (!deliveries.days)
            continue;
        const BusinessDate first = query.period
            ? std::max(query.period->first, deliveries.days->first)
            : deliveries.days->first;
        const BusinessDate end = query.period ? query.period->end : clock.today;
        const BusinessDate known = std::min(end, deliveries.days->end);
        if (first < known) {
            const std::vector<Period> gaps = gapsIn({first, known}, deliveries.billed);
            for (const Period& gap : gaps)
                result.missing.push_back({source, gap});
            const BusinessDate last
                = (!gaps.empty() && gaps.back().end == known ? gaps.back().first : known)
                      .plusDays(-1);
            if (last >= first)
                result.lastDay = std::max(result.lastDay.value_or(last), last);
        }
        const Period after{std::max(first, known), std::min(end, clock.today)};
        if (after.first < after.end)
            result.missing.push_back({source, after});
    }
    if (result.lastDay)
        result.state = FreshnessState::Preliminary;
    return result;
}

Result<Freshness> freshness(const LedgerSnapshot& whole, const LedgerSnapshot& snapshot,
    const SpendQuery& query, const FreshnessClock& clock, const TaskContext& context,
    const ChargeScan& scan)
{
    SLUICE_TRY(const std::set<std::string> sources, sourcesOf(snapshot, query, context, scan));
    Freshness result = delivered(whole, sources, query, clock);
    const bool isOver = query.period && query.period->end <= clock.today;
    if (result.state != FreshnessState::Preliminary || !result.missing.empty() || !isOver
        || query.kind != BatchKind::Billed)
        return result;
    SLUICE_TRY(const bool invoiced, isInvoiced(snapshot, query, context, scan));
    if (invoiced)
        result.state = FreshnessState::Final;
    return result;
}

} // namespace sluice
