// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// Numbers distinct texts 0, 1, 2 … in order of first appearance, all bytes in one block of memory:
// for the short life of a segment that is being built, where an Interner's allocation per text
// would cost most of the time.
class TextTable {
public:
    std::uint32_t add(std::string_view text);
    [[nodiscard]] std::string_view text(std::uint32_t id) const noexcept
    {
        const std::uint64_t begin = id == 0 ? 0 : m_ends[id - 1];
        return std::string_view{m_bytes}.substr(begin, m_ends[id] - begin);
    }
    [[nodiscard]] std::size_t size() const noexcept { return m_ends.size(); }
    [[nodiscard]] std::size_t byteCount() const noexcept { return m_bytes.size(); }
    void clear();

private:
    void grow();

    struct Slot {
        std::uint32_t hash{0};
        std::uint32_t id{0}; // 1 + the text's number; 0 = free
    };
    std::string m_bytes;
    std::vector<std::uint64_t> m_ends;
    std::vector<Slot> m_slots; // a power of two, at most half full
};

} // namespace sluice
