// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Decimal.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// The check functions of the published requirements model, then ours (from FormatJson on).
enum class CheckFunction : std::uint8_t {
    And,
    Or,
    ColumnPresent,
    CheckDistinctCount,
    FormatKeyValue,
    CheckValue,
    CheckNotValue,
    CheckNotSameValue,
    CheckSameValue,
    CheckDecimalValue,
    CheckGreaterOrEqualThanValue,
    CheckModelRule,
    CheckNationalCurrency,
    TypeDecimal,
    TypeString,
    FormatDateTime,
    FormatNumeric,
    FormatString,
    FormatUnit,
    FormatCurrency,
    ColumnByColumnEqualsColumnValue,
    TypeDateTime,
    FormatJson, // any JSON object or array
    FormatCurrencyCode, // three capital letters, whether ISO lists them or not
    CheckSameNumber, // A = B as numbers
    CheckAtLeastColumn, // A ≥ B as numbers
    CheckBefore, // A < B as instants
    CheckNotAfter, // A ≤ B as instants
    CheckLedgerRange, // A fits the ledger's integers in currency B
    CheckColumnNames, // every column is FOCUS's or starts with x_
};
std::optional<CheckFunction> parseCheckFunction(std::string_view name);
std::string_view checkFunctionName(CheckFunction function);

// One node of a requirement or condition, as read from the model.
struct RuleCheck {
    CheckFunction function{CheckFunction::And};
    std::string columnA; // ColumnName, ColumnAName
    std::string columnB;
    std::string columnC; // ResultColumnName
    std::optional<std::string> value; // nothing is null
    bool valueIsNumber{false};
    std::int64_t count{0}; // ExpectedCount
    std::string rule; // ModelRuleId
    std::vector<RuleCheck> items;
};

// The formats behind the check functions. All are total: any bytes give an answer.
// UTF-8 without control characters
[[nodiscard]] bool isWellFormedString(std::string_view text) noexcept;
[[nodiscard]] bool isNumericFormat(std::string_view text) noexcept; // a decimal without "e+"
// [n] Unit[-Interval][/Interval], letters, digits, _ % .
[[nodiscard]] bool isUnitFormat(std::string_view text) noexcept;
// ISO 4217 or a virtual currency's name
[[nodiscard]] bool isCurrencyFormat(std::string_view text) noexcept;
// one flat JSON object, keys unique, values scalar
[[nodiscard]] bool isKeyValueFormat(std::string_view text);
[[nodiscard]] bool isJsonFormat(std::string_view text);
// a × b equals result within half a unit of the result's last written place or 10^-6 of it,
// whichever is larger.
[[nodiscard]] bool productMatches(
    const Decimal& a, const Decimal& b, const Decimal& result) noexcept;

} // namespace sluice
