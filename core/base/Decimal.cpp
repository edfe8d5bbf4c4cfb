// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Decimal.h"

#include "core/base/WideDecimal.h"

#include <algorithm>
#include <array>

namespace sluice {
namespace {

constexpr std::array<Int128, 39> makePowers()
{
    std::array<Int128, 39> powers{};
    powers[0] = 1;
    for (std::size_t i = 1; i < powers.size(); ++i)
        powers[i] = powers[i - 1] * 10;
    return powers;
}
constexpr std::array<Int128, 39> Powers = makePowers();

bool isDigit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

// Puts the decimal point of `digits` so that `scale` digits follow it.
std::string withPoint(std::string digits, int scale, bool negative)
{
    const auto wanted = static_cast<std::size_t>(scale) + 1;
    if (digits.size() < wanted)
        digits.insert(0, wanted - digits.size(), '0');
    if (scale > 0)
        digits.insert(digits.size() - static_cast<std::size_t>(scale), ".");
    return negative ? "-" + digits : digits;
}

void trimZeros(std::string& text)
{
    if (text.find('.') == std::string::npos)
        return;
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.')
        text.pop_back();
}

struct ExponentText {
    bool ok{false};
    int value{0};
};

ExponentText parseExponent(std::string_view text) noexcept
{
    bool negative = false;
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
        negative = text.front() == '-';
        text.remove_prefix(1);
    }
    if (text.empty() || text.size() > 3 || !std::all_of(text.begin(), text.end(), isDigit))
        return {};
    int value = 0;
    for (const char c : text)
        value = value * 10 + (c - '0');
    return {true, negative ? -value : value};
}

// Moves an exponent into mantissa and scale. Zero digits that stand beyond MaxScale are dropped
// exactly.
bool applyExponent(Decimal& value, int exponent) noexcept
{
    int scale = value.scale - exponent;
    if (value.mantissa == 0) {
        value.scale = std::clamp(scale, 0, Decimal::MaxScale);
        return true;
    }
    while (scale > Decimal::MaxScale && value.mantissa % 10 == 0) {
        value.mantissa /= 10;
        --scale;
    }
    for (; scale < 0; ++scale) {
        if (__builtin_mul_overflow(value.mantissa, Int128{10}, &value.mantissa))
            return false;
    }
    value.scale = scale;
    return scale <= Decimal::MaxScale;
}

// The quotient of signed integers, of 64 bits or 128: the former are divided several times as fast.
template <class Number>
Number quotientOf(Number numerator, Number denominator, Rounding rounding) noexcept
{
    const Number quotient = numerator / denominator;
    const Number remainder = numerator % denominator;
    if (remainder == 0)
        return quotient;
    const Number away = (numerator < 0) != (denominator < 0) ? -1 : 1;
    // Both as negatives, which have one value more; the other part is compared instead of twice the
    // remainder.
    const Number part = remainder < 0 ? -remainder : remainder;
    const Number other = -((denominator < 0 ? denominator : -denominator) + part);
    switch (rounding) {
    case Rounding::Down:
        return quotient;
    case Rounding::Up:
        return quotient + away;
    case Rounding::HalfUp:
        return part >= other ? quotient + away : quotient;
    case Rounding::HalfEven:
        if (part != other)
            return part > other ? quotient + away : quotient;
        return quotient % 2 == 0 ? quotient : quotient + away;
    }
    return quotient;
}

} // namespace

Int128 powerOfTen(int exponent) noexcept
{
    SLUICE_CHECK(exponent >= 0 && exponent <= 38);
    return Powers[static_cast<std::size_t>(exponent)];
}

bool tryParseDecimal(std::string_view text, Decimal& out) noexcept
{
    const bool negative = !text.empty() && text.front() == '-';
    if (negative)
        text.remove_prefix(1);
    const char* at = text.data();
    const char* const end = at + text.size();
    // Up to 18 digits fit 64 bits, which is nearly every number of a real bill; the rest goes on in
    // 128.
    std::uint64_t small = 0;
    int digits = 0;
    int scale = 0;
    bool point = false;
    for (; at != end && digits < 18; ++at) {
        if (isDigit(*at)) {
            small = small * 10 + static_cast<std::uint64_t>(*at - '0');
            ++digits;
            scale += point ? 1 : 0;
        } else if (*at == '.' && !point) {
            point = true;
        } else {
            break;
        }
    }
    Int128 mantissa = negative ? -static_cast<Int128>(small) : static_cast<Int128>(small);
    int zeros = 0; // behind the point and not yet known to matter
    for (; at != end && (isDigit(*at) || (*at == '.' && !point)); ++at) {
        if (*at == '.') {
            point = true;
            continue;
        }
        ++digits;
        if (point && *at == '0') {
            ++zeros;
            continue;
        }
        scale += zeros + (point ? 1 : 0);
        for (; zeros > 0; --zeros) {
            if (__builtin_mul_overflow(mantissa, Int128{10}, &mantissa))
                return false;
        }
        if (__builtin_mul_overflow(mantissa, Int128{10}, &mantissa)
            || __builtin_add_overflow(
                mantissa, Int128{negative ? '0' - *at : *at - '0'}, &mantissa))
            return false;
    }
    if (digits == 0 || (point && at[-1] == '.'))
        return false;
    out.mantissa = mantissa;
    out.scale = scale;
    if (at == end && scale <= Decimal::MaxScale)
        return true;
    if (at == end)
        return applyExponent(out, 0);
    if (*at != 'e' && *at != 'E')
        return false;
    const ExponentText exponent = parseExponent({at + 1, static_cast<std::size_t>(end - at - 1)});
    return exponent.ok && applyExponent(out, exponent.value);
}

