// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/DataTable.h"

#include "ui/kit/Comfort.h"
#include "ui/kit/RowDelegate.h"
#include "ui/kit/Theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace sluice::ui {

DataTable::DataTable(QWidget* parent)
    : QTableView{parent}
{
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(ScrollPerPixel);
    setItemDelegate(new RowDelegate{this});
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(heightOfRow(fontMetrics()));
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    connect(this, &QTableView::activated, this,
        [this](const QModelIndex& index) { emit rowActivated(index.row()); });
}

void DataTable::setModel(QAbstractItemModel* model)
{
    QTableView::setModel(model);
    if (model)
        connect(
            model, &QAbstractItemModel::modelReset, this, [this] { emit currentRowChanged(-1); });
}

void DataTable::setColumnWidths(const std::vector<int>& characters, int stretching)
{
    for (std::size_t i = 0; i < characters.size(); ++i)
        setColumnWidth(
            static_cast<int>(i), characters[i] * fontMetrics().horizontalAdvance(u'0') + 20);
    constexpr int ReadableCharacters = 24;
    m_stretching = stretching;
    m_leastStretching
        = std::min(characters[static_cast<std::size_t>(stretching)], ReadableCharacters)
            * fontMetrics().horizontalAdvance(u'0')
        + 20;
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this](int column) {
        if (column != m_stretching)
            fitStretching();
    });
    fitStretching();
}

void DataTable::fitStretching()
{
    if (m_stretching < 0 || m_stretching >= horizontalHeader()->count())
        return;
    int left = viewport()->width();
    for (int column = 0; column < horizontalHeader()->count(); ++column)
        left -= column == m_stretching ? 0 : columnWidth(column);
    setColumnWidth(m_stretching, std::max(m_leastStretching, left));
}

void DataTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitStretching();
}

void DataTable::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        verticalHeader()->setDefaultSectionSize(heightOfRow(fontMetrics()));
}

void DataTable::setPlaceholder(const QString& text)
{
    m_placeholder = text;
    viewport()->update();
}

void DataTable::paintEvent(QPaintEvent* event)
{
    QTableView::paintEvent(event);
    if (m_placeholder.isEmpty() || (model() && model()->rowCount() > 0))
        return;
    QPainter painter{viewport()};
    painter.setPen(themeOf(palette()).color(Token::Muted));
    painter.drawText(viewport()->rect(), Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
}

QString DataTable::selectionText() const
{
    return model() && selectionModel() ? tableText(*model(), selectionModel()->selectedRows())
                                       : QString{};
}

void DataTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        QGuiApplication::clipboard()->setText(selectionText());
        return;
    }
    // Qt's own Enter edits on some platforms and activates on others; here it always opens the row.
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        && currentIndex().isValid()) {
        emit rowActivated(currentIndex().row());
        return;
    }
    // The last row, not the last cell: one goes on reading the columns that one was reading.
    if ((event->key() == Qt::Key_Home || event->key() == Qt::Key_End)
        && event->modifiers() == Qt::ControlModifier && model() && model()->rowCount() > 0) {
        const int row = event->key() == Qt::Key_Home ? 0 : model()->rowCount() - 1;
        setCurrentIndex(model()->index(row, std::max(currentIndex().column(), 0)));
        return;
    }
    if (event->key() == Qt::Key_Backspace) {
        emit upRequested();
        return;
    }
    QTableView::keyPressEvent(event);
}

void DataTable::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    emit currentRowChanged(current.row());
}

QString tableText(const QAbstractItemModel& model, const QModelIndexList& rows)
{
    QModelIndexList sorted = rows;
    std::ranges::sort(sorted, {}, [](const QModelIndex& index) { return index.row(); });
    const int columns = model.columnCount();
    QStringList lines;
    QStringList cells;
    for (int column = 0; column < columns; ++column)
        cells << model.headerData(column, Qt::Horizontal).toString();
    lines << cells.join(u'\t');
    for (const QModelIndex& row : sorted) {
        cells.clear();
        for (int column = 0; column < columns; ++column)
            cells << row.siblingAtColumn(column)
                         .data()
                         .toString()
                         .replace(u'\t', u' ')
                         .replace(u'\n', u' ');
        lines << cells.join(u'\t');
    }
    return lines.join(u'\n');
}

} // namespace sluice::ui
