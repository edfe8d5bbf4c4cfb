// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/BusinessDate.h"
#include "core/base/Random.h"

#include <cstdint>
#include <initializer_list>

namespace sluice {

// A generator for one purpose: what happens to one stream on one day must not depend on what else
// is generated.
[[nodiscard]] inline SeededRandom demoRandom(
    std::uint64_t seed, std::initializer_list<std::uint64_t> purpose)
{
    for (const std::uint64_t part : purpose)
        seed = SeededRandom{seed ^ (part + 0x632BE59BD9B4E019ULL)}.next();
    return SeededRandom{seed};
}

// The months that the demo company shows: 24 up to and with that of yesterday.
struct DemoCalendar {
    explicit DemoCalendar(BusinessDate today)
        : end{today}
        , firstDay{firstOfMonth(today.plusDays(-1), -23)}
    {
    }
    static constexpr int Months = 24;
    BusinessDate end; // exclusive: today has not been delivered
    BusinessDate firstDay;

    [[nodiscard]] BusinessDate month(int index) const { return firstOfMonth(firstDay, index); }
    [[nodiscard]] BusinessDate monthEnd(int index) const
    {
        return firstOfMonth(firstDay, index + 1);
    }
    [[nodiscard]] BusinessDate deliveredUntil(int index) const
    {
        return monthEnd(index) < end ? monthEnd(index) : end;
    }
    [[nodiscard]] int monthOf(BusinessDate day) const
    {
        const auto a = firstDay.ymd();
        const auto b = day.ymd();
        return (static_cast<int>(b.year()) - static_cast<int>(a.year())) * 12
            + static_cast<int>(static_cast<unsigned>(b.month()))
            - static_cast<int>(static_cast<unsigned>(a.month()));
    }
};

} // namespace sluice
