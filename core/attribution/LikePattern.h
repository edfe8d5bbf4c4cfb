// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// A pattern with * (any text, also none) and ? (one character). Both sides are compared as they
// are: fold them first. Matching takes at most pattern length × text length steps, whatever the
// pattern.
class LikePattern {
public:
    explicit LikePattern(std::string_view pattern);
    [[nodiscard]] bool matches(std::string_view text) const;
    // How many characters of the pattern have to be there literally: the more, the more special.
    [[nodiscard]] std::size_t literalLength() const noexcept;
    static bool isPattern(std::string_view text) noexcept
    {
        return text.find_first_of("*?") != std::string_view::npos;
    }

private:
    // What stands between the stars; the first and the last segment are anchored.
    struct Segment {
        std::string text;
        std::size_t literal{0}; // so many bytes before the first ?
        [[nodiscard]] bool isLiteral() const noexcept { return literal == text.size(); }
    };
    static std::size_t find(const Segment& segment, std::string_view text);
    static bool matchesAtEnd(const Segment& segment, std::string_view text);

    std::vector<Segment> m_segments;
};

} // namespace sluice
