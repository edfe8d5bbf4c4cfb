// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Currency.h"
#include "core/base/Int128.h"
#include "core/base/JsonWriter.h"
#include "core/services/TableSheet.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// One value of a table: exact for programs, readable for people.
class Cell {
public:
    static Cell none(); // JSON null, otherwise empty
    static Cell text(std::string_view text);
    static Cell textOrNone(std::string_view text); // none when it is empty
    static Cell count(std::uint64_t number); // a JSON number; grouped for people
    static Cell countOrNone(std::optional<std::uint64_t> number);
    // a decimal string; rounded and grouped for people
    static Cell amount(Int128 units, Currency currency);
    static Cell day(BusinessDate day); // ISO
    static Cell decimal(std::string_view text); // exact digits everywhere
    static Cell shownAs(Cell exact, std::string_view shown); // people see something else
    static Cell list(std::vector<std::string> texts); // a JSON array; joined with "; " otherwise

    [[nodiscard]] bool isNumber() const noexcept
    {
        return m_kind == Kind::Count || m_kind == Kind::Decimal;
    }
    void writeJson(JsonWriter& json) const;
    // What a spreadsheet gets: exact; texts that it would take for a formula begin with an
    // apostrophe.
    [[nodiscard]] std::string csv() const;
    // What a spreadsheet file gets: the exact value with its type.
    [[nodiscard]] TableCell sheetCell() const;
    // What a terminal gets: no control characters, amounts with the currency's own digits.
    [[nodiscard]] const std::string& shown() const noexcept { return m_shown; }

private:
    enum class Kind : std::uint8_t { None, Text, Count, Decimal, Day, List };
    Kind m_kind{Kind::None};
    std::string m_exact;
    std::string m_shown;
    std::vector<std::string> m_list;
    Currency m_currency; // of an amount
};

// Columns and rows as data; each output format is made from the same cells.
class Table {
public:
    struct Column {
        std::string key; // snake_case, of JSON and CSV
        std::string title; // for people; empty: not shown to them
    };

    explicit Table(std::vector<Column> columns)
        : m_columns{std::move(columns)}
    {
    }
    void addRow(std::vector<Cell> cells); // as many as there are columns
    // Shown to people below a line; programs get totals by name, not as a row among rows.
    void addTotal(std::vector<Cell> cells);

    [[nodiscard]] const std::vector<Column>& columns() const noexcept { return m_columns; }
    [[nodiscard]] const std::vector<std::vector<Cell>>& rows() const noexcept { return m_rows; }
    [[nodiscard]] const std::vector<std::vector<Cell>>& totals() const noexcept { return m_totals; }
    [[nodiscard]] bool empty() const noexcept { return m_rows.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return m_rows.size(); }

    void writeJsonRows(JsonWriter& json) const; // an array of objects
    [[nodiscard]] std::string csv() const; // RFC 4180, with a header
    [[nodiscard]] std::string text() const; // aligned, numbers to the right

private:
    std::vector<Column> m_columns;
    std::vector<std::vector<Cell>> m_rows;
    std::vector<std::vector<Cell>> m_totals;
};

// Text that cannot drive a terminal: control characters become visible signs, bytes that are not
// UTF-8 U+FFFD.
std::string printable(std::string_view text);
// "1234567" → "1,234,567"
std::string grouped(std::string_view digits);
// For people: the currency's own number of digits, rounded half up, grouped: "71,012.35"; "<0.01"
// where rounding would show a zero that is none.
std::string shownAmount(Int128 units, Currency currency);

} // namespace sluice
