// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// One value of a small CSV file and where it stands: 1-based line and column (bytes) of its first
// character.
struct CsvField {
    std::string text;
    std::size_t line{0};
    std::size_t column{0};
};
using CsvRow = std::vector<CsvField>;

// Reads a small table that is wholly in memory (an organisation, a list of rates): RFC 4180 with
// comma, semicolon or tab (the one most frequent in the first line), any line end, a byte order
// mark, blank lines left out. BadInput, with file, line and column, for text that is not UTF-8, an
// unterminated quote or text after a closing quote. Cost exports of any size go through the
// streaming reader of core/ingest.
Result<std::vector<CsvRow>> parseCsvText(std::string_view text, std::string_view fileName);

// The text as one CSV value, quoted where it has to be (with any of the three separators).
std::string csvQuoted(std::string_view text);

// Whether a spreadsheet takes the text for a formula: it begins with = + - @, a tab or a line end,
// in the ASCII or the full-width form.
[[nodiscard]] bool startsFormula(std::string_view text) noexcept;
// The text as one value of a file for spreadsheets (comma): quoted where RFC 4180 asks for it;
// with `formulaSafe` a text that would be taken for a formula begins with an apostrophe.
std::string csvCell(std::string_view text, bool formulaSafe);

// "people.csv:3:17", the form in which a place in a text file is named.
std::string textPlace(std::string_view fileName, std::size_t line, std::size_t column);

} // namespace sluice
