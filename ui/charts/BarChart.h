// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/SceneChart.h"

namespace sluice::ui {

struct BarPart {
    Int128 amount{0};
    Scenario scenario{Scenario::Actual};
};
struct BarItem : ChartItem {
    std::vector<BarPart> parts; // the first is the one that is written beside the bar
    std::optional<int> slot; // a category's colour for what is actual
    bool partial{false}; // a period that has not ended or a source that is behind: hatched
};

// Ranked: horizontal bars, one below the other, in the caller's order; what there is no room for is
// folded into "Other (n)". Columns: one beside the other, over periods; none is folded.
enum class BarShape : std::uint8_t { Ranked, Columns };

struct BarData {
    std::vector<BarItem> items;
    BarShape shape{BarShape::Ranked};
    AmountTexts texts;
    QString nameTitle; // head of the names in copied data
    QStringList partTitles; // heads of the parts: "Actual", "Plan"
};

// Pure: the same data, size and font give the same picture.
[[nodiscard]] ChartScene layOutBars(const BarData& data, const QSizeF& size, const QFont& font);

// Amounts as lengths, from one zero line. GUI thread.
class BarChart : public SceneChart {
    Q_OBJECT

public:
    explicit BarChart(QWidget* parent = nullptr);
    using QWidget::show;
    void show(BarData shown);
    [[nodiscard]] QString dataText() const override;
    [[nodiscard]] QSize sizeHint() const override { return {520, 320}; }

protected:
    [[nodiscard]] ChartScene layOut(const QSizeF& size, const QFont& font) const override;

private:
    BarData m_data;
};

} // namespace sluice::ui
