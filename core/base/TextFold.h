// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace sluice {

// Without white space at both ends: ASCII, no-break and typographic spaces, and the byte order
// mark.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

// Unicode simple case folding for Latin, Greek, Cyrillic, Armenian and full-width letters
// (CaseFolding.txt, status C and S); other letters stay as they are, and so do bytes that are not
// UTF-8.
[[nodiscard]] std::string foldedCase(std::string_view text);

// What makes two texts typed by people the same: trimmed, then folded.
[[nodiscard]] inline std::string folded(std::string_view text)
{
    return foldedCase(trimmed(text));
}

// What makes two names of one thing alike: people write support-bot, Support Bot and support_bot.
// Folded, with '-' for whatever stands between its words.
[[nodiscard]] std::string likeness(std::string_view text);

} // namespace sluice
