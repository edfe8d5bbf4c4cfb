// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/GroupNumbers.h"

#include <algorithm>

namespace sluice {

std::uint32_t GroupNumbers::of(std::uint32_t first, std::uint32_t second)
{
    if (m_slots.size() < 2 * (m_pairs.size() + 1))
        grow();
    const Pair wanted{first, second};
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t at = hash(wanted) & mask;; at = (at + 1) & mask) {
        std::uint32_t& slot = m_slots[at];
        if (slot == 0) {
            m_pairs.push_back(wanted);
            slot = static_cast<std::uint32_t>(m_pairs.size());
            return slot - 1;
        }
        if (m_pairs[slot - 1] == wanted)
            return slot - 1;
    }
}

void GroupNumbers::grow()
{
    m_slots.assign(std::max<std::size_t>(64, m_slots.size() * 2), 0);
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t i = 0; i < m_pairs.size(); ++i) {
        std::size_t at = hash(m_pairs[i]) & mask;
        while (m_slots[at] != 0)
            at = (at + 1) & mask;
        m_slots[at] = static_cast<std::uint32_t>(i + 1);
    }
}

} // namespace sluice
