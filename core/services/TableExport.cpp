// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/TableExport.h"

#include "core/base/Check.h"
#include "core/base/CsvText.h"
#include "core/base/DurableFile.h"
#include "core/base/Utf8.h"
#include "core/services/internal/SheetRows.h"
#include "core/services/internal/XlsxFile.h"

#include <algorithm>

namespace sluice {

namespace {

constexpr std::string_view LineEnd = "\r\n"; // RFC 4180
constexpr std::string_view ByteOrderMark = "\xEF\xBB\xBF";

std::string onOneLine(std::string text)
{
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    return text;
}

std::string quoted(const std::string& text)
{
    const std::string cell = csvCell(text, false);
    return cell.front() == '"' ? cell : '"' + cell + '"';
}

// A row must not look like a line of the caption.
std::string field(const TableCell& cell)
{
    const std::string text = repairUtf8(cell.exactText());
    if (cell.kind == CellKind::Text && !text.empty() && text.front() == '#')
        return quoted(text);
    return csvCell(text, cell.kind == CellKind::Text);
}

class CsvFile {
public:
    CsvFile(const TableSheet& sheet, DurableWriter& file)
        : m_sheet{sheet}
        , m_file{file}
    {
    }

    Status caption()
    {
        for (const std::string& line : m_sheet.caption())
            SLUICE_TRY_DO(m_file.write("# " + onOneLine(repairUtf8(line)) + std::string{LineEnd}));
        return Status::success();
    }
    Status header()
    {
        std::string line;
        for (const SheetColumn& column : m_sheet.columns) {
            line += (line.empty() ? "" : ",") + csvCell(column.title, true);
            if (column.codeColumn)
                line += ',' + csvCell(filledIn(m_sheet.words.currencyOf, column.title), true);
        }
        return m_file.write(line + std::string{LineEnd});
    }
    Status row(const TableSheet::Row& cells)
    {
        SLUICE_CHECK(cells.size() == m_sheet.columns.size());
        std::string line;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i > 0)
                line += ',';
            line += field(cells[i]);
            if (m_sheet.columns[i].codeColumn)
                line.append(",").append(cells[i].none ? "" : cells[i].currency.code());
        }
        return m_file.write(line + std::string{LineEnd});
    }

private:
    const TableSheet& m_sheet;
    DurableWriter& m_file;
};

} // namespace

Result<SheetReport> exportCsv(const TableSheet& sheet, const std::string& path,
    const CsvChoice& choice, const TaskContext& context)
{
    SLUICE_TRY(DurableWriter file, DurableWriter::create(path));
    CsvFile csv{sheet, file};
    if (choice.byteOrderMark)
        SLUICE_TRY_DO(file.write(ByteOrderMark));
    if (choice.caption)
        SLUICE_TRY_DO(csv.caption());
    SLUICE_TRY_DO(csv.header());
    SLUICE_TRY(const std::uint64_t rows,
        forEachRow(sheet, context, [&](const auto& row) { return csv.row(row); }));
    if (choice.caption) {
        for (const TableSheet::Row& total : sheet.totals)
            SLUICE_TRY_DO(csv.row(total));
    }
    SLUICE_TRY_DO(file.commit());
    return SheetReport{rows, 0};
}

Result<SheetReport> exportXlsx(
    const TableSheet& sheet, const std::string& path, const TaskContext& context)
{
    // Made first, so that a path that cannot be written is told before the work.
    SLUICE_TRY(DurableWriter file, DurableWriter::create(path));
    SLUICE_TRY(XlsxFile workbook, XlsxFile::create(sheet, path));
    SLUICE_TRY(const std::uint64_t rows,
        forEachRow(sheet, context, [&](const auto& row) { return workbook.row(row); }));
    SLUICE_TRY_DO(workbook.finish(context));
    SLUICE_TRY_DO(workbook.copyTo(file, context));
    SLUICE_TRY_DO(file.commit());
    return SheetReport{rows, workbook.longNumbers()};
}

} // namespace sluice
