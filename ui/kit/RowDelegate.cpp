// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/RowDelegate.h"

#include "ui/kit/Comfort.h"
#include "ui/kit/Theme.h"
#include "ui/kit/Roles.h"

#include <QPainter>

namespace sluice::ui {

namespace {

constexpr int Pad = 10;

} // namespace

void RowDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& theme = themeOf(option.palette);
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, theme.color(Token::Selection));
    painter->setPen(theme.color(Token::Border));
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    const QVariant token = index.data(TokenRole);
    painter->setPen(theme.color(token.isValid() ? static_cast<Token>(token.toInt()) : Token::Text));
    painter->setFont(option.font);
    const auto alignment = index.data(Qt::TextAlignmentRole).value<Qt::Alignment>();
    const QRect box = option.rect.adjusted(Pad, 0, -Pad, 0);
    const QString text
        = option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, box.width());
    painter->drawText(
        box, static_cast<int>(alignment | Qt::AlignVCenter) | Qt::TextSingleLine, text);
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen{theme.color(Token::Accent), 1});
        painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QSize hint = QStyledItemDelegate::sizeHint(option, index);
    return {hint.width() + 2 * Pad, heightOfRow(option.fontMetrics)};
}

} // namespace sluice::ui
