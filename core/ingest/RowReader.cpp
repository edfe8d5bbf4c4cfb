// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/RowReader.h"

#include "core/ingest/Instant.h"

namespace sluice {

RowReader::RowReader(const ColumnMap& map, const Profile& profile)
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

bool RowReader::slotsAreFields() const
{
    const std::vector<Slot>& columnSlots = m_map.columnSlots;
    for (std::size_t i = 0; i < columnSlots.size(); ++i) {
        if (columnSlots[i].field != static_cast<int>(i))
            return false;
    }
    return columnSlots.size() == m_map.fieldCount && m_renamed.empty();
}

std::span<const std::string_view> RowReader::texts(std::span<const std::string_view> fields)
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

void RowReader::readNumber(std::size_t slot, RuleCell& cell)
{
    if (!m_notation.isPlain())
        cell.text = m_notation.plain(cell.text, m_scratch[slot]);
    cell.decimalOk = tryParseDecimal(cell.text, cell.decimal);
}

void RowReader::readInstant(std::size_t slot, RuleCell& cell) const
{
    constexpr std::int64_t SecondsPerDay = 86'400;
    Instant instant;
    cell.instantOk = parseInstant(cell.text, m_profile.dateOrder, instant);
    cell.instantStrict = cell.instantOk && instant.strict;
    cell.seconds = instant.seconds;
    // "Until 30 September" is until the day after begins.
    if (cell.instantOk && instant.dateOnly
        && m_profile.inclusiveEnds.count(m_map.columnSlots[slot].column) > 0)
        cell.seconds += SecondsPerDay;
}

} // namespace sluice
