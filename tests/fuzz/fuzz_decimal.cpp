// SPDX-License-Identifier: GPL-3.0-or-later
// Any text: parsing never crashes, both parsers agree, and what was understood prints to text that
// is read back as the same value.
#include "core/base/Decimal.h"
#include "core/base/Money.h"
#include "core/base/UnitPrice.h"
#include "core/base/WideDecimal.h"

#include <cstddef>

namespace {

// What was held prints to text that is the same value, and is its own sum.
void checkWide(const sluice::WideDecimal& value)
{
    using namespace sluice;
    const std::string printed = value.toString();
    WideDecimal again;
    SLUICE_CHECK(WideDecimal::parse(printed, again) == WideDecimal::Fit::Held);
    SLUICE_CHECK(again.digits() == value.digits() && again.scale() == value.scale());
    DecimalSum sum;
    sum.add(value);
    SLUICE_CHECK(sum.toString() == printed);
    Decimal narrow;
    Int128 units = 0;
    if (tryParseDecimal(printed, narrow) && rescale(narrow, 9, Rounding::HalfEven, units))
        SLUICE_CHECK(!fitsInt64(units) || value.rounded(9) == units);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace sluice;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    Decimal fast;
    const bool understood = tryParseDecimal(text, fast);
    const Result<Decimal> slow = parseDecimal(text);
    SLUICE_CHECK(understood == slow.ok());
    WideDecimal wide;
    const WideDecimal::Fit fit = WideDecimal::parse(text, wide);
    SLUICE_CHECK((fit != WideDecimal::Fit::NoNumber) == isDecimalText(text));
    SLUICE_CHECK(!understood || fit == WideDecimal::Fit::Held);
    if (fit == WideDecimal::Fit::Held)
        checkWide(wide);
    if (!understood)
        return 0;
    SLUICE_CHECK(fast.scale >= 0 && fast.scale <= Decimal::MaxScale);
    for (const std::string& printed : {toString(fast), toStringFixed(fast)}) {
        Decimal again;
        SLUICE_CHECK(tryParseDecimal(printed, again));
        SLUICE_CHECK(compare(fast, again) == 0);
    }
    DecimalSum sum;
    sum.add(fast);
    SLUICE_CHECK(sum.toString() == toString(fast) && wide.toString() == toString(fast));
    sum.subtract(fast);
    SLUICE_CHECK(sum.isZero());
    for (const Rounding rounding :
        {Rounding::HalfEven, Rounding::HalfUp, Rounding::Down, Rounding::Up}) {
        Int128 units = 0;
        if (rescale(fast, 9, rounding, units) && fast.scale <= 9)
            SLUICE_CHECK(compare(fast, Decimal{units, 9}) == 0);
    }
    const Scaled scaled = Scaled::fromDecimal(fast);
    if (scaled.exact)
        SLUICE_CHECK(compare(scaled.toDecimal(), fast) == 0);
    if (const auto money = Money::fromDecimal(fast, Currency::literal("USD")); money.ok())
        SLUICE_CHECK(parseDecimal(money->toString()).ok());
    return 0;
}
