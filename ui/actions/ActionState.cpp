// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/ActionState.h"

#include "ui/actions/PageTable.h"

#include <algorithm>

namespace sluice::ui {

namespace {

// The page that an action leads to, if it is such an action.
const PageLine* pageOf(ActionId id)
{
    const auto pages = pageTable();
    const auto found = std::ranges::find(pages, id, &PageLine::go);
    return found == pages.end() ? nullptr : &*found;
}

bool enabled(ActionId id, const AppState& state)
{
    const bool open = state.ledgerOpen;
    if (const PageLine* page = pageOf(id))
        return open || !page->needsLedger;
    switch (id) {
    case ActionId::NewLedger:
    case ActionId::OpenLedger:
    case ActionId::OpenSample:
        return !state.jobRunning && !state.makingLedger;
    case ActionId::ImportFiles:
    case ActionId::ImportFolder:
        return open && state.mayChange;
    case ActionId::LockLedger:
    case ActionId::ToggleDrawer:
        return open;
    case ActionId::GoBack:
        return open && state.canGoBack;
    case ActionId::GoForward:
        return open && state.canGoForward;
    case ActionId::PreviousPeriod:
    case ActionId::NextPeriod:
    case ActionId::FocusFilter:
    case ActionId::ComparePreviousPeriod:
    case ActionId::ComparePreviousYear:
    case ActionId::CompareNothing:
        return open && followsView(state.page);
    case ActionId::GoUp:
        return open && followsView(state.page) && state.canGoUp;
    case ActionId::ToggleTable:
    case ActionId::CopyPicture:
    case ActionId::CopyData:
        return open && state.hasChart;
    case ActionId::ShowSource:
        return open && state.hasFigure;
    case ActionId::ShowCharges:
        return open && state.leadsToCharges && state.hasFigure;
    case ActionId::Undo:
        return !state.undo.isEmpty();
    case ActionId::Redo:
        return !state.redo.isEmpty();
    case ActionId::CancelJob:
        return state.jobRunning;
    default: // Quit, the palette, the themes, About
        return true;
    }
}

bool checked(ActionId id, const AppState& state)
{
    if (const PageLine* page = pageOf(id))
        return state.page == page->page;
    switch (id) {
    case ActionId::ToggleTable:
        return state.showsTable;
    case ActionId::ToggleDrawer:
        return state.drawerOpen;
    case ActionId::ComparePreviousPeriod:
        return state.comparison == Comparison::PreviousPeriod;
    case ActionId::ComparePreviousYear:
        return state.comparison == Comparison::PreviousYear;
    case ActionId::CompareNothing:
        return state.comparison == Comparison::None;
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
