// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace sluice {

using StringId = std::uint32_t;

// Gives equal texts equal small numbers, in order of first appearance. Id 0 is always the empty
// text. Not thread-safe; a const Interner may be read by many threads.
class Interner {
public:
    Interner() { intern({}); }
    Interner(const Interner& other) { *this = other; }
    Interner& operator=(const Interner& other);
    Interner(Interner&&) noexcept = default;
    Interner& operator=(Interner&&) noexcept = default;

    StringId intern(std::string_view text);
    // The id, or nothing when the text was never interned.
    [[nodiscard]] const StringId* find(std::string_view text) const;
    [[nodiscard]] std::string_view text(StringId id) const { return m_texts[id]; }
    [[nodiscard]] std::size_t size() const noexcept { return m_texts.size(); }

private:
    std::deque<std::string> m_texts; // a deque, so that the views in the index stay valid
    std::unordered_map<std::string_view, StringId> m_index;
};

} // namespace sluice
