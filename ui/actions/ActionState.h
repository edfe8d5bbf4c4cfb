// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/ActionId.h"
#include "ui/actions/PageId.h"
#include "ui/kit/Theme.h"

namespace sluice::ui {

// What the figures of a period are held against.
enum class Comparison : std::uint8_t { PreviousPeriod, PreviousYear, None };

// What the window is doing, as far as actions depend on it.
struct AppState {
    PageId page{PageId::Start};
    bool ledgerOpen{false};
    bool mayChange{false}; // the principal's roles
    bool jobRunning{false};
    bool makingLedger{false};
    bool canGoUp{false}; // one has drilled in
    bool canGoBack{false}; // to what one looked at before
    bool canGoForward{false};
    QString undo; // what can be taken back, by name; empty: nothing
    QString redo;
    bool hasChart{false}; // the page has a chart and its table twin
    bool hasFigure{false}; // a tile, a row: something with a source is selected
    bool leadsToCharges{false}; // its figures have charges behind them, on another page
    bool showsTable{false};
    bool drawerOpen{false};
    Comparison comparison{Comparison::PreviousPeriod};
    ThemeChoice theme{ThemeChoice::System};
};

struct ActionState {
    std::array<bool, ActionCount> enabled{};
    std::array<bool, ActionCount> checked{};

    [[nodiscard]] bool isEnabled(ActionId id) const
    {
        return enabled[static_cast<std::size_t>(id)];
    }
    [[nodiscard]] bool isChecked(ActionId id) const
    {
        return checked[static_cast<std::size_t>(id)];
    }
};

// The only place that says which action is possible when. Pure.
[[nodiscard]] ActionState actionState(const AppState& state);

} // namespace sluice::ui
