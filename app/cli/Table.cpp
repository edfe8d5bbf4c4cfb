// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Table.h"

#include "core/base/Check.h"
#include "core/base/CsvText.h"
#include "core/base/Money.h"
#include "core/base/Utf8.h"

#include <algorithm>

namespace sluice {

namespace {

constexpr const char* ColumnGap = "  ";

std::string joined(const std::vector<std::string>& texts)
{
    std::string all;
    for (const std::string& text : texts)
        all += (all.empty() ? "" : "; ") + text;
    return all;
}

std::string padded(const std::string& text, std::size_t width, bool right)
{
    const std::string space(width - std::min(width, utf8Length(text)), ' ');
    return right ? space + text : text + space;
}

} // namespace

std::string printable(std::string_view text)
{
    std::string safe;
    const std::string repaired = repairUtf8(text);
    for (std::size_t i = 0; i < repaired.size(); ++i) {
        const auto byte = static_cast<unsigned char>(repaired[i]);
        const bool secondControl
            = byte == 0xC2 && static_cast<unsigned char>(repaired[i + 1]) < 0xA0;
        if (byte < 0x20) {
            // the picture of the control character
            safe += {'\xE2', '\x90', static_cast<char>(0x80 + byte)};
        } else if (byte == 0x7F) {
            safe += "\xE2\x90\xA1";
        } else if (secondControl) {
            safe += "\xEF\xBF\xBD";
            ++i;
        } else {
            safe += repaired[i];
        }
    }
    return safe;
}

std::string grouped(std::string_view digits)
{
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0)
            text += ',';
        text += digits[i];
    }
    return text;
}

std::string shownAmount(Int128 units, Currency currency)
{
    const int digits = currency.minorDigits();
    const Int128 rounded
        = divideRounded(units, powerOfTen(currency.scale() - digits), Rounding::HalfUp);
    const bool vanishes = rounded == 0 && units != 0;
    const Int128 shown = vanishes ? 1 : rounded < 0 ? -rounded : rounded;
    std::string text = grouped(toString(shown / powerOfTen(digits)));
    if (digits > 0) {
        const std::string fraction = toString(shown % powerOfTen(digits));
        text += '.' + std::string(static_cast<std::size_t>(digits) - fraction.size(), '0')
            + fraction;
    }
    if (units < 0)
        text.insert(0, "-");
    return vanishes ? (units < 0 ? ">" : "<") + text : text;
}

Cell Cell::none()
{
    return {};
}

Cell Cell::text(std::string_view text)
{
    Cell cell;
    cell.m_kind = Kind::Text;
    cell.m_exact = text;
    cell.m_shown = printable(text);
    return cell;
}

Cell Cell::shownAs(Cell exact, std::string_view shown)
{
    exact.m_shown = printable(shown);
    return exact;
}

Cell Cell::textOrNone(std::string_view text)
{
    return text.empty() ? none() : Cell::text(text);
}

Cell Cell::count(std::uint64_t number)
{
    Cell cell;
    cell.m_kind = Kind::Count;
    cell.m_exact = std::to_string(number);
    cell.m_shown = grouped(cell.m_exact);
    return cell;
}

Cell Cell::countOrNone(std::optional<std::uint64_t> number)
{
    return number ? count(*number) : none();
}

Cell Cell::amount(Int128 units, Currency currency)
{
    Cell cell;
    cell.m_kind = Kind::Decimal;
    cell.m_exact = amountText(units, currency);
    cell.m_shown = shownAmount(units, currency);
    cell.m_currency = currency;
    return cell;
}

Cell Cell::day(BusinessDate day)
{
    Cell cell = text(day.toIso());
    cell.m_kind = Kind::Day;
    return cell;
}

Cell Cell::decimal(std::string_view text)
{
    Cell cell;
    cell.m_kind = Kind::Decimal;
    cell.m_exact = text;
    cell.m_shown = printable(text);
    return cell;
}

Cell Cell::list(std::vector<std::string> texts)
{
    Cell cell;
    cell.m_kind = Kind::List;
    cell.m_exact = joined(texts);
    cell.m_shown = printable(cell.m_exact);
    cell.m_list = std::move(texts);
    return cell;
}

