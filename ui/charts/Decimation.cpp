// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/Decimation.h"

#include <algorithm>
#include <array>

namespace sluice::ui {

namespace {

constexpr std::size_t PointsPerPixel = 4;

void addColumn(std::span<const QPointF> column, std::vector<QPointF>& out)
{
    const auto lower = [](const QPointF& a, const QPointF& b) { return a.y() < b.y(); };
    const auto [low, high] = std::ranges::minmax_element(column, lower);
    std::array<std::size_t, PointsPerPixel> kept{0, static_cast<std::size_t>(low - column.begin()),
        static_cast<std::size_t>(high - column.begin()), column.size() - 1};
    std::ranges::sort(kept);
    const auto end = std::unique(kept.begin(), kept.end());
    for (auto it = kept.begin(); it != end; ++it)
        out.push_back(column[*it]);
}

} // namespace

std::vector<QPointF> decimated(
    std::span<const QPointF> points, double xLow, double xHigh, int pixels)
{
    const auto columns = static_cast<std::size_t>(std::max(1, pixels));
    if (points.size() <= columns || xHigh <= xLow)
        return {points.begin(), points.end()};
    std::vector<QPointF> out;
    out.reserve(std::min(points.size(), columns * PointsPerPixel));
    const auto columnOf = [&](const QPointF& point) {
        const double share = std::clamp((point.x() - xLow) / (xHigh - xLow), 0.0, 1.0);
        return std::min(columns - 1, static_cast<std::size_t>(share * double(columns)));
    };
    std::size_t from = 0;
    while (from < points.size()) {
        std::size_t to = from + 1;
        while (to < points.size() && columnOf(points[to]) == columnOf(points[from]))
            ++to;
        addColumn(points.subspan(from, to - from), out);
        from = to;
    }
    return out;
}

} // namespace sluice::ui
