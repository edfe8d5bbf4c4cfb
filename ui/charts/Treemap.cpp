// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/Treemap.h"

#include "core/analytics/TreemapLayout.h"
#include "ui/charts/PixelWeight.h"
#include "ui/charts/TreemapPainter.h"
#include "ui/kit/Fonts.h"

#include <QFontMetricsF>
#include <QPaintEvent>
#include <QPainter>

#include <algorithm>

namespace sluice::ui {

namespace {

constexpr double GroupGap = 4;
constexpr double TileGap = 2;
constexpr double GroupPad = 3;
constexpr double LeastSide = 18;

double drawn(const TreemapItem& item)
{
    Int128 area = item.children.empty() ? std::max(item.amount, Int128{0}) : 0;
    for (const TreemapItem& leaf : item.children)
        area += std::max(leaf.amount, Int128{0});
    return pixelWeight(area);
}

std::vector<double> weightsOf(std::span<const TreemapItem> items)
{
    std::vector<double> weights;
    std::ranges::transform(items, std::back_inserter(weights), drawn);
    return weights;
}

bool pinned(std::span<const TreemapItem> items)
{
    return !items.empty() && items.back().unattributed && drawn(items.back()) > 0;
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

} // namespace

Treemap::Treemap(QWidget* parent)
    : ChartCanvas{parent}
{
    setObjectName(QStringLiteral("treemap"));
    setAccessibleName(tr("Spend map"));
}

void Treemap::show(std::vector<TreemapItem> groups, ValueText valueText)
{
    m_groups = std::move(groups);
    m_valueText = std::move(valueText);
    // A group that has become too small to be drawn would take all that follow it into "Other".
    double whole = 0;
    for (const TreemapItem& group : m_groups)
        whole += drawn(group);
    std::stable_partition(m_groups.begin(), m_groups.end() - (pinned(m_groups) ? 1 : 0),
        [least = whole * TreemapRules{}.minShare](
            const TreemapItem& group) { return drawn(group) >= least; });
    rebuild();
}

void Treemap::setColour(TreemapColour colour)
{
    m_colour = colour;
    update();
}

void Treemap::addShape(const Tile& tile, const QRectF& rect, const QString& key,
    const QString& name, const QString& spoken, std::vector<CardLine> card)
{
    m_tiles.push_back(tile);
    m_tileOfShape.push_back(m_tiles.size() - 1);
    m_pending.push_back({key, name, spoken, rect, std::move(card)});
}

void Treemap::addOther(
    std::span<const TreemapItem> folded, const QRectF& rect, const QString& parentKey, int slot)
{
    Int128 sum = 0;
    std::vector<CardLine> card;
    constexpr std::size_t LinesMax = 8;
    for (const TreemapItem& item : folded) {
        if (drawn(item) <= 0)
            continue;
        sum += item.amount;
        if (card.size() < LinesMax)
            card.push_back({item.name, item.value});
    }
    const auto isDrawn = [](const TreemapItem& item) { return drawn(item) > 0; };
    const auto count = std::ranges::count_if(folded, isDrawn);
    if (count == 0 || rect.isEmpty())
        return;
    if (count == 1) { // one alone has a name
        const TreemapItem& leaf = *std::ranges::find_if(folded, isDrawn);
        addShape({Tile::Kind::Leaf, rect, {}, &leaf, leaf.slot, 0, leaf.value}, rect, leaf.key,
            leaf.name, leaf.spoken, leaf.card);
        return;
    }
    const QString name = tr("Other (%1)").arg(count);
    const QString value = m_valueText ? m_valueText(sum) : QString{};
    addShape({Tile::Kind::Other, rect, {}, nullptr, slot, folded.size(), value}, rect,
        parentKey + QStringLiteral("/\u2026"), name, tr("%1, %2").arg(name, value),
        std::move(card));
}

void Treemap::layOutGroup(const TreemapItem& group, const QRectF& rect, double whole)
{
    const double header
        = QFontMetricsF{sized(font(), TextSize::Meta, QFont::DemiBold)}.height() + 7;
    const bool hasRoom
        = rect.height() > header + LeastSide + GroupPad && rect.width() > 2 * LeastSide;
    if (group.children.empty() || !hasRoom) {
        addShape({Tile::Kind::Leaf, rect, {}, &group, group.slot, 0, group.value}, rect, group.key,
            group.name, group.spoken, group.card);
        return;
    }
    const QRectF title{rect.x(), rect.y(), rect.width(), header};
    addShape({Tile::Kind::Group, rect, title, &group, group.slot, 0, group.value}, title, group.key,
        group.name, group.spoken, group.card);
    const QRectF inner = rect.adjusted(GroupPad, header, -GroupPad, -GroupPad);
    const std::vector<double> weights = weightsOf(group.children);
    const TreemapLevel level = layoutLevel(weights, outset(inner, TileGap),
        {.whole = whole, .minSide = LeastSide + TileGap, .pinLast = pinned(group.children)});
    std::size_t at = 0;
    for (; at < level.kept; ++at) {
        const TreemapItem& leaf = group.children[at];
        const QRectF place = inset(level.rects[at], TileGap);
        if (!place.isEmpty())
            addShape({Tile::Kind::Leaf, place, {}, &leaf, leaf.slot, 0, leaf.value}, place,
                leaf.key, leaf.name, leaf.spoken, leaf.card);
    }
    if (level.folded > 0)
        addOther(std::span{group.children}.subspan(level.kept, level.folded),
            inset(level.rects[at++], TileGap), group.key, group.slot);
    if (at < level.rects.size()) {
        const TreemapItem& leaf = group.children.back();
        const QRectF place = inset(level.rects[at], TileGap);
        addShape({Tile::Kind::Leaf, place, {}, &leaf, leaf.slot, 0, leaf.value}, place, leaf.key,
            leaf.name, leaf.spoken, leaf.card);
    }
}

void Treemap::rebuild()
{
    m_tiles.clear();
    m_tileOfShape.clear();
    m_pending.clear();
    const std::vector<double> weights = weightsOf(m_groups);
    double whole = 0;
    for (const double weight : weights)
        whole += weight;
    const QRectF area = QRectF{rect()};
    if (whole > 0 && area.width() > LeastSide && area.height() > LeastSide) {
        const TreemapLevel level = layoutLevel(weights, outset(area, GroupGap),
            {.whole = whole, .minSide = LeastSide + GroupGap, .pinLast = pinned(m_groups)});
        std::size_t at = 0;
        for (; at < level.kept; ++at)
            layOutGroup(m_groups[at], inset(level.rects[at], GroupGap), whole);
        if (level.folded > 0)
            addOther(std::span{m_groups}.subspan(level.kept, level.folded),
                inset(level.rects[at++], GroupGap), {}, -1);
        if (at < level.rects.size())
            layOutGroup(m_groups.back(), inset(level.rects[at], GroupGap), whole);
    }
    setShapes(std::move(m_pending));
}

void Treemap::paintEvent(QPaintEvent* event)
{
    QPainter painter{this};
    painter.fillRect(event->rect(), palette().color(QPalette::Window));
    TreemapPainter paint{painter, themeOf(palette()), font(), m_colour};
    for (const Tile& tile : m_tiles)
        paint.tile(tile);
    if (const auto shape = hovered())
        paint.hover(m_tiles[m_tileOfShape[*shape]]);
    if (const auto shape = current())
        paint.cursor(shapes()[*shape].rect, hasFocus());
}

} // namespace sluice::ui
