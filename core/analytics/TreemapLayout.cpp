// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/TreemapLayout.h"

#include <algorithm>
#include <numeric>

namespace sluice {

namespace {

// Worst aspect ratio in a row of areas whose extremes and sum are known, laid along `side`.
double worstAspect(double smallest, double largest, double sum, double side)
{
    const double square = side * side;
    return std::max(square * largest / (sum * sum), (sum * sum) / (square * smallest));
}

// Lays areas [begin, end) as one row along the shorter side of `rest` and takes the row off it.
void layRow(std::span<const double> areas, LayoutRect& rest, std::span<LayoutRect> out)
{
    const double sum = std::accumulate(areas.begin(), areas.end(), 0.0);
    const bool column = rest.width >= rest.height;
    const double side = column ? rest.height : rest.width;
    const double thickness = side > 0 ? sum / side : 0;
    double along = column ? rest.y : rest.x;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        const double length = thickness > 0 ? areas[i] / thickness : 0;
        out[i] = column ? LayoutRect{rest.x, along, thickness, length} : LayoutRect{along, rest.y, length, thickness};
        along += length;
    }
    if (column) {
        rest.x += thickness;
        rest.width = std::max(0.0, rest.width - thickness);
    } else {
        rest.y += thickness;
        rest.height = std::max(0.0, rest.height - thickness);
    }
}

double shortestSide(std::span<const LayoutRect> rects)
{
    double side = rects.empty() ? 0 : rects.front().width;
    for (const LayoutRect& rect : rects)
        side = std::min({side, rect.width, rect.height});
    return side;
}

TreemapLevel levelWith(std::span<const double> weights, std::size_t kept, const LayoutRect& bounds, const TreemapRules& rules)
{
    const std::size_t free = weights.size() - (rules.pinLast ? 1 : 0);
    TreemapLevel level{kept, free - kept, {}};
    std::vector<double> drawn(weights.begin(), weights.begin() + static_cast<std::ptrdiff_t>(kept));
    if (level.folded > 0) {
        const auto rest = weights.subspan(kept, level.folded);
        drawn.push_back(std::accumulate(rest.begin(), rest.end(), 0.0));
    }
    if (rules.pinLast)
        drawn.push_back(std::max(weights.back(), rules.whole * rules.minShare));
    level.rects = squarify(drawn, bounds);
    return level;
}

} // namespace

std::vector<LayoutRect> squarify(std::span<const double> weights, const LayoutRect& bounds)
{
    std::vector<LayoutRect> rects(weights.size(), LayoutRect{bounds.x, bounds.y, 0, 0});
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    if (!(total > 0) || !(bounds.area() > 0))
        return rects;
    std::vector<double> areas;
    std::vector<std::size_t> places; // of the weights above zero
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (weights[i] > 0) {
            areas.push_back(weights[i] / total * bounds.area());
            places.push_back(i);
        }
    }
    std::vector<LayoutRect> laid(areas.size());
    LayoutRect rest = bounds;
    for (std::size_t begin = 0; begin < areas.size();) {
        const double side = std::min(rest.width, rest.height);
        double smallest = areas[begin];
        double largest = areas[begin];
        double sum = areas[begin];
        std::size_t end = begin + 1;
        for (; end < areas.size(); ++end) {
            const double now = worstAspect(smallest, largest, sum, side);
            const double low = std::min(smallest, areas[end]);
            const double high = std::max(largest, areas[end]);
            if (worstAspect(low, high, sum + areas[end], side) > now)
                break;
            smallest = low;
            largest = high;
            sum += areas[end];
        }
        layRow(std::span{areas}.subspan(begin, end - begin), rest, std::span{laid}.subspan(begin, end - begin));
        begin = end;
    }
    for (std::size_t i = 0; i < places.size(); ++i)
        rects[places[i]] = laid[i];
    return rects;
}

TreemapLevel layoutLevel(std::span<const double> weights, const LayoutRect& bounds, const TreemapRules& rules)
{
    if (weights.empty())
        return {};
    const std::size_t free = weights.size() - (rules.pinLast ? 1 : 0);
    if (free == 0)
        return levelWith(weights, 0, bounds, rules);
    const double least = rules.whole * rules.minShare;
    std::size_t kept = 0;
    while (kept < free && weights[kept] >= least && weights[kept] > 0)
        ++kept;
    kept = std::max<std::size_t>(kept, 1);
    TreemapLevel best = levelWith(weights, kept, bounds, rules);
    if (shortestSide(best.rects) >= rules.minSide)
        return best;
    // Fewer and larger tiles until each can be read and hit; halving keeps this logarithmic.
    std::size_t fits = 1;
    std::size_t fails = kept;
    best = levelWith(weights, fits, bounds, rules);
    while (fits + 1 < fails) {
        const std::size_t middle = (fits + fails) / 2;
        TreemapLevel more = levelWith(weights, middle, bounds, rules);
        if (shortestSide(more.rects) < rules.minSide) {
            fails = middle;
        } else {
            fits = middle;
            best = std::move(more);
        }
    }
    return best;
}

} // namespace sluice
