// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/ColumnMap.h"
#include "core/ingest/NumberNotation.h"
#include "core/ingest/RuleCell.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// Reads a record as its column map and profile say: constants and values renamed, numbers in the
// profile's notation, dates in its order. One object per document and thread; `map` and `profile`
// outlive it.
class RowReader {
public:
    RowReader(const ColumnMap& map, const Profile& profile);

    // The texts by slot. They are the record's own and this object's, until the next call.
    std::span<const std::string_view> texts(std::span<const std::string_view> fields);
    // What `needs` (bits of CellNeed) asks of a slot. Numbers are kept until the slot's next one.
    void read(std::size_t slot, std::string_view text, std::uint8_t needs, RuleCell& cell)
    {
        cell.text = text;
        cell.isNull = isNullText(text);
        cell.decimalOk = false;
        cell.instantOk = false;
        if (cell.isNull)
            return;
        if ((needs & NeedDecimal) != 0)
            readNumber(slot, cell);
        if ((needs & NeedInstant) != 0)
            readInstant(slot, cell);
    }

private:
    [[nodiscard]] bool slotsAreFields() const;
    void readNumber(std::size_t slot, RuleCell& cell);
    void readInstant(std::size_t slot, RuleCell& cell) const;

    const ColumnMap& m_map;
    const Profile& m_profile;
    NumberNotation m_notation;
    std::vector<std::size_t> m_renamed; // slots with a table of values
    std::vector<std::string_view> m_ownTexts; // where slots and fields are not the same
    std::vector<std::string> m_scratch; // by slot: numbers in another notation, rewritten
};

} // namespace sluice
