// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/TextTable.h"

#include "core/base/KeyedHash.h"

#include <algorithm>
#include <utility>

namespace sluice {

std::uint32_t TextTable::add(std::string_view text)
{
    if (m_slots.size() < 2 * (m_ends.size() + 1))
        grow();
    KeyedHash hashed;
    hashed.add(text);
    const auto hash = static_cast<std::uint32_t>(hashed.value().first);
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
        Slot& slot = m_slots[at];
        if (slot.id == 0) {
            m_bytes.append(text);
            m_ends.push_back(m_bytes.size());
            slot = {hash, static_cast<std::uint32_t>(m_ends.size())};
            return slot.id - 1;
        }
        if (slot.hash == hash && this->text(slot.id - 1) == text)
            return slot.id - 1;
    }
}

void TextTable::grow()
{
    std::vector<Slot> old(std::max<std::size_t>(64, m_slots.size() * 2));
    std::swap(old, m_slots);
    const std::size_t mask = m_slots.size() - 1;
    for (const Slot& slot : old) {
        if (slot.id == 0)
            continue;
        std::size_t at = slot.hash & mask;
        while (m_slots[at].id != 0)
            at = (at + 1) & mask;
        m_slots[at] = slot;
    }
}

void TextTable::clear()
{
    m_bytes.clear();
    m_ends.clear();
    std::fill(m_slots.begin(), m_slots.end(), Slot{});
}

} // namespace sluice