bool isDecimalText(std::string_view text) noexcept
{
    const auto skipDigits = [&] {
        const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
        text.remove_prefix(end);
        return end > 0;
    };
    if (!text.empty() && text.front() == '-')
        text.remove_prefix(1);
    bool ok = skipDigits();
    if (!text.empty() && text.front() == '.') {
        text.remove_prefix(1);
        ok = skipDigits();
    }
    if (ok && !text.empty() && (text.front() == 'e' || text.front() == 'E')) {
        text.remove_prefix(1);
        if (!text.empty() && (text.front() == '-' || text.front() == '+'))
            text.remove_prefix(1);
        ok = skipDigits();
    }
    return ok && text.empty();
}

Result<Decimal> parseDecimal(std::string_view text)
{
    Decimal value;
    if (tryParseDecimal(text, value))
        return value;
    if (isDecimalText(text))
        return Error{ErrorCode::Overflow, {},
            "the number '" + std::string{text} + "' has more digits than can be held exactly", {}};
    return Error{ErrorCode::BadInput, {},
        "'" + std::string{text} + "' is not a plain decimal number",
        "Write it with '.' as decimal point, '-' for negatives and no thousands separator"};
}

std::string toStringFixed(const Decimal& value)
{
    std::string digits = toString(value.mantissa);
    const bool negative = digits.front() == '-';
    if (negative)
        digits.erase(0, 1);
    return withPoint(std::move(digits), value.scale, negative);
}

std::string toString(const Decimal& value)
{
    std::string text = toStringFixed(value);
    trimZeros(text);
    return text == "-0" ? "0" : text;
}

Int128 divideRounded(Int128 numerator, Int128 denominator, Rounding rounding) noexcept
{
    SLUICE_CHECK(denominator != 0);
    return quotientOf(numerator, denominator, rounding);
}

Int128 dropDigits(Int128 value, int digits, Rounding rounding) noexcept
{
    if (digits <= 38)
        return divideRounded(value, powerOfTen(digits), rounding);
    // 128 bits hold less than half of 10^39, so that only a rounding away from zero leaves
    // anything.
    return rounding == Rounding::Up && value != 0 ? (value < 0 ? -1 : 1) : 0;
}

bool rescale(const Decimal& value, int scale, Rounding rounding, Int128& out) noexcept
{
    if (scale >= value.scale) {
        if (value.mantissa == 0) {
            out = 0;
            return true;
        }
        const int up = scale - value.scale;
        return up <= 38 && !__builtin_mul_overflow(value.mantissa, powerOfTen(up), &out);
    }
    const int down = value.scale - scale;
    if (fitsInt64(value.mantissa) && down <= 18) { // nearly every cost
        out = quotientOf(static_cast<std::int64_t>(value.mantissa),
            static_cast<std::int64_t>(powerOfTen(down)), rounding);
        return true;
    }
    out = dropDigits(value.mantissa, down, rounding);
    return true;
}

int compare(const Decimal& a, const Decimal& b) noexcept
{
    const auto sign = [](Int128 v) { return v < 0 ? -1 : (v > 0 ? 1 : 0); };
    if (sign(a.mantissa) != sign(b.mantissa))
        return sign(a.mantissa) < sign(b.mantissa) ? -1 : 1;
    const int scale = std::max(a.scale, b.scale);
    Int128 left = 0;
    Int128 right = 0;
    // One of the two keeps its scale, so at most one side can overflow: that one is the larger in
    // size.
    const bool leftFits = rescale(a, scale, Rounding::Down, left);
    const bool rightFits = rescale(b, scale, Rounding::Down, right);
    if (!leftFits)
        return sign(a.mantissa);
    if (!rightFits)
        return -sign(b.mantissa);
    return left < right ? -1 : (left > right ? 1 : 0);
}

namespace {

constexpr std::int64_t LimbBase = 1'000'000'000;
constexpr int LimbDigits = 9;
constexpr std::size_t WideLimbs
    = (WideDecimal::MaxDecimals + WideDecimal::MaxWholeDigits) / LimbDigits;
static_assert(WideDecimal::MaxDecimals % LimbDigits == 0);

// limbs += value × times × 10^shift, limb by limb and without carrying.
void addToLimbs(std::vector<Int128>& limbs, Int128 value, Int128 times, int shift)
{
    const Int128 factor = powerOfTen(shift % LimbDigits) * times;
    for (auto limb = static_cast<std::size_t>(shift / LimbDigits); value != 0;
         ++limb, value /= LimbBase)
        limbs[limb] += (value % LimbBase) * factor;
}

} // namespace

