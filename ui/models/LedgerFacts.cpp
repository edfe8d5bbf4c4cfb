// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/LedgerFacts.h"

#include "core/analytics/Dimension.h"
#include "core/analytics/SpendQuery.h"

#include <algorithm>

namespace sluice::ui {

namespace {

std::optional<Grain> grainOf(const Period& period, const FiscalCalendar& calendar)
{
    for (const Grain grain : {Grain::Month, Grain::Quarter, Grain::Year}) {
        if (bucketOf(period.first, grain, calendar) == period)
            return grain;
    }
    return std::nullopt;
}

// A gap in the data, or months that were replaced by nothing, show in no first and last day.
Result<std::vector<Period>> monthsOf(
    const LedgerSnapshot& snapshot, const std::vector<BatchKind>& kinds, const TaskContext& context)
{
    std::vector<Period> months;
    for (const BatchKind kind : kinds) {
        SpendQuery query;
        query.grain = Grain::Month;
        query.kind = kind;
        SLUICE_TRY(const SpendAnswer answer, spend(snapshot, query, context));
        for (const SpendRow& row : answer.rows) {
            SLUICE_TRY(const Period month, parsePeriod(row.bucket, snapshot.settings.calendar));
            months.push_back(month);
        }
    }
    std::ranges::sort(months, {}, &Period::first);
    months.erase(std::unique(months.begin(), months.end()), months.end());
    return months;
}

} // namespace

Result<LedgerFacts> factsOf(
    const LedgerSnapshot& snapshot, const Principal& principal, const TaskContext& context)
{
    LedgerFacts facts;
    facts.revision = snapshot.revision;
    facts.currency = snapshot.settings.currency;
    facts.calendar = snapshot.settings.calendar;
    facts.batches = snapshot.batches.size();
    for (const SnapshotChunk& chunk : snapshot.chunks) {
        if (!chunk.cells || chunk.cells->size() == 0)
            continue;
        const Period days{chunk.firstDay, chunk.lastDay.plusDays(1)};
        facts.days = facts.days
            ? Period{std::min(facts.days->first, days.first), std::max(facts.days->end, days.end)}
            : days;
    }
    for (const BatchKind kind : {BatchKind::Billed, BatchKind::Estimated, BatchKind::Committed}) {
        if (std::ranges::any_of(snapshot.batches,
                [kind](const SnapshotBatch& batch) { return batch.kind == kind; }))
            facts.kinds.push_back(kind);
    }
    SLUICE_TRY(facts.months, monthsOf(snapshot, facts.kinds, context));
    for (const SnapshotBatch& batch : snapshot.batches)
        facts.lastImport
            = facts.lastImport ? std::max(*facts.lastImport, batch.importedAt) : batch.importedAt;
    const BusinessDate latest = facts.days ? facts.days->end.plusDays(-1) : BusinessDate{};
    const auto named = [&](Attribute attribute, const std::string& id) {
        const std::string name = objectName(*snapshot.organisation, attribute, id, latest);
        return name.empty() ? id : name;
    };
    facts.person = named(Attribute::Owner, principal.person);
    if (!principal.seesEverything())
        std::ranges::transform(principal.scope, std::back_inserter(facts.scope),
            [&](const std::string& unit) { return named(Attribute::Unit, unit); });
    if (!principal.seesEverything() && facts.scope.empty())
        facts.scope.push_back(facts.person); // what is that person's own
    return facts;
}

std::optional<Period> firstPeriod(const LedgerFacts& facts)
{
    if (!facts.days || facts.months.empty())
        return std::nullopt;
    const Period last = facts.months.back();
    const Period before = stepped(last, -1, facts.calendar);
    const bool whole = facts.days->end >= last.end;
    return whole || !hasCharges(facts, before) ? last : before;
}

bool hasCharges(const LedgerFacts& facts, const Period& period)
{
    return std::ranges::any_of(facts.months, [&period](const Period& month) {
        return month.first < period.end && period.first < month.end;
    });
}

Period stepped(const Period& period, int steps, const FiscalCalendar& calendar)
{
    const auto grain = grainOf(period, calendar);
    if (!grain)
        return {period.first.plusDays(steps * period.days()),
            period.end.plusDays(steps * period.days())};
    Period at = period;
    for (; steps > 0; --steps)
        at = bucketOf(at.end, *grain, calendar);
    for (; steps < 0; ++steps)
        at = bucketOf(at.first.plusDays(-1), *grain, calendar);
    return at;
}

namespace {

// As many days of `before` as the data have of `period`, where they end within it.
Period cutAsFar(Period before, const Period& period, const LedgerFacts& facts)
{
    if (facts.days && facts.days->end < period.end && facts.days->end > period.first) {
        const int days = facts.days->end.daysSinceEpoch() - period.first.daysSinceEpoch();
        before.end = std::min(before.end, before.first.plusDays(days));
    }
    return before;
}

// 29 February gives 28 February.
BusinessDate yearBefore(BusinessDate day)
{
    const std::chrono::year_month_day before = day.ymd() - std::chrono::years{1};
    return BusinessDate{before.ok() ? before : before.year() / before.month() / std::chrono::last};
}

} // namespace

Period periodBefore(const Period& period, const LedgerFacts& facts)
{
    return cutAsFar(stepped(period, -1, facts.calendar), period, facts);
}

Period periodYearBefore(const Period& period, const LedgerFacts& facts)
{
    constexpr int DaysOf52Weeks = 364; // so that a Monday is held against a Monday
    const bool isWeek = grainOf(period, facts.calendar) == Grain::Week;
    const Period before = isWeek
        ? Period{period.first.plusDays(-DaysOf52Weeks), period.end.plusDays(-DaysOf52Weeks)}
        : Period{yearBefore(period.first), yearBefore(period.end)};
    return cutAsFar(before, period, facts);
}

} // namespace sluice::ui
