// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/BusinessDate.h"
#include "core/base/Currency.h"
#include "core/base/Decimal.h"
#include "core/base/TaskContext.h"
#include "core/base/Timestamp.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// What the values of a column are. It decides how they are sorted, aligned, summed and exported.
enum class CellKind : std::uint8_t {
    Text,
    Money, // a whole number of the currency's scale
    Count,
    Number, // an exact decimal that is no money
    Percent, // a share: 0.25 is 25 %
    Date, // a calendar day
    Instant, // UTC
};
// Whether its values are numbers that stand to the right.
[[nodiscard]] constexpr bool isNumeric(CellKind kind) noexcept
{
    return kind == CellKind::Money || kind == CellKind::Count || kind == CellKind::Number
        || kind == CellKind::Percent;
}

// The raw value of one cell of a table: exact, and the same for sorting, sums, copies and exports.
struct TableCell {
    CellKind kind{CellKind::Text};
    bool none{true}; // there is no value
    bool ranked{false}; // a text that is sorted by `number`, not by its letters
    Currency currency; // of Money
    Decimal number; // days since 1970 of a Date, microseconds of an Instant
    std::string text; // of Text

    static TableCell nothing(CellKind kind);
    static TableCell ofText(std::string text);
    static TableCell ofRanked(std::string text, std::int64_t rank);
    static TableCell ofMoney(Int128 units, Currency currency);
    static TableCell ofCount(std::uint64_t count);
    static TableCell ofNumber(const Decimal& number);
    // part / whole to six decimals; nothing where the whole is zero.
    static TableCell ofPercent(Int128 part, Int128 whole);
    static TableCell ofDate(BusinessDate day);
    static TableCell ofInstant(Timestamp instant);

    // Exact, for files and programs: no grouping, a point, ISO dates. Empty where there is none.
    [[nodiscard]] std::string exactText() const;
};

// A column of an exported table.
struct SheetColumn {
    std::string id; // stable, snake_case
    std::string title; // as people read it
    CellKind kind{CellKind::Text};
    bool codeColumn{false}; // its amounts are of several currencies: a column with the code follows
};

// The words that the export adds of its own, in the language of who reads it. %1 is what it names.
struct SheetWords {
    std::string filter{"Filter: %1"};
    std::string freshness{"Data: %1"};
    std::string revision{"Ledger revision: %1"};
    std::string madeAt{"Made: %1"};
    std::string currencyOf{"%1, currency"};
    std::string longNumbers{"%1 numbers have more digits than a spreadsheet keeps: they are text"};
    std::string page{"Page %1 of %2"};
};

// A table as it is written to a file, exactly what is shown: its caption, columns and rows. The
// rows are pulled one by one, so that a million of them stream. Immutable but for what `next`
// keeps; a sheet is exported once.
struct TableSheet {
    using Row = std::vector<TableCell>;
    // Fills the next row, one cell for each column; false when there is none left. Called on the
    // thread that exports.
    using Next = std::function<Result<bool>(Row&, const TaskContext&)>;

    std::string title;
    std::string filter; // the sentence that says what is shown; empty: nothing is narrowed
    std::string freshness;
    std::optional<std::uint64_t> revision;
    Timestamp madeAt;
    std::vector<SheetColumn> columns;
    std::uint64_t rows{0}; // how many will come, for the progress; 0: not known
    Next next;
    std::vector<Row> totals; // below the rows
    SheetWords words;

    // Title, filter, freshness, revision and instant as lines for people; none of them empty.
    [[nodiscard]] std::vector<std::string> caption() const;
};

// `pattern` with %1, and %2 where given, replaced.
std::string filledIn(
    std::string_view pattern, std::string_view first, std::string_view second = {});

} // namespace sluice
