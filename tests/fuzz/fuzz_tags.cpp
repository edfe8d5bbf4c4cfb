// SPDX-License-Identifier: GPL-3.0-or-later
// Any text as a Tags cell: its members become fields of the charge key, each once, whatever rows
// came before; and a tag is found under each of its spellings.
#include "core/attribution/KeyMatrix.h"
#include "core/base/Check.h"
#include "core/base/TextFold.h"
#include "core/ingest/ClassTable.h"

#include <algorithm>
#include <cstddef>

namespace {

using namespace sluice;

ColumnMap tagsOnly()
{
    ColumnMap map;
    Slot slot;
    slot.column = "Tags";
    slot.field = 0;
    slot.role = SlotRole::Capped;
    slot.type = ColumnType::Json;
    map.columnSlots.push_back(slot);
    map.fieldCount = 1;
    return map;
}

// The fields and values of the key that a row with these tags gets.
std::vector<std::pair<std::string, std::string>> cellsOf(const KeyDictionary& keys, KeyId key)
{
    std::vector<std::pair<std::string, std::string>> cells;
    for (const KeyCell& cell : keys.cells(key))
        cells.emplace_back(keys.text(cell.field), keys.text(cell.value));
    std::sort(cells.begin(), cells.end());
    return cells;
}

// The exact spelling counts first, then the others in the order of their names; blank values are
// none.
std::string expected(
    const std::vector<std::pair<std::string, std::string>>& cells, const std::string& field)
{
    const auto fits = [&](const auto& cell, bool exact) {
        return !trimmed(cell.second).empty()
            && (exact ? cell.first == field
                      : foldedFieldName(cell.first) == foldedFieldName(field));
    };
    for (const bool exact : {true, false}) {
        const auto found = std::find_if(
            cells.begin(), cells.end(), [&](const auto& cell) { return fits(cell, exact); });
        if (found != cells.end())
            return found->second;
    }
    return {};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const ColumnMap map = tagsOnly();
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto members = parseFlatObject(text);
    KeyDictionary keys;
    std::set<std::string> demoted;
    ClassTable table{map, keys, demoted};
    // Texts that the dictionary knows already, in another order.
    for (auto member = members.rbegin(); member != members.rend(); ++member)
        keys.intern(member->second);
    const std::array<std::string_view, 1> texts{text};
    const auto cells = cellsOf(keys, table.at(table.find(texts).id).key);
    KeyDictionary fresh;
    std::set<std::string> noneDemoted;
    ClassTable alone{map, fresh, noneDemoted};
    SLUICE_CHECK(cellsOf(fresh, alone.at(alone.find(texts).id).key) == cells);
    SLUICE_CHECK(cells.size() <= members.size());
    std::vector<std::string> fields;
    for (const auto& [field, value] : cells) {
        SLUICE_CHECK(field.starts_with("tag:") && !value.empty());
        for (const std::string& spelling : {field, "tag: " + field.substr(4)}) {
            if (parseKeyField(spelling).ok() && fields.size() < 40
                && std::find(fields.begin(), fields.end(), spelling) == fields.end())
                fields.push_back(spelling);
        }
    }
    if (fields.empty())
        return 0;
    const KeyMatrix matrix{keys, fields};
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const KeyMatrix::Column& column = matrix.column(i);
        SLUICE_CHECK(matrix.text(column.values[column.numbers[0]]) == expected(cells, fields[i]));
    }
    return 0;
}
