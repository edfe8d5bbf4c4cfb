// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/Freshness.h"

#include <algorithm>
#include <limits>
#include <map>

namespace sluice {

namespace {

// The days on which one source has charges, and those that its billing periods cover.
struct Deliveries {
    std::vector<std::int32_t> days; // sorted, each once
    std::vector<Period> billed;
};

// Billing periods are months of the provider, in UTC or a few hours off: the nearest midnight.
BusinessDate nearestDay(std::int64_t seconds)
{
    constexpr std::int64_t Day = 86'400;
    const std::int64_t shifted = seconds + Day / 2;
    return BusinessDate{static_cast<std::int32_t>((shifted - ((shifted % Day) + Day) % Day) / Day)};
}

void addDays(
    std::vector<std::int32_t>& days, const SnapshotChunk& chunk, const std::vector<bool>& live)
{
    if (!chunk.cells || chunk.cells->size() == 0)
        return;
    std::vector<bool> seen(
        static_cast<std::size_t>(chunk.lastDay.daysSinceEpoch() - chunk.firstDay.daysSinceEpoch())
        + 1);
    for (std::size_t i = 0; i < chunk.cells->size(); ++i) {
        if (live[chunk.cells->scope[i]])
            seen[static_cast<std::size_t>(chunk.cells->day[i] - chunk.firstDay.daysSinceEpoch())]
                = true;
    }
    for (std::size_t i = 0; i < seen.size(); ++i) {
        if (seen[i])
            days.push_back(chunk.firstDay.daysSinceEpoch() + static_cast<std::int32_t>(i));
    }
}

std::map<std::string, Deliveries> deliveriesOf(
    const LedgerSnapshot& whole, const std::set<std::string>& sources, BatchKind kind)
{
    std::map<std::string, Deliveries> found;
    const auto matters = [&](const SnapshotBatch& batch) {
        return batch.kind == kind && sources.count(batch.source) != 0;
    };
    for (const SnapshotBatch& batch : whole.batches) {
        for (std::size_t i = 0; matters(batch) && i < batch.scopes.size(); ++i) {
            if (batch.live[i])
                found[batch.source].billed.push_back({nearestDay(batch.scopes[i].periodStart),
                    nearestDay(batch.scopes[i].periodEnd)});
        }
    }
    for (const SnapshotChunk& chunk : whole.chunks) {
        const SnapshotBatch& batch = whole.batches[chunk.batch];
        if (matters(batch))
            addDays(found[batch.source].days, chunk, batch.live);
    }
    for (auto& [source, deliveries] : found) {
        std::vector<std::int32_t>& days = deliveries.days;
        std::sort(days.begin(), days.end());
        days.erase(std::unique(days.begin(), days.end()), days.end());
    }
    return found;
}

// The steps from one day with charges to the next.
struct Rhythm {
    std::int32_t expected{1}; // how many days after one with charges the next is
    std::int32_t plausible{std::numeric_limits<std::int32_t>::max()}; // the longest without a doubt
};

Rhythm rhythmOf(const std::vector<std::int32_t>& days)
{
    constexpr std::size_t FewestSteps = 3;
    constexpr std::size_t FewestToJudge = 20; // fewer have no longest twentieth to leave out
    std::vector<std::int32_t> steps;
    for (std::size_t i = 1; i < days.size(); ++i)
        steps.push_back(days[i] - days[i - 1]);
    if (steps.size() < FewestSteps)
        return {};
    std::sort(steps.begin(), steps.end());
    Rhythm rhythm;
    rhythm.expected = steps[(steps.size() * 95 + 99) / 100 - 1]; // the nearest rank
    if (steps.size() < FewestToJudge)
        return rhythm;
    const auto longer = static_cast<std::size_t>(
        steps.end() - std::upper_bound(steps.begin(), steps.end(), rhythm.expected));
    const bool steady
        = steps[steps.size() / 2] == rhythm.expected && longer <= (steps.size() + 99) / 100;
    rhythm.plausible = steady ? rhythm.expected * 3 / 2 : rhythm.expected * 3;
    return rhythm;
}

// The days between two with charges on which the rhythm of the source expected some.
std::vector<Period> silencesIn(const std::vector<std::int32_t>& days, const Rhythm& rhythm)
{
    std::vector<Period> silences;
    for (std::size_t i = 1; i < days.size(); ++i)
        if (days[i] - days[i - 1] > rhythm.plausible)
            silences.push_back(
                {BusinessDate{days[i - 1]}.plusDays(rhythm.expected), BusinessDate{days[i]}});
    return silences;
}

std::vector<Period> without(std::vector<Period> periods, const std::vector<Period>& silences)
{
    for (const Period& silence : silences) {
        std::vector<Period> rest;
        for (const Period& period : periods) {
            const Period before{period.first, std::min(period.end, silence.first)};
            const Period after{std::max(period.first, silence.end), period.end};
            for (const Period& part : {before, after})
                if (part.first < part.end)
                    rest.push_back(part);
        }
        periods = std::move(rest);
    }
    return periods;
}

// The days of `asked` that none of these periods covers.
std::vector<Period> gapsIn(const Period& asked, std::vector<Period> covered)
{
    std::sort(covered.begin(), covered.end(),
        [](const Period& a, const Period& b) { return a.first < b.first; });
    std::vector<Period> gaps;
    BusinessDate from = asked.first;
    for (const Period& period : covered) {
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
    case FreshnessState::NoData:
        return "no_data";
    }
    return {};
}

Freshness delivered(const LedgerSnapshot& whole, const std::set<std::string>& sources,
    const SpendQuery& query, BusinessDate today)
{
    Freshness result;
    result.revision = whole.revision;
    for (const auto& [source, deliveries] : deliveriesOf(whole, sources, query.kind)) {
        if (deliveries.days.empty())
            continue;
        const Rhythm rhythm = rhythmOf(deliveries.days);
        const BusinessDate firstDay{deliveries.days.front()};
        const BusinessDate lastDay{deliveries.days.back()};
        const BusinessDate first
            = query.period ? std::max(query.period->first, firstDay) : firstDay;
        const BusinessDate end = query.period ? query.period->end : today;
        const BusinessDate known = std::min(end, lastDay.plusDays(1));
        if (first < known) {
            const std::vector<Period> gaps = gapsIn(
                {first, known}, without(deliveries.billed, silencesIn(deliveries.days, rhythm)));
            for (const Period& gap : gaps)
                result.missing.push_back({source, gap});
            const BusinessDate last
                = (!gaps.empty() && gaps.back().end == known ? gaps.back().first : known)
                      .plusDays(-1);
            if (last >= first)
                result.lastDay = std::max(result.lastDay.value_or(last), last);
        }
        const BusinessDate expected = lastDay.plusDays(rhythm.expected);
        const Period late{std::max(first, expected), std::min(end, today)};
        if (late.first < late.end)
            result.missing.push_back({source, late});
    }
    if (result.lastDay)
        result.state = FreshnessState::Preliminary;
    else if (!result.missing.empty())
        result.state = FreshnessState::Missing;
    return result;
}

Result<Freshness> freshness(const LedgerSnapshot& whole, const LedgerSnapshot& snapshot,
    const SpendQuery& query, BusinessDate today, const TaskContext& context, const ChargeScan& scan)
{
    SLUICE_TRY(const std::set<std::string> sources, sourcesOf(snapshot, query, context, scan));
    Freshness result = delivered(whole, sources, query, today);
    const bool isOver = query.period && query.period->end <= today;
    if (result.state != FreshnessState::Preliminary || !result.missing.empty() || !isOver
        || query.kind != BatchKind::Billed)
        return result;
    SLUICE_TRY(const bool invoiced, isInvoiced(snapshot, query, context, scan));
    if (invoiced)
        result.state = FreshnessState::Final;
    return result;
}

} // namespace sluice
