// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/Neighbour.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sluice::ui {

namespace {

// The rectangle turned so that "direction" is always towards larger x.
struct Turned {
    double front; // the near edge in the direction
    double back; // the far edge
    double low; // across
    double high;
};

Turned turned(const QRectF& rect, Direction direction)
{
    switch (direction) {
    case Direction::Right:
        return {rect.left(), rect.right(), rect.top(), rect.bottom()};
    case Direction::Left:
        return {-rect.right(), -rect.left(), rect.top(), rect.bottom()};
    case Direction::Down:
        return {rect.top(), rect.bottom(), rect.left(), rect.right()};
    case Direction::Up:
        return {-rect.bottom(), -rect.top(), rect.left(), rect.right()};
    }
    return {};
}

} // namespace

std::optional<std::size_t> neighbour(
    std::span<const QRectF> rects, std::size_t from, Direction direction)
{
    constexpr double Touch = 1.0; // edges that meet may overlap by rounding
    constexpr double OffLevel = 3.0; // a step across counts three times as much as a step ahead
    const Turned here = turned(rects[from], direction);
    std::optional<std::size_t> best;
    double bestScore = std::numeric_limits<double>::max();
    for (std::size_t i = 0; i < rects.size(); ++i) {
        if (i == from || rects[i].isEmpty())
            continue;
        const Turned there = turned(rects[i], direction);
        if (there.front < here.back - Touch)
            continue;
        const double gap = std::max(0.0, there.front - here.back);
        const double aside
            = std::max({0.0, there.low - here.high + Touch, here.low - there.high + Touch});
        const double centre = std::abs((there.low + there.high) - (here.low + here.high)) / 2;
        const double score = gap + OffLevel * aside + centre / 1000.0;
        if (score < bestScore) {
            bestScore = score;
            best = i;
        }
    }
    return best;
}

} // namespace sluice::ui