void Cell::writeJson(JsonWriter& json) const
{
    switch (m_kind) {
    case Kind::None:
        json.null();
        break;
    case Kind::Text:
    case Kind::Decimal:
    case Kind::Day:
        json.string(m_exact);
        break;
    case Kind::Count:
        json.count(std::stoull(m_exact));
        break;
    case Kind::List:
        json.beginArray();
        for (const std::string& text : m_list)
            json.string(text);
        json.endArray();
        break;
    }
}

TableCell Cell::sheetCell() const
{
    if (m_kind == Kind::None)
        return TableCell::nothing(CellKind::Text);
    if (m_kind == Kind::Day) {
        const auto day = BusinessDate::parseIso(m_exact);
        return day.ok() ? TableCell::ofDate(*day) : TableCell::ofText(m_exact);
    }
    const auto number = isNumber() ? parseDecimal(m_exact) : Result<Decimal>{Error{}};
    if (!number.ok()) // also a control total that is longer than any number
        return TableCell::ofText(m_exact);
    TableCell cell = TableCell::ofNumber(*number);
    cell.kind = m_kind == Kind::Count ? CellKind::Count
        : m_currency.isSet()          ? CellKind::Money
                                      : CellKind::Number;
    cell.currency = m_currency;
    return cell;
}

std::string Cell::csv() const
{
    return csvCell(m_exact, !isNumber());
}

void Table::addRow(std::vector<Cell> cells)
{
    SLUICE_CHECK(cells.size() == m_columns.size());
    m_rows.push_back(std::move(cells));
}

void Table::addTotal(std::vector<Cell> cells)
{
    SLUICE_CHECK(cells.size() == m_columns.size());
    m_totals.push_back(std::move(cells));
}

void Table::writeJsonRows(JsonWriter& json) const
{
    json.beginArray();
    for (const auto& row : m_rows) {
        json.beginObject();
        for (std::size_t i = 0; i < row.size(); ++i)
            row[i].writeJson(json.key(m_columns[i].key));
        json.endObject();
    }
    json.endArray();
}

std::string Table::csv() const
{
    std::string text;
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        text += (i == 0 ? "" : ",") + csvCell(m_columns[i].key, true);
    text += "\r\n";
    for (const auto& row : m_rows) {
        for (std::size_t i = 0; i < row.size(); ++i)
            text += (i == 0 ? "" : ",") + row[i].csv();
        text += "\r\n";
    }
    return text;
}

std::string Table::text() const
{
    std::vector<std::size_t> shown;
    std::vector<std::size_t> widths(m_columns.size());
    std::vector<bool> right(m_columns.size());
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        if (m_columns[i].title.empty())
            continue;
        shown.push_back(i);
        widths[i] = utf8Length(m_columns[i].title);
        for (const auto* rows : {&m_rows, &m_totals}) {
            for (const auto& row : *rows) {
                widths[i] = std::max(widths[i], utf8Length(row[i].shown()));
                right[i] = right[i] || row[i].isNumber();
            }
        }
    }
    const auto line = [&shown](const auto& cellOf) {
        std::string text;
        for (const std::size_t i : shown)
            text += (i == shown.front() ? "" : ColumnGap) + cellOf(i);
        text.erase(text.find_last_not_of(' ') + 1);
        return text + '\n';
    };
    const auto rowLine = [&](const std::vector<Cell>& row) {
        return line([&](std::size_t i) { return padded(row[i].shown(), widths[i], right[i]); });
    };
    const auto rule = [&] {
        return line([&](std::size_t i) {
            std::string dashes;
            for (std::size_t n = 0; n < widths[i]; ++n)
                dashes += "─";
            return dashes;
        });
    };
    std::string text = line([&](std::size_t i) {
        return padded(m_columns[i].title, widths[i], right[i]);
    }) + rule();
    for (const auto& row : m_rows)
        text += rowLine(row);
    if (!m_totals.empty())
        text += rule();
    for (const auto& row : m_totals)
        text += rowLine(row);
    return text;
}

} // namespace sluice
