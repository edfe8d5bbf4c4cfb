// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/PaletteList.h"

#include "ui/kit/Theme.h"

#include <QPainter>

namespace sluice::ui {

namespace {

constexpr int KindRole = Qt::UserRole;
constexpr int NoteRole = Qt::UserRole + 1;
constexpr int Margin = 10;
constexpr int KindCharacters = 14;

} // namespace

void PaletteList::show(std::vector<PaletteEntry> entries)
{
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
}

int PaletteList::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant PaletteList::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const PaletteEntry& entry = this->entry(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return entry.text;
    case Qt::AccessibleTextRole:
        return tr("%1: %2 %3").arg(paletteKindText(entry.kind), entry.text, entry.note).trimmed();
    case KindRole:
        return paletteKindText(entry.kind);
    case NoteRole:
        return entry.note;
    default:
        return {};
    }
}

int PaletteDelegate::rowHeight(const QFontMetrics& metrics)
{
    return metrics.height() + 12;
}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    return {option.rect.width(), rowHeight(option.fontMetrics)};
}

void PaletteDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& theme = themeOf(option.palette);
    if (option.state & QStyle::State_Selected) {
        painter->fillRect(option.rect, theme.color(Token::Selection));
        painter->fillRect(QRect{option.rect.topLeft(), QSize{3, option.rect.height()}},
            theme.color(Token::Accent));
    }
    const QFontMetrics& metrics = option.fontMetrics;
    const int kindWidth = metrics.averageCharWidth() * KindCharacters;
    QRect room = option.rect.adjusted(Margin, 0, -Margin, 0);
    painter->setPen(theme.color(Token::Muted));
    painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
        metrics.elidedText(index.data(KindRole).toString(), Qt::ElideRight, kindWidth - Margin));
    const QString note
        = metrics.elidedText(index.data(NoteRole).toString(), Qt::ElideMiddle, room.width() / 3);
    painter->drawText(room, Qt::AlignRight | Qt::AlignVCenter, note);
    room.adjust(kindWidth, 0, -metrics.horizontalAdvance(note) - Margin, 0);
    painter->setPen(theme.color(Token::Text));
    painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
        metrics.elidedText(index.data().toString(), Qt::ElideRight, room.width()));
}

} // namespace sluice::ui
