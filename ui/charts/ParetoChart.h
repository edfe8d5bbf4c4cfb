// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/SceneChart.h"

namespace sluice::ui {

struct ParetoItem : ChartItem {
    Int128 amount{0};
};

struct ParetoData {
    std::vector<ParetoItem> items; // any order; the chart sorts, the largest first
    AmountTexts texts;
    QString nameTitle;
};

// The items above zero in descending order, equals in the caller's order. Pure.
[[nodiscard]] std::vector<const ParetoItem*> paretoOrder(std::span<const ParetoItem> items);
// How many of the largest make at least `percent` of the whole. Exact.
[[nodiscard]] std::size_t paretoReach(std::span<const ParetoItem* const> ordered, int percent);

// Pure. What has no room is folded into "Other (n)" at the end; credits are not drawn, a note says
// how many there are.
[[nodiscard]] ChartScene layOutPareto(
    const ParetoData& data, const QSizeF& size, const QFont& font);

// Who drives 80 %: bars in descending order, the line of their running share, and where it passes
// 80 %. GUI thread.
class ParetoChart : public SceneChart {
    Q_OBJECT

public:
    explicit ParetoChart(QWidget* parent = nullptr);
    using QWidget::show;
    void show(ParetoData shown);
    [[nodiscard]] QString dataText() const override;
    [[nodiscard]] QSize sizeHint() const override { return {620, 320}; }

protected:
    [[nodiscard]] ChartScene layOut(const QSizeF& size, const QFont& font) const override;

private:
    ParetoData m_data;
};

} // namespace sluice::ui
