// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/FilterText.h"

#include "core/analytics/SpendPlan.h"
#include "core/attribution/KeyMatrix.h"
#include "core/attribution/LikePattern.h"
#include "core/base/TextFold.h"

#include <algorithm>
#include <set>

namespace sluice {

namespace {

using Source = Dimension::Source;

std::set<std::string> valuesOf(const LedgerSnapshot& snapshot, const Dimension& dimension)
{
    std::set<std::string> values;
    switch (dimension.source) {
    case Source::Key: {
        const KeyMatrix matrix{*snapshot.keys, {dimension.name}, snapshot.columns.get()};
        for (const StringId value : matrix.column(0).values)
            values.emplace(matrix.text(value));
        break;
    }
    case Source::Attribute:
        for (const Assignment& assignment : snapshot.attribution->assignments) {
            for (const AttributionPart& part : assignment.parts)
                values.emplace(snapshot.attribution->strings.text(
                    part.values[static_cast<std::size_t>(dimension.attribute)]));
        }
        break;
    case Source::Batch:
        for (const SnapshotBatch& batch : snapshot.batches) {
            for (const Scope& scope : batch.scopes)
                values.insert(batchValue(dimension, batch, scope));
        }
        break;
    case Source::Detail:
        break;
    }
    values.erase(std::string{});
    return values;
}

// The values that one of the filter's values stands for.
std::vector<std::string> matching(
    const FilterTerm::Value& wanted, const std::vector<DimensionValue>& known)
{
    const std::string text = folded(wanted.text);
    const bool isPattern = !wanted.isQuoted && LikePattern::isPattern(text);
    const LikePattern pattern{isPattern ? text : std::string{}};
    const auto matches = [&](const std::string& value) {
        return isPattern ? pattern.matches(folded(value)) : folded(value) == text;
    };
    std::vector<std::string> values;
    for (const DimensionValue& value : known) {
        if (matches(value.value) || (!value.name.empty() && matches(value.name)))
            values.push_back(value.value);
    }
    if (values.empty())
        values.push_back(text == NoValue ? std::string{NoValue} : wanted.text);
    return values;
}

Status addDimension(
    const FilterTerm& term, const LedgerSnapshot& snapshot, std::vector<DimensionFilter>& filters)
{
    const std::vector<DimensionValue> known = dimensionValues(snapshot, term.dimension);
    auto same = std::ranges::find_if(filters, [&term](const DimensionFilter& filter) {
        return filter.dimension.name == term.dimension.name && filter.excludes == term.excludes;
    });
    if (same == filters.end())
        same = filters.insert(same, {term.dimension, {}, term.excludes});
    for (const FilterTerm::Value& value : term.values) {
        if (term.dimension.source == Source::Detail && !value.isQuoted
            && LikePattern::isPattern(value.text))
            return Error{ErrorCode::Usage, term.dimension.name + ":" + value.text,
                "only the charges know this dimension, so that it has to be named in full",
                "Write all of it, in \"quotes\" where it has a * or ? of its own"};
        const std::vector<std::string> values = matching(value, known);
        same->values.insert(same->values.end(), values.begin(), values.end());
    }
    return Status::success();
}

} // namespace

std::vector<DimensionValue> dimensionValues(
    const LedgerSnapshot& snapshot, const Dimension& dimension)
{
    BusinessDate latest;
    for (const SnapshotChunk& chunk : snapshot.chunks)
        latest = std::max(latest, chunk.lastDay);
    std::vector<DimensionValue> values;
    for (const std::string& value : valuesOf(snapshot, dimension)) {
        std::string name = dimension.hasName()
            ? objectName(*snapshot.organisation, dimension.attribute, value, latest)
            : std::string{};
        values.push_back({value, std::move(name)});
    }
    return values;
}

Result<SpendQuery> filtered(
    SpendQuery query, const std::vector<FilterTerm>& terms, const LedgerSnapshot& snapshot)
{
    std::vector<DimensionFilter> filters;
    for (const FilterTerm& term : terms) {
        switch (term.kind) {
        case FilterTerm::Kind::Dimension:
            SLUICE_TRY_DO(addDimension(term, snapshot, filters));
            break;
        case FilterTerm::Kind::Period:
            if (query.period)
                return Error{ErrorCode::Usage, "filter",
                    "there is a period already beside the filter's", "Leave one of them out"};
            query.period = term.period;
            break;
        case FilterTerm::Kind::Amount:
            query.amounts.push_back({term.amount, term.excludes});
            break;
        case FilterTerm::Kind::Text:
            query.words.push_back({folded(term.text), term.excludes});
            break;
        }
    }
    query.where.insert(query.where.end(), std::make_move_iterator(filters.begin()),
        std::make_move_iterator(filters.end()));
    return query;
}

} // namespace sluice
