// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Interner.h"

namespace sluice {

Interner& Interner::operator=(const Interner& other)
{
    if (this == &other)
        return *this;
    m_texts = other.m_texts;
    m_index.clear();
    m_index.reserve(m_texts.size());
    for (StringId id = 0; id < m_texts.size(); ++id)
        m_index.emplace(m_texts[id], id);
    return *this;
}

StringId Interner::intern(std::string_view text)
{
    if (const auto found = m_index.find(text); found != m_index.end())
        return found->second;
    const auto id = static_cast<StringId>(m_texts.size());
    m_texts.emplace_back(text);
    m_index.emplace(m_texts.back(), id);
    return id;
}

const StringId* Interner::find(std::string_view text) const
{
    const auto found = m_index.find(text);
    return found == m_index.end() ? nullptr : &found->second;
}

} // namespace sluice
