// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/CellReader.h"

#include "core/base/Timestamp.h"
#include "core/ingest/Instant.h"

namespace sluice {

CellReader::CellReader(const ColumnMap& map, const Profile& profile)
    : m_map{map}
    , m_profile{profile}
    , m_notation{profile.decimalPoint, profile.thousandsSeparator}
    , m_scratch(map.columnSlots.size())
{
    for (std::size_t slot = 0; slot < map.columnSlots.size(); ++slot) {
        if (map.columnSlots[slot].values != nullptr)
            m_renamed.push_back(slot);
    }
    if (!slotsAreFields())
        m_ownTexts.resize(map.columnSlots.size());
}

bool CellReader::slotsAreFields() const
{
    const std::vector<Slot>& columnSlots = m_map.columnSlots;
    for (std::size_t i = 0; i < columnSlots.size(); ++i) {
        if (columnSlots[i].field != static_cast<int>(i))
            return false;
    }
    return columnSlots.size() == m_map.fieldCount && m_renamed.empty();
}

std::span<const std::string_view> CellReader::texts(std::span<const std::string_view> fields)
{
    if (m_ownTexts.empty())
        return fields;
    const std::vector<Slot>& columnSlots = m_map.columnSlots;
    for (std::size_t i = 0; i < columnSlots.size(); ++i)
        m_ownTexts[i] = columnSlots[i].field >= 0
            ? fields[static_cast<std::size_t>(columnSlots[i].field)]
            : std::string_view{columnSlots[i].constant};
    for (const std::size_t slot : m_renamed) {
        if (const auto found = columnSlots[slot].values->find(std::string{m_ownTexts[slot]});
            found != columnSlots[slot].values->end())
            m_ownTexts[slot] = found->second;
    }
    return m_ownTexts;
}

void CellReader::read(std::span<const Wanted> wanted, std::span<const std::string_view> texts,
    std::span<RuleCell> cells)
{
    for (const auto& [slot, needs] : wanted)
        read(slot, texts[slot], needs, cells[slot]);
}

void CellReader::readNumber(std::size_t slot, RuleCell& cell)
{
    if (!m_notation.isPlain())
        cell.text = m_notation.plain(cell.text, m_scratch[slot]);
    sluice::readNumber(cell);
}

void CellReader::readInstant(std::size_t slot, RuleCell& cell) const
{
    Instant instant;
    cell.instantOk = parseInstant(cell.text, m_profile.dateOrder, instant);
    cell.instantStrict = cell.instantOk && instant.strict;
    cell.seconds = instant.seconds;
    // "Until 30 September" is until the day after begins.
    if (cell.instantOk && instant.dateOnly
        && m_profile.inclusiveEnds.count(m_map.columnSlots[slot].column) > 0)
        cell.seconds += Timestamp::SecondsPerDay;
}

} // namespace sluice
