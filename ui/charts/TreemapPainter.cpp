// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/TreemapPainter.h"

#include "ui/charts/ChartScene.h"
#include "ui/charts/CoverageLegend.h"
#include "ui/kit/Fonts.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

namespace sluice::ui {

namespace {

constexpr double Radius = 3;
constexpr double LabelPad = 7;
constexpr double NameWidthMin = 44;
constexpr double NoteWidthMin = 110;

} // namespace

TreemapPainter::TreemapPainter(
    QPainter& painter, const Theme& theme, const QFont& font, TreemapColour colour)
    : m_painter{painter}
    , m_theme{theme}
    , m_nameFont{sized(font, TextSize::Meta, QFont::DemiBold)}
    , m_valueFont{sized(font, TextSize::Meta)}
    , m_colour{colour}
{
    m_painter.setRenderHint(QPainter::Antialiasing);
}

QColor TreemapPainter::fillOf(const Treemap::Tile& tile) const
{
    const bool other = tile.kind == Treemap::Tile::Kind::Other;
    if (other || (tile.item && tile.item->unattributed))
        return m_theme.color(Token::Sunken);
    if (m_colour == TreemapColour::Coverage) {
        if (!tile.item || !tile.item->owned)
            return m_theme.color(Token::Sunken);
        return m_theme.sequential(coverageStep(*tile.item->owned, tile.item->amount).value_or(0));
    }
    if (m_colour == TreemapColour::Change)
        return tile.item && tile.item->step ? m_theme.change(*tile.item->step)
                                            : m_theme.color(Token::Sunken);
    return m_theme.category(tile.slot);
}

bool TreemapPainter::isHatched(const Treemap::Tile& tile) const
{
    if (!tile.item)
        return false;
    const bool unowned = m_colour == TreemapColour::Coverage && tile.item->owned
        && !coverageStep(*tile.item->owned, tile.item->amount);
    return tile.item->unattributed || unowned
        || (m_colour == TreemapColour::Change && tile.item->step == ChangeSteps - 1);
}

void TreemapPainter::tile(const Treemap::Tile& tile)
{
    if (tile.kind == Treemap::Tile::Kind::Group) {
        group(tile);
        return;
    }
    const QColor fill = fillOf(tile);
    // What is hardly darker than the ground needs an edge.
    const bool outlined = contrastRatio(fill, m_theme.color(Token::Surface)) < 1.25;
    m_painter.setPen(outlined ? QPen{m_theme.color(Token::BorderStrong), 1} : QPen{Qt::NoPen});
    m_painter.setBrush(fill);
    m_painter.drawRoundedRect(
        outlined ? tile.rect.adjusted(0.5, 0.5, -0.5, -0.5) : tile.rect, Radius, Radius);
    if (isHatched(tile))
        hatch(tile.rect, fill);
    labels(tile, outlined ? m_theme.color(Token::Text) : m_theme.inkOn(fill));
}

void TreemapPainter::group(const Treemap::Tile& tile)
{
    m_painter.setPen(QPen{m_theme.color(Token::Border), 1});
    m_painter.setBrush(m_theme.color(Token::Surface));
    m_painter.drawRoundedRect(tile.rect.adjusted(0.5, 0.5, -0.5, -0.5), Radius + 1, Radius + 1);
    constexpr double Swatch = 9;
    const QRectF title = tile.header.adjusted(LabelPad, 0, -LabelPad, 0);
    const QRectF swatch{title.x(), title.center().y() - Swatch / 2, Swatch, Swatch};
    const bool unattributed = tile.item->unattributed;
    m_painter.setPen(unattributed ? QPen{m_theme.color(Token::BorderStrong), 1} : QPen{Qt::NoPen});
    m_painter.setBrush(unattributed ? m_theme.color(Token::Sunken) : m_theme.category(tile.slot));
    m_painter.drawRect(swatch);
    const QFontMetricsF names{m_nameFont};
    const QFontMetricsF values{m_valueFont};
    const double from = swatch.right() + 6;
    double room = title.right() - from;
    const double valueWidth = values.horizontalAdvance(tile.value);
    const bool showValue = room > valueWidth + 40;
    if (showValue)
        room -= valueWidth + 8;
    const QString name = names.elidedText(tile.item->name, Qt::ElideRight, room);
    m_painter.setPen(m_theme.color(Token::Text));
    m_painter.setFont(m_nameFont);
    m_painter.drawText(QRectF{from, title.y(), room + 1, title.height()},
        Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, name);
    if (showValue) {
        m_painter.setFont(m_valueFont);
        m_painter.setPen(m_theme.color(Token::Muted));
        m_painter.drawText(QRectF{from + names.horizontalAdvance(name) + 8, title.y(),
                               valueWidth + 1, title.height()},
            Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, tile.value);
    }
}

void TreemapPainter::hatch(const QRectF& rect, const QColor& fill)
{
    constexpr double Step = 7;
    m_painter.setPen(QPen{mixed(m_theme.inkOn(fill), fill, m_theme.isDark() ? 0.22 : 0.16), 1});
    for (const QLineF& line : hatchLines(rect.adjusted(1, 1, -1, -1), Step))
        m_painter.drawLine(line);
}

void TreemapPainter::labels(const Treemap::Tile& tile, const QColor& ink)
{
    const QFontMetricsF names{m_nameFont};
    const QFontMetricsF values{m_valueFont};
    const double line = names.height();
    const QRectF box = tile.rect.adjusted(LabelPad, 5, -LabelPad, -4);
    if (tile.rect.width() < NameWidthMin || tile.rect.height() < line + 4)
        return;
    const QString whole = tile.item
        ? tile.item->name
        : QCoreApplication::translate("Treemap", "Other (%1)").arg(tile.folded);
    m_painter.setPen(ink);
    m_painter.setFont(m_nameFont);
    const double top = box.height() < line ? tile.rect.center().y() - line / 2 : box.y();
    m_painter.drawText(QRectF{box.x(), top, box.width() + 1, line},
        Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        names.elidedText(whole, Qt::ElideRight, box.width()));
    if (box.height() < 2 * line - 1)
        return;
    QString note;
    if (tile.item && m_colour != TreemapColour::Category)
        note = m_colour == TreemapColour::Change ? tile.item->note : tile.item->ownedNote;
    QString text = tile.value;
    if (!note.isEmpty() && tile.rect.width() >= NoteWidthMin)
        text += QStringLiteral("   ") + note;
    if (values.horizontalAdvance(text) > box.width())
        text = tile.value;
    if (values.horizontalAdvance(text) > box.width())
        return; // half a number would be a wrong number
    m_painter.setFont(m_valueFont);
    m_painter.drawText(QRectF{box.x(), box.y() + line, box.width() + 1, line},
        Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
}

void TreemapPainter::hover(const Treemap::Tile& tile)
{
    const QRectF rect = tile.kind == Treemap::Tile::Kind::Group ? tile.header : tile.rect;
    m_painter.setBrush(Qt::NoBrush);
    m_painter.setPen(QPen{m_theme.color(Token::Text), 1});
    m_painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), Radius, Radius);
}

void TreemapPainter::cursor(const QRectF& rect, bool focused)
{
    m_painter.setBrush(Qt::NoBrush);
    m_painter.setPen(QPen{m_theme.color(Token::Text), focused ? 3.0 : 1.5});
    m_painter.drawRoundedRect(rect.adjusted(1.5, 1.5, -1.5, -1.5), Radius, Radius);
    if (!focused)
        return;
    m_painter.setPen(QPen{m_theme.color(Token::Surface), 1});
    m_painter.drawRoundedRect(rect.adjusted(3.5, 3.5, -3.5, -3.5), Radius - 1, Radius - 1);
}

} // namespace sluice::ui
