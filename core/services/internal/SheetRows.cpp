// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/SheetRows.h"

namespace sluice {

Result<std::uint64_t> forEachRow(const TableSheet& sheet, const TaskContext& context,
    const std::function<Status(const TableSheet::Row&)>& take)
{
    constexpr std::uint64_t ReportRows = 1024;
    TableSheet::Row row;
    std::uint64_t rows = 0;
    while (sheet.next) {
        if (context.stopRequested())
            return TaskContext::cancelled();
        SLUICE_TRY(const bool more, sheet.next(row, context));
        if (!more)
            break;
        SLUICE_TRY_DO(take(row));
        if (++rows % ReportRows == 0)
            context.report({sheet.title, rows, sheet.rows});
    }
    if (context.stopRequested())
        return TaskContext::cancelled();
    return rows;
}

} // namespace sluice
