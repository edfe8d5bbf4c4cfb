// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Decimal.h"

#include <cstdint>
#include <string_view>

namespace sluice {

// What a rule may ask of a cell, as bits: a plan says it per column, so that nothing else is
// parsed.
enum CellNeed : std::uint8_t { NeedText = 1, NeedDecimal = 2, NeedInstant = 4 };

// What a cell's number is that Decimal does not hold. Held: a WideDecimal holds it. TooLarge:
// nothing does, and no ledger would. None: no number, or one with more decimals than are held.
enum class LongNumber : std::uint8_t { None, Held, TooLarge };

// One cell of a record, read once and looked at by every rule. `text` is the cell's text without
// its quotes and must outlive the record only.
struct RuleCell {
    std::string_view text;
    Decimal decimal;
    std::int64_t seconds{0}; // UTC, since 1970
    bool isNull{true};
    bool decimalOk{false}; // `decimal` is the text's exact value
    LongNumber longNumber{LongNumber::None}; // where !decimalOk; `decimal` is nearest to one held
    bool instantOk{false}; // `seconds` is the instant the text names
    bool instantStrict{false}; // and the text is YYYY-MM-DDThh:mm:ssZ
};

// FOCUS null in a text file: nothing at all, or the word NULL.
[[nodiscard]] constexpr bool isNullText(std::string_view text) noexcept
{
    return text.empty() || text == "NULL";
}

void readLongNumber(RuleCell& cell); // one that is too long for a Decimal, or none
// Reads the text as a number.
inline void readNumber(RuleCell& cell)
{
    cell.decimalOk = tryParseDecimal(cell.text, cell.decimal);
    if (!cell.decimalOk) [[unlikely]]
        readLongNumber(cell);
}

// The cell with exactly what `needs` (bits of CellNeed) asks for.
[[nodiscard]] RuleCell readRuleCell(std::string_view text, std::uint8_t needs);

} // namespace sluice
