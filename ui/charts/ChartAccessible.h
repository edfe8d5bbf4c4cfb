// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace sluice::ui {

// Teaches the accessibility bridge about every ChartCanvas: a chart is a list of named shapes. Once
// is enough, more calls do nothing.
void installChartAccessibility();

} // namespace sluice::ui
