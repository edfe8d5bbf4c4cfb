// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/TableSheet.h"

#include <QAbstractItemModel>
#include <QString>

#include <optional>
#include <vector>

namespace sluice::ui {

// What stands above an exported table.
struct SheetCaption {
    QString title;
    QString filter; // the sentence of the page
    QString freshness;
    std::optional<std::uint64_t> revision;
    Timestamp madeAt;
};

// The table exactly as it is shown: rows in their order, `columns` of the model from left to right,
// its totals (TotalRole). Values are the exact ones of SortKeyRole, texts as they are read. A
// TableModel is read row by row by whoever exports, on any thread; of another model, trees too, the
// rows are copied here, on the GUI thread. Words of the export in the window's language.
[[nodiscard]] TableSheet tableSheetOf(
    const QAbstractItemModel& model, const std::vector<int>& columns, const SheetCaption& caption);

} // namespace sluice::ui
