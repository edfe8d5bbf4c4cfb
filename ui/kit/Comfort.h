// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

class QFontMetrics;

namespace sluice::ui {

enum class RowRoom : std::uint8_t { Compact, Normal, Roomy };

// The height of a row of a table or tree, in pixels.
[[nodiscard]] int heightOfRow(const QFontMetrics& metrics);
// Of the whole program; tables and trees that are there follow at once. GUI thread.
void setRowRoom(RowRoom room);

// Whether things move where they need not. Style and cursor follow setReducedMotion(); who animates
// by itself asks.
[[nodiscard]] bool reducedMotion();
void setReducedMotion(bool reduced);

// Each text of the program in percent of the size that it has at 100, from now on and at once.
void setTextSize(int percent);

} // namespace sluice::ui
