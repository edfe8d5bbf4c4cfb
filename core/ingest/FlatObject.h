// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice {

// The members of a JSON object. Numbers are the text they are written with, of any size; nested
// values are their JSON text without blanks.
struct FlatObject {
    std::vector<std::pair<std::string, std::string>> members; // nulls left out
    bool isFlat{true}; // no member is nested, and no name occurs twice
};
// Nothing when `json` is no object, or is broken.
std::optional<FlatObject> readFlatObject(std::string_view json);

// The members of a tags column; what an Azure export writes without its braces is understood too.
// Empty for anything else.
std::vector<std::pair<std::string, std::string>> parseFlatObject(std::string_view text);

} // namespace sluice
