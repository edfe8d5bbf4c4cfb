// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/DataTable.h"

#include "ui/kit/ColumnChooser.h"
#include "ui/kit/ColumnState.h"
#include "ui/kit/Comfort.h"
#include "ui/kit/FrozenColumn.h"
#include "ui/kit/RowDelegate.h"
#include "ui/kit/TableFooter.h"
#include "ui/kit/TableHeader.h"
#include "ui/kit/Theme.h"
#include "ui/kit/TotalsRow.h"

#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace sluice::ui {

namespace {

constexpr std::int64_t CopyRowsAtOnce = 2'000; // more are written down by a worker
// A selection of more rows than that, scattered by a sort, would be as many ranges, and each cell
// that is painted asks all of them.
constexpr std::int64_t SelectionKeptMax = 2'000;

} // namespace

DataTable::DataTable(QWidget* parent)
    : QTableView{parent}
    , m_totals{new TotalsRow{*this}}
{
    auto* titles = new TableHeader{this};
    setHorizontalHeader(titles);
    // a click sorts; it does not select the column
    disconnect(titles, SIGNAL(sectionPressed(int)), this, SLOT(selectColumn(int)));
    disconnect(titles, SIGNAL(sectionEntered(int)), this, SLOT(_q_selectColumn(int)));
    connect(titles, &QHeaderView::sectionClicked, this, [this](int column) {
        sortByColumn(column, QApplication::keyboardModifiers() & Qt::ShiftModifier);
    });
    connect(titles, &QHeaderView::sectionMoved, this, [this] {
        placeBelow();
        emit columnsChanged();
    });
    titles->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(titles, &QWidget::customContextMenuRequested, this, &DataTable::showHeaderMenu);
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
    fitRowHeight();
    connect(this, &QTableView::activated, this,
        [this](const QModelIndex& index) { emit rowActivated(index.row()); });
    connect(horizontalScrollBar(), &QScrollBar::valueChanged, this, &DataTable::placeBelow);
    connect(titles, &QHeaderView::sectionResized, this, [this](int column) {
        if (m_stretching >= 0 && column != m_stretching)
            fitStretching();
        placeBelow();
    });
}

DataTable::~DataTable() = default;

TableModel* DataTable::tableModel() const
{
    return qobject_cast<TableModel*>(model());
}

void DataTable::setModel(QAbstractItemModel* model)
{
    if (this->model())
        this->model()->disconnect(this);
    m_copy.reset();
    if (model) // before the selection's own handler: it is made smaller before it is remembered
        connect(
            model, &QAbstractItemModel::layoutAboutToBeChanged, this, &DataTable::trimSelection);
    QTableView::setModel(model);
    if (!model)
        return;
    const auto refresh = [this] {
        if (m_footer)
            m_footer->refreshSoon();
        m_totals->refresh();
    };
    connect(model, &QAbstractItemModel::modelReset, this, [this, refresh] {
        emit currentRowChanged(-1);
        refresh();
        updateGeometries();
    });
    connect(model, &QAbstractItemModel::layoutChanged, this, [this, refresh] {
        emit currentRowChanged(currentIndex().row());
        refresh();
        updateGeometries();
    });
    connect(model, &QAbstractItemModel::dataChanged, this, refresh);
    connect(model, &QAbstractItemModel::rowsInserted, this, refresh);
    connect(model, &QAbstractItemModel::rowsRemoved, this, refresh);
    connect(model, &QAbstractItemModel::headerDataChanged, this, [this, refresh] {
        refresh();
        updateGeometries();
    });
    refresh();
    updateGeometries();
}

void DataTable::setColumnWidths(const std::vector<int>& characters, int stretching)
{
    const int character = fontMetrics().horizontalAdvance(u'0');
    for (std::size_t i = 0; i < characters.size(); ++i)
        setColumnWidth(static_cast<int>(i), characters[i] * character + 20);
    constexpr int ReadableCharacters = 24;
    m_stretching = stretching;
    m_leastStretching
        = std::min(characters[static_cast<std::size_t>(stretching)], ReadableCharacters) * character
        + 20;
    fitStretching();
}

void DataTable::fitStretching()
{
    if (m_stretching < 0 || m_stretching >= horizontalHeader()->count()
        || isColumnHidden(m_stretching))
        return;
    int left = viewport()->width();
    for (int column = 0; column < horizontalHeader()->count(); ++column)
        left -= column == m_stretching ? 0 : columnWidth(column);
    setColumnWidth(m_stretching, std::max(m_leastStretching, left));
}

void DataTable::fitRowHeight()
{
    verticalHeader()->setDefaultSectionSize(heightOfRow(fontMetrics()));
}

void DataTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitStretching();
}

void DataTable::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitRowHeight();
}

