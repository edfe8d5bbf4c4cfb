// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>

#include <optional>
#include <span>

namespace sluice::ui {

enum class Direction : std::uint8_t { Left, Right, Up, Down };

// Which rectangle an arrow key leads to from rects[from]: of those that lie in that direction the
// nearest, one that is level with where we stand before one that is not. Nothing at the edge. Empty
// rectangles are never reached.
[[nodiscard]] std::optional<std::size_t> neighbour(
    std::span<const QRectF> rects, std::size_t from, Direction direction);

} // namespace sluice::ui
