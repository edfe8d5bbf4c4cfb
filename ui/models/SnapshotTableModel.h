// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/kit/CellText.h"
#include "ui/kit/MoneyText.h"
#include "ui/kit/Theme.h"
#include "ui/models/SnapshotTable.h"

#include <QCoreApplication>

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace sluice::ui {

// One column as data: heading, alignment, cell text, raw value and look come from the same line.
template <class Row>
struct Column {
    const char* id; // stable: saved column states and exports name it
    const char* title; // QT_TRANSLATE_NOOP("Columns", …)
    CellKind kind;
    QString (*display)(const Row&, const MoneyText&);
    TableCell (*value)(const Row&); // what is sorted, summed and exported
    std::optional<Token> (*token)(const Row&){nullptr}; // colour of the text; null: plain
    CellLook look{CellLook::Plain};
    double (*bar)(const Row&){nullptr}; // length of the bar, for looks that have one

    [[nodiscard]] Qt::Alignment alignment() const
    {
        return isNumeric(kind) ? Qt::AlignRight : Qt::AlignLeft;
    }
};

// A read-only table over rows that never change; a new answer is shown as a whole. GUI thread; the
// rows may have been made anywhere. Sorting, filtering and reading: SnapshotTable.
template <class Row>
class SnapshotTableModel : public SnapshotTable {
public:
    using Rows = std::shared_ptr<const std::vector<Row>>;

    // The columns outlive the model and its workers: they are tables of constants.
    SnapshotTableModel(std::span<const Column<Row>> columns, MoneyText money, QThreadPool& pool,
        QObject* parent = nullptr)
        : SnapshotTable{pool, parent}
        , m_columns{columns}
        , m_money{std::move(money)}
    {
        clear();
    }

    void show(Rows rows) // in the order in which they come, or as it is sorted and filtered
    {
        m_rows = rows;
        showSource(std::make_shared<const Source>(std::move(rows), m_columns, m_money));
    }
    void clear() { show(std::make_shared<const std::vector<Row>>()); }
    [[nodiscard]] const Row& rowAt(int row) const { return (*m_rows)[sourceRow(row)]; }

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
            return QVariant::fromValue(column.value(row));
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(column.alignment());
        case TokenRole:
            return tokenOf(column, row);
        case LookRole:
            return static_cast<int>(column.look);
        case BarRole:
            return column.bar ? QVariant{column.bar(row)} : QVariant{};
        default:
            return {};
        }
    }
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const final
    {
        if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
            return {};
        const auto at = static_cast<std::size_t>(section);
        const Column<Row>& column = m_columns[at];
        switch (role) {
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(column.alignment() | Qt::AlignVCenter);
        case Qt::DisplayRole:
            return QCoreApplication::translate("Columns", column.title);
        case ColumnIdRole:
            return QString::fromLatin1(column.id);
        case ColumnKindRole:
            return static_cast<int>(column.kind);
        case TotalRole:
            return at < totals().size() ? QVariant::fromValue(totals()[at]) : QVariant{};
        case TotalTextRole:
            return at < totals().size() ? QVariant{cellText(totals()[at], m_money)} : QVariant{};
        default:
            return {};
        }
    }

private:
    class Source final : public RowSource {
    public:
        Source(Rows rows, std::span<const Column<Row>> columns, MoneyText money)
            : m_rows{std::move(rows)}
            , m_columns{columns}
            , m_money{std::move(money)}
        {
        }
        [[nodiscard]] std::size_t size() const override { return m_rows->size(); }
        [[nodiscard]] CellKind kind(int column) const override { return at(column).kind; }
        [[nodiscard]] TableCell value(std::size_t row, int column) const override
        {
            return at(column).value((*m_rows)[row]);
        }
        [[nodiscard]] QString text(std::size_t row, int column) const override
        {
            return at(column).display((*m_rows)[row], m_money);
        }

    private:
        [[nodiscard]] const Column<Row>& at(int column) const
        {
            return m_columns[static_cast<std::size_t>(column)];
        }
        Rows m_rows;
        std::span<const Column<Row>> m_columns;
        MoneyText m_money;
    };

    static QVariant tokenOf(const Column<Row>& column, const Row& row)
    {
        const std::optional<Token> token = column.token ? column.token(row) : std::nullopt;
        return token ? QVariant{static_cast<int>(*token)} : QVariant{};
    }

    std::span<const Column<Row>> m_columns;
    MoneyText m_money;
    Rows m_rows;
};

} // namespace sluice::ui
