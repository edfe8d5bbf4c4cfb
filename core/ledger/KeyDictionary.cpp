// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/KeyDictionary.h"

#include <algorithm>
#include <string>

namespace sluice {

std::size_t KeyDictionary::Hash::operator()(KeyId key) const noexcept
{
    // FNV-1a over whole cells, finished by a multiplication: keys are few, simplicity wins.
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (const KeyCell& cell : self->cells(key))
        hash = (hash ^ (static_cast<std::uint64_t>(cell.field) << 32 | cell.value))
            * 0x100000001B3ULL;
    return static_cast<std::size_t>(hash ^ (hash >> 29));
}

bool KeyDictionary::Equal::operator()(KeyId a, KeyId b) const noexcept
{
    const auto left = self->cells(a);
    const auto right = self->cells(b);
    return std::equal(left.begin(), left.end(), right.begin(), right.end());
}

KeyDictionary::KeyDictionary(const KeyDictionary& other)
{
    *this = other;
}

KeyDictionary& KeyDictionary::operator=(const KeyDictionary& other)
{
    if (this == &other)
        return *this;
    m_strings = other.m_strings;
    m_cells = other.m_cells;
    m_offsets = other.m_offsets;
    m_fields = other.m_fields;
    m_isField = other.m_isField;
    m_index.clear();
    m_index.reserve(keyCount());
    for (KeyId key = 0; key < keyCount(); ++key)
        m_index.insert(key);
    return *this;
}

KeyId KeyDictionary::internKey(std::span<const KeyCell> cells)
{
    // The candidate is appended first, so that hash and equality see it like any other key.
    const auto candidate = static_cast<KeyId>(keyCount());
    m_cells.insert(m_cells.end(), cells.begin(), cells.end());
    m_offsets.push_back(m_cells.size());
    const auto [found, inserted] = m_index.insert(candidate);
    if (!inserted) {
        m_offsets.pop_back();
        m_cells.resize(m_offsets.back());
    } else {
        noteFields(cells);
    }
    return *found;
}

KeyId KeyDictionary::addTwin(KeyId key)
{
    const std::vector<KeyCell> same{cells(key).begin(), cells(key).end()};
    m_cells.insert(m_cells.end(), same.begin(), same.end());
    m_offsets.push_back(m_cells.size());
    return static_cast<KeyId>(keyCount() - 1);
}

StringId KeyDictionary::value(KeyId key, StringId field) const noexcept
{
    const auto row = cells(key);
    const auto found = std::lower_bound(row.begin(), row.end(), field,
        [](const KeyCell& cell, StringId wanted) { return cell.field < wanted; });
    return found != row.end() && found->field == field ? found->value : StringId{0};
}

std::vector<StringId> KeyDictionary::column(std::string_view field) const
{
    std::vector<StringId> values(keyCount(), StringId{0});
    const StringId* id = m_strings.find(field);
    if (id == nullptr)
        return values;
    for (KeyId key = 0; key < keyCount(); ++key)
        values[key] = value(key, *id);
    return values;
}

std::vector<StringId> KeyDictionary::fields() const
{
    std::vector<StringId> result = m_fields;
    std::sort(
        result.begin(), result.end(), [this](StringId a, StringId b) { return text(a) < text(b); });
    return result;
}

void KeyDictionary::noteFields(std::span<const KeyCell> cells)
{
    for (const KeyCell& cell : cells) {
        if (cell.field >= m_isField.size())
            m_isField.resize(cell.field + 1, false);
        if (m_isField[cell.field])
            continue;
        m_isField[cell.field] = true;
        m_fields.push_back(cell.field);
    }
}

} // namespace sluice
