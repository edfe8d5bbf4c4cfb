// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace sluice {

// A calendar day with no clock and no time zone, held as days since 1970-01-01 (proleptic
// Gregorian).
class BusinessDate {
public:
    constexpr BusinessDate() noexcept = default;
    constexpr explicit BusinessDate(std::int32_t daysSinceEpoch) noexcept
        : m_days{daysSinceEpoch}
    {
    }
    constexpr explicit BusinessDate(std::chrono::year_month_day day) noexcept
        : m_days{static_cast<std::int32_t>(std::chrono::sys_days{day}.time_since_epoch().count())}
    {
    }
    // YYYY-MM-DD and a day that exists; else BadInput.
    static Result<BusinessDate> parseIso(std::string_view text);

    [[nodiscard]] constexpr std::int32_t daysSinceEpoch() const noexcept { return m_days; }
    [[nodiscard]] constexpr std::chrono::year_month_day ymd() const noexcept
    {
        return std::chrono::sys_days{std::chrono::days{m_days}};
    }
    [[nodiscard]] constexpr BusinessDate plusDays(std::int32_t days) const noexcept
    {
        return BusinessDate{m_days + days};
    }
    // 0 = Monday … 6 = Sunday (ISO 8601).
    [[nodiscard]] constexpr int isoWeekday() const noexcept { return ((m_days + 3) % 7 + 7) % 7; }
    [[nodiscard]] std::string toIso() const;

    constexpr auto operator<=>(const BusinessDate&) const noexcept = default;

private:
    std::int32_t m_days{0};
};

// The first day of the month `months` after (or before) the month that holds `date`.
[[nodiscard]] BusinessDate firstOfMonth(BusinessDate date, int months = 0) noexcept;

} // namespace sluice
