// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/TotalsRow.h"

#include "ui/kit/Roles.h"
#include "ui/kit/Theme.h"

#include <QHeaderView>
#include <QPainter>
#include <QTableView>

namespace sluice::ui {

namespace {

QString totalText(const QTableView& table, int column)
{
    return table.model()->headerData(column, Qt::Horizontal, TotalTextRole).toString();
}

} // namespace

TotalsRow::TotalsRow(QTableView& table)
    : QWidget{&table}
    , m_table{table}
{
    setObjectName(QStringLiteral("totalsRow"));
    setAccessibleName(tr("Totals"));
    hide();
}

bool TotalsRow::hasTotals() const
{
    const int columns = m_table.model() ? m_table.model()->columnCount() : 0;
    for (int column = 0; column < columns; ++column) {
        if (!totalText(m_table, column).isEmpty())
            return true;
    }
    return false;
}

void TotalsRow::setFrozen(int column)
{
    if (m_frozen == column)
        return;
    m_frozen = column;
    update();
}

QSize TotalsRow::sizeHint() const
{
    return {0, fontMetrics().height() + 14};
}

void TotalsRow::refresh()
{
    QStringList spoken;
    const int columns = m_table.model() ? m_table.model()->columnCount() : 0;
    for (int column = 0; column < columns; ++column) {
        const QString text = totalText(m_table, column);
        if (!text.isEmpty() && !m_table.isColumnHidden(column))
            spoken << tr("%1: %2").arg(
                m_table.model()->headerData(column, Qt::Horizontal).toString(), text);
    }
    setAccessibleDescription(spoken.join(QStringLiteral(", ")));
    update();
}

void TotalsRow::paintEvent(QPaintEvent*)
{
    constexpr int Pad = 10;
    QPainter painter{this};
    const Theme& theme = themeOf(palette());
    painter.fillRect(rect(), theme.color(Token::Surface));
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    const QFontMetrics metrics{bold};
    const auto paintCell = [&](int column, int left) {
        const QString text = totalText(m_table, column);
        const QRect box{left + Pad, 0, m_table.columnWidth(column) - 2 * Pad, height()};
        const auto alignment = m_table.model()
                                   ->headerData(column, Qt::Horizontal, Qt::TextAlignmentRole)
                                   .value<Qt::Alignment>();
        QString shown = metrics.elidedText(text, Qt::ElideRight, box.width());
        if (shown != text && (alignment & Qt::AlignRight))
            shown = QStringLiteral("\u2026"); // never a part of a number
        painter.setPen(theme.color(Token::Text));
        painter.drawText(box, static_cast<int>(alignment | Qt::AlignVCenter), shown);
    };
    const int columns = m_table.horizontalHeader()->count();
    for (int column = 0; column < columns; ++column) {
        if (!m_table.isColumnHidden(column) && column != m_frozen)
            paintCell(column, m_table.columnViewportPosition(column));
    }
    if (m_frozen >= 0) {
        const int width = m_table.columnWidth(m_frozen);
        const int left = isRightToLeft() ? this->width() - width : 0;
        painter.fillRect(QRect{left, 0, width, height()}, theme.color(Token::Surface));
        paintCell(m_frozen, left);
        painter.setPen(theme.color(Token::BorderStrong));
        const int edge = isRightToLeft() ? left : left + width - 1;
        painter.drawLine(edge, 0, edge, height());
    }
    painter.setPen(theme.color(Token::BorderStrong));
    painter.drawLine(0, 0, width(), 0);
}

} // namespace sluice::ui
