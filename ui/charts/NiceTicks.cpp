// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/NiceTicks.h"

#include "ui/charts/PixelWeight.h"

#include <algorithm>

namespace sluice::ui {

namespace {

// More than any sum of a ledger, and far enough from the end of the type for steps around it.
constexpr Int128 Most = Int128Max / 1000;

Int128 floorTo(Int128 value, Int128 step)
{
    const Int128 down = value / step * step;
    return down > value ? down - step : down;
}

Int128 ceilTo(Int128 value, Int128 step)
{
    const Int128 floor = floorTo(value, step);
    return floor == value ? value : floor + step;
}

} // namespace

std::vector<Int128> ValueAxis::ticks() const
{
    std::vector<Int128> ticks;
    for (Int128 at = low; at <= high; at += step)
        ticks.push_back(at);
    return ticks;
}

ValueAxis niceAxis(Int128 low, Int128 high, int ticksMost)
{
    low = std::clamp(low, -Most, Most);
    high = std::clamp(high, -Most, Most);
    if (high < low)
        std::swap(low, high);
    if (high == low)
        high = low + 1;
    const Int128 intervals = std::max(2, ticksMost - 1); // a range over zero needs two
    for (Int128 power = 1;; power *= 10) {
        for (const int digit : {1, 2, 5}) {
            const Int128 step = power * digit;
            const Int128 bottom = floorTo(low, step);
            const Int128 top = ceilTo(high, step);
            if ((top - bottom) / step <= intervals)
                return {bottom, top, step};
        }
    }
}

double PixelScale::at(Int128 amount) const noexcept
{
    const double whole = pixelWeight(high) - pixelWeight(low);
    return whole == 0 ? from
                      : from + (to - from) * (pixelWeight(amount) - pixelWeight(low)) / whole;
}

} // namespace sluice::ui
