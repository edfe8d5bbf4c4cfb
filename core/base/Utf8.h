// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sluice {

// The length in bytes of the well-formed character (no overlong form, no surrogate, at most
// U+10FFFF) that `text` starts with; 0 when there is none.
[[nodiscard]] std::size_t utf8CharacterLength(std::string_view text) noexcept;
[[nodiscard]] bool isUtf8(std::string_view text) noexcept;
// The text with U+FFFD in place of each byte that belongs to no well-formed character.
std::string repairUtf8(std::string_view text);
// How many characters (code points) a well-formed text has; the width of a text cell, near enough
// for tables.
[[nodiscard]] std::size_t utf8Length(std::string_view text) noexcept;

} // namespace sluice
