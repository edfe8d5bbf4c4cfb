// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Int128.h"
#include "core/base/Result.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace sluice {

// How a value that lies between two representable ones is resolved. Always named, never a default.
enum class Rounding : std::uint8_t { HalfEven, HalfUp, Down, Up };

// An exact decimal: mantissa × 10^-scale. Scale is 0 … MaxScale; "1e-7" is {1, 7}, "1e3" is {1000, 0}.
struct Decimal {
    static constexpr int MaxScale = 36;

    Int128 mantissa{0};
    int scale{0};

    [[nodiscard]] bool isZero() const noexcept { return mantissa == 0; }
    [[nodiscard]] bool isNegative() const noexcept { return mantissa < 0; }
};

// FOCUS NumericFormat: digits, optional '-', optional '.', optional exponent (mEn). No thousands separator, no symbol.
// Never goes through binary floating point. Error Parse-like (BadInput) names what is wrong; Overflow when
// it does not fit 128 bits.
Result<Decimal> parseDecimal(std::string_view text);
// The same for the hot path: no allocation, false instead of an error.
[[nodiscard]] bool tryParseDecimal(std::string_view text, Decimal& out) noexcept;

// Exact text without exponent and without trailing zeros: "-0.000001", "12". Zero is "0".
std::string toString(const Decimal& value);
// The same with trailing zeros kept: {1200, 3} is "1.200".
std::string toStringFixed(const Decimal& value);

// value rounded to `scale` digits, as an integer of 10^-scale. False on 128-bit overflow.
[[nodiscard]] bool rescale(const Decimal& value, int scale, Rounding rounding, Int128& out) noexcept;
[[nodiscard]] Int128 divideRounded(Int128 numerator, Int128 denominator, Rounding rounding) noexcept;
[[nodiscard]] Int128 powerOfTen(int exponent) noexcept; // 0 … 38

// -1, 0, 1 by value, exact for all scales.
[[nodiscard]] int compare(const Decimal& a, const Decimal& b) noexcept;

// An exact sum of any number of decimals of any scale: it keeps one 128-bit sum per scale, so that nothing is
// rounded before the text is made. This is what makes a control total equal the file's to the last digit.
class DecimalSum {
public:
    void add(const Decimal& value) noexcept { addTo(value, 1); }
    void subtract(const Decimal& value) noexcept { addTo(value, -1); }
    void add(const DecimalSum& other) noexcept;
    void subtract(const DecimalSum& other) noexcept;
    // Exact; no exponent; no trailing zeros.
    [[nodiscard]] std::string toString() const;
    [[nodiscard]] bool isZero() const { return toString() == "0"; }

private:
    void addTo(const Decimal& value, int sign) noexcept;

    std::array<Int128, Decimal::MaxScale + 1> m_sums{};
};

} // namespace sluice
