// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartScene.h"
#include "ui/charts/NiceTicks.h"
#include "ui/charts/TrendData.h"

namespace sluice::ui {

// What the plot draws, in its own coordinates: days and units as pixels' weights.
struct PlotLine {
    std::vector<QPointF> points;
    Ink ink;
    double width{2};
    bool dashed{false};
};
struct PlotArea {
    std::vector<QPointF> upper;
    std::vector<QPointF> lower;
    Ink ink;
};
struct PlotDots {
    std::vector<QPointF> points;
    Ink ink;
    double side{5};
};
struct PlotContent {
    QRectF plot;
    double xLow{0};
    double xHigh{1};
    double yLow{0};
    double yHigh{1};
    std::vector<PlotArea> areas; // from the back to the front
    std::vector<PlotLine> lines;
    std::vector<PlotDots> dots;

    [[nodiscard]] QPointF pixelOf(const QPointF& value) const;
    [[nodiscard]] double dayAt(double pixelX) const;
};

// A laid out trend, a plain value: the plot between what lies under and over it.
struct TrendLayout {
    ChartScene under; // behind the bands
    ChartScene grid; // between bands and lines, with all labels of the axes
    ChartScene over;
    PlotContent content;
};

// Pure. Lines are decimated to the pixels of the plot.
[[nodiscard]] TrendLayout layOutTrend(const TrendData& data, const QSizeF& size, const QFont& font);
// How a series is drawn.
[[nodiscard]] PlotLine lineStyle(const TrendSeries& series);

} // namespace sluice::ui
