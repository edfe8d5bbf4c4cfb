// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/RuleCheck.h"

#include "core/base/Currency.h"
#include "core/ingest/FlatObject.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <utility>

namespace sluice {
namespace {

constexpr std::array<std::pair<std::string_view, CheckFunction>, 30> FunctionNames{{
    {"AND", CheckFunction::And},
    {"OR", CheckFunction::Or},
    {"ColumnPresent", CheckFunction::ColumnPresent},
    {"CheckDistinctCount", CheckFunction::CheckDistinctCount},
    {"FormatKeyValue", CheckFunction::FormatKeyValue},
    {"CheckValue", CheckFunction::CheckValue},
    {"CheckNotValue", CheckFunction::CheckNotValue},
    {"CheckNotSameValue", CheckFunction::CheckNotSameValue},
    {"CheckSameValue", CheckFunction::CheckSameValue},
    {"CheckDecimalValue", CheckFunction::CheckDecimalValue},
    {"CheckGreaterOrEqualThanValue", CheckFunction::CheckGreaterOrEqualThanValue},
    {"CheckModelRule", CheckFunction::CheckModelRule},
    {"CheckNationalCurrency", CheckFunction::CheckNationalCurrency},
    {"TypeDecimal", CheckFunction::TypeDecimal},
    {"TypeString", CheckFunction::TypeString},
    {"FormatDateTime", CheckFunction::FormatDateTime},
    {"FormatNumeric", CheckFunction::FormatNumeric},
    {"FormatString", CheckFunction::FormatString},
    {"FormatUnit", CheckFunction::FormatUnit},
    {"FormatCurrency", CheckFunction::FormatCurrency},
    {"ColumnByColumnEqualsColumnValue", CheckFunction::ColumnByColumnEqualsColumnValue},
    {"TypeDateTime", CheckFunction::TypeDateTime},
    {"FormatJson", CheckFunction::FormatJson},
    {"FormatCurrencyCode", CheckFunction::FormatCurrencyCode},
    {"CheckSameNumber", CheckFunction::CheckSameNumber},
    {"CheckAtLeastColumn", CheckFunction::CheckAtLeastColumn},
    {"CheckBefore", CheckFunction::CheckBefore},
    {"CheckNotAfter", CheckFunction::CheckNotAfter},
    {"CheckLedgerRange", CheckFunction::CheckLedgerRange},
    {"CheckColumnNames", CheckFunction::CheckColumnNames},
}};

bool isLetter(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isDigit(char c) noexcept
{
    return c >= '0' && c <= '9';
}
// Letters of other scripts are letters too: any byte of a UTF-8 sequence counts.
bool isUnitCharacter(char c) noexcept
{
    return isLetter(c) || isDigit(c) || c == '_' || c == '%' || c == '.'
        || static_cast<unsigned char>(c) >= 0x80;
}

// The most negative number has no counterpart; one less in size does not matter here.
Int128 magnitude(Int128 value) noexcept
{
    constexpr Int128 Lowest = Int128{1} << 126;
    if (value == -Lowest - Lowest)
        ++value;
    return value < 0 ? -value : value;
}

void dropZeros(Decimal& value) noexcept
{
    while (value.scale > 0 && value.mantissa % 10 == 0) {
        value.mantissa /= 10;
        --value.scale;
    }
}

// a × b. Exact while it fits; else the longer operand gives up its last digits, which are more than
// ten orders of magnitude below any tolerance.
bool multiply(Decimal a, Decimal b, Decimal& product) noexcept
{
    if (__builtin_mul_overflow(a.mantissa, b.mantissa, &product.mantissa)) {
        dropZeros(a);
        dropZeros(b);
        while (__builtin_mul_overflow(a.mantissa, b.mantissa, &product.mantissa)) {
            Decimal& longer = magnitude(a.mantissa) >= magnitude(b.mantissa) ? a : b;
            if (longer.scale == 0)
                return false;
            longer.mantissa = divideRounded(longer.mantissa, 10, Rounding::HalfEven);
            --longer.scale;
        }
    }
    product.scale = a.scale + b.scale;
    return true;
}

bool withinTolerance(Decimal product, const Decimal& result, int scale) noexcept
{
    Int128 left = 0;
    Int128 right = 0;
    Int128 difference = 0;
    if (product.scale > scale) {
        const int down = product.scale - scale;
        left = down > 38 ? Int128{0}
                         : divideRounded(product.mantissa, powerOfTen(down), Rounding::HalfEven);
    } else if (!rescale(product, scale, Rounding::HalfEven, left)) {
        return false;
    }
    if (!rescale(result, scale, Rounding::HalfEven, right)
        || __builtin_sub_overflow(left, right, &difference))
        return false;
    difference = magnitude(difference);
    const Int128 unit = powerOfTen(scale - result.scale);
    return difference <= unit / 2 || difference <= magnitude(right) / 1'000'000;
}

} // namespace

std::optional<CheckFunction> parseCheckFunction(std::string_view name)
{
    for (const auto& [text, function] : FunctionNames) {
        if (text == name)
            return function;
    }
    return {};
}

std::string_view checkFunctionName(CheckFunction function)
{
    for (const auto& entry : FunctionNames) {
        if (entry.second == function)
            return entry.first;
    }
    return {};
}

bool isWellFormedString(std::string_view text) noexcept
{
    bool control = false; // no early way out, so that the loop becomes vector code
    unsigned char any = 0;
    for (const char c : text) {
        control |= static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
        any = static_cast<unsigned char>(any | static_cast<unsigned char>(c));
    }
    return !control && (any < 0x80 || simdjson::validate_utf8(text));
}

bool isNumericFormat(std::string_view text) noexcept
{
    Decimal value;
    return text.find('+') == std::string_view::npos && tryParseDecimal(text, value);
}

bool isUnitFormat(std::string_view text) noexcept
{
    if (text.empty() || text.front() == ' ' || text.back() == ' ')
        return false;
    bool wordStarts = true; // a word must stand on each side of every '-', '/' and blank
    bool letters = false;
    for (const char c : text) {
        if (isUnitCharacter(c)) {
            wordStarts = false;
            letters = letters || !(isDigit(c) || c == '.');
        } else if ((c != ' ' && c != '-' && c != '/') || wordStarts) {
            return false;
        } else {
            wordStarts = true;
        }
    }
    return letters && !wordStarts;
}

bool isCurrencyFormat(std::string_view text) noexcept
{
    const bool threeCapitals = text.size() == 3
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (threeCapitals)
        return isIso4217(text);
    return !text.empty()
        && std::all_of(text.begin(), text.end(),
            [](char c) { return isUnitCharacter(c) || c == ' ' || c == '-'; })
        && std::any_of(text.begin(), text.end(), isLetter) && isWellFormedString(text);
}

bool isKeyValueFormat(std::string_view text)
{
    if (text.empty() || text.front() != '{')
        return false;
    const auto object = readFlatObject(text);
    return object && object->isFlat;
}

bool isJsonFormat(std::string_view text)
{
    if (text.empty())
        return false;
    simdjson::dom::parser parser;
    simdjson::dom::element element;
    return parser.parse(text.data(), text.size()).get(element) == simdjson::SUCCESS
        && (element.is_object() || element.is_array());
}

bool productMatches(const Decimal& a, const Decimal& b, const Decimal& result) noexcept
{
    Decimal product;
    if (!multiply(a, b, product))
        return false;
    // One more digit than the result has, so that half a unit of its last place is a whole number.
    for (int scale = std::max(product.scale, result.scale + 1);; --scale) {
        Int128 scaled = 0;
        const bool fits
            = scale - result.scale <= 38 && rescale(result, scale, Rounding::Down, scaled);
        if (scale <= result.scale + 1 || fits)
            return withinTolerance(product, result, scale);
    }
}

} // namespace sluice
