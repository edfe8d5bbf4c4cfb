// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartCanvas.h"
#include "ui/charts/TreemapPlan.h"

class QVariantAnimation;

namespace sluice::ui {

// What the colour of a tile says: which category it is, how it changed, or how much of it has an
// owner.
enum class TreemapColour : std::uint8_t { Category, Change, Coverage };

// Spend as area, two levels deep. When other tiles come (a drill), they move there from where they
// were, in 160 ms, unless motion is reduced; what is asked or exported is always where they end.
// The order of the groups is the caller's, so that tiles keep their place; children come in
// descending order. What is too small is folded into "Other (n)", at the end.
class Treemap : public ChartCanvas {
    Q_OBJECT

public:
    using ValueText = ui::ValueText;
    using Tile = TreemapTile;

    explicit Treemap(QWidget* parent = nullptr);

    using QWidget::show;
    void show(std::vector<TreemapItem> groups, ValueText valueText);
    void setColour(TreemapColour colour);
    // What "Copy data" copies: the whole answer, of which tiles show what can be drawn.
    void setData(std::function<QString()> text) { m_data = std::move(text); }
    [[nodiscard]] QString dataText() const override { return m_data ? m_data() : QString{}; }
    [[nodiscard]] QSize sizeHint() const override { return {900, 600}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {320, 240}; }

    [[nodiscard]] std::span<const Tile> tiles() const { return m_plan.tiles; }
    // Tiles are on their way to where tiles() says they are.
    [[nodiscard]] bool isMoving() const;

protected:
    void rebuild() override;
    void paintEvent(QPaintEvent* event) override;
    void paintOn(QPainter& painter, const QSizeF& size, const Theme& theme,
        const QFont& font) const override;
    void paintHover(QPainter& painter, const Theme& theme, std::size_t index) const override;
    void paintCursor(QPainter& painter, const Theme& theme, std::size_t index) const override;

private:
    void moveFrom(const TreemapPlan& before, const std::optional<QRectF>& opened);

    std::vector<TreemapItem> m_groups;
    ValueText m_valueText;
    std::function<QString()> m_data;
    TreemapColour m_colour{TreemapColour::Category};
    TreemapPlan m_plan;
    QVariantAnimation* m_motion;
    std::vector<QRectF> m_from; // where each tile comes from while it moves
};

// `share` of the way from one rectangle to another.
[[nodiscard]] QRectF between(const QRectF& from, const QRectF& to, double share);

} // namespace sluice::ui
