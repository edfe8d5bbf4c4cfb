// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace sluice {

// Writes a code point up to U+10FFFF as UTF-8 and returns the end: at most 4 bytes.
char* appendUtf8(char* out, char32_t codePoint);

// How many bytes `text` has as UTF-8 at most, and the conversion into at least that much room;
// returns its end. The five bytes that Windows-1252 leaves open become the control characters of
// the same number, as browsers have it.
std::size_t utf8SizeOfWindows1252(std::string_view text);
char* windows1252ToUtf8(std::string_view text, char* out);

} // namespace sluice
