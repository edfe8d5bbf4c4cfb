// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace sluice::ui {

// Everything a person can tell the window to do. Menus, buttons and shortcuts are views of these.
enum class ActionId : std::uint8_t {
    NewLedger,
    OpenLedger,
    OpenSample,
    ImportFiles,
    ImportFolder,
    CancelJob,
    LockLedger,
    Quit,
    Undo,
    Redo,
    CopyPicture,
    CopyData,
    FocusFilter,
    GoSettings,
    ToggleTable,
    ToggleDrawer,
    PreviousPeriod,
    NextPeriod,
    ComparePreviousPeriod,
    ComparePreviousYear,
    CompareNothing,
    ThemeSystem,
    ThemeLight,
    ThemeDark,
    GoToday,
    GoMap,
    GoCharges,
    GoImports,
    ShowPalette,
    GoBack,
    GoForward,
    GoUp,
    ShowCharges,
    ShowSource,
    GoHelp,
    About,
};
inline constexpr std::size_t ActionCount = static_cast<std::size_t>(ActionId::About) + 1;

} // namespace sluice::ui
