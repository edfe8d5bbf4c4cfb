// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/LikePattern.h"

#include "core/base/Utf8.h"

#include <algorithm>

namespace sluice {
namespace {

    constexpr std::size_t NotHere = std::string_view::npos;

    // How many bytes of `text` the segment takes at its start, or NotHere.
    std::size_t matchAtStart(std::string_view segment, std::string_view text)
    {
        std::size_t at = 0;
        for (const char c : segment) {
            if (at >= text.size())
                return NotHere;
            if (c == '?')
                at += std::max<std::size_t>(utf8CharacterLength(text.substr(at)), 1);
            else if (text[at] == c)
                ++at;
            else
                return NotHere;
        }
        return at;
    }

    // The end of the first place where the segment fits, or NotHere.
    std::size_t findSegment(const std::string& segment, std::string_view text)
    {
        if (segment.find('?') == std::string::npos) {
            const std::size_t at = text.find(segment);
            return at == std::string_view::npos ? NotHere : at + segment.size();
        }
        for (std::size_t at = 0; at <= text.size(); ++at)
            if (const std::size_t length = matchAtStart(segment, text.substr(at)); length != NotHere)
                return at + length;
        return NotHere;
    }

    bool matchesAtEnd(const std::string& segment, std::string_view text)
    {
        if (segment.find('?') == std::string::npos)
            return text.size() >= segment.size() && text.substr(text.size() - segment.size()) == segment;
        for (std::size_t at = 0; at <= text.size(); ++at)
            if (matchAtStart(segment, text.substr(at)) == text.size() - at)
                return true;
        return false;
    }

} // namespace

LikePattern::LikePattern(std::string_view pattern)
{
    while (true) {
        const std::size_t star = pattern.find('*');
        m_segments.emplace_back(pattern.substr(0, star));
        if (star == std::string_view::npos)
            break;
        pattern.remove_prefix(star + 1);
    }
}

bool LikePattern::matches(std::string_view text) const
{
    const std::size_t head = matchAtStart(m_segments.front(), text);
    if (head == NotHere)
        return false;
    if (m_segments.size() == 1)
        return head == text.size();
    text.remove_prefix(head);
    for (std::size_t i = 1; i + 1 < m_segments.size(); ++i) {
        const std::size_t end = findSegment(m_segments[i], text);
        if (end == NotHere)
            return false;
        text.remove_prefix(end);
    }
    return matchesAtEnd(m_segments.back(), text);
}

std::size_t LikePattern::literalLength() const noexcept
{
    std::size_t length = 0;
    for (const std::string& segment : m_segments)
        length += static_cast<std::size_t>(std::count_if(segment.begin(), segment.end(), [](char c) { return c != '?'; }));
    return length;
}

} // namespace sluice
