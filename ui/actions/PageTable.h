// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/ActionId.h"
#include "ui/actions/PageId.h"

#include <span>

namespace sluice::ui {

enum class PageGroup : std::uint8_t { Watch, Plan, Control, Program };

// One page of an open ledger: the sidebar, the menu "Go" and the palette are views of this table.
struct PageLine {
    PageId page;
    ActionId go;
    PageGroup group;
    bool followsView; // its figures are of the period, measure and filter that one looks at
    bool needsLedger{true};
};

// In the order in which they are listed.
[[nodiscard]] std::span<const PageLine> pageTable();
// Of a page that is in the table.
[[nodiscard]] const PageLine& pageLine(PageId page);
[[nodiscard]] bool followsView(PageId page); // false on the way in

} // namespace sluice::ui
