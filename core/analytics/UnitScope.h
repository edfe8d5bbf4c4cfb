// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/LedgerSnapshot.h"

#include <vector>

namespace sluice {

// Which units' spend a principal may see, and when: the subtrees of the principal's units as the
// organisation was on the day of the charge. Spend without a unit is in nobody's scope.
class UnitScope {
public:
    // `strings`: of the attribution whose shares are judged.
    UnitScope(
        const Organisation& organisation, const Interner& strings, const Principal& principal);

    // The days on which the visible units change, sorted; the first reaches back for ever.
    [[nodiscard]] const std::vector<BusinessDate>& eraStarts() const noexcept
    {
        return m_eraStarts;
    }
    [[nodiscard]] std::size_t eraOf(BusinessDate day) const noexcept;
    [[nodiscard]] bool sees(std::size_t era, const AttributionPart& part) const
    {
        return m_visible[era][part.values[static_cast<std::size_t>(Attribute::Unit)]];
    }

private:
    std::vector<BusinessDate> m_eraStarts;
    std::vector<std::vector<bool>> m_visible; // by era, by string of the attribution
};

} // namespace sluice
