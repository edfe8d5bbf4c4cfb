// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace sluice {

// Numbers pairs 0, 1, 2 … in order of first appearance. A tuple is a pair of a tuple and one more
// value, so that a query over any number of dimensions needs no other tool.
class GroupNumbers {
public:
    using Pair = std::pair<std::uint32_t, std::uint32_t>;

    std::uint32_t of(std::uint32_t first, std::uint32_t second);
    [[nodiscard]] Pair pair(std::uint32_t number) const { return m_pairs[number]; }
    [[nodiscard]] std::size_t size() const noexcept { return m_pairs.size(); }

private:
    void grow();
    [[nodiscard]] static std::size_t hash(Pair pair) noexcept
    {
        const std::uint64_t mixed
            = (static_cast<std::uint64_t>(pair.first) << 32 | pair.second) * 0x9E3779B97F4A7C15ULL;
        return static_cast<std::size_t>(mixed ^ (mixed >> 32));
    }

    std::vector<Pair> m_pairs;
    std::vector<std::uint32_t> m_slots; // 1 + number; 0 = free; a power of two, at most half full
};

} // namespace sluice
