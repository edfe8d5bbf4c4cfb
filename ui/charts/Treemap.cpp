// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/Treemap.h"

#include "core/analytics/TreemapLayout.h"
#include "ui/charts/TreemapPainter.h"

#include <QHash>
#include <QPaintEvent>
#include <QPainter>
#include <QVariantAnimation>

#include <algorithm>

namespace sluice::ui {

namespace {

constexpr int MotionMs = 160;

bool pinnedLast(const std::vector<TreemapItem>& groups)
{
    return !groups.empty() && groups.back().unattributed && drawnWeight(groups.back()) > 0;
}

QStringList groupKeys(const TreemapPlan& plan)
{
    QStringList keys;
    for (const TreemapTile& tile : plan.tiles) {
        if (tile.kind == TreemapTile::Kind::Group)
            keys << tile.key;
    }
    return keys;
}

} // namespace

Treemap::Treemap(QWidget* parent)
    : ChartCanvas{parent}
    , m_motion{new QVariantAnimation{this}}
{
    setObjectName(QStringLiteral("treemap"));
    setAccessibleName(tr("Spend map"));
    setPlaceholder({}); // its page says why it is empty
    m_motion->setDuration(MotionMs);
    m_motion->setEasingCurve(QEasingCurve::OutCubic);
    m_motion->setStartValue(0.0);
    m_motion->setEndValue(1.0);
    connect(m_motion, &QVariantAnimation::valueChanged, this, qOverload<>(&QWidget::update));
}

void Treemap::show(std::vector<TreemapItem> groups, ValueText valueText)
{
    m_motion->stop();
    const TreemapPlan before = m_plan; // its items are gone below, its rectangles are not
    std::optional<QRectF> opened;
    if (current() && *current() < before.tileOfShape.size())
        opened = before.tiles[before.tileOfShape[*current()]].rect;
    m_groups = std::move(groups);
    m_valueText = std::move(valueText);
    // A group that has become too small to be drawn would take all that follow it into "Other".
    double whole = 0;
    for (const TreemapItem& group : m_groups)
        whole += drawnWeight(group);
    std::stable_partition(m_groups.begin(), m_groups.end() - (pinnedLast(m_groups) ? 1 : 0),
        [least = whole * TreemapRules{}.minShare](
            const TreemapItem& group) { return drawnWeight(group) >= least; });
    rebuild();
    const bool another = groupKeys(before) != groupKeys(m_plan);
    if (another && !before.tiles.empty() && !m_plan.tiles.empty() && isVisible()
        && !reducedMotion())
        moveFrom(before, opened);
}

void Treemap::moveFrom(const TreemapPlan& before, const std::optional<QRectF>& opened)
{
    QHash<QString, QRectF> places;
    for (const Tile& tile : before.tiles)
        places.insert(tile.key, tile.rect);
    const QRectF area{rect()};
    m_from.clear();
    for (const Tile& tile : m_plan.tiles) {
        const auto old = places.constFind(tile.key);
        if (old != places.cend()) {
            m_from.push_back(*old);
        } else if (opened && !area.isEmpty()) { // grows out of what was opened
            const double x = opened->width() / area.width();
            const double y = opened->height() / area.height();
            m_from.emplace_back(opened->x() + tile.rect.x() * x, opened->y() + tile.rect.y() * y,
                tile.rect.width() * x, tile.rect.height() * y);
        } else {
            const QSizeF small = tile.rect.size() * 0.9;
            QRectF from{{0, 0}, small};
            from.moveCenter(tile.rect.center());
            m_from.push_back(from);
        }
    }
    m_motion->start();
}

bool Treemap::isMoving() const
{
    return m_motion->state() == QAbstractAnimation::Running;
}

void Treemap::setColour(TreemapColour colour)
{
    m_colour = colour;
    repaintPicture();
}

void Treemap::rebuild()
{
    m_motion->stop();
    m_plan = planTreemap(m_groups, m_valueText, QSizeF{size()}, font());
    setShapes(m_plan.shapes);
}

void Treemap::paintEvent(QPaintEvent* event)
{
    if (!isMoving() || m_from.size() != m_plan.tiles.size()) {
        ChartCanvas::paintEvent(event);
        return;
    }
    QPainter painter{this};
    const Theme& theme = themeOf(palette());
    painter.fillRect(rect(), theme.color(Token::Window));
    TreemapPainter paint{painter, theme, font(), m_colour};
    const double share = m_motion->currentValue().toDouble();
    for (std::size_t i = 0; i < m_plan.tiles.size(); ++i) {
        Tile tile = m_plan.tiles[i];
        const double header = tile.header.height();
        tile.rect = between(m_from[i], tile.rect, share);
        if (header > 0)
            tile.header = {tile.rect.x(), tile.rect.y(), tile.rect.width(), header};
        paint.tile(tile);
    }
}

void Treemap::paintOn(
    QPainter& painter, const QSizeF& size, const Theme& theme, const QFont& font) const
{
    painter.fillRect(QRectF{{0, 0}, size}, theme.color(Token::Window));
    TreemapPainter paint{painter, theme, font, m_colour};
    const bool asShown = size == QSizeF{this->size()} && font == this->font();
    const TreemapPlan other
        = asShown ? TreemapPlan{} : planTreemap(m_groups, m_valueText, size, font);
    for (const Tile& tile : asShown ? m_plan.tiles : other.tiles)
        paint.tile(tile);
}

void Treemap::paintHover(QPainter& painter, const Theme& theme, std::size_t index) const
{
    TreemapPainter{painter, theme, font(), m_colour}.hover(m_plan.tiles[m_plan.tileOfShape[index]]);
}

void Treemap::paintCursor(QPainter& painter, const Theme& theme, std::size_t index) const
{
    TreemapPainter{painter, theme, font(), m_colour}.cursor(shapes()[index].rect, hasFocus());
}

QRectF between(const QRectF& from, const QRectF& to, double share)
{
    const auto mix = [share](double a, double b) { return a + (b - a) * share; };
    return {mix(from.x(), to.x()), mix(from.y(), to.y()), mix(from.width(), to.width()),
        mix(from.height(), to.height())};
}

} // namespace sluice::ui