void DecimalSum::Part::add(Int128 value) noexcept
{
    if (__builtin_add_overflow(sum, value, &sum)) [[unlikely]]
        wraps += value < 0 ? -1 : 1;
}

void DecimalSum::Part::subtract(Int128 value) noexcept
{
    if (__builtin_sub_overflow(sum, value, &sum)) [[unlikely]]
        wraps += value < 0 ? 1 : -1;
}

DecimalSum::Part& DecimalSum::part(int scale)
{
    const auto i = static_cast<std::size_t>(scale);
    if (i >= m_parts.size()) [[unlikely]]
        m_parts.resize(i + 1);
    return m_parts[i];
}

void DecimalSum::add(const Decimal& value)
{
    part(value.scale).add(value.mantissa);
}

void DecimalSum::subtract(const Decimal& value)
{
    part(value.scale).subtract(value.mantissa);
}

void DecimalSum::add(const WideDecimal& value)
{
    m_wide.resize(WideLimbs);
    int place = WideDecimal::MaxDecimals - value.scale();
    for (auto digit = value.digits().rbegin(); digit != value.digits().rend(); ++digit, ++place) {
        const std::int64_t amount
            = (*digit - '0') * static_cast<std::int64_t>(powerOfTen(place % LimbDigits));
        m_wide[static_cast<std::size_t>(place / LimbDigits)]
            += value.isNegative() ? -amount : amount;
    }
}

void DecimalSum::add(const DecimalSum& other)
{
    if (!other.m_wide.empty())
        m_wide.resize(WideLimbs);
    for (std::size_t i = 0; i < other.m_wide.size(); ++i)
        m_wide[i] += other.m_wide[i];
    if (m_parts.size() < other.m_parts.size())
        m_parts.resize(other.m_parts.size());
    for (std::size_t i = 0; i < other.m_parts.size(); ++i) {
        m_parts[i].wraps += other.m_parts[i].wraps;
        m_parts[i].add(other.m_parts[i].sum);
    }
}

void DecimalSum::subtract(const DecimalSum& other)
{
    if (!other.m_wide.empty())
        m_wide.resize(WideLimbs);
    for (std::size_t i = 0; i < other.m_wide.size(); ++i)
        m_wide[i] -= other.m_wide[i];
    if (m_parts.size() < other.m_parts.size())
        m_parts.resize(other.m_parts.size());
    for (std::size_t i = 0; i < other.m_parts.size(); ++i) {
        m_parts[i].wraps -= other.m_parts[i].wraps;
        m_parts[i].subtract(other.m_parts[i].sum);
    }
}

std::string DecimalSum::toString() const
{
    if (m_parts.empty() && m_wide.empty())
        return "0";
    // Base 10^9 limbs, least significant first, of the sum scaled to the largest scale; signed
    // limbs, carried at the end. A part takes up to seven limbs from where its scale puts it.
    const int finest
        = m_wide.empty() ? static_cast<int>(m_parts.size()) - 1 : WideDecimal::MaxDecimals;
    std::vector<Int128> limbs(
        std::max(static_cast<std::size_t>(finest / LimbDigits), m_wide.size()) + 12, 0);
    std::copy(m_wide.begin(), m_wide.end(), limbs.begin());
    int shift = finest;
    for (const Part& part : m_parts) {
        addToLimbs(limbs, part.sum, 1, shift);
        // 2^128 does not fit: it is added as twice the largest value and two.
        addToLimbs(limbs, Int128Max, Int128{2} * part.wraps, shift);
        addToLimbs(limbs, 2, part.wraps, shift);
        --shift;
    }
    for (std::size_t i = 0; i + 1 < limbs.size(); ++i) {
        limbs[i + 1] += limbs[i] / LimbBase;
        limbs[i] %= LimbBase;
    }
    const auto highest
        = std::find_if(limbs.rbegin(), limbs.rend(), [](Int128 l) { return l != 0; });
    if (highest == limbs.rend())
        return "0";
    const bool negative = *highest < 0;
    for (std::size_t i = 0; i + 1 < limbs.size(); ++i) {
        if (negative ? limbs[i] > 0 : limbs[i] < 0) {
            limbs[i] += negative ? -LimbBase : LimbBase;
            limbs[i + 1] += negative ? 1 : -1;
        }
    }
    std::string digits;
    for (auto limb = limbs.rbegin(); limb != limbs.rend(); ++limb) {
        std::string part = sluice::toString(negative ? -*limb : *limb);
        digits += std::string(part.size() < LimbDigits ? LimbDigits - part.size() : 0, '0') + part;
    }
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
    std::string text = withPoint(std::move(digits), finest, negative);
    trimZeros(text);
    return text;
}

} // namespace sluice
