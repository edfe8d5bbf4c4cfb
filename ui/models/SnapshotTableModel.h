// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/kit/MoneyText.h"
#include "ui/kit/Roles.h"
#include "ui/kit/Theme.h"

#include <QAbstractTableModel>
#include <QCoreApplication>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <numeric>
#include <optional>
#include <span>
#include <vector>

namespace sluice::ui {

// One column as data: headings, alignment, cell text and sort order come from the same line.
template <class Row>
struct Column {
    const char* title; // QT_TRANSLATE_NOOP("Columns", …)
    Qt::Alignment alignment;
    QString (*display)(const Row&, const MoneyText&);
    QVariant (*sortKey)(const Row&);
    std::optional<Token> (*token)(const Row&){nullptr}; // colour of the text; null: plain
};

// Row numbers in the order in which they are shown.
using RowOrder = std::vector<std::uint32_t>;

// A pure function, for a worker where there are many rows. Equal rows keep their order.
template <class Row>
RowOrder sortedOrder(const std::vector<Row>& rows, const Column<Row>& column, Qt::SortOrder order)
{
    std::vector<QVariant> keys;
    keys.reserve(rows.size());
    for (const Row& row : rows)
        keys.push_back(column.sortKey(row));
    RowOrder result(rows.size());
    std::iota(result.begin(), result.end(), 0U);
    std::stable_sort(
        result.begin(), result.end(), [&keys, order](std::uint32_t a, std::uint32_t b) {
            const auto compared = QVariant::compare(keys[a], keys[b]);
            return order == Qt::AscendingOrder ? compared < 0 : compared > 0;
        });
    return result;
}

// A read-only table over rows that never change; a new answer is shown as a whole. GUI thread; the
// rows may have been made anywhere. Sorts by itself up to SortRowsMax rows; beyond that the caller
// brings the order.
template <class Row>
class SnapshotTableModel : public QAbstractTableModel {
public:
    using Rows = std::shared_ptr<const std::vector<Row>>;
    static constexpr std::size_t SortRowsMax = 20'000;

    SnapshotTableModel(
        std::span<const Column<Row>> columns, MoneyText money, QObject* parent = nullptr)
        : QAbstractTableModel{parent}
        , m_columns{columns}
        , m_money{std::move(money)}
        , m_rows{std::make_shared<const std::vector<Row>>()}
    {
    }

    void show(Rows rows) // in the order in which they come
    {
        RowOrder order(rows->size());
        std::iota(order.begin(), order.end(), 0U);
        show(std::move(rows), std::move(order));
    }
    void show(Rows rows, RowOrder order)
    {
        SLUICE_CHECK(order.size() <= rows->size());
        beginResetModel();
        m_rows = std::move(rows);
        m_order = std::move(order);
        endResetModel();
    }
    void clear() { show(std::make_shared<const std::vector<Row>>()); }
    [[nodiscard]] const Row& rowAt(int row) const
    {
        return (*m_rows)[m_order[static_cast<std::size_t>(row)]];
    }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const final
    {
        return parent.isValid() ? 0 : static_cast<int>(m_order.size());
    }
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const final
    {
        return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const final
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
            return {};
        const Row& row = rowAt(index.row());
        const Column<Row>& column = m_columns[static_cast<std::size_t>(index.column())];
        switch (role) {
        case Qt::DisplayRole:
        case Qt::ToolTipRole:
            return column.display(row, m_money);
        case SortKeyRole:
            return column.sortKey(row);
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(column.alignment);
        case TokenRole:
            return tokenOf(column, row);
        default:
            return {};
        }
    }
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const final
    {
        if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
            return {};
        const Column<Row>& column = m_columns[static_cast<std::size_t>(section)];
        if (role == Qt::TextAlignmentRole)
            return QVariant::fromValue(column.alignment | Qt::AlignVCenter);
        return role == Qt::DisplayRole
            ? QVariant{QCoreApplication::translate("Columns", column.title)}
            : QVariant{};
    }
    void sort(int section, Qt::SortOrder order) final
    {
        if (section < 0 || section >= columnCount() || m_rows->size() > SortRowsMax
            || m_order.size() != m_rows->size())
            return;
        show(m_rows, sortedOrder(*m_rows, m_columns[static_cast<std::size_t>(section)], order));
    }

private:
    static QVariant tokenOf(const Column<Row>& column, const Row& row)
    {
        const std::optional<Token> token = column.token ? column.token(row) : std::nullopt;
        return token ? QVariant{static_cast<int>(*token)} : QVariant{};
    }

    std::span<const Column<Row>> m_columns;
    MoneyText m_money;
    Rows m_rows;
    RowOrder m_order;
};

} // namespace sluice::ui
