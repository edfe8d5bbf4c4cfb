// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/SpendQuery.h"

#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// The one filter language, of the window's filter line and of the command line:
//
//   vendor:OpenAI,Anthropic -unit:lab tag:team=growth 2026-Q3 amount:>=100 "model gateway"
//
// Terms stand side by side and all of them must hold; a '-' before a term turns it round.
//   KEY:VALUE    the value of a dimension (Dimension.h), or the name of the object that it is the
//   id
//                of; case does not matter, * stands for any letters. Several values with commas
//                between them, or the same key again: any of them. (none): what has no value.
//   amount:>=5   the amount of a single charge, by the query's measure and in its own currency: >=,
//                >, <=, <, = (or nothing), or A..B with both ends included.
//   2026-Q3      a period, as parsePeriod() reads it; one at most.
//   other words  must occur in a value that the provider wrote: service, account, tag … but not a
//                resource.
// What has blanks, commas or a meaning of its own stands in "quotes", with \" and \\ inside; a
// quoted value has no wildcards.
struct FilterTerm {
    enum class Kind : std::uint8_t { Dimension, Period, Amount, Text };
    struct Value {
        std::string text;
        bool isQuoted{false};
    };

    Kind kind{Kind::Text};
    bool excludes{false};
    sluice::Dimension dimension;
    std::vector<Value> values;
    sluice::Period period;
    AmountRange amount;
    std::string text;
};

// Usage with the column (1-based, in characters) where the text cannot be understood.
Result<std::vector<FilterTerm>> parseFilter(std::string_view text, FiscalCalendar calendar);

// Terms as text that parseFilter() reads as the same terms.
std::string filterText(const std::vector<FilterTerm>& terms);
// The filters and the period of a query, in the same way.
std::string filterText(const SpendQuery& query);
// A value as it can stand in a filter: in quotes where it has to.
std::string filterValue(std::string_view value);

// The query with the terms added to its own filters. Values are looked up among those that the
// snapshot has (dimensionValues); one that it does not have stays, and nothing matches it. Usage
// where the query has a period already, or a resource or invoice is not named in full.
Result<SpendQuery> filtered(
    SpendQuery query, const std::vector<FilterTerm>& terms, const LedgerSnapshot& snapshot);

// The values of a dimension that a snapshot knows, by value; none of a resource or invoice, which
// only the charges know.
struct DimensionValue {
    std::string value;
    std::string name; // of the object on its last day; empty where the dimension has no names
};
std::vector<DimensionValue> dimensionValues(
    const LedgerSnapshot& snapshot, const Dimension& dimension);

} // namespace sluice
