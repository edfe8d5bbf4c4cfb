// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/TableText.h"

#include <algorithm>
#include <numeric>

namespace sluice::ui {

namespace {

void append(QString& out, QString cell, bool first)
{
    if (!first)
        out += u'\t';
    for (const QChar breaking : {u'\t', u'\n', u'\r'})
        cell.replace(breaking, u' ');
    out += cell;
}

} // namespace

QString headerLine(const QAbstractItemModel& model, const std::vector<int>& columns)
{
    QString line;
    for (const int column : columns)
        append(
            line, model.headerData(column, Qt::Horizontal).toString(), column == columns.front());
    return line;
}

QString tableText(
    const QAbstractItemModel& model, const QModelIndexList& rows, const std::vector<int>& columns)
{
    QModelIndexList sorted = rows;
    std::ranges::sort(sorted, {}, [](const QModelIndex& index) { return index.row(); });
    QString text = headerLine(model, columns);
    for (const QModelIndex& row : sorted) {
        text += u'\n';
        for (const int column : columns)
            append(text, row.siblingAtColumn(column).data().toString(), column == columns.front());
    }
    return text;
}

QString tableText(const QAbstractItemModel& model, const QModelIndexList& rows)
{
    std::vector<int> all(static_cast<std::size_t>(model.columnCount()));
    std::iota(all.begin(), all.end(), 0);
    return tableText(model, rows, all);
}

Result<QString> tableText(const TableReader& reader, const QString& header,
    const std::vector<RowRange>& ranges, const std::vector<int>& columns,
    const TaskContext& context)
{
    QString text = header;
    SLUICE_TRY_DO(reader.read(
        ranges, columns, TableReader::Want::Texts,
        [&text](const std::vector<TableReader::Cell>& cells) {
            text += u'\n';
            for (std::size_t i = 0; i < cells.size(); ++i)
                append(text, cells[i].text, i == 0);
            return Status::success();
        },
        context));
    return text;
}

} // namespace sluice::ui
