// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/attribution/Ruleset.h"
#include "core/ledger/Organisation.h"

#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// A way to cut spend, by the names of the command line's contract: "service", "unit", "tag:team",
// a column of the source's own ("x_project") …
// Values are shown as ids; owner, unit, cost_centre and workflow also have a name. What has no
// value is "(none)".
struct Dimension {
    // Detail: only the charges know (resource, invoice)
    enum class Source : std::uint8_t { Key, Attribute, Batch, Detail };
    std::string name;
    Source source{Source::Key};
    // Key: first non-null of these key fields (a tag or x_ column: of all its spellings, see
    // KeyField)
    std::vector<std::string> fields;
    Attribute attribute{Attribute::Owner};
    [[nodiscard]] bool hasName() const noexcept;
};
Result<Dimension> parseDimension(std::string_view name);
std::vector<std::string_view> dimensionNames(); // without tag:KEY, x_COLUMN

inline constexpr std::string_view NoValue = "(none)";
inline constexpr std::string_view OtherValue = "(other)"; // the remainder of a top-N answer

struct DimensionFilter {
    Dimension dimension;
    std::vector<std::string> values; // any of these; NoValue for none
    bool excludes{false}; // all but these

    [[nodiscard]] bool wants(std::string_view value) const; // empty: none
};

// The name of a person, unit, cost centre or workflow on that day, or the one it had last when it
// is not there on that day; empty for other attributes and unknown ids.
std::string objectName(
    const Organisation& organisation, Attribute attribute, std::string_view id, BusinessDate day);

} // namespace sluice
