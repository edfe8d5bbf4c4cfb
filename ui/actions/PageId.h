// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace sluice::ui {

// Where one can be. Those up to Unlock are the way in; the others are in PageTable.h.
enum class PageId : std::uint8_t {
    Start,
    Create,
    Unlock,
    Today,
    Map,
    Charges,
    Imports,
    Settings,
    Help,
};

[[nodiscard]] constexpr bool isWayIn(PageId page) noexcept
{
    return page <= PageId::Unlock;
}

} // namespace sluice::ui
