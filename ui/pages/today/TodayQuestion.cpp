// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/today/TodayQuestion.h"

#include "ui/models/ShownCurrency.h"

#include <algorithm>
#include <map>

namespace sluice::ui {

namespace {

constexpr int TrendDays = 13 * 7;

bool isMissing(BusinessDate day, const std::vector<SourceFreshness>& sources)
{
    return std::ranges::any_of(sources, [day](const SourceFreshness& source) {
        return std::ranges::any_of(source.freshness.missing,
            [day](const MissingDays& missing) { return missing.days.contains(day); });
    });
}

// A day that some source has not delivered has no figure, unless there is something of it.
std::vector<TrendPoint> pointsOf(
    const SpendAnswer& answer, const Period& days, const std::vector<SourceFreshness>& sources)
{
    std::map<BusinessDate, Int128> amounts;
    for (const SpendRow& row : answer.rows) {
        const auto day = BusinessDate::parseIso(row.bucket);
        if (day.ok())
            amounts[*day] += row.amount;
    }
    std::vector<TrendPoint> points;
    for (BusinessDate day = days.first; day < days.end; day = day.plusDays(1)) {
        const auto found = amounts.find(day);
        if (found != amounts.end())
            points.push_back({day, found->second});
        else if (isMissing(day, sources))
            points.push_back({day, std::nullopt});
        else
            points.push_back({day, Int128{0}});
    }
    return points;
}

Result<std::vector<TrendPoint>> askTrend(const SpendService& service, SpendQuery query,
    const TodayAnswer& answer, const Principal& principal, const TaskContext& context)
{
    query.period = answer.trendDays;
    query.grain = Grain::Day;
    narrowTo(query, answer.currency);
    SLUICE_TRY(const std::vector<SourceFreshness> sources,
        service.freshnessBySource(query, principal, context));
    SLUICE_TRY(const SpendAnswer spent, service.spend(query, {}, principal, context));
    return pointsOf(spent, answer.trendDays, sources);
}

} // namespace

Period trendPeriod(const std::optional<Period>& period, const LedgerFacts& facts)
{
    const Period all = facts.days.value_or(Period{});
    const BusinessDate end = period ? std::min(period->end, all.end) : all.end;
    const BusinessDate first = std::max(all.first, end.plusDays(-TrendDays));
    return first < end ? Period{first, end} : Period{end, end};
}

Result<TodayAnswer> askToday(const SpendService& service, const TodayQuestion& question,
    const Principal& principal, const TaskContext& context)
{
    TodayAnswer answer;
    FindingsQuestion asked;
    asked.query = question.query;
    asked.before = question.before;
    SLUICE_TRY(answer.findings, service.findings(asked, principal, context));
    std::vector<std::pair<Currency, Int128>> amounts;
    for (const FindingsAnswer::Total& total : answer.findings.totals)
        amounts.emplace_back(total.currency, total.amount);
    answer.currencies = largestFirst(std::move(amounts));
    answer.currency = shownCurrency(answer.currencies, question.currency, question.facts.currency);
    SLUICE_TRY(answer.sources, service.freshnessBySource(question.query, principal, context));
    SLUICE_TRY(answer.coverage, service.coverage(question.query, {}, principal, context));
    std::erase_if(answer.coverage,
        [&answer](const Coverage& coverage) { return coverage.currency != answer.currency; });
    answer.trendDays = trendPeriod(question.query.period, question.facts);
    if (answer.currency.isSet() && answer.trendDays.days() > 0) {
        SLUICE_TRY(answer.trend, askTrend(service, question.query, answer, principal, context));
    }
    return answer;
}

} // namespace sluice::ui
