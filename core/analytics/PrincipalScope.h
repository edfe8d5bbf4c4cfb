// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/LedgerSnapshot.h"

#include <vector>

namespace sluice {

// Which shares a principal may see, and when: those of the subtrees of the principal's units as the
// organisation was on the day of the charge, or for who has none whatever the attribution gives to
// the principal in person. Spend without a unit is in nobody's scope but its owner's.
class PrincipalScope {
public:
    // `strings`: of the attribution whose shares are judged.
    PrincipalScope(
        const Organisation& organisation, const Interner& strings, const Principal& principal);

    // The days on which the visible units change, sorted; the first reaches back for ever.
    [[nodiscard]] const std::vector<BusinessDate>& eraStarts() const noexcept
    {
        return m_eraStarts;
    }
    [[nodiscard]] std::size_t eraOf(BusinessDate day) const noexcept;
    [[nodiscard]] bool sees(std::size_t era, const AttributionPart& part) const
    {
        const StringId owner = part.values[static_cast<std::size_t>(Attribute::Owner)];
        return m_visibleUnits[era][part.values[static_cast<std::size_t>(Attribute::Unit)]]
            || (owner != 0 && owner == m_person);
    }

private:
    std::vector<BusinessDate> m_eraStarts;
    StringId m_person{0}; // 0: nothing is seen as one's own
    std::vector<std::vector<bool>> m_visibleUnits; // by era, by string of the attribution
};

} // namespace sluice