// The base leaves no room below the rows; all rows are equally high, so the range is easily told.
void DataTable::updateGeometries()
{
    if (m_inGeometries)
        return;
    m_inGeometries = true;
    const int value = verticalScrollBar()->value();
    QTableView::updateGeometries();
    const bool totals = m_totals->hasTotals();
    const int below = (totals ? m_totals->sizeHint().height() : 0)
        + (m_footer ? m_footer->sizeHint().height() : 0);
    m_totals->setVisible(totals);
    if (below > 0) {
        QMargins margins = viewportMargins();
        margins.setBottom(below);
        setViewportMargins(margins);
        QRect beside = verticalHeader()->geometry(); // the last row is found by its height
        beside.setHeight(viewport()->height());
        verticalHeader()->setGeometry(beside);
        QMetaObject::invokeMethod(verticalHeader(), "updateGeometries"); // it is hidden
        const int rows = verticalHeader()->count();
        const int visible
            = std::max(viewport()->height() / verticalHeader()->defaultSectionSize(), 1);
        verticalScrollBar()->setPageStep(visible);
        verticalScrollBar()->setRange(0, std::max(rows - visible, 0));
        verticalScrollBar()->setValue(value); // the shorter range of the base may have cut it
    }
    placeBelow();
    m_inGeometries = false;
}

void DataTable::placeBelow()
{
    if (m_frozen)
        m_frozen->follow();
    m_totals->setFrozen(m_frozen && m_frozen->isVisibleTo(this) ? m_frozen->column() : -1);
    QRect place = viewport()->geometry();
    int top = place.bottom() + 1;
    if (m_totals->isVisibleTo(this)) {
        m_totals->setGeometry(place.left(), top, place.width(), m_totals->sizeHint().height());
        top += m_totals->height();
    }
    if (m_footer)
        m_footer->setGeometry(place.left(), top, place.width(), m_footer->sizeHint().height());
    m_totals->update();
}

void DataTable::setPlaceholder(const QString& text)
{
    m_placeholder = text;
    viewport()->update();
}

void DataTable::setFirstColumnFrozen(bool frozen)
{
    if (frozen && !m_frozen)
        m_frozen = new FrozenColumn{*this};
    else if (!frozen)
        delete std::exchange(m_frozen, nullptr);
    placeBelow();
}

void DataTable::showFooter(const MoneyText& money)
{
    delete m_footer;
    m_footer = new TableFooter{*this, money};
    m_footer->setVisible(true);
    m_footer->refreshSoon();
    updateGeometries();
}

