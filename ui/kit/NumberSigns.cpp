// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/NumberSigns.h"

#include "ui/kit/Fonts.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace sluice::ui {

namespace {

constexpr char16_t NoBreak = u'\u00A0';
constexpr char16_t Narrow = u'\u202F';
constexpr char16_t Apostrophe = u'\u2019';
constexpr const char16_t* Day = u"d MMM yyyy";
constexpr const char16_t* DayOfYear = u"d MMM";
constexpr const char16_t* Month = u"MMM yyyy";

// From CLDR 42, but for dates: the day stands first also in the United States, where a person from
// elsewhere would read 3/4 the other way round.
constexpr std::array Locales{
    NumberLocale{"en_US", QT_TRANSLATE_NOOP("NumberSigns", "English (United States)"), u',', u'.',
        u"%", 1, false, Day, DayOfYear, Month},
    NumberLocale{"en_GB", QT_TRANSLATE_NOOP("NumberSigns", "English (United Kingdom)"), u',', u'.',
        u"%", 1, false, Day, DayOfYear, Month},
    NumberLocale{"en_IN", QT_TRANSLATE_NOOP("NumberSigns", "English (India)"), u',', u'.', u"%", 1,
        true, Day, DayOfYear, Month},
    NumberLocale{"de_DE", QT_TRANSLATE_NOOP("NumberSigns", "German (Germany)"), u'.', u',',
        u"\u00A0%", 1, false, u"d. MMM yyyy", u"d. MMM", Month},
    NumberLocale{"de_CH", QT_TRANSLATE_NOOP("NumberSigns", "German (Switzerland)"), Apostrophe,
        u'.', u"%", 1, false, u"d. MMM yyyy", u"d. MMM", Month},
    NumberLocale{"fr_FR", QT_TRANSLATE_NOOP("NumberSigns", "French (France)"), Narrow, u',',
        u"\u202F%", 1, false, Day, DayOfYear, Month},
    NumberLocale{"es_ES", QT_TRANSLATE_NOOP("NumberSigns", "Spanish (Spain)"), u'.', u',',
        u"\u00A0%", 2, false, Day, DayOfYear, Month},
    NumberLocale{"it_IT", QT_TRANSLATE_NOOP("NumberSigns", "Italian (Italy)"), u'.', u',', u"%", 1,
        false, Day, DayOfYear, Month},
    NumberLocale{"ja_JP", QT_TRANSLATE_NOOP("NumberSigns", "Japanese (Japan)"), u',', u'.', u"%", 1,
        false, u"yyyy\u5E74M\u6708d\u65E5", u"M\u6708d\u65E5", u"yyyy\u5E74M\u6708"},
    NumberLocale{"pt_BR", QT_TRANSLATE_NOOP("NumberSigns", "Portuguese (Brazil)"), u'.', u',', u"%",
        1, false, u"d 'de' MMM yyyy", u"d 'de' MMM", Month},
    NumberLocale{"pl_PL", QT_TRANSLATE_NOOP("NumberSigns", "Polish (Poland)"), NoBreak, u',', u"%",
        2, false, Day, DayOfYear, Month},
    NumberLocale{"sv_SE", QT_TRANSLATE_NOOP("NumberSigns", "Swedish (Sweden)"), NoBreak, u',',
        u"\u00A0%", 1, false, Day, DayOfYear, Month},
};

} // namespace

std::span<const NumberLocale> numberLocales()
{
    return Locales;
}

const NumberLocale& numberLocale(const QLocale& locale)
{
    const QString name = locale.name();
    const auto same = std::ranges::find_if(Locales,
        [&name](const NumberLocale& line) { return name == QLatin1StringView{line.name}; });
    if (same != Locales.end())
        return *same;
    const auto related = std::ranges::find_if(Locales, [&name](const NumberLocale& line) {
        return name.startsWith(QLatin1StringView{line.name, 3});
    });
    return related == Locales.end() ? Locales.front() : *related;
}

NumberSigns NumberSigns::of(const QLocale& locale)
{
    NumberSigns signs;
    const NumberLocale& line = numberLocale(locale);
    if (locale.name() == QLatin1StringView{line.name}) {
        signs.group = QChar{line.group};
        signs.decimal = QChar{line.decimal};
        signs.percent = QString::fromUtf16(line.percent);
        signs.leastBeforeGroup = line.leastBeforeGroup;
        signs.indian = line.indian;
    } else if (locale.language() != QLocale::C) {
        signs.group = locale.groupSeparator();
        signs.decimal = locale.decimalPoint();
    }
    return signs;
}

NumberSigns NumberSigns::of(const QLocale& locale, const QFont& font)
{
    NumberSigns signs = of(locale);
    if (hasCharacter(font, u'\u2212'))
        signs.minus = QStringLiteral("\u2212");
    return signs;
}

} // namespace sluice::ui
