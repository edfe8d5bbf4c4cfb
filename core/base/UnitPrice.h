// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Decimal.h"
#include "core/base/Money.h"

namespace sluice {

// An exact number held as mantissa × 10^-scale in 64 + 7 bits, as it stands in the file.
// Longer numbers are rounded half-even to what fits; `exact` says that this did not change them.
struct Scaled {
    static constexpr int MaxScale = 127; // with `exact` one byte of a segment

    std::int64_t mantissa{0};
    std::uint8_t scale{0};
    bool exact{true};

    static Scaled fromDecimal(Decimal value) noexcept;
    [[nodiscard]] Decimal toDecimal() const noexcept { return {mantissa, scale}; }
    bool operator==(const Scaled&) const noexcept = default;
};

// A price per unit (per token, per GB-hour) in the charge's currency: far below what Money can
// hold.
struct UnitPrice : Scaled { };
// How much was used or priced, in the charge's unit.
struct Quantity : Scaled { };

// The only crossing from price and quantity to money; the rounding is named by the caller.
Result<Money> multiply(UnitPrice price, Quantity quantity, Currency currency, Rounding rounding);

} // namespace sluice