QString DataTable::footerText() const
{
    return m_footer ? m_footer->text() : QString{};
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

std::vector<int> DataTable::visibleColumns() const
{
    std::vector<int> columns;
    for (int place = 0; place < horizontalHeader()->count(); ++place) {
        const int column = horizontalHeader()->logicalIndex(place);
        if (!isColumnHidden(column))
            columns.push_back(column);
    }
    return columns;
}

std::vector<RowRange> DataTable::selectedRanges() const
{
    std::vector<RowRange> ranges;
    if (!selectionModel())
        return ranges;
    for (const QItemSelectionRange& range : selectionModel()->selection())
        ranges.push_back({range.top(), range.bottom()});
    std::ranges::sort(ranges, {}, &RowRange::first);
    std::vector<RowRange> merged;
    for (const RowRange& range : ranges) {
        if (!merged.empty() && range.first <= merged.back().last + 1)
            merged.back().last = std::max(merged.back().last, range.last);
        else
            merged.push_back(range);
    }
    return merged;
}

QString DataTable::selectionText() const
{
    return model() && selectionModel()
        ? tableText(*model(), selectionModel()->selectedRows(), visibleColumns())
        : QString{};
}

void DataTable::copySelection()
{
    const std::vector<RowRange> ranges = selectedRanges();
    const std::int64_t rows = rowsIn(ranges);
    if (rows == 0)
        return;
    const auto reader = tableModel() ? tableModel()->reader() : nullptr;
    if (!reader || (reader->isInMemory() && rows <= CopyRowsAtOnce)) {
        QGuiApplication::clipboard()->setText(selectionText());
        emit copied(rows);
        return;
    }
    m_copy = std::make_unique<LatestTask<QString>>(tableModel()->pool(), this);
    m_copy->start(
        [reader, ranges, columns = visibleColumns(),
            header = headerLine(*model(), visibleColumns())](const TaskContext& context) {
            return tableText(*reader, header, ranges, columns, context);
        },
        [this, rows](Result<QString> text) {
            if (!text.ok())
                return;
            QGuiApplication::clipboard()->setText(*text);
            emit copied(rows);
        });
}

// A sort or filter follows.
void DataTable::trimSelection()
{
    if (!selectionModel())
        return;
    const std::int64_t rows = rowsIn(selectedRanges());
    if (rows <= SelectionKeptMax || rows == model()->rowCount())
        return;
    const QModelIndex current = currentIndex();
    selectionModel()->select(QItemSelection{current, current},
        QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void DataTable::sortByColumn(int column, bool add)
{
    TableModel* table = tableModel();
    if (!table || !table->isSortable() || column < 0)
        return;
    std::vector<SortBy> sort = table->sortedBy();
    const auto found = std::ranges::find(sort, column, &SortBy::column);
    const bool turns = found != sort.end() && found->order == Qt::AscendingOrder;
    const SortBy wanted{column, turns ? Qt::DescendingOrder : Qt::AscendingOrder};
    if (!add)
        sort = {wanted};
    else if (found != sort.end())
        *found = wanted;
    else
        sort.push_back(wanted);
    table->setSort(sort);
    emit columnsChanged();
}

void DataTable::chooseColumns()
{
    auto* chooser = new ColumnChooser{*this};
    chooser->open();
}

void DataTable::showHeaderMenu(const QPoint& place)
{
    auto* menu = new QMenu{this};
    menu->setObjectName(QStringLiteral("columnMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const std::vector<int> shown = visibleColumns();
    for (int at = 0; at < horizontalHeader()->count(); ++at) {
        const int column = horizontalHeader()->logicalIndex(at);
        QAction* action = menu->addAction(model()->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        action->setEnabled(isColumnHidden(column) || shown.size() > 1);
        connect(action, &QAction::toggled, this, [this, column](bool visible) {
            setColumnHidden(column, !visible);
            emit columnsChanged();
        });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Choose columns\u2026")), &QAction::triggered, this,
        &DataTable::chooseColumns);
    menu->popup(horizontalHeader()->viewport()->mapToGlobal(place));
}

QVariant DataTable::saveColumns() const
{
    return columnState(*this);
}

void DataTable::restoreColumns(const QVariant& saved)
{
    applyColumnState(*this, saved);
}

void DataTable::resetColumns()
{
    for (int column = 0; column < horizontalHeader()->count(); ++column) {
        setColumnHidden(column, false);
        horizontalHeader()->moveSection(horizontalHeader()->visualIndex(column), column);
    }
    emit columnsChanged();
}

void DataTable::moveColumn(int column, int by)
{
    const std::vector<int> shown = visibleColumns();
    const auto found = std::ranges::find(shown, column);
    const std::ptrdiff_t to = found - shown.begin() + by;
    if (found == shown.end() || to < 0 || to >= static_cast<std::ptrdiff_t>(shown.size()))
        return;
    horizontalHeader()->moveSection(horizontalHeader()->visualIndex(column),
        horizontalHeader()->visualIndex(shown[static_cast<std::size_t>(to)]));
}

void DataTable::scrollTo(const QModelIndex& index, ScrollHint hint)
{
    QTableView::scrollTo(index, hint);
    if (!m_frozen || !m_frozen->isVisibleTo(this) || index.column() == m_frozen->column())
        return;
    // not behind the column that stays
    const int covered = columnWidth(m_frozen->column());
    const int left = columnViewportPosition(index.column());
    if (!isRightToLeft() && left < covered)
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() + left - covered);
}

void DataTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
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
        && (event->modifiers() & Qt::ControlModifier) && model() && model()->rowCount() > 0) {
        const int row = event->key() == Qt::Key_Home ? 0 : model()->rowCount() - 1;
        const QModelIndex to = model()->index(row, std::max(currentIndex().column(), 0));
        if (event->modifiers() & Qt::ShiftModifier && currentIndex().isValid()) {
            selectionModel()->select(QItemSelection{currentIndex(), to}.isEmpty()
                    ? QItemSelection{to, currentIndex()}
                    : QItemSelection{currentIndex(), to},
                QItemSelectionModel::SelectCurrent | QItemSelectionModel::Rows);
            selectionModel()->setCurrentIndex(to, QItemSelectionModel::NoUpdate);
        } else {
            setCurrentIndex(to);
        }
        return;
    }
    if (event->key() == Qt::Key_Backspace) {
        emit upRequested();
        return;
    }
    const bool letter = !event->text().isEmpty() && event->text().front().isPrint()
        && event->key() != Qt::Key_Space
        && !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier));
    if (letter && !m_typeAhead) {
        event->ignore(); // an action of the window may have it
        return;
    }
    QTableView::keyPressEvent(event);
}

// The next row whose first visible cell begins with what was typed. Looks as long as nobody
// notices: the base would walk through a million rows before it gave up.
void DataTable::keyboardSearch(const QString& search)
{
    constexpr qint64 LookMs = 25;
    const std::vector<int> shown = visibleColumns();
    const int rows = model() ? model()->rowCount() : 0;
    if (!m_typeAhead || shown.empty() || rows == 0)
        return;
    QElapsedTimer looking;
    looking.start();
    for (int step = 1; step <= rows && looking.elapsed() < LookMs; ++step) {
        const int row = (std::max(currentIndex().row(), -1) + step) % rows;
        const QModelIndex index = model()->index(row, shown.front());
        if (index.data().toString().startsWith(search, Qt::CaseInsensitive)) {
            setCurrentIndex(index);
            return;
        }
    }
}

void DataTable::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    emit currentRowChanged(current.row());
    if (m_footer)
        m_footer->refreshSoon();
}

void DataTable::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected)
{
    QTableView::selectionChanged(selected, deselected);
    if (m_footer)
        m_footer->refreshSoon();
}

} // namespace sluice::ui
