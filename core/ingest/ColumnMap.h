// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/FocusCatalogue.h"
#include "core/ingest/Profile.h"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace sluice {

// How a slot takes part in a charge. Class: descriptive, part of the charge key. Capped: the same,
// as long as it has few distinct values (x_ columns, descriptions, tags). Value: a number or a
// date. Detail: of the single charge.
enum class SlotRole : std::uint8_t { Class, Capped, Value, Detail };

// A FOCUS column as the mapper sees it: where its text comes from and what it is for.
struct Slot {
    std::string column; // canonical FOCUS name, or the x_ name
    int field{-1}; // index in the record; -1: `constant`
    std::string constant;
    SlotRole role{SlotRole::Detail};
    ColumnType type{ColumnType::String};
    const std::map<std::string, std::string>* values{nullptr}; // renames of the profile
};

// A file's header seen through a profile: the slots, in file order, constants last.
struct ColumnMap {
    std::vector<Slot> columnSlots;
    std::size_t fieldCount{0}; // of the header
    std::string focusVersion; // empty when the file is not FOCUS
    std::vector<std::string> findings; // of the header, one sentence each

    [[nodiscard]] std::optional<std::size_t> find(std::string_view column) const;
    [[nodiscard]] std::vector<std::string> columns() const; // canonical names, by slot
    [[nodiscard]] std::vector<bool> classColumns() const;
};

// The profile to read a file with: the one called `id` (Usage when there is none of that name), or
// the one that recognises the file, with the user's mapping laid over it. BadInput when the mapping
// speaks of a column that neither FOCUS nor the file has, or maps a FOCUS column to names of which
// the file has none: a slip of the pen must not leave another column in its place. `where` is for
// messages.
Result<Profile> profileOf(std::span<const std::string> header, const RecordBatch* first,
    const std::optional<std::string>& id, const std::optional<Profile>& mapping,
    const FocusCatalogue& catalogue, const std::string& where);

// `profile` outlives the map. `demoted` are fields of the source that had too many distinct values
// before.
ColumnMap matchColumns(std::span<const std::string> header, const Profile& profile,
    const FocusCatalogue& catalogue, const std::set<std::string>& demoted);
// The FOCUS columns that a charge needs, that the map does not have and the profile cannot derive.
std::vector<std::string> missingColumns(const ColumnMap& map, const Profile& profile);
// The same of a file that is to be imported: MissingColumns (it is refused) when a money or period
// column is missing that the profile cannot derive.
Result<ColumnMap> mapColumns(std::span<const std::string> header, const Profile& profile,
    const FocusCatalogue& catalogue, const std::set<std::string>& demoted);

} // namespace sluice
