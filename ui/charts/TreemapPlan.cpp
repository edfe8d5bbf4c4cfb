// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/TreemapPlan.h"

#include "core/analytics/TreemapLayout.h"
#include "ui/charts/PixelWeight.h"
#include "ui/kit/Fonts.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>

namespace sluice::ui {

namespace {

constexpr double GroupGap = 4;
constexpr double TileGap = 2;
constexpr double GroupPad = 3;
constexpr double LeastSide = 18;

QString tr(const char* text)
{
    return QCoreApplication::translate("Treemap", text);
}

std::vector<double> weightsOf(std::span<const TreemapItem> items)
{
    std::vector<double> weights;
    std::ranges::transform(items, std::back_inserter(weights), drawnWeight);
    return weights;
}

bool pinned(std::span<const TreemapItem> items)
{
    return !items.empty() && items.back().unattributed && drawnWeight(items.back()) > 0;
}

// The layout's rectangle without half a gap on each side, on whole pixels so that edges are sharp.
QRectF inset(const LayoutRect& rect, double gap)
{
    const QRectF full{rect.x, rect.y, rect.width, rect.height};
    const QRect edges{full.adjusted(gap / 2, gap / 2, -gap / 2, -gap / 2).toRect()};
    return QRectF{edges};
}

LayoutRect outset(const QRectF& rect, double gap)
{
    return {rect.x() - gap / 2, rect.y() - gap / 2, rect.width() + gap, rect.height() + gap};
}

class TreemapWriter {
public:
    TreemapWriter(std::span<const TreemapItem> groups, const ValueText& valueText,
        const QSizeF& size, const QFont& font)
        : m_groups{groups}
        , m_valueText{valueText}
        , m_area{{0, 0}, size}
        , m_header{QFontMetricsF{sized(font, TextSize::Meta, QFont::DemiBold)}.height() + 7}
    {
    }

    TreemapPlan write();

private:
    void layOutGroup(const TreemapItem& group, const QRectF& rect, double whole);
    void addOther(std::span<const TreemapItem> folded, const QRectF& rect, const QString& parentKey,
        int slot);
    void addLeaf(const TreemapItem& leaf, const QRectF& rect);
    void addShape(TreemapTile tile, const QRectF& rect, ChartShape shape);

    std::span<const TreemapItem> m_groups;
    const ValueText& m_valueText;
    QRectF m_area;
    double m_header;
    TreemapPlan m_plan;
};

void TreemapWriter::addShape(TreemapTile tile, const QRectF& rect, ChartShape shape)
{
    tile.key = shape.key;
    shape.rect = rect;
    m_plan.tiles.push_back(std::move(tile));
    m_plan.tileOfShape.push_back(m_plan.tiles.size() - 1);
    m_plan.shapes.push_back(std::move(shape));
}

void TreemapWriter::addLeaf(const TreemapItem& leaf, const QRectF& rect)
{
    addShape({TreemapTile::Kind::Leaf, rect, {}, &leaf, leaf.slot, 0, leaf.value, {}}, rect,
        {leaf.key, leaf.name, leaf.spoken, {}, leaf.card});
}

void TreemapWriter::addOther(
    std::span<const TreemapItem> folded, const QRectF& rect, const QString& parentKey, int slot)
{
    Int128 sum = 0;
    std::vector<CardLine> card;
    constexpr std::size_t LinesMax = 8;
    for (const TreemapItem& item : folded) {
        if (drawnWeight(item) <= 0)
            continue;
        sum += item.amount;
        if (card.size() < LinesMax)
            card.push_back({item.name, item.value});
    }
    const auto isDrawn = [](const TreemapItem& item) { return drawnWeight(item) > 0; };
    const auto count = std::ranges::count_if(folded, isDrawn);
    if (count == 0 || rect.isEmpty())
        return;
    if (count == 1) { // one alone has a name
        addLeaf(*std::ranges::find_if(folded, isDrawn), rect);
        return;
    }
    const QString name = tr("Other (%1)").arg(count);
    const QString value = m_valueText ? m_valueText(sum) : QString{};
    addShape({TreemapTile::Kind::Other, rect, {}, nullptr, slot, folded.size(), value, {}}, rect,
        {parentKey + QStringLiteral("/\u2026"), name, tr("%1, %2").arg(name, value), {},
            std::move(card)});
}

void TreemapWriter::layOutGroup(const TreemapItem& group, const QRectF& rect, double whole)
{
    const double header = m_header;
    const bool hasRoom
        = rect.height() > header + LeastSide + GroupPad && rect.width() > 2 * LeastSide;
    if (group.children.empty() || !hasRoom) {
        addLeaf(group, rect);
        return;
    }
    const QRectF title{rect.x(), rect.y(), rect.width(), header};
    addShape({TreemapTile::Kind::Group, rect, title, &group, group.slot, 0, group.value, {}}, title,
        {group.key, group.name, group.spoken, {}, group.card});
    const QRectF inner = rect.adjusted(GroupPad, header, -GroupPad, -GroupPad);
    const std::vector<double> weights = weightsOf(group.children);
    const TreemapLevel level = layoutLevel(weights, outset(inner, TileGap),
        {.whole = whole, .minSide = LeastSide + TileGap, .pinLast = pinned(group.children)});
    std::size_t at = 0;
    for (; at < level.kept; ++at) {
        const TreemapItem& leaf = group.children[at];
        const QRectF place = inset(level.rects[at], TileGap);
        if (!place.isEmpty())
            addLeaf(leaf, place);
    }
    if (level.folded > 0)
        addOther(std::span{group.children}.subspan(level.kept, level.folded),
            inset(level.rects[at++], TileGap), group.key, group.slot);
    if (at < level.rects.size()) {
        addLeaf(group.children.back(), inset(level.rects[at], TileGap));
    }
}

TreemapPlan TreemapWriter::write()
{
    const std::vector<double> weights = weightsOf(m_groups);
    double whole = 0;
    for (const double weight : weights)
        whole += weight;
    const QRectF& area = m_area;
    if (whole > 0 && area.width() > LeastSide && area.height() > LeastSide) {
        const TreemapLevel level = layoutLevel(weights, outset(area, GroupGap),
            {.whole = whole, .minSide = LeastSide + GroupGap, .pinLast = pinned(m_groups)});
        std::size_t at = 0;
        for (; at < level.kept; ++at)
            layOutGroup(m_groups[at], inset(level.rects[at], GroupGap), whole);
        if (level.folded > 0)
            addOther(m_groups.subspan(level.kept, level.folded), inset(level.rects[at++], GroupGap),
                {}, -1);
        if (at < level.rects.size())
            layOutGroup(m_groups.back(), inset(level.rects[at], GroupGap), whole);
    }
    return std::move(m_plan);
}

} // namespace

double drawnWeight(const TreemapItem& item)
{
    Int128 area = item.children.empty() ? std::max(item.amount, Int128{0}) : 0;
    for (const TreemapItem& leaf : item.children)
        area += std::max(leaf.amount, Int128{0});
    return pixelWeight(area);
}

TreemapPlan planTreemap(std::span<const TreemapItem> groups, const ValueText& valueText,
    const QSizeF& size, const QFont& font)
{
    return TreemapWriter{groups, valueText, size, font}.write();
}

} // namespace sluice::ui
