// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/TrendLayout.h"

#include <memory>

class QPainter;

namespace sluice::ui {

// Qt Charts, and the only file pair that knows it: draws bands, lines and dots of a trend into its
// plot, nothing else. One replace() per line and update. GUI thread.
class TrendPlot {
public:
    TrendPlot();
    ~TrendPlot();
    TrendPlot(const TrendPlot&) = delete;
    TrendPlot& operator=(const TrendPlot&) = delete;

    void update(const PlotContent& content, const QSizeF& size, const Theme& theme);
    // Whether it was last updated for this.
    [[nodiscard]] bool isFor(const QSizeF& size, const Theme& theme) const;
    void paintBands(QPainter& painter);
    void paintLines(QPainter& painter);

private:
    class Layer;
    std::unique_ptr<Layer> m_bands;
    std::unique_ptr<Layer> m_lines;
    QSizeF m_size;
    const Theme* m_theme{nullptr};
};

} // namespace sluice::ui
