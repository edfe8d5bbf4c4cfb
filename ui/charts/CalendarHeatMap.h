// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Period.h"
#include "ui/charts/SceneChart.h"

#include <array>

namespace sluice::ui {

struct HeatDay {
    BusinessDate day;
    Int128 amount{0};
    QString spoken; // empty: date and value
    std::vector<CardLine> card;
};

// The days of a half-open period. A day of it that is not in `days` is missing, which is not zero.
struct HeatData {
    Period period;
    std::vector<HeatDay> days; // any order, each day at most once
    AmountTexts texts;
};

// The amounts that part the four steps above zero: a quarter of the days that cost something lie in
// each. Pure.
[[nodiscard]] std::array<Int128, 3> heatBounds(std::span<const HeatDay> days);
// 0 for zero and credits, else 1 … 4.
[[nodiscard]] int heatStep(Int128 amount, const std::array<Int128, 3>& bounds);

// Pure. Weeks stand side by side, Monday first; a long period is broken into several rows of weeks.
[[nodiscard]] ChartScene layOutHeatMap(const HeatData& data, const QSizeF& size, const QFont& font);

// Spend per day on a calendar. The key of a day is its ISO date. GUI thread.
class CalendarHeatMap : public SceneChart {
    Q_OBJECT

public:
    explicit CalendarHeatMap(QWidget* parent = nullptr);
    using QWidget::show;
    void show(HeatData shown);
    [[nodiscard]] QString dataText() const override;
    [[nodiscard]] QSize sizeHint() const override { return {720, 180}; }

protected:
    [[nodiscard]] ChartScene layOut(const QSizeF& size, const QFont& font) const override;

private:
    HeatData m_data;
};

} // namespace sluice::ui
