// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/TableExport.h"

#include <QFont>
#include <QPageLayout>

#include <functional>

namespace sluice::ui {

// How a table is printed.
struct PdfChoice {
    QPageLayout page{QPageSize{QPageSize::A4}, QPageLayout::Landscape, QMarginsF{14, 14, 14, 14},
        QPageLayout::Millimeter};
    QFont font; // tabular figures; 8 points are used where it names no size
    // A value as people read it: amounts with their currency, dates in their language.
    std::function<QString(const TableCell&)> text;
};

// The table as a paged PDF: caption first, the titles on each page, totals below, "Page n of N".
// On any thread. As the other exports: whole or not at all, cancelled within 100 ms, the same
// errors. BadInput for more than 100,000 rows, some thousands of pages that nobody reads.
Result<SheetReport> exportPdf(const TableSheet& sheet, const std::string& path,
    const PdfChoice& choice, const TaskContext& context);

} // namespace sluice::ui
