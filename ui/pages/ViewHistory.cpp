// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/ViewHistory.h"

#include "core/base/Check.h"

namespace sluice::ui {

void ViewHistory::visit(ViewPlace place)
{
    if (!m_places.empty()) {
        if (m_places[m_at] == place)
            return;
        m_places.resize(m_at + 1);
    }
    m_places.push_back(std::move(place));
    if (m_places.size() > PlacesMax)
        m_places.erase(m_places.begin());
    m_at = m_places.size() - 1;
}

const ViewPlace& ViewHistory::back()
{
    SLUICE_CHECK(canGoBack());
    return m_places[--m_at];
}

const ViewPlace& ViewHistory::forward()
{
    SLUICE_CHECK(canGoForward());
    return m_places[++m_at];
}

void ViewHistory::clear()
{
    m_places.clear();
    m_at = 0;
}

} // namespace sluice::ui
