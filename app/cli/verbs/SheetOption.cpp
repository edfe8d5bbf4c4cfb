// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/SheetOption.h"

#include "app/cli/Options.h"
#include "core/services/TableExport.h"

#include <algorithm>

namespace sluice {

namespace {

TableSheet::Row sheetRow(const std::vector<Cell>& cells)
{
    TableSheet::Row row;
    for (const Cell& cell : cells)
        row.push_back(cell.sheetCell());
    return row;
}

} // namespace

void SheetOption::declare(Options& options)
{
    options.option({"--xlsx", "FILE", "write the table to a spreadsheet, too"}, m_path);
}

Status SheetOption::write(
    const VerbContext& context, const Table& table, const Caption& caption) const
{
    if (!isWanted())
        return Status::success();
    TableSheet sheet;
    for (std::size_t i = 0; i < table.columns().size(); ++i) {
        const Table::Column& column = table.columns()[i];
        const bool number = std::any_of(table.rows().begin(), table.rows().end(),
            [i](const std::vector<Cell>& row) { return row[i].isNumber(); });
        sheet.columns.push_back({column.key, column.title.empty() ? column.key : column.title,
            number ? CellKind::Number : CellKind::Text});
    }
    for (const std::vector<Cell>& total : table.totals())
        sheet.totals.push_back(sheetRow(total));
    sheet.rows = table.size();
    sheet.next = [&table, at = std::size_t{0}](
                     TableSheet::Row& row, const TaskContext&) mutable -> Result<bool> {
        if (at == table.size())
            return false;
        row = sheetRow(table.rows()[at++]);
        return true;
    };
    return writeSheet(context, std::move(sheet), caption);
}

Status SheetOption::write(const VerbContext& context, const std::vector<std::string>& columns,
    const TableSheet::Next& next, const Caption& caption) const
{
    TableSheet sheet;
    for (const std::string& column : columns)
        sheet.columns.push_back({column, column});
    sheet.next = next;
    return writeSheet(context, std::move(sheet), caption);
}

Status SheetOption::writeSheet(
    const VerbContext& context, TableSheet sheet, const Caption& caption) const
{
    sheet.title = caption.title;
    sheet.filter = caption.filter;
    sheet.revision = caption.revision;
    sheet.madeAt = context.clock().now();
    SLUICE_TRY(const SheetReport report, exportXlsx(sheet, m_path, context.task()));
    context.output().note(
        (report.rows == 1 ? "1 row" : grouped(std::to_string(report.rows)) + " rows")
        + " written to " + m_path + ".");
    return Status::success();
}

} // namespace sluice
