// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/FrozenColumn.h"

#include "ui/kit/DataTable.h"
#include "ui/kit/RowDelegate.h"
#include "ui/kit/TableHeader.h"
#include "ui/kit/Theme.h"

#include <QCoreApplication>
#include <QPainter>
#include <QScrollBar>

namespace sluice::ui {

FrozenColumn::FrozenColumn(DataTable& table)
    : QTableView{&table}
    , m_table{table}
{
    setHorizontalHeader(new TableHeader{this});
    setObjectName(QStringLiteral("frozenColumn"));
    setFrameShape(NoFrame);
    setStyleSheet(QStringLiteral("QTableView { border: none; border-radius: 0; }"));
    setFocusPolicy(Qt::ClickFocus);
    setFocusProxy(&table);
    setSelectionBehavior(SelectRows);
    setSelectionMode(table.selectionMode());
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setAutoScroll(false);
    setItemDelegate(new RowDelegate{this});
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionsMovable(false);
    disconnect(horizontalHeader(), SIGNAL(sectionPressed(int)), this, SLOT(selectColumn(int)));
    disconnect(horizontalHeader(), SIGNAL(sectionEntered(int)), this, SLOT(_q_selectColumn(int)));
    connect(horizontalHeader(), &QHeaderView::sectionClicked, table.horizontalHeader(),
        &QHeaderView::sectionClicked);
    connect(table.verticalScrollBar(), &QScrollBar::valueChanged, verticalScrollBar(),
        &QScrollBar::setValue);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, table.verticalScrollBar(),
        &QScrollBar::setValue);
    connect(table.horizontalScrollBar(), &QScrollBar::valueChanged, this, &FrozenColumn::follow);
    connect(table.horizontalHeader(), &QHeaderView::sectionMoved, this, &FrozenColumn::follow);
    connect(table.horizontalHeader(), &QHeaderView::sectionResized, this, &FrozenColumn::follow);
    connect(this, &QTableView::doubleClicked, &table, &QTableView::activated);
    hide();
}

int FrozenColumn::column() const
{
    const std::vector<int> shown = m_table.visibleColumns();
    return shown.empty() ? -1 : shown.front();
}

void FrozenColumn::follow()
{
    const int first = column();
    const bool wanted = first >= 0 && m_table.horizontalScrollBar()->value() > 0;
    setVisible(wanted);
    if (!wanted)
        return;
    if (model() != m_table.model())
        setModel(m_table.model());
    if (selectionModel() != m_table.selectionModel())
        setSelectionModel(m_table.selectionModel());
    setSelectionMode(m_table.selectionMode());
    setAccessibleName(m_table.accessibleName());
    const QHeaderView& header = *m_table.horizontalHeader();
    for (int column = 0; column < horizontalHeader()->count(); ++column)
        setColumnHidden(column, column != first);
    setColumnWidth(first, header.sectionSize(first));
    horizontalHeader()->setFixedHeight(header.height());
    if (verticalHeader()->defaultSectionSize() != m_table.verticalHeader()->defaultSectionSize())
        verticalHeader()->setDefaultSectionSize(m_table.verticalHeader()->defaultSectionSize());
    setVerticalScrollMode(m_table.verticalScrollMode());
    QRect place = m_table.viewport()->geometry();
    place.setTop(header.geometry().top());
    if (isRightToLeft())
        place.setLeft(place.right() - header.sectionSize(first) + 1);
    else
        place.setWidth(header.sectionSize(first));
    setGeometry(place);
    verticalScrollBar()->setValue(m_table.verticalScrollBar()->value());
    raise();
}

void FrozenColumn::paintEvent(QPaintEvent* event)
{
    QTableView::paintEvent(event);
    QPainter painter{viewport()};
    painter.setPen(themeOf(palette()).color(Token::BorderStrong));
    const int edge = isRightToLeft() ? 0 : viewport()->width() - 1;
    painter.drawLine(edge, 0, edge, viewport()->height());
}

void FrozenColumn::wheelEvent(QWheelEvent* event)
{
    QCoreApplication::sendEvent(m_table.viewport(), event);
}

} // namespace sluice::ui
