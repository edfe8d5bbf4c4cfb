// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Period.h"

#include <algorithm>
#include <cstdio>

namespace sluice {
namespace {

int monthOf(BusinessDate day)
{
    return static_cast<int>(static_cast<unsigned>(day.ymd().month()));
}
int yearOf(BusinessDate day)
{
    return static_cast<int>(day.ymd().year());
}

BusinessDate monthStart(int year, int month)
{
    return BusinessDate{std::chrono::year{year} / std::chrono::month{static_cast<unsigned>(month)}
        / std::chrono::day{1}};
}

// The Monday of ISO week `week` of `year` (ISO 8601: week 1 holds 4 January).
BusinessDate isoWeekStart(int year, int week)
{
    const BusinessDate fourth = monthStart(year, 1).plusDays(3);
    return fourth.plusDays(-fourth.isoWeekday() + (week - 1) * 7);
}

template <class... Numbers>
std::string print(const char* format, Numbers... numbers)
{
    char text[32];
    const int length = std::snprintf(text, sizeof text, format, numbers...);
    return {text, static_cast<std::size_t>(length)};
}

std::string fiscalYearText(int year)
{
    return year >= 2000 && year <= 2099 ? print("FY%02d", year - 2000) : print("FY%04d", year);
}

bool readNumber(std::string_view text, int& out)
{
    if (text.empty() || text.size() > 4)
        return false;
    out = 0;
    for (const char c : text) {
        if (c < '0' || c > '9')
            return false;
        out = out * 10 + (c - '0');
    }
    return true;
}

Error badPeriod(std::string_view text)
{
    return {ErrorCode::Usage, {}, "'" + std::string{text} + "' is not a period",
        "Use 2026, 2026-Q3, 2026-09, 2026-W38, 2026-09-14, 2026-09-01..2026-10-01, FY26 or FY26-Q3"};
}

// What follows "YYYY-" (or "FY26-"): a quarter, a week or a month.
Result<Period> parsePart(
    std::string_view whole, int year, std::string_view part, FiscalCalendar calendar, bool fiscal)
{
    int number = 0;
    if (part.size() == 2 && part[0] == 'Q' && readNumber(part.substr(1), number) && number >= 1
        && number <= 4)
        return fiscal ? calendar.quarter(year, number) : FiscalCalendar{}.quarter(year, number);
    if (fiscal || part.empty())
        return badPeriod(whole);
    if (part.size() == 3 && part[0] == 'W' && readNumber(part.substr(1), number) && number >= 1) {
        const BusinessDate start = isoWeekStart(year, number);
        if (number <= 52 || start < isoWeekStart(year + 1, 1))
            return Period{start, start.plusDays(7)};
    }
    if (part.size() == 2 && readNumber(part, number) && number >= 1 && number <= 12)
        return Period{monthStart(year, number), firstOfMonth(monthStart(year, number), 1)};
    return badPeriod(whole);
}

} // namespace

int FiscalCalendar::fiscalYearOf(BusinessDate day) const noexcept
{
    return yearOf(day) + (startMonth > 1 && monthOf(day) >= startMonth ? 1 : 0);
}

Period FiscalCalendar::year(int fiscalYear) const noexcept
{
    const BusinessDate start = monthStart(fiscalYear - (startMonth > 1 ? 1 : 0), startMonth);
    return {start, firstOfMonth(start, 12)};
}

Period FiscalCalendar::quarter(int fiscalYear, int quarter) const noexcept
{
    const BusinessDate start = firstOfMonth(year(fiscalYear).first, (quarter - 1) * 3);
    return {start, firstOfMonth(start, 3)};
}

Result<Grain> parseGrain(std::string_view text)
{
    for (const Grain grain : {Grain::Day, Grain::Week, Grain::Month, Grain::Quarter, Grain::Year}) {
        if (text == grainName(grain))
            return grain;
    }
    return Error{ErrorCode::Usage, {}, "'" + std::string{text} + "' is not a grain",
        "Use day, week, month, quarter or year"};
}

std::string_view grainName(Grain grain)
{
    switch (grain) {
    case Grain::Day:
        return "day";
    case Grain::Week:
        return "week";
    case Grain::Month:
        return "month";
    case Grain::Quarter:
        return "quarter";
    case Grain::Year:
        return "year";
    }
    return "day";
}

Period bucketOf(BusinessDate day, Grain grain, FiscalCalendar calendar) noexcept
{
    switch (grain) {
    case Grain::Day:
        return {day, day.plusDays(1)};
    case Grain::Week: {
        const BusinessDate monday = day.plusDays(-day.isoWeekday());
        return {monday, monday.plusDays(7)};
    }
    case Grain::Month:
        return {firstOfMonth(day), firstOfMonth(day, 1)};
    case Grain::Quarter: {
        const int monthInYear = (monthOf(day) - calendar.startMonth + 12) % 12;
        return calendar.quarter(calendar.fiscalYearOf(day), monthInYear / 3 + 1);
    }
    case Grain::Year:
        return calendar.year(calendar.fiscalYearOf(day));
    }
    return {day, day.plusDays(1)};
}

std::string bucketLabel(BusinessDate day, Grain grain, FiscalCalendar calendar)
{
    const bool fiscal = calendar.startMonth != 1;
    const int fiscalYear = calendar.fiscalYearOf(day);
    switch (grain) {
    case Grain::Day:
        return day.toIso();
    case Grain::Week: {
        const BusinessDate thursday = day.plusDays(3 - day.isoWeekday()); // decides the week's year
        const int week
            = (thursday.daysSinceEpoch() - monthStart(yearOf(thursday), 1).daysSinceEpoch()) / 7
            + 1;
        return print("%04d-W%02d", yearOf(thursday), week);
    }
    case Grain::Month:
        return print("%04d-%02d", yearOf(day), monthOf(day));
    case Grain::Quarter: {
        const int quarter = (monthOf(day) - calendar.startMonth + 12) % 12 / 3 + 1;
        return (fiscal ? fiscalYearText(fiscalYear) : print("%04d", fiscalYear))
            + print("-Q%d", quarter);
    }
    case Grain::Year:
        return fiscal ? fiscalYearText(fiscalYear) : print("%04d", fiscalYear);
    }
    return {};
}

Result<Period> parsePeriod(std::string_view text, FiscalCalendar calendar)
{
    if (const auto dots = text.find(".."); dots != std::string_view::npos) {
        SLUICE_TRY(const BusinessDate first, BusinessDate::parseIso(text.substr(0, dots)));
        SLUICE_TRY(const BusinessDate end, BusinessDate::parseIso(text.substr(dots + 2)));
        if (end <= first)
            return Error{ErrorCode::Usage, {},
                "the period '" + std::string{text}
                    + (end == first ? "' holds no day" : "' ends before it starts"),
                "The end is exclusive: the first day after the period"};
        return Period{first, end};
    }
    int number = 0;
    if (text.substr(0, 2) == "FY") {
        const std::string_view digits = text.substr(2, std::min(text.find('-'), text.size()) - 2);
        if ((digits.size() != 2 && digits.size() != 4) || !readNumber(digits, number))
            return badPeriod(text);
        const int year = digits.size() == 2 ? 2000 + number : number;
        const std::string_view rest = text.substr(2 + digits.size());
        return rest.empty() ? calendar.year(year)
                            : parsePart(text, year, rest.substr(1), calendar, true);
    }
    if (text.size() == 10) {
        SLUICE_TRY(const BusinessDate day, BusinessDate::parseIso(text));
        return Period{day, day.plusDays(1)};
    }
    if (text.size() < 4 || !readNumber(text.substr(0, 4), number))
        return badPeriod(text);
    if (text.size() == 4)
        return FiscalCalendar{}.year(number);
    return text[4] == '-' ? parsePart(text, number, text.substr(5), calendar, false)
                          : badPeriod(text);
}

} // namespace sluice
