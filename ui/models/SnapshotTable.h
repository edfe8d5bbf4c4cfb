// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tasks/LatestTask.h"
#include "ui/models/RowArranger.h"

namespace sluice::ui {

// The part of SnapshotTableModel that does not depend on the type of a row: which rows are shown in
// which order. Up to ImmediateRows are sorted and filtered at once, more on the pool; meanwhile the
// table stays as it is, and the newest request wins. The selection and the current row stay with
// their rows (DataTable lets go of a part of a selection that is too large for that).
class SnapshotTable : public TableModel {
    Q_OBJECT

public:
    static constexpr std::size_t ImmediateRows = 20'000;

    SnapshotTable(QThreadPool& pool, QObject* parent);

    [[nodiscard]] bool isSortable() const final { return true; }
    void setSort(const std::vector<SortBy>& sort) final;
    [[nodiscard]] std::vector<SortBy> sortedBy() const final { return m_sort; }
    void sort(int column, Qt::SortOrder order) final { setSort({{column, order}}); }
    // Words that each row shown has in one of `columns`; an empty text shows all.
    void setFilter(const QString& text, const std::vector<int>& columns);
    [[nodiscard]] QString filter() const { return m_filter; }
    [[nodiscard]] bool isArranging() const { return m_task.isRunning(); }
    // Stops what is under way; the table stays as it is shown.
    void cancelArranging();
    // What stands below the columns, one cell for each; nothing for no totals.
    void setTotals(std::vector<TableCell> totals);

    [[nodiscard]] std::shared_ptr<const TableReader> reader() const final;
    [[nodiscard]] QThreadPool& pool() const final { return m_pool; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const final;

signals:
    void arranged(); // the newest request is shown

protected:
    void showSource(std::shared_ptr<const RowSource> source);
    [[nodiscard]] std::size_t sourceRow(int row) const
    {
        return (*m_order)[static_cast<std::size_t>(row)];
    }
    [[nodiscard]] const RowSource& source() const { return *m_source; }
    [[nodiscard]] const std::vector<TableCell>& totals() const { return m_totals; }

private:
    struct Arranged {
        std::shared_ptr<const RowOrder> order;
        RowOrder place; // of each row among those that are shown; Nowhere: it is not
    };
    static constexpr std::uint32_t Nowhere = 0xFFFF'FFFF;
    static Result<Arranged> arrangedBy(const RowArranger& arranger, std::size_t rows,
        const ArrangeRequest& request, const TaskContext& context);
    void arrange();
    void take(Arranged arranged);

    QThreadPool& m_pool;
    std::shared_ptr<const RowSource> m_source;
    std::shared_ptr<const RowArranger> m_arranger;
    std::shared_ptr<const RowOrder> m_order;
    std::vector<SortBy> m_sort;
    QString m_filter;
    std::vector<int> m_filterColumns;
    std::vector<TableCell> m_totals;
    LatestTask<Arranged> m_task;
};

} // namespace sluice::ui
