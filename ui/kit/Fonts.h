// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

#include <functional>

namespace sluice::ui {

// Whether all ten digits of the font are equally wide, so that columns of numbers line up. Qt 6.4
// cannot switch on a font's tabular figures, so a font that lacks them by default cannot be used
// for numbers.
[[nodiscard]] bool hasTabularFigures(const QFont& font);
[[nodiscard]] bool hasTabularFigures(const std::function<qreal(char16_t digit)>& advance);
// `font` where its figures are tabular, else the first of Open Sans, Noto Sans, DejaVu Sans that is
// there.
[[nodiscard]] QFont tabularFont(const QFont& font);
[[nodiscard]] QFont tabularFont(
    const QFont& font, const std::function<bool(const QFont&)>& isTabular);
// Whether the font itself (no substitute) has the character.
[[nodiscard]] bool hasCharacter(const QFont& font, char16_t character);

// The steps of the type scale, relative to the application's font (13 px at the usual size).
enum class TextSize : std::uint8_t { Caption, Meta, Body, Card, Section, Page, Figure };
[[nodiscard]] QFont sized(const QFont& base, TextSize size, QFont::Weight weight = QFont::Normal);

} // namespace sluice::ui
