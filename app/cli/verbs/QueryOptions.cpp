// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/QueryOptions.h"

#include "app/cli/Options.h"

#include <algorithm>

namespace sluice {

namespace {

// A day before and after all business, for a period that is open at one end.
constexpr BusinessDate FirstDay{-2'000'000};
constexpr BusinessDate LastDay{2'000'000};

// "--where unit=a --where unit=b" means either of them.
Status addFilter(const std::string& text, std::vector<DimensionFilter>& filters)
{
    const auto split = text.find('=');
    if (split == std::string::npos || split == 0)
        return Error{ErrorCode::Usage, "--where " + text, "it is not of the form DIM=VALUE", "Write for example --where unit=platform"};
    SLUICE_TRY(const std::vector<Dimension> dimensions, parseDimensions({text.substr(0, split)}));
    const auto same = std::find_if(filters.begin(), filters.end(),
        [&dimensions](const DimensionFilter& filter) { return filter.dimension.name == dimensions.front().name; });
    if (same == filters.end())
        filters.push_back({dimensions.front(), {text.substr(split + 1)}});
    else
        same->values.push_back(text.substr(split + 1));
    return Status::success();
}

} // namespace

Error asUsage(const std::string& option, Error error)
{
    error.code = ErrorCode::Usage;
    error.where = option;
    return error;
}

Result<std::vector<Dimension>> parseDimensions(const std::vector<std::string>& names)
{
    std::vector<Dimension> dimensions;
    for (const std::string& name : names) {
        auto dimension = parseDimension(name);
        if (!dimension.ok())
            return asUsage(name, dimension.error());
        const auto twin = std::find_if(dimensions.begin(), dimensions.end(), [&](const Dimension& other) { return other.name == dimension->name; });
        if (twin != dimensions.end())
            return Error{ErrorCode::Usage, name, "this dimension is named twice", "Name each once"};
        dimensions.push_back(std::move(dimension).value());
    }
    return dimensions;
}

Result<BusinessDate> parseDay(const std::string& option, const std::string& text)
{
    auto day = BusinessDate::parseIso(text);
    if (!day.ok())
        return asUsage(option + " " + text, day.error());
    return day;
}

void QueryOptions::declareFilters(Options& options)
{
    options.option({"--period", "P", "2026, 2026-Q3, 2026-09, FY26, 2026-07-01..2026-10-01 (end not included)"}, m_period);
    options.option({"--from", "D", "first day"}, m_from);
    options.option({"--to", "D", "the day after the last"}, m_to);
    options.repeated({"--where", "DIM=VALUE", "only this value; the same dimension again: either of them"}, m_where);
    options.option({"--kind", "KIND", "billed (default), estimated or committed"}, m_kind);
}

void QueryOptions::declareMeasure(Options& options)
{
    options.option({"--measure", "MEASURE", "billed_cost (default), effective_cost, list_cost or contracted_cost"}, m_measure);
    declareVersion(options);
}

void QueryOptions::declareVersion(Options& options)
{
    options.option({"--as-of", "INSTANT", "what was known at this instant"}, m_asOf);
    options.option({"--ruleset", "N", "one version of the rules on all days"}, m_ruleset);
}

Result<std::optional<Period>> QueryOptions::period(FiscalCalendar calendar) const
{
    if (!m_period.empty()) {
        if (!m_from.empty() || !m_to.empty())
            return Error{ErrorCode::Usage, "--period", "it does not go together with --from and --to", {}};
        auto period = parsePeriod(m_period, calendar);
        if (!period.ok())
            return asUsage("--period " + m_period, period.error());
        return std::optional{*period};
    }
    if (m_from.empty() && m_to.empty())
        return std::optional<Period>{};
    Period period{FirstDay, LastDay};
    if (!m_from.empty()) {
        SLUICE_TRY(period.first, parseDay("--from", m_from));
    }
    if (!m_to.empty()) {
        SLUICE_TRY(period.end, parseDay("--to", m_to));
    }
    if (period.end <= period.first)
        return Error{ErrorCode::Usage, "--to " + m_to, "it is not after --from", "--to is the day after the last one"};
    return std::optional{period};
}

Result<SpendQuery> QueryOptions::query(FiscalCalendar calendar) const
{
    SpendQuery query;
    const auto measure = parseMeasure(m_measure);
    if (!measure.ok())
        return asUsage("--measure " + m_measure, measure.error());
    query.measure = *measure;
    const auto kind = parseBatchKind(m_kind);
    if (!kind.ok())
        return asUsage("--kind " + m_kind, kind.error());
    query.kind = *kind;
    SLUICE_TRY(query.period, period(calendar));
    for (const std::string& filter : m_where)
        SLUICE_TRY_DO(addFilter(filter, query.where));
    return query;
}

Status QueryOptions::check() const
{
    SLUICE_TRY_DO(query({}));
    SLUICE_TRY_DO(snapshot());
    return Status::success();
}

Result<SnapshotRequest> QueryOptions::snapshot() const
{
    SnapshotRequest request;
    request.ruleset = m_ruleset;
    if (!m_asOf.empty()) {
        const auto instant = Timestamp::parseIso(m_asOf);
        if (!instant.ok())
            return asUsage("--as-of " + m_asOf, instant.error());
        request.asOf = *instant;
    }
    return request;
}

} // namespace sluice
