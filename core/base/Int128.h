// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace sluice {

__extension__ using Int128 = __int128;
__extension__ using UInt128 = unsigned __int128;

// Not from <limits>: that knows these types in some modes of the compiler only.
constexpr Int128 Int128Max = static_cast<Int128>(~UInt128{0} >> 1);
constexpr Int128 Int128Min = -Int128Max - 1;

// Decimal text of a 128-bit integer, with '-' for negatives.
std::string toString(Int128 value);
// The reverse; nothing but an optional '-' and digits is accepted.
std::optional<Int128> parseInt128(std::string_view text);

[[nodiscard]] constexpr bool fitsInt64(Int128 value) noexcept
{
    return value >= std::numeric_limits<std::int64_t>::min()
        && value <= std::numeric_limits<std::int64_t>::max();
}

} // namespace sluice
