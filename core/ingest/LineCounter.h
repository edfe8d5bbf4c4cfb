// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace sluice {

// What one pass over bytes can tell quickly.
struct ByteCensus {
    std::uint64_t lineFeeds{0};
    bool carriageReturn{false};
    bool nul{false};
    bool high{false}; // a byte above 127
};
ByteCensus takeCensus(std::string_view bytes);

// Counts lines as every reader of a document does: LF, CRLF and a lone CR each end one, inside
// quotes too.
class LineCounter {
public:
    explicit LineCounter(std::uint64_t line = 1)
        : m_line{line}
    {
    }
    void add(std::string_view bytes) { add(bytes, takeCensus(bytes)); }
    void add(std::string_view bytes, const ByteCensus& census);
    // The 1-based line on which a next byte `next` would lie.
    [[nodiscard]] std::uint64_t lineOf(char next) const noexcept
    {
        return m_line + (m_afterReturn && next != '\n' ? 1 : 0);
    }

private:
    std::uint64_t m_line;
    // the last byte was CR: whether it ends a line is the next byte's to say
    bool m_afterReturn{false};
};

} // namespace sluice
