// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Int128.h"
#include "ui/charts/ChartCanvas.h"

#include <functional>
#include <optional>

namespace sluice::ui {

// One tile, or one group of tiles. Amounts are units of one currency. A leaf's area is its amount;
// a group's is that of its leaves, which is more than its amount where credits are in it. What is
// not above zero is not drawn (its owner lists credits below the map).
struct TreemapItem {
    QString key;
    QString name;
    Int128 amount{0};
    QString value; // "71.0k"
    QString note; // "+18 %"; may be empty
    QString spoken;
    std::vector<CardLine> card;
    int slot{0}; // category colour
    std::optional<int> step; // change colour, 0 … ChangeSteps − 1
    bool unattributed{false}; // comes last, is hatched and never folded
    std::vector<TreemapItem> children;
};

enum class TreemapColour : std::uint8_t { Category, Change };

// Spend as area, two levels deep. The order of the groups is the caller's, so that tiles keep their
// place; children come in descending order. What is too small is folded into "Other (n)", at the
// end.
class Treemap : public ChartCanvas {
    Q_OBJECT

public:
    using ValueText = std::function<QString(Int128)>;

    explicit Treemap(QWidget* parent = nullptr);

    void show(std::vector<TreemapItem> groups, ValueText valueText);
    void setColour(TreemapColour colour);
    // What "Copy data" copies: the whole answer, of which tiles show what can be drawn.
    void setData(std::function<QString()> text) { m_data = std::move(text); }
    [[nodiscard]] QString dataText() const override { return m_data ? m_data() : QString{}; }
    [[nodiscard]] QSize sizeHint() const override { return {900, 600}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {320, 240}; }

    // What is painted where; a plain value made by rebuild(), read by the painter and by tests.
    struct Tile {
        enum class Kind : std::uint8_t { Group, Leaf, Other };
        Kind kind{Kind::Leaf};
        QRectF rect;
        QRectF header; // Group: its title
        const TreemapItem* item{nullptr}; // null: Other
        int slot{0};
        std::size_t folded{0}; // Other: how many
        QString value;
    };
    [[nodiscard]] std::span<const Tile> tiles() const { return m_tiles; }

protected:
    void rebuild() override;
    void paintEvent(QPaintEvent* event) override;

private:
    void layOutGroup(const TreemapItem& group, const QRectF& rect, double whole);
    void addOther(std::span<const TreemapItem> folded, const QRectF& rect, const QString& parentKey,
        int slot);
    void addShape(const Tile& tile, const QRectF& rect, const QString& key, const QString& name,
        const QString& spoken, std::vector<CardLine> card);

    std::vector<TreemapItem> m_groups;
    ValueText m_valueText;
    std::function<QString()> m_data;
    TreemapColour m_colour{TreemapColour::Category};
    std::vector<Tile> m_tiles;
    std::vector<std::size_t> m_tileOfShape;
    std::vector<ChartShape> m_pending;
};

} // namespace sluice::ui
