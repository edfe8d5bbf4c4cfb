// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Int128.h"

#include <vector>

namespace sluice::ui {

// A value axis whose ends and marks are round amounts.
struct ValueAxis {
    Int128 low{0};
    Int128 high{1};
    Int128 step{1};
    [[nodiscard]] std::vector<Int128> ticks() const; // low, low + step, … high
};

// The finest axis with at most `ticksMost` marks (at least three) whose step is 1, 2 or 5 times a
// power of ten and whose ends are multiples of it that enclose [low, high]. Exact: no tick is ever
// a rounded amount. Pure.
[[nodiscard]] ValueAxis niceAxis(Int128 low, Int128 high, int ticksMost);

// Maps amounts to pixels between `from` (axis low) and `to` (axis high).
struct PixelScale {
    Int128 low{0};
    Int128 high{1};
    double from{0};
    double to{1};
    [[nodiscard]] double at(Int128 amount) const noexcept;
};

} // namespace sluice::ui
