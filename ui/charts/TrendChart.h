// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartCanvas.h"
#include "ui/charts/TrendLayout.h"

#include <memory>

namespace sluice::ui {

class TrendPlot;

// Lines, expected ranges and fans over days, on Qt Charts, which nobody outside sees. Left and
// right go along a line, up and down to the line above or below on that day; Home and End to its
// ends. The key of a point is "SERIES@2026-09-17". Points are made into shapes only when asked, so
// a hundred thousand cost nothing. GUI thread.
class TrendChart : public ChartCanvas {
    Q_OBJECT

public:
    explicit TrendChart(QWidget* parent = nullptr);
    ~TrendChart() override;

    using QWidget::show;
    void show(TrendData shown);
    [[nodiscard]] const TrendLayout& trendLayout() const { return m_layout; }
    [[nodiscard]] std::size_t shapeCount() const override;
    [[nodiscard]] ChartShape shape(std::size_t index) const override;
    [[nodiscard]] std::optional<std::size_t> shapeAt(const QPointF& point) const override;
    // A line per day, a column per series, two per band.
    [[nodiscard]] QString dataText() const override;
    [[nodiscard]] QSize sizeHint() const override { return {820, 320}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {260, 140}; }

protected:
    void rebuild() override;
    void paintOn(QPainter& painter, const QSizeF& size, const Theme& theme,
        const QFont& font) const override;
    void paintHover(QPainter& painter, const Theme& theme, std::size_t index) const override;
    void paintCursor(QPainter& painter, const Theme& theme, std::size_t index) const override;
    [[nodiscard]] std::optional<std::size_t> indexOfKey(const QString& key) const override;
    [[nodiscard]] std::optional<std::size_t> nextFrom(
        std::size_t from, Direction direction) const override;
    [[nodiscard]] std::size_t edgeFrom(std::optional<std::size_t> from, bool last) const override;
    [[nodiscard]] std::optional<std::size_t> found(
        const QString& typed, std::size_t from) const override;

private:
    struct Place {
        std::size_t series{0};
        std::size_t point{0};
    };
    [[nodiscard]] Place placeOf(std::size_t index) const;
    [[nodiscard]] std::size_t indexOf(const Place& place) const;
    [[nodiscard]] const TrendPoint& pointOf(const Place& place) const;
    [[nodiscard]] QPointF pixelOf(const Place& place) const;
    // The point of a series nearest to a day; nothing when it has none.
    [[nodiscard]] std::optional<std::size_t> nearest(std::size_t series, double day) const;
    [[nodiscard]] std::vector<CardLine> cardOf(BusinessDate day) const;
    void paintRing(QPainter& painter, const Theme& theme, std::size_t index, double width) const;

    TrendData m_data;
    std::vector<std::size_t> m_starts; // index of each series' first point
    std::size_t m_count{0};
    TrendLayout m_layout;
    QFont m_laidOutFont;
    std::unique_ptr<TrendPlot> m_plot;
};

} // namespace sluice::ui
