// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/SceneChart.h"

namespace sluice::ui {

struct WaterfallTotal : ChartItem {
    Int128 amount{0};
    Scenario scenario{Scenario::Actual};
};
struct WaterfallStep : ChartItem {
    Int128 delta{0};
};

// From one amount to another by what made the difference. What the steps leave open becomes a last
// step of its own, "Not explained".
struct WaterfallData {
    std::optional<WaterfallTotal> start; // nothing: an empty chart
    std::vector<WaterfallStep> steps; // in the caller's order; what has no room is folded
    WaterfallTotal end;
    bool moreIsWorse{true}; // cost; false for value, where the colours change places
    AmountTexts texts;
    QString nameTitle;
};

// Pure. The axis does not start at zero when the steps would be too small to be seen; it says so.
[[nodiscard]] ChartScene layOutWaterfall(
    const WaterfallData& data, const QSizeF& size, const QFont& font);

// The bridge between two totals. GUI thread.
class WaterfallChart : public SceneChart {
    Q_OBJECT

public:
    explicit WaterfallChart(QWidget* parent = nullptr);
    using QWidget::show;
    void show(WaterfallData shown);
    [[nodiscard]] QString dataText() const override;
    [[nodiscard]] QSize sizeHint() const override { return {900, 280}; }

protected:
    [[nodiscard]] ChartScene layOut(const QSizeF& size, const QFont& font) const override;

private:
    WaterfallData m_data;
};

} // namespace sluice::ui
