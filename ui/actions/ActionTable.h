// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/ActionId.h"

#include <QKeySequence>

#include <span>

namespace sluice::ui {

// Where an action stands in the menu bar, which lists each once. None: only where it is shown.
enum class MenuId : std::uint8_t { None, File, Edit, View, Comparing, Colours, Go, Help };

// One action as data. Menus, buttons, the palette and the list of shortcuts are views of it.
struct ActionLine {
    ActionId id;
    const char* objectName; // also the name under which a shortcut of one's own is kept
    const char* text; // QT_TRANSLATE_NOOP("ActionRegistry", …), with its mnemonic
    const char* icon; // null: none
    QKeySequence shortcut;
    MenuId menu;
    bool checkable{false};
    bool startsGroup{false}; // a line above it in its menu
};

// In the order of ActionId, which is that of the menus too.
[[nodiscard]] std::span<const ActionLine> actionTable();

} // namespace sluice::ui
