// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/NumberNotation.h"

#include <algorithm>
#include <array>
#include <span>

namespace sluice {
namespace {

constexpr std::size_t GroupDigits = 3;

// also the narrow ones
constexpr std::array<std::string_view, 4> Blanks{" ", "\u00A0", "\u202F", "\u2009"};
constexpr std::array<std::string_view, 8> Decorations{
    " ", "\u00A0", "\u202F", "\u2009", "$", "\u20AC", "\u00A3", "\u00A5"};

std::size_t prefixOf(std::string_view text, std::span<const std::string_view> known) noexcept
{
    for (const std::string_view mark : known) {
        if (text.substr(0, mark.size()) == mark)
            return mark.size();
    }
    return 0;
}

std::string_view withoutTail(std::string_view text) noexcept
{
    const auto ends = [&text](std::string_view mark) {
        return text.size() >= mark.size() && text.substr(text.size() - mark.size()) == mark;
    };
    for (;;) {
        const auto mark = std::find_if(Decorations.begin(), Decorations.end(), ends);
        if (mark == Decorations.end())
            return text;
        text.remove_suffix(mark->size());
    }
}

bool isDigit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

// Counts the digits between the separators of a number's integer part.
class Groups {
public:
    void digit() noexcept { m_digits += m_open ? 1 : 0; }
    void separator() noexcept
    {
        m_good = m_good && m_open
            && (m_separated ? m_digits == GroupDigits : m_digits >= 1 && m_digits <= GroupDigits);
        m_separated = true;
        m_digits = 0;
    }
    // The integer part is over.
    void end() noexcept
    {
        m_good = m_good && (!m_open || !m_separated || m_digits == GroupDigits);
        m_open = false;
    }
    [[nodiscard]] bool good() const noexcept { return m_good; }

private:
    std::size_t m_digits{0};
    bool m_separated{false};
    bool m_open{true};
    bool m_good{true};
};

} // namespace

std::string_view NumberNotation::plain(std::string_view text, std::string& scratch) const
{
    scratch.clear();
    std::string_view rest = withoutTail(text);
    while (!rest.empty()) {
        const std::size_t decoration = prefixOf(rest, Decorations);
        const bool isSign = rest.front() == '-' || rest.front() == '+';
        if (decoration == 0 && !isSign)
            break;
        if (isSign)
            scratch.push_back(rest.front());
        rest.remove_prefix(isSign ? 1 : decoration);
    }
    Groups groups;
    while (!rest.empty()) {
        const char c = rest.front();
        const std::size_t blank = c == thousandsSeparator ? 1 : prefixOf(rest, Blanks);
        rest.remove_prefix(blank > 0 ? blank : 1);
        if (blank > 0) {
            groups.separator();
            continue;
        }
        if (isDigit(c))
            groups.digit();
        else
            groups.end();
        scratch.push_back(c == decimalPoint ? '.' : (c == '.' ? '?' : c));
    }
    groups.end();
    if (!groups.good())
        scratch.insert(0, 1, '?');
    return scratch;
}

} // namespace sluice
