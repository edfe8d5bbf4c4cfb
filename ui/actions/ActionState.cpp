// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/ActionState.h"

namespace sluice::ui {

namespace {

bool enabled(ActionId id, const AppState& state)
{
    const bool open = state.ledgerOpen;
    const bool onMap = open && state.page == PageId::Map;
    switch (id) {
    case ActionId::NewLedger:
    case ActionId::OpenLedger:
    case ActionId::OpenSample:
        return !state.jobRunning && !state.makingLedger;
    case ActionId::ImportFiles:
    case ActionId::ImportFolder:
        return open && state.mayChange;
    case ActionId::LockLedger:
    case ActionId::GoMap:
    case ActionId::GoCharges:
    case ActionId::GoImports:
        return open;
    case ActionId::PreviousPeriod:
    case ActionId::NextPeriod:
        return open && state.page != PageId::Imports;
    case ActionId::GoUp:
        return open && state.page != PageId::Imports && state.canGoUp;
    case ActionId::ToggleTable:
    case ActionId::CopyPicture:
    case ActionId::CopyData:
        return onMap;
    case ActionId::ShowSource:
        return open && state.hasFigure;
    case ActionId::ShowCharges:
        return onMap && state.hasFigure;
    case ActionId::ToggleDrawer:
        return open;
    case ActionId::CancelJob:
        return state.jobRunning;
    case ActionId::Quit:
    case ActionId::ThemeSystem:
    case ActionId::ThemeLight:
    case ActionId::ThemeDark:
    case ActionId::About:
        return true;
    }
    return false;
}

bool checked(ActionId id, const AppState& state)
{
    switch (id) {
    case ActionId::GoMap:
        return state.page == PageId::Map;
    case ActionId::GoCharges:
        return state.page == PageId::Charges;
    case ActionId::GoImports:
        return state.page == PageId::Imports;
    case ActionId::ToggleTable:
        return state.showsTable;
    case ActionId::ToggleDrawer:
        return state.drawerOpen;
    case ActionId::ThemeSystem:
        return state.theme == ThemeChoice::System;
    case ActionId::ThemeLight:
        return state.theme == ThemeChoice::Light;
    case ActionId::ThemeDark:
        return state.theme == ThemeChoice::Dark;
    default:
        return false;
    }
}

} // namespace

ActionState actionState(const AppState& state)
{
    ActionState result;
    for (std::size_t i = 0; i < ActionCount; ++i) {
        result.enabled[i] = enabled(static_cast<ActionId>(i), state);
        result.checked[i] = checked(static_cast<ActionId>(i), state);
    }
    return result;
}

} // namespace sluice::ui
