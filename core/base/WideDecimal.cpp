// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/WideDecimal.h"

#include <algorithm>

namespace sluice {
namespace {

constexpr int MostDigits = 37; // of an Int128, whatever they are, and one to round with

// The exponent of a number, cut off at a size that no text can make up for.
std::int64_t exponentOf(std::string_view text)
{
    constexpr std::int64_t Far = 1'000'000'000'000;
    const bool negative = !text.empty() && text.front() == '-';
    std::int64_t value = 0;
    for (const char c : text) {
        if (c != '-' && c != '+')
            value = std::min(value * 10 + (c - '0'), Far);
    }
    return negative ? -value : value;
}

// Whether what is cut off behind the first `kept` digits rounds them up, half-even.
bool roundsUp(std::string_view digits, std::size_t kept)
{
    const std::string_view rest = digits.substr(kept);
    if (rest.empty() || rest.front() != '5')
        return !rest.empty() && rest.front() > '5';
    const bool isOdd = kept > 0 && (digits[kept - 1] - '0') % 2 != 0;
    return isOdd || rest.find_first_not_of('0', 1) != std::string_view::npos;
}

} // namespace

WideDecimal::Fit WideDecimal::parse(std::string_view text, WideDecimal& out)
{
    if (!isDecimalText(text))
        return Fit::NoNumber;
    WideDecimal value;
    value.m_negative = text.front() == '-';
    const std::size_t end = std::min(text.find_first_of("eE"), text.size());
    std::int64_t scale = end < text.size() ? -exponentOf(text.substr(end + 1)) : 0;
    text = text.substr(value.m_negative ? 1 : 0, end - (value.m_negative ? 1 : 0));
    const std::size_t point = std::min(text.find('.'), text.size());
    scale += static_cast<std::int64_t>(text.size() - std::min(point + 1, text.size()));
    std::string& digits = value.m_digits;
    digits = text.substr(0, point);
    digits += text.substr(std::min(point + 1, text.size()));
    digits.erase(0, digits.find_first_not_of('0'));
    const std::size_t last = digits.find_last_not_of('0') + 1;
    scale -= static_cast<std::int64_t>(digits.size() - last);
    digits.resize(last);
    if (digits.empty()) {
        out = {};
        return Fit::Held;
    }
    if (static_cast<std::int64_t>(digits.size()) - scale > MaxWholeDigits)
        return Fit::TooLarge;
    if (scale > MaxDecimals)
        return Fit::TooFine;
    if (scale < 0)
        digits.append(static_cast<std::size_t>(-scale), '0');
    value.m_scale = static_cast<int>(std::max<std::int64_t>(scale, 0));
    out = std::move(value);
    return Fit::Held;
}

std::optional<Int128> WideDecimal::rounded(int scale) const
{
    const int size = static_cast<int>(m_digits.size());
    const int kept = size - (m_scale - scale); // may be more than there are, or less than none
    if (kept > MostDigits)
        return std::nullopt;
    Int128 units = 0;
    for (int i = 0; i < kept; ++i)
        units = units * 10 + (i < size ? m_digits[static_cast<std::size_t>(i)] - '0' : 0);
    if (kept >= 0 && kept < size && roundsUp(m_digits, static_cast<std::size_t>(kept)))
        ++units;
    return m_negative ? -units : units;
}

Decimal WideDecimal::nearest() const
{
    constexpr int Significant = 36;
    const int whole = static_cast<int>(m_digits.size()) - m_scale;
    const int scale = std::clamp(Significant - whole, 0, Decimal::MaxScale);
    if (const auto units = rounded(scale))
        return {*units, scale};
    return {m_negative ? Int128Min : Int128Max, 0}; // larger than any amount
}

std::string WideDecimal::toString() const
{
    std::string text = m_digits;
    const auto scale = static_cast<std::size_t>(m_scale);
    if (text.size() <= scale)
        text.insert(0, scale + 1 - text.size(), '0');
    if (scale > 0)
        text.insert(text.size() - scale, ".");
    return m_negative ? "-" + text : text;
}

} // namespace sluice
