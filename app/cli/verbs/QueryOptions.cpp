// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/QueryOptions.h"

#include "app/cli/Options.h"
#include "core/services/SpendService.h"

#include <algorithm>

namespace sluice {

namespace {

// A day before and after all business, for a period that is open at one end.
constexpr BusinessDate FirstDay{-2'000'000};
constexpr BusinessDate LastDay{2'000'000};
constexpr std::string_view BillingPeriod = "billing_period";

bool isFiscal(const std::string& text)
{
    return text.starts_with("FY");
}

// Billing periods are named by their month; a quarter or a year stands for all of its months.
std::vector<std::string> billingMonths(const std::string& text, FiscalCalendar calendar)
{
    const auto period = parsePeriod(text, calendar);
    if (!period.ok() || period->days() <= 31)
        return {text};
    std::vector<std::string> months;
    for (BusinessDate month = period->first; month < period->end; month = firstOfMonth(month, 1))
        months.push_back(bucketLabel(month, Grain::Month, calendar));
    return months;
}

// "--where unit=a --where unit=b" means either of them.
Status addFilter(
    const std::string& text, FiscalCalendar calendar, std::vector<DimensionFilter>& filters)
{
    const auto split = text.find('=');
    if (split == std::string::npos || split == 0)
        return Error{ErrorCode::Usage, "--where " + text, "it is not of the form DIM=VALUE",
            "Write for example --where unit=platform"};
    SLUICE_TRY(const std::vector<Dimension> dimensions, parseDimensions({text.substr(0, split)}));
    const Dimension& dimension = dimensions.front();
    auto same
        = std::find_if(filters.begin(), filters.end(), [&dimension](const DimensionFilter& filter) {
              return filter.dimension.name == dimension.name;
          });
    if (same == filters.end())
        same = filters.insert(same, {dimension, {}});
    std::string value = text.substr(split + 1);
    if (dimension.name == BillingPeriod) {
        const std::vector<std::string> months = billingMonths(value, calendar);
        same->values.insert(same->values.end(), months.begin(), months.end());
    } else {
        same->values.push_back(std::move(value));
    }
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
        const auto twin = std::find_if(dimensions.begin(), dimensions.end(),
            [&](const Dimension& other) { return other.name == dimension->name; });
        if (twin != dimensions.end())
            return Error{ErrorCode::Usage, name, "this dimension is named twice", "Name each once"};
        dimensions.push_back(std::move(dimension).value());
    }
    return dimensions;
}

std::string_view dimensionNotes()
{
    static const std::string notes = [] {
        constexpr std::size_t Width = 90;
        std::string text = "Dimensions:";
        std::size_t column = text.size();
        for (const std::string_view name : dimensionNames()) {
            if (column + 1 + name.size() > Width) {
                text += "\n ";
                column = 1;
            }
            text.append(" ").append(name);
            column += 1 + name.size();
        }
        return text
            + "\n  and tag:KEY and x_COLUMN. What has no value is (none). The first = of DIM=VALUE ends DIM.\n"
              "A filter's terms stand side by side, and all of them must hold; a - before a term turns it round:\n"
              "  unit:lab,growth   one of these values of a dimension, or names of them; * stands for any letters\n"
              "  tag:team=growth   a tag\n"
              "  amount:>=100      the amount of single charges: >=, >, <=, <, =, or 10..20\n"
              "  2026-Q3           a period\n"
              "  gateway           text in what the provider wrote: service, account, tag\n"
              "  \"in quotes\"       what has blanks or commas, or a meaning of its own\n";
    }();
    return notes;
}

Result<BusinessDate> parseDay(const std::string& option, const std::string& text)
{
    auto day = BusinessDate::parseIso(text);
    if (!day.ok())
        return asUsage(option + " " + text, day.error());
    return day;
}

void QueryOptions::declareDays(Options& options)
{
    options.option(
        {"--period", "P",
            "2026, 2026-Q3, 2026-09, FY26-Q3, 2026-07-01..2026-10-01 (end not included)"},
        m_period);
    options.option(
        {"--from", "D", "first day, or the period that begins with it (2026-07, FY26)"}, m_from);
    options.option(
        {"--to", "D", "the day after the last, or the period that begins with it"}, m_to);
}

void QueryOptions::declareKind(Options& options)
{
    options.option({"--kind", "KIND", "billed (default), estimated or committed"}, m_kind);
}

void QueryOptions::declarePeriod(Options& options)
{
    declareDays(options);
    declareKind(options);
}

void QueryOptions::declareFilters(Options& options)
{
    declareDays(options);
    options.repeated(
        {"--where", "DIM=VALUE", "only this value; the same dimension again: either of them"},
        m_where);
    options.option(
        {"--filter", "TEXT",
            "terms that must all hold: vendor:OpenAI -unit:lab 2026-Q3 amount:>=100 words"},
        m_filter);
    declareKind(options);
}

void QueryOptions::declareMeasure(Options& options)
{
    declareMeasureOnly(options);
    declareVersion(options);
}

void QueryOptions::declareMeasureOnly(Options& options)
{
    options.option({"--measure", "MEASURE",
                       "billed_cost (default), effective_cost, list_cost or contracted_cost"},
        m_measure);
}

void QueryOptions::declareVersion(Options& options)
{
    options.option({"--as-of", "INSTANT", "what was known at this instant"}, m_asOf);
    options.option({"--ruleset", "N", "one version of the rules on all days"}, m_ruleset);
}

Result<std::optional<Period>> QueryOptions::period(Calendar calendar) const
{
    if (m_period.empty())
        return days(calendar);
    if (!m_from.empty() || !m_to.empty())
        return Error{
            ErrorCode::Usage, "--period", "it does not go together with --from and --to", {}};
    auto period = parsePeriod(m_period, calendar.value_or(FiscalCalendar{}));
    if (!period.ok())
        return asUsage("--period " + m_period, period.error());
    return std::optional{*period};
}

Result<std::optional<Period>> QueryOptions::days(Calendar calendar) const
{
    if (m_from.empty() && m_to.empty())
        return std::optional<Period>{};
    Period period{FirstDay, LastDay};
    const auto read = [&calendar](const std::string& option, const std::string& text,
                          BusinessDate& day) -> Status {
        if (text.empty())
            return Status::success();
        const auto named = parsePeriod(text, calendar.value_or(FiscalCalendar{}));
        if (!named.ok())
            return asUsage(option + " " + text, named.error());
        day = named->first;
        return Status::success();
    };
    SLUICE_TRY_DO(read("--from", m_from, period.first));
    SLUICE_TRY_DO(read("--to", m_to, period.end));
    const bool comparable = calendar || !(isFiscal(m_from) || isFiscal(m_to));
    if (comparable && period.end <= period.first)
        return Error{ErrorCode::Usage, "--to " + m_to, "it is not after --from",
            "--to is the day after the last one"};
    return std::optional{period};
}

Result<SpendQuery> QueryOptions::query(Calendar calendar) const
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
        SLUICE_TRY_DO(addFilter(filter, calendar.value_or(FiscalCalendar{}), query.where));
    return query;
}

