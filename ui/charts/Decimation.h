// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>

#include <span>
#include <vector>

namespace sluice::ui {

// A line as it looks on `pixels` columns between xLow and xHigh: of each column's points the first,
// the lowest, the highest and the last remain, in their order, so no peak is lost. Points in
// ascending x; those outside of the range fall into the outermost columns. At most four points per
// column; a line that is short enough comes back as it is. Pure, linear.
[[nodiscard]] std::vector<QPointF> decimated(
    std::span<const QPointF> points, double xLow, double xHigh, int pixels);

} // namespace sluice::ui
