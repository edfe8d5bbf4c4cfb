// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/kit/TableModel.h"

#include <QMutex>
#include <QString>

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

namespace sluice::ui {

// Row numbers in the order in which they are shown.
using RowOrder = std::vector<std::uint32_t>;

// The rows of a table, immutable, for any thread.
class RowSource {
public:
    virtual ~RowSource() = default;
    [[nodiscard]] virtual std::size_t size() const = 0;
    [[nodiscard]] virtual CellKind kind(int column) const = 0;
    [[nodiscard]] virtual TableCell value(std::size_t row, int column) const = 0;
    [[nodiscard]] virtual QString text(std::size_t row, int column) const = 0;
};

struct ArrangeRequest {
    std::vector<SortBy> sort; // nothing: as they came
    QString filter; // words; each has to occur in one of `columns`, in any case of letters
    std::vector<int> columns;
};

// Which rows are shown and in which order. What it learns of a column (the sort keys, the folded
// text) is kept for the next request. Any thread, several at once; a request is looked at by its
// stop token every few milliseconds. Rows that are equal keep the order in which they came, rows
// without a value stand last whichever way it is sorted. Texts are compared as the language does
// (QCollator), amounts by currency and then by size.
class RowArranger {
public:
    explicit RowArranger(std::shared_ptr<const RowSource> source)
        : m_source{std::move(source)}
    {
    }
    Result<RowOrder> arrange(const ArrangeRequest& request, const TaskContext& context) const;

private:
    // One number for each row that sorts as its value does.
    struct Keys {
        std::vector<std::int64_t> narrow; // either these
        std::vector<Int128> wide; // or those, where they do not fit
        std::vector<bool> none;
    };
    // The texts of a column, case-folded, one after the other; equal texts stand once.
    struct Folded {
        QString texts;
        std::vector<std::uint32_t> begins; // of each text, and the end of the last
        std::vector<std::uint32_t> ofRow; // number of its text; empty: the row's own
    };
    using KeysResult = Result<std::shared_ptr<const Keys>>;
    using FoldedResult = Result<std::shared_ptr<const Folded>>;

    KeysResult keys(int column, const TaskContext& context) const;
    KeysResult numberKeys(int column, const TaskContext& context) const;
    KeysResult textKeys(int column, const TaskContext& context) const;
    FoldedResult folded(int column, const TaskContext& context) const;
    Result<RowOrder> filtered(const ArrangeRequest& request, const TaskContext& context) const;
    static Status sortStable(
        RowOrder& order, const Keys& keys, bool descending, const TaskContext& context);

    std::shared_ptr<const RowSource> m_source;
    mutable QMutex m_mutex; // of what is kept
    mutable std::map<int, std::shared_ptr<const Keys>> m_keys;
    mutable std::map<int, std::shared_ptr<const Folded>> m_folded;
};

} // namespace sluice::ui
