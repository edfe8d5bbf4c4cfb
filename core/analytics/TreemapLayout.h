// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace sluice {

struct LayoutRect {
    double x{0};
    double y{0};
    double width{0};
    double height{0};
    [[nodiscard]] double area() const noexcept { return width * height; }
};

// Rectangles in `bounds` whose areas are in proportion to `weights` (none negative), in the given
// order and as square as that order allows: "Squarified Treemaps", Bruls, Huizing & van Wijk 2000.
// Weights in descending order look best, but any order is kept, so that a tile stays in its place
// when only amounts change. A weight of zero gets an empty rectangle. Pure, linear in the number of
// weights. Numbers here are pixels, never money.
std::vector<LayoutRect> squarify(std::span<const double> weights, const LayoutRect& bounds);

// One level of a map: what is too small to be drawn is folded into one remainder.
struct TreemapLevel {
    std::size_t kept{0}; // items [0, kept) have their own rectangle
    std::size_t folded{0}; // so many after them share one
    // kept rectangles, then the remainder's (when folded > 0), then the pinned item's (when there
    // is one).
    std::vector<LayoutRect> rects;
};

struct TreemapRules {
    double whole{0}; // weight of the whole map, of which minShare is a part
    double minShare{0.004};
    double minSide{18}; // pixels
    // the last item is never folded, and drawn at least minSide thick where there is room
    bool pinLast{false};
};

// `weights` descending but for a pinned last one. At least one item is kept.
TreemapLevel layoutLevel(
    std::span<const double> weights, const LayoutRect& bounds, const TreemapRules& rules);

} // namespace sluice
