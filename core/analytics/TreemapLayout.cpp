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
        out[i] = column ? LayoutRect{rest.x, along, thickness, length}
                        : LayoutRect{along, rest.y, length, thickness};
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

// Takes the pinned tile off the end of its neighbour's rectangle, across the longer side, at least
// `thickness` thick.
LayoutRect carve(LayoutRect& neighbour, double share, double thickness)
{
    const bool across = neighbour.width >= neighbour.height;
    double& length = across ? neighbour.width : neighbour.height;
    const double taken = std::min(std::max(length * share, thickness), length / 2);
    length -= taken;
    return across ? LayoutRect{neighbour.x + length, neighbour.y, taken, neighbour.height}
                  : LayoutRect{neighbour.x, neighbour.y + length, neighbour.width, taken};
}

TreemapLevel levelWith(std::span<const double> weights, std::size_t kept, const LayoutRect& bounds,
    const TreemapRules& rules)
{
    const std::size_t free = weights.size() - (rules.pinLast ? 1 : 0);
    TreemapLevel level{kept, free - kept, {}};
    std::vector<double> tails; // the remainder and the pinned item
    if (level.folded > 0) {
        const auto rest = weights.subspan(kept, level.folded);
        tails.push_back(std::accumulate(rest.begin(), rest.end(), 0.0));
    }
    if (rules.pinLast)
        tails.push_back(weights.back());
    // A small tail alone in its row would be a hair across the whole map: it shares the place of
    // the one before it.
    std::vector<double> drawn(weights.begin(), weights.begin() + static_cast<std::ptrdiff_t>(kept));
    const std::size_t none = weights.size();
    std::vector<std::size_t> hosts(tails.size(), none);
    for (std::size_t i = 0; i < tails.size(); ++i) {
        if (drawn.empty() || tails[i] > drawn.back() / 2) {
            drawn.push_back(tails[i]);
        } else {
            hosts[i] = drawn.size() - 1;
            drawn.back() += tails[i];
        }
    }
    const std::vector<LayoutRect> laid = squarify(drawn, bounds);
    level.rects.assign(laid.begin(), laid.begin() + static_cast<std::ptrdiff_t>(kept));
    std::vector<LayoutRect> ends(tails.size());
    std::size_t own = drawn.size();
    for (std::size_t i = tails.size(); i-- > 0;) {
        if (hosts[i] == none) {
            ends[i] = laid[--own];
        } else if (hosts[i] < kept) {
            ends[i] = carve(level.rects[hosts[i]], tails[i] / drawn[hosts[i]], rules.minSide);
            drawn[hosts[i]] -= tails[i];
        }
    }
    // the pinned item may be a guest of the remainder
    for (std::size_t i = 1; i < tails.size(); ++i) {
        if (hosts[i] != none && hosts[i] >= kept)
            ends[i] = carve(ends[i - 1], tails[i] / drawn[hosts[i]], rules.minSide);
    }
    level.rects.insert(level.rects.end(), ends.begin(), ends.end());
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
        layRow(std::span{areas}.subspan(begin, end - begin), rest,
            std::span{laid}.subspan(begin, end - begin));
        begin = end;
    }
    for (std::size_t i = 0; i < places.size(); ++i)
        rects[places[i]] = laid[i];
    return rects;
}

TreemapLevel layoutLevel(
    std::span<const double> weights, const LayoutRect& bounds, const TreemapRules& rules)
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
    const auto readable = [&rules](const TreemapLevel& level) {
        return shortestSide(std::span{level.rects}.first(level.kept)) >= rules.minSide;
    };
    TreemapLevel best = levelWith(weights, kept, bounds, rules);
    if (readable(best))
        return best;
    // Fewer and larger tiles until each can be read and hit; halving keeps this logarithmic.
    std::size_t fits = 1;
    std::size_t fails = kept;
    best = levelWith(weights, fits, bounds, rules);
    while (fits + 1 < fails) {
        const std::size_t middle = (fits + fails) / 2;
        TreemapLevel more = levelWith(weights, middle, bounds, rules);
        if (!readable(more)) {
            fails = middle;
        } else {
            fits = middle;
            best = std::move(more);
        }
    }
    return best;
}

} // namespace sluice
