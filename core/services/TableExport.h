// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/TableSheet.h"

namespace sluice {

// How a CSV file is written.
struct CsvChoice {
    // Excel takes UTF-8 for something else without it; other programs may stumble over it.
    bool byteOrderMark{true};
    // The caption as lines that begin with '#', and the totals below the rows. In the file itself,
    // because a second file gets lost on the way and figures without their filter are what disputes
    // are made of; off for a program that knows no comments.
    bool caption{true};
};

// What was written.
struct SheetReport {
    std::uint64_t rows{0}; // without header, caption and totals
    std::uint64_t longNumbers{0}; // numbers that had to become text (XLSX)
};

// The only door through which a table gets into a file. On a worker; the file appears whole under
// its name or not at all, and what stood there stays until then. A cancel shows within 100 ms and
// leaves nothing. Reports rows as progress. Errors: what `next` says, Cancelled, NotFound (no such
// folder), ReadOnly, DiskFull, Io, BadInput (a folder; a table that the format has no room for).

// RFC 4180 in UTF-8: exact decimals with a point, ISO dates, shares as fractions. A text that a
// spreadsheet would run as a formula begins with an apostrophe.
Result<SheetReport> exportCsv(const TableSheet& sheet, const std::string& path,
    const CsvChoice& choice, const TaskContext& context);
// One sheet: caption, a bold header with filters that stays while one scrolls, typed cells. A
// spreadsheet keeps 15 digits: a number that has more is written as text, exactly, and a line below
// says how many there are. BadInput for more than 1,048,576 rows.
Result<SheetReport> exportXlsx(
    const TableSheet& sheet, const std::string& path, const TaskContext& context);

} // namespace sluice
