// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/SettingTable.h"

#include "core/base/Check.h"
#include "core/base/Resource.h"
#include "ui/kit/Language.h"
#include "ui/kit/MoneyText.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace sluice::ui {

namespace {

using enum SettingId;
using enum SettingGroup;
using enum SettingKind;

constexpr std::array<SettingLine, SettingCount> Table{{
    {Theme, "appearance/theme", Appearance, Choice, QT_TRANSLATE_NOOP("Settings", "Colours"),
        QT_TRANSLATE_NOOP("Settings", "Light or dark; like the system follows the desktop."),
        "system"},
    {TextSize, "appearance/textSize", Appearance, Choice,
        QT_TRANSLATE_NOOP("Settings", "Text size"),
        QT_TRANSLATE_NOOP(
            "Settings", "Of every text of the window, against the size that the desktop asks for."),
        "100"},
    {RowHeight, "appearance/rowHeight", Appearance, Choice,
        QT_TRANSLATE_NOOP("Settings", "Row height"),
        QT_TRANSLATE_NOOP("Settings", "How much room the rows of tables and trees have."),
        "normal"},
    {ReducedMotion, "appearance/reducedMotion", Appearance, Flag,
        QT_TRANSLATE_NOOP("Settings", "Reduced motion"),
        QT_TRANSLATE_NOOP(
            "Settings", "Nothing slides, fades or blinks: menus, bars and the text cursor stand."),
        "false"},
    {Language, "language", Formats, Choice, QT_TRANSLATE_NOOP("Settings", "Language"),
        QT_TRANSLATE_NOOP("Settings",
            "Of the window's words, from the next start on. Numbers and dates have a setting of their own."),
        "system"},
    {NumberFormat, "formats/numbers", Formats, Choice,
        QT_TRANSLATE_NOOP("Settings", "Numbers and dates"),
        QT_TRANSLATE_NOOP("Settings",
            "How amounts, percentages and dates are written, whatever the language. Exports keep plain digits and ISO dates."),
        "system"},
    {NegativeAmounts, "formats/negative", Formats, Choice,
        QT_TRANSLATE_NOOP("Settings", "Negative amounts"),
        QT_TRANSLATE_NOOP("Settings",
            "With a minus, or in parentheses as in accounting. Percentages keep their minus."),
        "minus"},
    {ReportCurrency, "formats/currency", Formats, Choice,
        QT_TRANSLATE_NOOP("Settings", "Currency of reports"),
        QT_TRANSLATE_NOOP("Settings",
            "Which one is shown first where a ledger has several. Amounts are never converted."),
        "ledger"},
    {IdleMinutes, "security/idleMinutes", Security, Number,
        QT_TRANSLATE_NOOP("Settings", "Lock when idle"),
        QT_TRANSLATE_NOOP("Settings",
            "After so long without a key or the pointer the ledger is locked. An import that runs is waited for."),
        "10", 1, 480, QT_TRANSLATE_NOOP("Settings", "%1 min")},
    {LockWithSession, "security/lockWithSession", Security, Flag,
        QT_TRANSLATE_NOOP("Settings", "Lock with the session"),
        QT_TRANSLATE_NOOP("Settings",
            "Locks the ledger when the desktop is locked or the machine goes to sleep, where the system tells."),
        "true"},
    {ClipboardSeconds, "security/clipboardSeconds", Security, Number,
        QT_TRANSLATE_NOOP("Settings", "Clear copied secrets"),
        QT_TRANSLATE_NOOP("Settings",
            "A recovery code that was copied leaves the clipboard after so long. Tables and pictures stay."),
        "30", 5, 600, QT_TRANSLATE_NOOP("Settings", "%1 s")},
}};

constexpr std::array<const char*, SettingGroupCount> Groups{
    QT_TRANSLATE_NOOP("Settings", "Appearance"),
    QT_TRANSLATE_NOOP("Settings", "Language and formats"),
    QT_TRANSLATE_NOOP("Settings", "Security"), QT_TRANSLATE_NOOP("Settings", "Shortcuts"),
    QT_TRANSLATE_NOOP("Settings", "Data")};

QString tr(const char* text)
{
    return QCoreApplication::translate("Settings", text);
}

std::vector<SettingChoice> numberChoices()
{
    std::vector<SettingChoice> choices{{QStringLiteral("system"), tr("Like the system")}};
    for (const NumberLocale& line : numberLocales()) {
        NumberSigns signs = NumberSigns::of(QLocale{QLatin1StringView{line.name}});
        const QString example = MoneyText{std::move(signs)}.decimal({123456789, 2});
        choices.push_back({QString::fromLatin1(line.name),
            QCoreApplication::translate("NumberSigns", line.text) + QStringLiteral(" \u00B7 ")
                + example});
    }
    return choices;
}

std::vector<SettingChoice> currencyChoices()
{
    std::vector<SettingChoice> choices{{QStringLiteral("ledger"), tr("The ledger's own")}};
    for (const std::string_view line : resourceLines("focus/currencies.txt")) {
        const QString code = QString::fromLatin1(line.substr(0, 3).data(), 3);
        choices.push_back({code, code});
    }
    return choices;
}

std::vector<SettingChoice> languageChoices()
{
    std::vector<SettingChoice> choices{{QStringLiteral("system"), tr("Like the system")}};
    for (const LanguageLine& line : installedLanguages())
        choices.push_back({line.code, line.ownName});
    return choices;
}

} // namespace

