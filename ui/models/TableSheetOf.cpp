// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/TableSheetOf.h"

#include "ui/kit/ColumnState.h"
#include "ui/kit/TableModel.h"

#include <QCoreApplication>

#include <algorithm>

namespace sluice::ui {

namespace {

std::string tr(const char* source)
{
    return QCoreApplication::translate("TableSheet", source).toStdString();
}

SheetWords words()
{
    SheetWords words;
    words.filter = tr("Filter: %1");
    words.freshness = tr("Data: %1");
    words.revision = tr("Ledger revision: %1");
    words.madeAt = tr("Made: %1");
    words.currencyOf = tr("%1, currency");
    words.longNumbers = tr("%1 numbers have more digits than a spreadsheet keeps: they are text");
    words.page = tr("Page %1 of %2");
    return words;
}

// A text as it is shown, anything else as it is.
TableCell exported(TableCell value, const QString& text)
{
    return value.kind == CellKind::Text ? TableCell::ofText(text.toStdString()) : std::move(value);
}

// Block by block through the reader.
class Stream {
public:
    Stream(std::shared_ptr<const TableReader> reader, int rows, std::vector<int> columns)
        : m_reader{std::move(reader)}
        , m_rows{rows}
        , m_columns{std::move(columns)}
    {
    }
    Result<bool> next(TableSheet::Row& row, const TaskContext& context)
    {
        if (m_given == m_block.size()) {
            SLUICE_TRY_DO(refill(context));
            if (m_block.empty())
                return false;
        }
        row = std::move(m_block[m_given++]);
        return true;
    }

private:
    Status refill(const TaskContext& context)
    {
        constexpr int Block = 256;
        m_block.clear();
        m_given = 0;
        if (m_at >= m_rows)
            return Status::success();
        const RowRange range{m_at, std::min(m_at + Block, m_rows) - 1};
        m_at = range.last + 1;
        return m_reader->read(
            {range}, m_columns, TableReader::Want::Both,
            [this](const std::vector<TableReader::Cell>& cells) {
                TableSheet::Row& row = m_block.emplace_back();
                for (const TableReader::Cell& cell : cells)
                    row.push_back(exported(cell.value, cell.text));
                return Status::success();
            },
            context);
    }

    std::shared_ptr<const TableReader> m_reader;
    int m_rows;
    std::vector<int> m_columns;
    int m_at{0};
    std::vector<TableSheet::Row> m_block;
    std::size_t m_given{0};
};

// What is deeper in a tree stands further in, as on the screen.
void gather(const QAbstractItemModel& model, const QModelIndex& parent,
    const std::vector<int>& columns, int depth, std::vector<TableSheet::Row>& rows)
{
    constexpr int Indent = 2;
    for (int at = 0; at < model.rowCount(parent); ++at) {
        TableSheet::Row row;
        for (const int column : columns) {
            const QModelIndex index = model.index(at, column, parent);
            QString text = index.data().toString();
            if (column == 0)
                text.prepend(QString(depth * Indent, u' '));
            const QVariant value = index.data(SortKeyRole);
            row.push_back(exported(
                value.canConvert<TableCell>() ? value.value<TableCell>() : TableCell::ofText({}),
                text));
        }
        rows.push_back(std::move(row));
        gather(model, model.index(at, 0, parent), columns, depth + 1, rows);
    }
}

} // namespace

TableSheet tableSheetOf(
    const QAbstractItemModel& model, const std::vector<int>& columns, const SheetCaption& caption)
{
    TableSheet sheet;
    sheet.title = caption.title.toStdString();
    sheet.filter = caption.filter.toStdString();
    sheet.freshness = caption.freshness.toStdString();
    sheet.revision = caption.revision;
    sheet.madeAt = caption.madeAt;
    sheet.words = words();
    TableSheet::Row totals;
    bool hasTotals = false;
    for (const int column : columns) {
        const auto kind = static_cast<CellKind>(
            model.headerData(column, Qt::Horizontal, ColumnKindRole).toInt());
        sheet.columns.push_back({columnId(model, column).toStdString(),
            model.headerData(column, Qt::Horizontal).toString().toStdString(), kind,
            kind == CellKind::Money});
        const QVariant total = model.headerData(column, Qt::Horizontal, TotalRole);
        hasTotals = hasTotals || total.canConvert<TableCell>();
        totals.push_back(
            total.canConvert<TableCell>() ? total.value<TableCell>() : TableCell::nothing(kind));
    }
    if (hasTotals)
        sheet.totals.push_back(std::move(totals));
    const auto* table = qobject_cast<const TableModel*>(&model);
    if (const auto reader = table ? table->reader() : nullptr) {
        sheet.rows = static_cast<std::uint64_t>(model.rowCount());
        sheet.next = [stream = std::make_shared<Stream>(reader, model.rowCount(), columns)](
                         TableSheet::Row& row, const TaskContext& context) {
            return stream->next(row, context);
        };
        return sheet;
    }
    auto rows = std::make_shared<std::vector<TableSheet::Row>>();
    gather(model, {}, columns, 0, *rows);
    sheet.rows = rows->size();
    sheet.next = [rows, at = std::size_t{0}](
                     TableSheet::Row& row, const TaskContext&) mutable -> Result<bool> {
        if (at == rows->size())
            return false;
        row = (*rows)[at++];
        return true;
    };
    return sheet;
}

} // namespace sluice::ui
