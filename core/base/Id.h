// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace sluice {

// A row identity that cannot be mixed with another table's. Zero is "not stored yet".
template <class Tag>
class Id {
public:
    constexpr Id() noexcept = default;
    constexpr explicit Id(std::int64_t value) noexcept
        : m_value{value}
    {
    }
    [[nodiscard]] constexpr std::int64_t value() const noexcept { return m_value; }
    [[nodiscard]] constexpr bool isStored() const noexcept { return m_value > 0; }
    constexpr auto operator<=>(const Id&) const noexcept = default;

private:
    std::int64_t m_value{0};
};

using BatchRowId = Id<struct BatchTag>;
using DocumentRowId = Id<struct DocumentTag>;

} // namespace sluice

template <class Tag>
struct std::hash<sluice::Id<Tag>> {
    std::size_t operator()(sluice::Id<Tag> id) const noexcept
    {
        return std::hash<std::int64_t>{}(id.value());
    }
};
