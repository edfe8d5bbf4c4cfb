// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/PageId.h"
#include "ui/pages/ViewContext.h"

#include <vector>

namespace sluice::ui {

// What one looked at, and on which page.
struct ViewPlace {
    PageId page{PageId::Start};
    ViewState view;
    bool operator==(const ViewPlace&) const = default;
};

// The way one came, for Back and Forward, as in a web browser: who goes elsewhere from an earlier
// place forgets what was ahead. Keeps the last PlacesMax.
class ViewHistory {
public:
    static constexpr std::size_t PlacesMax = 100;

    void visit(ViewPlace place); // the one where one is already changes nothing
    [[nodiscard]] bool canGoBack() const { return m_at > 0; }
    [[nodiscard]] bool canGoForward() const { return m_at + 1 < m_places.size(); }
    const ViewPlace& back(); // only where one can
    const ViewPlace& forward();
    void clear();

private:
    std::vector<ViewPlace> m_places;
    std::size_t m_at{0};
};

} // namespace sluice::ui