std::span<const SettingLine> settingTable()
{
    return Table;
}

const SettingLine& settingLine(SettingId id)
{
    return Table[static_cast<std::size_t>(id)];
}

QString settingText(SettingId id)
{
    return tr(settingLine(id).text);
}

QString settingHelp(SettingId id)
{
    return tr(settingLine(id).help);
}

QString groupText(SettingGroup group)
{
    return tr(Groups[static_cast<std::size_t>(group)]);
}

std::vector<SettingChoice> settingChoices(SettingId id)
{
    const auto word = [](const char* value, const QString& text) {
        return SettingChoice{QString::fromLatin1(value), text};
    };
    switch (id) {
    case Theme:
        return {word("system", tr("Like the system")), word("light", tr("Light")),
            word("dark", tr("Dark"))};
    case TextSize: {
        std::vector<SettingChoice> choices;
        for (const char* percent : {"90", "100", "115", "130", "150", "200"})
            choices.push_back(word(percent, tr("%1 %").arg(QLatin1StringView{percent})));
        return choices;
    }
    case RowHeight:
        return {word("compact", tr("Compact")), word("normal", tr("Normal")),
            word("roomy", tr("Roomy"))};
    case Language:
        return languageChoices();
    case NumberFormat:
        return numberChoices();
    case NegativeAmounts:
        return {word("minus", tr("With a minus")), word("parentheses", tr("In parentheses"))};
    case ReportCurrency:
        return currencyChoices();
    default:
        return {};
    }
}

bool isSettingValue(SettingId id, const QString& value)
{
    const SettingLine& line = settingLine(id);
    switch (line.kind) {
    case Choice: {
        const auto choices = settingChoices(id);
        return std::ranges::find(choices, value, &SettingChoice::value) != choices.end();
    }
    case Flag:
        return value == QStringLiteral("true") || value == QStringLiteral("false");
    case Number: {
        bool isNumber = false;
        const int number = value.toInt(&isNumber);
        return isNumber && number >= line.least && number <= line.most;
    }
    }
    return false;
}

QString settingValueText(SettingId id, const QString& value)
{
    const SettingLine& line = settingLine(id);
    if (line.kind == Flag)
        return value == QStringLiteral("true") ? tr("on") : tr("off");
    if (line.kind == Number)
        return tr(line.unit).arg(value);
    const auto choices = settingChoices(id);
    const auto chosen = std::ranges::find(choices, value, &SettingChoice::value);
    SLUICE_CHECK(chosen != choices.end());
    return chosen->text;
}

} // namespace sluice::ui
