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

// Reads the cells of records through a column map: constants for columns that the file does not
// have, values renamed, numbers and dates in the notation of the profile. The import and whoever
// shows a charge again read with it, so that both speak of the same values. One object per document
// and thread.
class CellReader {
public:
    struct Wanted {
        std::size_t slot;
        std::uint8_t needs; // bits of CellNeed
    };

    // `map` and `profile` outlive the reader.
    CellReader(const ColumnMap& map, const Profile& profile);

    // The texts of all slots of a record, valid until the next one or as long as `fields`, of which
    // there are as many as the header has.
    std::span<const std::string_view> texts(std::span<const std::string_view> fields);
    // Reads the wanted ones of these texts into `cells`, by slot; the others stay as they are. Text
    // of a number in another notation is rewritten, and valid until the next record.
    void read(std::span<const Wanted> wanted, std::span<const std::string_view> texts,
        std::span<RuleCell> cells);
    // The same of one slot.
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
    // what texts() shows where slots and fields are not the same
    std::vector<std::string_view> m_ownTexts;
    std::vector<std::string> m_scratch; // by slot: numbers in another notation, rewritten
};

} // namespace sluice
