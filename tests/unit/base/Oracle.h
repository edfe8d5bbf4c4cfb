// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Decimal.h"
#include "core/base/Random.h"

#include <boost/multiprecision/cpp_int.hpp>

// Slow and plain arithmetic without bounds, to compare the fast and bounded one with.
namespace sluice::test {

using Big = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<>,
    boost::multiprecision::et_off>;

inline Big big(Int128 value)
{
    Big result{static_cast<std::int64_t>(value >> 64)};
    result <<= 64;
    return result + Big{static_cast<std::uint64_t>(value)};
}

inline Big bigPower(int exponent)
{
    return boost::multiprecision::pow(Big{10}, static_cast<unsigned>(exponent));
}

// numerator / denominator by school rules: the two neighbours, the distance to each, and the name
// of the rounding.
inline Big bigDivide(const Big& numerator, const Big& denominator, Rounding rounding)
{
    const bool negative = (numerator < 0) != (denominator < 0);
    const Big top = boost::multiprecision::abs(numerator);
    const Big bottom = boost::multiprecision::abs(denominator);
    Big size = top / bottom;
    const Big rest = top - size * bottom;
    bool up = false;
    switch (rounding) {
    case Rounding::Down:
        break;
    case Rounding::Up:
        up = rest != 0;
        break;
    case Rounding::HalfUp:
        up = rest * 2 >= bottom;
        break;
    case Rounding::HalfEven:
        up = rest * 2 > bottom || (rest * 2 == bottom && size % 2 == 1);
        break;
    }
    if (up)
        ++size;
    if (negative)
        size = 0 - size;
    return size;
}

// mantissa × 10^-scale as plain text without trailing zeros.
inline std::string bigText(const Big& mantissa, int scale)
{
    std::string digits = boost::multiprecision::abs(mantissa).str();
    while (static_cast<int>(digits.size()) <= scale)
        digits.insert(digits.begin(), '0');
    std::string whole = digits.substr(0, digits.size() - static_cast<std::size_t>(scale));
    std::string fraction = digits.substr(digits.size() - static_cast<std::size_t>(scale));
    while (!fraction.empty() && fraction.back() == '0')
        fraction.pop_back();
    return (mantissa < 0 ? "-" : "") + whole + (fraction.empty() ? "" : "." + fraction);
}

// Sizes from one bit to all of them, so that small numbers, ties and the limits all come up.
inline Int128 anyInt128(SeededRandom& random)
{
    const UInt128 bits = (static_cast<UInt128>(random.next()) << 64) | random.next();
    const UInt128 size = bits >> random.below(127);
    return random.chance(1, 2) ? static_cast<Int128>(size >> 1) : -static_cast<Int128>(size >> 1);
}

inline std::int64_t anyInt64(SeededRandom& random)
{
    return static_cast<std::int64_t>(random.next()) >> random.below(63);
}

constexpr std::array<Rounding, 4> AllRoundings{
    Rounding::HalfEven, Rounding::HalfUp, Rounding::Down, Rounding::Up};

} // namespace sluice::test
