// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Int128.h"

#include <algorithm>

namespace sluice {

std::string toString(Int128 value)
{
    // Negated as unsigned, so that the smallest value survives.
    UInt128 rest
        = value < 0 ? UInt128{0} - static_cast<UInt128>(value) : static_cast<UInt128>(value);
    std::string text;
    do {
        text.push_back(static_cast<char>('0' + static_cast<int>(rest % 10)));
        rest /= 10;
    } while (rest != 0);
    if (value < 0)
        text.push_back('-');
    std::reverse(text.begin(), text.end());
    return text;
}

std::optional<Int128> parseInt128(std::string_view text)
{
    const bool negative = !text.empty() && text.front() == '-';
    if (negative)
        text.remove_prefix(1);
    if (text.empty() || text.size() > 39)
        return std::nullopt;
    Int128 value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9')
            return std::nullopt;
        const int digit = c - '0';
        if (__builtin_mul_overflow(value, Int128{10}, &value)
            || __builtin_add_overflow(value, Int128{negative ? -digit : digit}, &value))
            return std::nullopt;
    }
    return value;
}

} // namespace sluice
