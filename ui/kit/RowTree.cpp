// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/RowTree.h"

#include "ui/kit/DataTable.h"
#include "ui/kit/RowDelegate.h"
#include "ui/kit/Theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace sluice::ui {

RowTree::RowTree(QWidget* parent)
    : QTreeView{parent}
{
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setExpandsOnDoubleClick(false);
    setItemDelegate(new RowDelegate{this});
    header()->setHighlightSections(false);
    connect(this, &QTreeView::doubleClicked, this, &RowTree::rowOpened);
}

void RowTree::setColumnWidths(const std::vector<int>& characters)
{
    const int character = fontMetrics().horizontalAdvance(u'0');
    header()->setStretchLastSection(false);
    setHorizontalScrollMode(ScrollPerPixel);
    m_leastFirst = characters.front() * character;
    for (std::size_t i = 1; i < characters.size(); ++i)
        header()->resizeSection(static_cast<int>(i), characters[i] * character);
    fitFirstColumn();
}

void RowTree::fitFirstColumn()
{
    if (m_leastFirst == 0 || header()->count() == 0)
        return;
    int left = viewport()->width();
    for (int column = 1; column < header()->count(); ++column)
        left -= header()->sectionSize(column);
    header()->resizeSection(0, std::max(m_leastFirst, left));
}

void RowTree::resizeEvent(QResizeEvent* event)
{
    QTreeView::resizeEvent(event);
    fitFirstColumn();
}

void RowTree::keyPressEvent(QKeyEvent* event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        && currentIndex().isValid())
        emit rowOpened(currentIndex());
    else if (event->key() == Qt::Key_Backspace)
        emit upRequested();
    else if (event->matches(QKeySequence::Copy) && model())
        QGuiApplication::clipboard()->setText(
            tableText(*model(), selectionModel()->selectedRows()));
    else
        QTreeView::keyPressEvent(event);
}

void RowTree::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTreeView::currentChanged(current, previous);
    emit currentRowChanged(current);
}

void RowTree::drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const
{
    const Theme& theme = themeOf(palette());
    if (selectionModel() && selectionModel()->isRowSelected(index.row(), index.parent()))
        painter->fillRect(rect, theme.color(Token::Selection));
    painter->setPen(theme.color(Token::Border));
    painter->drawLine(rect.bottomLeft(), rect.bottomRight());
    if (!model()->hasChildren(index))
        return;
    const QPointF centre{rect.right() - indentation() / 2.0 + 1, rect.center().y() + 0.5};
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate(centre);
    painter->rotate(isExpanded(index) ? 90 : 0);
    painter->setPen(
        QPen{theme.color(Token::Muted), 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin});
    painter->drawPolyline(QPolygonF{{-2, -4}, {2, 0}, {-2, 4}});
    painter->restore();
}

} // namespace sluice::ui
