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

} // namespace

// The end of the first place where the segment fits, or NotHere. The library finds the literal
// start of a segment much faster than a loop over the characters would.
std::size_t LikePattern::find(const Segment& segment, std::string_view text)
{
    if (segment.isLiteral()) {
        const std::size_t at = text.find(segment.text);
        return at == std::string_view::npos ? NotHere : at + segment.text.size();
    }
    const std::string_view start = std::string_view{segment.text}.substr(0, segment.literal);
    for (std::size_t at = text.find(start); at != std::string_view::npos;
         at = text.find(start, at + 1))
        if (const std::size_t length = matchAtStart(segment.text, text.substr(at));
            length != NotHere)
            return at + length;
    return NotHere;
}

bool LikePattern::matchesAtEnd(const Segment& segment, std::string_view text)
{
    if (segment.isLiteral())
        return text.size() >= segment.text.size()
            && text.substr(text.size() - segment.text.size()) == segment.text;
    for (std::size_t at = 0; at <= text.size(); ++at)
        if (matchAtStart(segment.text, text.substr(at)) == text.size() - at)
            return true;
    return false;
}

LikePattern::LikePattern(std::string_view pattern)
{
    while (true) {
        const std::size_t star = pattern.find('*');
        const std::string_view text = pattern.substr(0, star);
        m_segments.push_back({std::string{text}, std::min(text.find('?'), text.size())});
        if (star == std::string_view::npos)
            break;
        pattern.remove_prefix(star + 1);
    }
}

bool LikePattern::matches(std::string_view text) const
{
    const std::size_t head = matchAtStart(m_segments.front().text, text);
    if (head == NotHere)
        return false;
    if (m_segments.size() == 1)
        return head == text.size();
    text.remove_prefix(head);
    for (std::size_t i = 1; i + 1 < m_segments.size(); ++i) {
        const std::size_t end = find(m_segments[i], text);
        if (end == NotHere)
            return false;
        text.remove_prefix(end);
    }
    return matchesAtEnd(m_segments.back(), text);
}

std::size_t LikePattern::literalLength() const noexcept
{
    std::size_t length = 0;
    for (const Segment& segment : m_segments)
        length += static_cast<std::size_t>(std::count_if(
            segment.text.begin(), segment.text.end(), [](char c) { return c != '?'; }));
    return length;
}

} // namespace sluice
