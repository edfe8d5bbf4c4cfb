// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/PrincipalScope.h"

#include <algorithm>

namespace sluice {

PrincipalScope::PrincipalScope(
    const Organisation& organisation, const Interner& strings, const Principal& principal)
    : m_eraStarts{Effective{}.from}
{
    const std::vector<BusinessDate> changes = organisation.breakpoints();
    std::copy_if(changes.begin(), changes.end(), std::back_inserter(m_eraStarts),
        [](BusinessDate day) { return Effective{}.from < day; });
    if (const StringId* id = strings.find(principal.person); principal.seesOwn() && id != nullptr)
        m_person = *id;
    for (const BusinessDate day : m_eraStarts) {
        std::vector<bool>& visible = m_visibleUnits.emplace_back(strings.size(), false);
        for (const std::string& root : principal.scope) {
            for (const std::string& unit : organisation.subtree(root, day)) {
                if (const StringId* id = strings.find(unit); id != nullptr && *id != 0)
                    visible[*id] = true;
            }
        }
    }
}

std::size_t PrincipalScope::eraOf(BusinessDate day) const noexcept
{
    const auto next = std::upper_bound(m_eraStarts.begin(), m_eraStarts.end(), day);
    return next == m_eraStarts.begin() ? 0
                                       : static_cast<std::size_t>(next - m_eraStarts.begin()) - 1;
}

} // namespace sluice
