// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QLocale>
#include <QString>

#include <cstdint>
#include <span>

namespace sluice::ui {

enum class NegativeStyle : std::uint8_t { Minus, Parentheses };

// The signs that numbers are written with. As they stand here: those of no locale in particular.
struct NumberSigns {
    QString group{QStringLiteral(",")};
    QString decimal{QStringLiteral(".")};
    QString minus{QStringLiteral("-")};
    QString percent{QStringLiteral("\u00A0%")}; // with the blank before it, where there is one
    int leastBeforeGroup{1}; // digits before the first group sign: with two, 1234 stays as it is
    bool indian{false}; // 12,34,567: threes once, then twos
    NegativeStyle negative{NegativeStyle::Minus};

    // Of our own table where the locale is in it (Qt 6.4 is wrong about some), else Qt's signs. "−"
    // (U+2212) only where the font has it: a substitute face would not line up.
    static NumberSigns of(const QLocale& locale, const QFont& font);
    static NumberSigns of(const QLocale& locale); // with "-", which every font has
};

// How a locale writes numbers and dates. The patterns are QLocale's.
struct NumberLocale {
    const char* name; // "de_CH"
    const char* text; // QT_TRANSLATE_NOOP("NumberSigns", …)
    char16_t group;
    char16_t decimal;
    const char16_t* percent;
    int leastBeforeGroup;
    bool indian;
    const char16_t* day; // "17 Sep 2026"
    const char16_t* dayOfYear; // "17 Sep"
    const char16_t* month; // "Sep 2026"
};

// The twelve that are offered.
[[nodiscard]] std::span<const NumberLocale> numberLocales();
// Of that name, else of its language, else the first; so that each locale has date patterns.
[[nodiscard]] const NumberLocale& numberLocale(const QLocale& locale);

} // namespace sluice::ui
