// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Decimal.h"

#include <optional>
#include <string>
#include <string_view>

namespace sluice {

// An exact decimal with more digits than a Decimal holds, as programs print that write a binary
// fraction with all its decimals. Rare: it is made where Decimal gives up, rounded once and added
// up (DecimalSum), and no arithmetic is done with it besides.
class WideDecimal {
public:
    // No double has more than 1,074 decimals, or more than 309 digits before them. Both are
    // multiples of the nine digits that DecimalSum adds up at a time.
    static constexpr int MaxDecimals = 1107;
    static constexpr int MaxWholeDigits = 324;

    // What a text is that Decimal does not hold. TooLarge: more digits than MaxWholeDigits before
    // the point. TooFine: more decimals than MaxDecimals.
    enum class Fit : std::uint8_t { NoNumber, Held, TooLarge, TooFine };

    // The value of a text in the format of isDecimalText(); `out` is set where it is held.
    static Fit parse(std::string_view text, WideDecimal& out);

    [[nodiscard]] bool isNegative() const noexcept { return m_negative; }
    // Without leading and trailing zeros; `scale` of them stand behind the point. Zero has none.
    [[nodiscard]] const std::string& digits() const noexcept { return m_digits; }
    [[nodiscard]] int scale() const noexcept { return m_scale; } // 0 … MaxDecimals

    // Rounded half-even to `scale` digits, as an integer of 10^-scale; nothing where that is more
    // than 37 digits.
    [[nodiscard]] std::optional<Int128> rounded(int scale) const;
    // Its first 36 digits, rounded; the largest Decimal there is where 37 do not reach its point.
    // For comparisons that have a tolerance far above that.
    [[nodiscard]] Decimal nearest() const;
    // Exact; no exponent; no trailing zeros.
    [[nodiscard]] std::string toString() const;

private:
    bool m_negative{false};
    std::string m_digits;
    int m_scale{0};
};

} // namespace sluice
