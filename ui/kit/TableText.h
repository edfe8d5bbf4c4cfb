// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/kit/TableModel.h"

#include <QModelIndexList>

namespace sluice::ui {

// What a clipboard gets: tab-separated, one line for each row, the titles first. A tab or line end
// in a cell is a blank.
[[nodiscard]] QString headerLine(const QAbstractItemModel& model, const std::vector<int>& columns);
// Of any model, on the GUI thread: for some rows.
[[nodiscard]] QString tableText(
    const QAbstractItemModel& model, const QModelIndexList& rows, const std::vector<int>& columns);
[[nodiscard]] QString tableText(const QAbstractItemModel& model, const QModelIndexList& rows);
// On a worker: for any number of them.
Result<QString> tableText(const TableReader& reader, const QString& header,
    const std::vector<RowRange>& ranges, const std::vector<int>& columns,
    const TaskContext& context);

} // namespace sluice::ui
