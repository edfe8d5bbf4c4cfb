// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/Windows1252.h"

#include <algorithm>
#include <array>

namespace sluice {
namespace {

// 0x80 to 0x9F; everything else is the code point of the same number.
constexpr std::array<char16_t, 32> Upper{0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020,
    0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019,
    0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E,
    0x0178};

} // namespace

char* appendUtf8(char* out, char32_t codePoint)
{
    const auto put
        = [&out](char32_t byte) { *out++ = static_cast<char>(static_cast<unsigned char>(byte)); };
    if (codePoint < 0x80U) {
        put(codePoint);
    } else if (codePoint < 0x800U) {
        put(0xC0U | (codePoint >> 6U));
        put(0x80U | (codePoint & 0x3FU));
    } else if (codePoint < 0x10000U) {
        put(0xE0U | (codePoint >> 12U));
        put(0x80U | ((codePoint >> 6U) & 0x3FU));
        put(0x80U | (codePoint & 0x3FU));
    } else {
        put(0xF0U | (codePoint >> 18U));
        put(0x80U | ((codePoint >> 12U) & 0x3FU));
        put(0x80U | ((codePoint >> 6U) & 0x3FU));
        put(0x80U | (codePoint & 0x3FU));
    }
    return out;
}

std::size_t utf8SizeOfWindows1252(std::string_view text)
{
    const auto high = std::count_if(text.begin(), text.end(),
        [](char byte) { return static_cast<unsigned char>(byte) > 127U; });
    return text.size() + 2 * static_cast<std::size_t>(high);
}

char* windows1252ToUtf8(std::string_view text, char* out)
{
    for (std::size_t at = 0; at < text.size();) {
        std::size_t plain = at;
        while (plain < text.size() && static_cast<unsigned char>(text[plain]) < 0x80U)
            ++plain;
        out = std::copy(text.data() + at, text.data() + plain, out);
        at = plain;
        for (; at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80U; ++at) {
            const unsigned byte = static_cast<unsigned char>(text[at]);
            out = appendUtf8(out, byte < 0xA0U ? Upper[byte - 0x80U] : byte);
        }
    }
    return out;
}

} // namespace sluice
