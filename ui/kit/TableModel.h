// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/TaskContext.h"
#include "ui/kit/Roles.h"

#include <QAbstractTableModel>
#include <QString>

#include <functional>
#include <memory>
#include <vector>

class QThreadPool;

namespace sluice::ui {

struct RowRange {
    int first{0};
    int last{0}; // inclusive

    bool operator==(const RowRange&) const = default;
};
// How many rows they are; the ranges do not overlap.
[[nodiscard]] std::int64_t rowsIn(const std::vector<RowRange>& ranges);

struct SortBy {
    int column{0};
    Qt::SortOrder order{Qt::AscendingOrder};

    bool operator==(const SortBy&) const = default;
};

// The cells of a table as it stood when the reader was made; immutable, for any thread. What reads
// millions of rows goes through it, so that the window never waits.
class TableReader {
public:
    struct Cell {
        TableCell value;
        QString text; // as shown
    };
    enum class Want : std::uint8_t { Values, Texts, Both };
    using Take = std::function<Status(const std::vector<Cell>&)>; // one row

    virtual ~TableReader() = default;
    // False where rows are read from the ledger as they are asked for: then never wait for it.
    [[nodiscard]] virtual bool isInMemory() const { return true; }
    // The rows of `ranges` in their order, each with the cells of `columns` in theirs. Cancelled,
    // or the error of what is read, or of `take`.
    virtual Status read(const std::vector<RowRange>& ranges, const std::vector<int>& columns,
        Want want, const Take& take, const TaskContext& context) const = 0;
};

// What a DataTable asks of a model of ours beyond rows and columns. GUI thread.
class TableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;
    [[nodiscard]] virtual std::shared_ptr<const TableReader> reader() const = 0;
    [[nodiscard]] virtual QThreadPool& pool() const = 0;
    // Sorted by the first, its equals by the second …; nothing: in the order in which they came.
    [[nodiscard]] virtual bool isSortable() const { return false; }
    virtual void setSort(const std::vector<SortBy>&) { }
    [[nodiscard]] virtual std::vector<SortBy> sortedBy() const { return {}; }

signals:
    void sortChanged();
};

} // namespace sluice::ui
