// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/TextFold.h"

#include "core/base/Utf8.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace sluice {
namespace {

struct CodePoint {
    std::uint32_t value{0};
    std::size_t length{0}; // 0: not UTF-8 here
};

CodePoint decode(std::string_view text, std::size_t at) noexcept
{
    const std::size_t length = utf8CharacterLength(text.substr(at));
    if (length <= 1)
        return {length == 0 ? 0U : static_cast<std::uint8_t>(text[at]), length};
    std::uint32_t value = static_cast<std::uint8_t>(text[at]) & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i)
        value = value << 6 | (static_cast<std::uint8_t>(text[at + i]) & 0x3FU);
    return {value, length};
}

void append(std::string& out, std::uint32_t value)
{
    const auto push = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (value < 0x80) {
        push(value);
    } else if (value < 0x800) {
        push(0xC0 | value >> 6);
        push(0x80 | (value & 0x3F));
    } else {
        push(0xE0 | value >> 12);
        push(0x80 | (value >> 6 & 0x3F));
        push(0x80 | (value & 0x3F));
    }
}

// One run of the folding table: letters [first, last] move by `delta`; where `step` is 2 only every
// other one from `first` on is a capital (the small letter follows it).
struct FoldRange {
    std::uint32_t first;
    std::uint32_t last;
    std::int32_t delta;
    std::uint32_t step;
};
constexpr auto FoldRanges = std::to_array<FoldRange>({{0xB5, 0xB5, 0x307, 1}, {0xC0, 0xD6, 32, 1},
    {0xD8, 0xDE, 32, 1}, {0x100, 0x12E, 1, 2}, {0x132, 0x136, 1, 2}, {0x139, 0x147, 1, 2},
    {0x14A, 0x176, 1, 2}, {0x178, 0x178, -121, 1}, {0x179, 0x17D, 1, 2}, {0x17F, 0x17F, -268, 1},
    {0x182, 0x184, 1, 2}, {0x187, 0x187, 1, 1}, {0x18B, 0x18B, 1, 1}, {0x191, 0x191, 1, 1},
    {0x198, 0x198, 1, 1}, {0x1A0, 0x1A4, 1, 2}, {0x1A7, 0x1A7, 1, 1}, {0x1AC, 0x1AC, 1, 1},
    {0x1AF, 0x1AF, 1, 1}, {0x1B3, 0x1B5, 1, 2}, {0x1B8, 0x1B8, 1, 1}, {0x1BC, 0x1BC, 1, 1},
    {0x1C4, 0x1C4, 2, 1}, {0x1C5, 0x1C5, 1, 1}, {0x1C7, 0x1C7, 2, 1}, {0x1C8, 0x1C8, 1, 1},
    {0x1CA, 0x1CA, 2, 1}, {0x1CB, 0x1DB, 1, 2}, {0x1DE, 0x1EE, 1, 2}, {0x1F1, 0x1F1, 2, 1},
    {0x1F2, 0x1F4, 1, 2}, {0x1F8, 0x21E, 1, 2}, {0x222, 0x232, 1, 2}, {0x386, 0x386, 38, 1},
    {0x388, 0x38A, 37, 1}, {0x38C, 0x38C, 64, 1}, {0x38E, 0x38F, 63, 1}, {0x391, 0x3A1, 32, 1},
    {0x3A3, 0x3AB, 32, 1}, {0x3C2, 0x3C2, 1, 1}, {0x3D8, 0x3EE, 1, 2}, {0x400, 0x40F, 80, 1},
    {0x410, 0x42F, 32, 1}, {0x460, 0x480, 1, 2}, {0x48A, 0x4BE, 1, 2}, {0x4C0, 0x4C0, 15, 1},
    {0x4C1, 0x4CD, 1, 2}, {0x4D0, 0x52E, 1, 2}, {0x531, 0x556, 48, 1}, {0x1E00, 0x1E94, 1, 2},
    {0x1E9B, 0x1E9B, -58, 1}, {0x1E9E, 0x1E9E, -7615, 1}, {0x1EA0, 0x1EFE, 1, 2},
    {0x2126, 0x2126, -7517, 1}, {0x212A, 0x212B, -8383, 1}, {0xFF21, 0xFF3A, 32, 1}});

std::uint32_t foldOne(std::uint32_t value) noexcept
{
    if (value == 0x212B) // the Ångström sign stands beside the Kelvin sign and folds elsewhere
        return 0xE5;
    const auto* const range = std::lower_bound(FoldRanges.begin(), FoldRanges.end(), value,
        [](const FoldRange& r, std::uint32_t v) { return r.last < v; });
    if (range == FoldRanges.end() || value < range->first
        || (value - range->first) % range->step != 0)
        return value;
    return static_cast<std::uint32_t>(static_cast<std::int32_t>(value) + range->delta);
}

bool isSpace(std::uint32_t value) noexcept
{
    return value == 0x20 || (value >= 0x09 && value <= 0x0D) || value == 0x85 || value == 0xA0
        || (value >= 0x2000 && value <= 0x200B) || value == 0x2028 || value == 0x2029
        || value == 0x202F || value == 0x205F || value == 0x3000 || value == 0xFEFF;
}

} // namespace

std::string_view trimmed(std::string_view text) noexcept
{
    while (!text.empty()) {
        const CodePoint point = decode(text, 0);
        if (point.length == 0 || !isSpace(point.value))
            break;
        text.remove_prefix(point.length);
    }
    while (!text.empty()) {
        std::size_t at = text.size() - 1;
        while (
            at > 0 && text.size() - at < 3 && (static_cast<std::uint8_t>(text[at]) & 0xC0) == 0x80)
            --at;
        const CodePoint point = decode(text, at);
        if (point.length != text.size() - at || !isSpace(point.value))
            break;
        text.remove_suffix(point.length);
    }
    return text;
}

std::string foldedCase(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (static_cast<std::uint8_t>(c) < 0x80) {
            out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
            ++at;
            continue;
        }
        const CodePoint point = decode(text, at);
        const std::uint32_t lower = point.length == 0 ? 0 : foldOne(point.value);
        if (point.length == 0 || lower == point.value) {
            const std::size_t length = std::max<std::size_t>(point.length, 1);
            out.append(text, at, length);
            at += length;
            continue;
        }
        append(out, lower);
        at += point.length;
    }
    return out;
}

std::string likeness(std::string_view text)
{
    std::string out;
    bool gap = false;
    for (const char c : folded(text)) {
        if (c == ' ' || c == '-' || c == '_' || c == '.' || c == '/') {
            gap = true;
            continue;
        }
        if (gap && !out.empty())
            out.push_back('-');
        gap = false;
        out.push_back(c);
    }
    return out;
}

} // namespace sluice
