// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tasks/LatestTask.h"
#include "ui/kit/MoneyText.h"
#include "ui/kit/TableModel.h"
#include "ui/kit/TableText.h"

#include <QTableView>

#include <memory>
#include <vector>

namespace sluice::ui {

class FrozenColumn;
class TableFooter;
class TotalsRow;

// A table of facts: whole rows selected, fixed row height from the font, no grid but row lines.
// Works at any number of rows. A click on a title sorts a TableModel that can, with Shift after
// what it is sorted by. Ctrl+C copies the selection as tab-separated text with its titles, visible
// columns in visible order, many rows on a worker. Where the model has totals (TotalTextRole) they
// stay below the rows.
class DataTable : public QTableView {
    Q_OBJECT

public:
    explicit DataTable(QWidget* parent = nullptr);
    ~DataTable() override;

    void setModel(QAbstractItemModel* model) override;
    // Widths in characters of the font, by column; the stretching column takes what is left, and
    // where little is, keeps enough to be read: the columns after it can be scrolled to.
    void setColumnWidths(const std::vector<int>& characters, int stretching);
    // What is said in the middle while there are no rows.
    void setPlaceholder(const QString& text);
    // The first visible column stays where it is while the others scroll.
    void setFirstColumnFrozen(bool frozen);
    // "1,204 rows · 3 selected · Cost: sum …" below the rows.
    void showFooter(const MoneyText& money);
    // Letters that are typed look for a row; off, they are left to single-letter actions.
    void setTypeAhead(bool on) { m_typeAhead = on; }

    // Model columns that are shown, from left to right.
    [[nodiscard]] std::vector<int> visibleColumns() const;
    [[nodiscard]] std::vector<RowRange> selectedRanges() const; // in order, without overlap
    [[nodiscard]] QString selectionText() const; // what Ctrl+C copies; for some rows
    [[nodiscard]] QString footerText() const;
    [[nodiscard]] bool isCopying() const { return m_copy && m_copy->isRunning(); }
    // Order, width and visibility of the columns and the sort, by column id: columns that came
    // later stand after the one before them, those that went are passed over. For QSettings.
    [[nodiscard]] QVariant saveColumns() const;
    void restoreColumns(const QVariant& saved);
    // To where the program put them: all shown, in the model's order.
    void resetColumns();
    // A column of the model one place to the left (−1) or right (1) among those that are shown.
    void moveColumn(int column, int by);
    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;

public slots:
    void chooseColumns();
    void copySelection();
    // As a click on the title; `add` as one with Shift.
    void sortByColumn(int column, bool add);

signals:
    void rowActivated(int row);
    void currentRowChanged(int row); // −1: none
    void upRequested(); // Backspace
    void copied(qint64 rows);
    void columnsChanged(); // by the person: order, visibility or sort

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyboardSearch(const QString& search) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void selectionChanged(
        const QItemSelection& selected, const QItemSelection& deselected) override;
    void updateGeometries() override;

private:
    friend class FrozenColumn; // the same rows at the same place

    void fitStretching();
    void fitRowHeight();
    void trimSelection();
    void showHeaderMenu(const QPoint& place);
    [[nodiscard]] TableModel* tableModel() const;
    void placeBelow();

    int m_stretching{-1};
    int m_leastStretching{0}; // pixels
    bool m_typeAhead{false};
    bool m_inGeometries{false};
    QString m_placeholder;
    FrozenColumn* m_frozen{nullptr};
    TotalsRow* m_totals;
    TableFooter* m_footer{nullptr};
    std::unique_ptr<LatestTask<QString>> m_copy;
};

} // namespace sluice::ui
