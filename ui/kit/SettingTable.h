// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>
#include <span>
#include <vector>

namespace sluice::ui {

enum class SettingId : std::uint8_t {
    Theme,
    TextSize,
    RowHeight,
    ReducedMotion,
    Language,
    NumberFormat,
    NegativeAmounts,
    ReportCurrency,
    IdleMinutes,
    LockWithSession,
    ClipboardSeconds,
};
inline constexpr std::size_t SettingCount
    = static_cast<std::size_t>(SettingId::ClipboardSeconds) + 1;

// Shortcuts are settings too, of ui/actions/ShortcutBook.h; the last group only says things.
enum class SettingGroup : std::uint8_t { Appearance, Formats, Security, Shortcuts, Data };
inline constexpr std::size_t SettingGroupCount = static_cast<std::size_t>(SettingGroup::Data) + 1;

enum class SettingKind : std::uint8_t { Choice, Flag, Number };

// One setting as data. Values are texts, as they are kept: words of ours, "true"/"false", numbers.
struct SettingLine {
    SettingId id;
    const char* key; // under which it is kept, and the object name of its row; fixed for ever
    SettingGroup group;
    SettingKind kind;
    const char* text; // QT_TRANSLATE_NOOP("Settings", …)
    const char* help;
    const char* standard; // its value until one chooses another
    int least{0}; // of a number
    int most{0};
    const char* unit{nullptr}; // of a number, "%1 min"
};

// In the order of SettingId, which is that of the page.
[[nodiscard]] std::span<const SettingLine> settingTable();
[[nodiscard]] const SettingLine& settingLine(SettingId id);
[[nodiscard]] QString settingText(SettingId id);
[[nodiscard]] QString settingHelp(SettingId id);
[[nodiscard]] QString groupText(SettingGroup group);

struct SettingChoice {
    QString value;
    QString text;
};
// Of a setting that is a choice; empty for the others.
[[nodiscard]] std::vector<SettingChoice> settingChoices(SettingId id);
[[nodiscard]] bool isSettingValue(SettingId id, const QString& value);
// A value as a person reads it: "Dark", "on", "10 min".
[[nodiscard]] QString settingValueText(SettingId id, const QString& value);

} // namespace sluice::ui
