// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/PageTable.h"

#include "core/base/Check.h"

#include <algorithm>
#include <array>

namespace sluice::ui {

namespace {

constexpr std::array Pages{
    PageLine{PageId::Today, ActionId::GoToday, PageGroup::Watch, true},
    PageLine{PageId::Map, ActionId::GoMap, PageGroup::Watch, true},
    PageLine{PageId::Charges, ActionId::GoCharges, PageGroup::Watch, true},
    PageLine{PageId::Imports, ActionId::GoImports, PageGroup::Control, false},
    PageLine{PageId::Settings, ActionId::GoSettings, PageGroup::Program, false, false},
    PageLine{PageId::Help, ActionId::GoHelp, PageGroup::Program, false, false},
};

} // namespace

std::span<const PageLine> pageTable()
{
    return Pages;
}

const PageLine& pageLine(PageId page)
{
    const auto found = std::ranges::find(Pages, page, &PageLine::page);
    SLUICE_CHECK(found != Pages.end());
    return *found;
}

bool followsView(PageId page)
{
    return !isWayIn(page) && pageLine(page).followsView;
}

} // namespace sluice::ui
