// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/BusinessDate.h"

namespace sluice {

// Half-open: [first, end). An end before the first day is never constructed from outside input.
struct Period {
    BusinessDate first;
    BusinessDate end;

    [[nodiscard]] constexpr bool contains(BusinessDate day) const noexcept
    {
        return first <= day && day < end;
    }
    [[nodiscard]] constexpr std::int32_t days() const noexcept
    {
        return end.daysSinceEpoch() - first.daysSinceEpoch();
    }
    bool operator==(const Period&) const noexcept = default;
};

// Calendar of a company: the month (1–12) in which the fiscal year starts. A fiscal year is named
// after the calendar year in which it ends; with start month 1 it is the calendar year.
struct FiscalCalendar {
    int startMonth{1};

    [[nodiscard]] int fiscalYearOf(BusinessDate day) const noexcept;
    [[nodiscard]] Period year(int fiscalYear) const noexcept;
    [[nodiscard]] Period quarter(int fiscalYear, int quarter) const noexcept; // 1 … 4
};

enum class Grain : std::uint8_t { Day, Week, Month, Quarter, Year };
Result<Grain> parseGrain(std::string_view text);
std::string_view grainName(Grain grain);

// The bucket of `grain` that holds `day`: ISO weeks, calendar months, fiscal quarters and years.
[[nodiscard]] Period bucketOf(BusinessDate day, Grain grain, FiscalCalendar calendar) noexcept;
// "2026-09-14", "2026-W38", "2026-09", "2026-Q3" (or "FY26-Q3" when the fiscal year is not the
// calendar year), "2026" (or "FY26"; "FY1999" outside of 2000–2099). parsePeriod reads each of them
// back.
std::string bucketLabel(BusinessDate day, Grain grain, FiscalCalendar calendar);

// `2026`, `2026-Q3`, `2026-09`, `2026-W38`, `2026-09-14`, `D..D` (end exclusive), `FY26`,
// `FY26-Q3`.
Result<Period> parsePeriod(std::string_view text, FiscalCalendar calendar);

} // namespace sluice
