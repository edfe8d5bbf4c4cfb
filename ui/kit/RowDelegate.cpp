// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/RowDelegate.h"

#include "ui/kit/Comfort.h"
#include "ui/kit/Roles.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace sluice::ui {

namespace {

constexpr int Pad = 10;
constexpr int BarHeight = 8;
constexpr int BarGap = 8;
constexpr double ContrastLeast = 4.5;

// What the looks paint with.
struct Cell {
    QPainter& painter;
    const QStyleOptionViewItem& option;
    const QModelIndex& index;
    const Theme& theme;
    QColor background;
    QColor ink; // of the text
    QString text;
    QRect box; // where content goes

    [[nodiscard]] Qt::Alignment alignment() const
    {
        return index.data(Qt::TextAlignmentRole).value<Qt::Alignment>();
    }
    void write(const QRect& where, Qt::Alignment how, const QString& words) const
    {
        const bool number = how & Qt::AlignRight;
        QString shown = option.fontMetrics.elidedText(words, Qt::ElideRight, where.width());
        if (number && shown != words)
            shown = QStringLiteral("\u2026");
        painter.setPen(ink);
        painter.drawText(where,
            static_cast<int>((how & Qt::AlignHorizontal_Mask) | Qt::AlignVCenter)
                | Qt::TextSingleLine,
            shown);
    }
    // The part of the cell that bars take, as wide on each row so that they can be compared;
    // nothing where the text needs the room.
    [[nodiscard]] QRect barBox() const
    {
        constexpr double BarShare = 0.36;
        const int width = static_cast<int>(box.width() * BarShare);
        const bool fits
            = option.fontMetrics.horizontalAdvance(text) + BarGap <= box.width() - width;
        return {box.left(), box.center().y() - BarHeight / 2 + 1, fits ? width : 0, BarHeight};
    }
};

void paintMoney(const Cell& cell)
{
    // "USD 1,204.50": the code stands back, digits line up at the right
    const qsizetype space = cell.text.indexOf(QChar{u'\u00A0'});
    const bool coded = space == 3 && cell.text.at(0).isUpper();
    const int width = cell.option.fontMetrics.horizontalAdvance(cell.text);
    if (!coded || width > cell.box.width()) {
        cell.write(cell.box, Qt::AlignRight, coded ? cell.text.mid(space + 1) : cell.text);
        return;
    }
    const QString number = cell.text.mid(space + 1);
    cell.write(cell.box, Qt::AlignRight, number);
    QRect before = cell.box;
    before.setRight(
        cell.box.right() - cell.option.fontMetrics.horizontalAdvance(u'\u00A0' + number));
    cell.painter.setPen(cell.theme.color(Token::Muted));
    cell.painter.drawText(before, Qt::AlignRight | Qt::AlignVCenter, cell.text.left(space));
}

void paintVariance(const Cell& cell)
{
    const QRect bar = cell.barBox();
    const QVariant length = cell.index.data(BarRole);
    if (length.isValid() && bar.width() >= 2 * BarGap) {
        const int zero = bar.center().x();
        const int reach = static_cast<int>(std::lround(length.toDouble() * (bar.width() / 2.0)));
        const int left = std::min(zero, zero + reach);
        cell.painter.fillRect(QRect{left, bar.top(), std::abs(reach), bar.height()}, cell.ink);
        cell.painter.setPen(cell.theme.color(Token::BorderStrong));
        cell.painter.drawLine(zero, bar.top() - 3, zero, bar.bottom() + 3);
    }
    QRect words = cell.box;
    words.setLeft(bar.width() >= 2 * BarGap ? bar.right() + BarGap : cell.box.left());
    cell.write(words, Qt::AlignRight, cell.text);
}

void paintShare(const Cell& cell)
{
    const QRect bar = cell.barBox();
    const QVariant length = cell.index.data(BarRole);
    if (length.isValid() && bar.width() >= 2 * BarGap) {
        const double share = std::clamp(length.toDouble(), 0.0, 1.0);
        cell.painter.fillRect(bar, mixed(cell.theme.color(Token::Border), cell.background, 0.5));
        cell.painter.fillRect(QRect{bar.left(), bar.top(),
                                  static_cast<int>(std::lround(share * bar.width())), bar.height()},
            cell.theme.color(Token::Accent));
    }
    cell.write(cell.box, Qt::AlignRight, cell.text);
}

void paintChip(const Cell& cell)
{
    if (cell.text.isEmpty())
        return;
    constexpr int Side = 7;
    constexpr double Tint = 0.12;
    constexpr int Slack = 4; // signs may come from another font, whose widths are rounded
    const int width = std::min(
        cell.option.fontMetrics.horizontalAdvance(cell.text) + 2 * Side + Slack, cell.box.width());
    const int height = cell.option.fontMetrics.height() + 2;
    QRect chip{cell.box.left(), cell.box.center().y() - height / 2, width, height};
    if (cell.option.direction == Qt::RightToLeft)
        chip.moveRight(cell.box.right());
    const QColor fill = mixed(cell.ink, cell.background, Tint);
    cell.painter.save();
    cell.painter.setRenderHint(QPainter::Antialiasing);
    cell.painter.setPen(QPen{cell.ink, 1});
    cell.painter.setBrush(fill);
    cell.painter.drawRoundedRect(QRectF{chip}.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    cell.painter.setPen(readableOn(cell.ink, fill, cell.theme));
    const QRect inner = chip.adjusted(Side, 0, -Side, 0);
    cell.painter.drawText(inner, Qt::AlignCenter | Qt::TextSingleLine,
        cell.option.fontMetrics.elidedText(cell.text, Qt::ElideRight, inner.width()));
    cell.painter.restore();
}

} // namespace

QColor readableOn(const QColor& color, const QColor& background, const Theme& theme)
{
    QColor ink = color;
    for (double share = 0.9; contrastRatio(ink, background) < ContrastLeast && share >= 0;
         share -= 0.1)
        ink = mixed(color, theme.color(Token::Text), share);
    return ink;
}

void RowDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& theme = themeOf(option.palette);
    const bool selected = option.state & QStyle::State_Selected;
    const QColor background = theme.color(selected ? Token::Selection : Token::Surface);
    if (selected)
        painter->fillRect(option.rect, background);
    painter->setPen(theme.color(Token::Border));
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    painter->setFont(option.font);
    const QVariant token = index.data(TokenRole);
    const QColor color
        = theme.color(token.isValid() ? static_cast<Token>(token.toInt()) : Token::Text);
    const Cell cell{*painter, option, index, theme, background,
        readableOn(color, background, theme), index.data().toString(),
        option.rect.adjusted(Pad, 0, -Pad, 0)};
    switch (static_cast<CellLook>(index.data(LookRole).toInt())) {
    case CellLook::Plain:
        cell.write(cell.box, cell.alignment(), cell.text);
        break;
    case CellLook::Money:
        paintMoney(cell);
        break;
    case CellLook::Variance:
        paintVariance(cell);
        break;
    case CellLook::Share:
        paintShare(cell);
        break;
    case CellLook::Chip:
        paintChip(cell);
        break;
    }
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen{theme.color(Token::Accent), 1});
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QSize hint = QStyledItemDelegate::sizeHint(option, index);
    return {hint.width() + 2 * Pad, heightOfRow(option.fontMetrics)};
}

} // namespace sluice::ui
