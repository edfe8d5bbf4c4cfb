// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// What a rule (or a dimension of a query) reads from a charge key: a FOCUS column that is part of
// the key
// ("ServiceName"), a dimension of the command line's contract ("service"), a tag ("tag:team"), a
// column of the source's own ("x_Project"), or a member of SkuPriceDetails
// ("SkuPriceDetails.Model").
struct KeyField {
    // exact names of the dictionary's fields; the first that is not null counts
    std::vector<std::string> columns;
    // Not empty: all fields whose foldedFieldName is this count, the exactly named one first, then
    // by name. Real files have "org" and " org", "Application" and "APPLICATION" side by side.
    std::string foldedName;
};

// BadInput with the reason when `name` is not part of a key: a detail of the single charge, a
// number, a date, an attribute that rules assign themselves, or no column at all.
Result<KeyField> parseKeyField(std::string_view name);

// "tag: Org" → "tag:org". The same text for all fields that a tag, x_ or SkuPriceDetails field may
// be written as; empty for other columns.
std::string foldedFieldName(std::string_view field);
// Whether two names are the same field of a key: equal, or one spelling or another of a tag, x_ or
// SkuPriceDetails field.
bool isSameField(std::string_view a, std::string_view b);

} // namespace sluice
