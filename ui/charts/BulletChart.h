// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/SceneChart.h"

namespace sluice::ui {

// The amounts at the two ends of bullet bars; all that stand below each other share them.
struct BulletScale {
    Int128 low{0};
    Int128 high{1};
};
// What a bullet bar compares.
struct BulletMeasure {
    Int128 actual{0};
    std::optional<Int128> plan; // nothing: no plan has been made
    BulletScale scale;
};

struct BulletItem : ChartItem {
    Int128 actual{0};
    std::optional<Int128> plan;
};

struct BulletData {
    std::vector<BulletItem> items;
    bool closed{false}; // the period is over: what is not spent is "under", not "left"
    AmountTexts texts;
    QString nameTitle;
};

// From zero, or the largest credit, to the largest amount.
[[nodiscard]] BulletScale bulletScale(std::span<const BulletItem> items);
// Paints one bullet bar into `rect`: a band up to the plan, the actual bar, what is over it in the
// unfavourable colour, and the plan's tick. For the cells of a table. `ground` is what it stands
// on.
void paintBullet(QPainter& painter, const QRectF& rect, const BulletMeasure& measure,
    const Theme& theme, Token ground = Token::Surface);
// "22.4k over", "3.9k left", "6.2k under", "on plan", "no plan".
[[nodiscard]] QString bulletWords(
    const BulletMeasure& measure, const AmountTexts& texts, bool closed);

// Pure. What has no room is folded into "Other (n)".
[[nodiscard]] ChartScene layOutBullets(
    const BulletData& data, const QSizeF& size, const QFont& font);

// Actual against plan, one bar per row, with the difference in words. GUI thread.
class BulletChart : public SceneChart {
    Q_OBJECT

public:
    explicit BulletChart(QWidget* parent = nullptr);
    using QWidget::show;
    void show(BulletData shown);
    [[nodiscard]] QString dataText() const override;
    [[nodiscard]] QSize sizeHint() const override { return {520, 280}; }

protected:
    [[nodiscard]] ChartScene layOut(const QSizeF& size, const QFont& font) const override;

private:
    BulletData m_data;
};

} // namespace sluice::ui
