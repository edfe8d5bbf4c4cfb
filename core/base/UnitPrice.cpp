// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/UnitPrice.h"

namespace sluice {

Scaled Scaled::fromDecimal(Decimal value) noexcept
{
    Scaled result;
    while (!fitsInt64(value.mantissa) && value.scale > 0) {
        result.exact = result.exact && value.mantissa % 10 == 0;
        value.mantissa = divideRounded(value.mantissa, 10, Rounding::HalfEven);
        --value.scale;
    }
    if (!fitsInt64(value.mantissa)) {
        result.exact = false;
        value.mantissa = value.mantissa < 0 ? std::numeric_limits<std::int64_t>::min()
                                            : std::numeric_limits<std::int64_t>::max();
    }
    result.mantissa = static_cast<std::int64_t>(value.mantissa);
    result.scale = static_cast<std::uint8_t>(value.scale);
    return result;
}

Result<Money> multiply(UnitPrice price, Quantity quantity, Currency currency, Rounding rounding)
{
    const Int128 product = static_cast<Int128>(price.mantissa) * quantity.mantissa;
    Int128 units = 0;
    const int scale = price.scale + quantity.scale;
    const bool fits = scale <= 38 + currency.scale()
        && (scale <= currency.scale()
                ? rescale(Decimal{product, scale}, currency.scale(), rounding, units)
                : (units = divideRounded(product, powerOfTen(scale - currency.scale()), rounding), true));
    if (!fits || !fitsInt64(units))
        return Error{ErrorCode::Overflow, {}, "price times quantity is more than the ledger can hold", {}};
    return Money{static_cast<std::int64_t>(units), currency};
}

} // namespace sluice
