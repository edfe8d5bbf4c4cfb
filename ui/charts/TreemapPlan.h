// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartItem.h"
#include "ui/charts/ChartShape.h"

#include <QFont>

#include <optional>
#include <span>
#include <vector>

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
    std::optional<Int128> owned; // how much of the amount has an owner; nothing: not known
    QString ownedNote; // "73 % owned"; may be empty
    bool unattributed{false}; // comes last, is hatched and never folded
    std::vector<TreemapItem> children;
};

// What is painted where.
struct TreemapTile {
    enum class Kind : std::uint8_t { Group, Leaf, Other };
    Kind kind{Kind::Leaf};
    QRectF rect;
    QRectF header; // Group: its title
    const TreemapItem* item{nullptr}; // null: Other
    int slot{0};
    std::size_t folded{0}; // Other: how many
    QString value;
    QString key;
};

// A laid out map, a plain value. Points to the items it was made of.
struct TreemapPlan {
    std::vector<TreemapTile> tiles;
    std::vector<ChartShape> shapes;
    std::vector<std::size_t> tileOfShape;
};

// How much of a map an item takes; pixels, never money.
[[nodiscard]] double drawnWeight(const TreemapItem& item);
// Pure: the same items, size and font give the same map.
[[nodiscard]] TreemapPlan planTreemap(std::span<const TreemapItem> groups,
    const ValueText& valueText, const QSizeF& size, const QFont& font);

} // namespace sluice::ui