Result<SpendQuestion> QueryOptions::ask(const VerbContext& context, const std::string& ledger) const
{
    SLUICE_TRY_DO(query({}));
    SLUICE_TRY_DO(filter({}));
    SpendQuestion question;
    SLUICE_TRY(question.at, snapshot());
    SLUICE_TRY(question.ledger, context.open(ledger));
    const FiscalCalendar calendar = question.ledger.workspace->settings().calendar;
    SLUICE_TRY(question.query, query(calendar));
    SLUICE_TRY(const std::vector<FilterTerm> terms, filter(calendar));
    if (!terms.empty()) {
        SLUICE_TRY(question.query,
            SpendService{*question.ledger.workspace}.filtered(std::move(question.query), terms,
                question.at, question.ledger.principal, context.task()));
    }
    return question;
}

Result<std::vector<FilterTerm>> QueryOptions::filter(Calendar calendar) const
{
    return parseFilter(m_filter, calendar.value_or(FiscalCalendar{}));
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

std::string QueryOptions::sentence() const
{
    std::string text = m_kind + ' ' + m_measure;
    const auto say = [&text](std::string_view word, const std::string& value) {
        if (!value.empty())
            text.append(" \xC2\xB7 ").append(word).append(" ").append(value);
    };
    say("period", m_period);
    say("from", m_from);
    say("to", m_to);
    for (const std::string& where : m_where)
        say("where", where);
    say("filter", m_filter);
    say("as of", m_asOf);
    say("ruleset", m_ruleset ? std::to_string(*m_ruleset) : std::string{});
    return text;
}

} // namespace sluice
