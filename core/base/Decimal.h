// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Int128.h"
#include "core/base/Result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

class WideDecimal;

// How a value that lies between two representable ones is resolved. Always named, never a default.
// Down is towards zero, Up away from it; HalfUp takes a tie away from zero, HalfEven to the even
// neighbour.
enum class Rounding : std::uint8_t { HalfEven, HalfUp, Down, Up };

// An exact decimal: mantissa × 10^-scale. Scale is 0 … MaxScale; "1e-7" is {1, 7}, "1e3" is {1000,
// 0}. Programs print costs that were doubles with all their decimals: MaxScale has room for each.
struct Decimal {
    static constexpr int MaxScale = 340;

    Int128 mantissa{0};
    int scale{0};

    [[nodiscard]] bool isZero() const noexcept { return mantissa == 0; }
    [[nodiscard]] bool isNegative() const noexcept { return mantissa < 0; }
};

// FOCUS NumericFormat: digits, optional '-', optional '.', optional exponent (mEn). No thousands
// separator, no symbol. Never goes through binary floating point. BadInput when it is no number,
// Overflow when it is one that does not fit 128 bits or MaxScale.
Result<Decimal> parseDecimal(std::string_view text);
// The same for the hot path: no allocation, false instead of an error.
[[nodiscard]] bool tryParseDecimal(std::string_view text, Decimal& out) noexcept;
// Whether it is a number in that format, be it one that does not fit.
[[nodiscard]] bool isDecimalText(std::string_view text) noexcept;

// Exact text without exponent and without trailing zeros: "-0.000001", "12". Zero is "0".
std::string toString(const Decimal& value);
// The same with trailing zeros kept: {1200, 3} is "1.200".
std::string toStringFixed(const Decimal& value);

// value rounded to `scale` digits, as an integer of 10^-scale. False on 128-bit overflow.
[[nodiscard]] bool rescale(
    const Decimal& value, int scale, Rounding rounding, Int128& out) noexcept;
[[nodiscard]] Int128 divideRounded(
    Int128 numerator, Int128 denominator, Rounding rounding) noexcept;
// value / 10^digits for any digits >= 0, also more than 38.
[[nodiscard]] Int128 dropDigits(Int128 value, int digits, Rounding rounding) noexcept;
[[nodiscard]] Int128 powerOfTen(int exponent) noexcept; // 0 … 38

// -1, 0, 1 by value, exact for all scales.
[[nodiscard]] int compare(const Decimal& a, const Decimal& b) noexcept;

// An exact sum of any number of decimals of any scale and size: it keeps one 128-bit sum per scale
// and counts how often each went round, so that nothing is rounded or lost before the text is made.
// Decimals too long for 128 bits are added up digit by digit, nine to a limb.
// This is what makes a control total equal the file's to the last digit.
class DecimalSum {
public:
    void add(const Decimal& value);
    void subtract(const Decimal& value);
    void add(const WideDecimal& value);
    void add(const DecimalSum& other);
    void subtract(const DecimalSum& other);
    // Exact; no exponent; no trailing zeros.
    [[nodiscard]] std::string toString() const;
    [[nodiscard]] bool isZero() const { return toString() == "0"; }

private:
    struct Part {
        Int128 sum{0};
        std::int64_t wraps{0}; // multiples of 2^128 that `sum` left out

        void add(Int128 value) noexcept;
        void subtract(Int128 value) noexcept;
    };
    Part& part(int scale);

    std::vector<Part> m_parts; // by scale, up to the largest that was met
    // the sum of wide values: signed limbs of 10^9, not carried, the first of the last decimals;
    // empty where there were none
    std::vector<std::int64_t> m_wide;
};

} // namespace sluice
