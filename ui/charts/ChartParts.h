// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartScene.h"
#include "ui/charts/NiceTicks.h"

namespace sluice::ui {

// What several charts are put together from. Pure.

// The picture without its margin.
[[nodiscard]] QRectF chartArea(const QSizeF& size);
// The key of what has been folded; the page opens nothing for it.
[[nodiscard]] QString otherKey();
// The item as something that can be pointed at, with the value where the caller said no more.
[[nodiscard]] ChartShape shapeOf(const ChartItem& item, const QString& value, const QRectF& rect);

// Where columns may stand beside a value axis.
struct AxisFrame {
    QRectF plot;
    PixelScale scale; // from the bottom up
};
// The grid of a value axis with its labels at the left of what remains for the plot.
AxisFrame addValueAxis(ChartScene& scene, const QRectF& area, const ValueAxis& axis,
    const ValueText& text, const TextRuler& ruler);
// "+12.0k" and "−12.0k": the sign that a variance always has.
[[nodiscard]] QString signedText(Int128 amount, const AmountTexts& texts);

} // namespace sluice::ui
