// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/UnitPrice.h"

#include <limits>

namespace sluice {

Scaled Scaled::fromDecimal(Decimal value) noexcept
{
    // The digits that do not fit are dropped in one step: digit by digit would round twice.
    int drop = 0;
    Int128 mantissa = value.mantissa;
    while ((!fitsInt64(mantissa) || value.scale - drop > MaxScale) && drop < value.scale)
        mantissa = dropDigits(value.mantissa, ++drop, Rounding::HalfEven);
    Scaled result;
    if (!fitsInt64(mantissa)) {
        mantissa = mantissa < 0 ? std::numeric_limits<std::int64_t>::min()
                                : std::numeric_limits<std::int64_t>::max();
    }
    result.mantissa = static_cast<std::int64_t>(mantissa);
    result.scale = static_cast<std::uint8_t>(value.scale - drop);
    result.exact
        = (drop == 0 && mantissa == value.mantissa) || compare(result.toDecimal(), value) == 0;
    return result;
}

Result<Money> multiply(UnitPrice price, Quantity quantity, Currency currency, Rounding rounding)
{
    const Int128 product = static_cast<Int128>(price.mantissa) * quantity.mantissa;
    const int drop = price.scale + quantity.scale - currency.scale();
    Int128 units = 0;
    if (drop >= 0)
        units = dropDigits(product, drop, rounding);
    if ((drop < 0 && __builtin_mul_overflow(product, powerOfTen(-drop), &units))
        || !fitsInt64(units))
        return Error{
            ErrorCode::Overflow, {}, "price times quantity is more than the ledger can hold", {}};
    return Money{static_cast<std::int64_t>(units), currency};
}

} // namespace sluice
