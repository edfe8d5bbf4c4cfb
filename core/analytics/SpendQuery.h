// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/LedgerSnapshot.h"
#include "core/base/Period.h"
#include "core/base/TaskContext.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace sluice {

// A way to cut spend, by the names of the command line's contract: "service", "unit", "tag:team" … Values are shown
// as ids; owner, unit, cost_centre and workflow also have a name. What has no value is "(none)".
struct Dimension {
    enum class Source : std::uint8_t { Key, Attribute, Batch, Detail }; // Detail: only the charges know (resource, invoice)
    std::string name;
    Source source{Source::Key};
    std::vector<std::string> fields; // Key: first non-null of these key fields
    Attribute attribute{Attribute::Owner};
    [[nodiscard]] bool hasName() const noexcept;
};
Result<Dimension> parseDimension(std::string_view name);
std::vector<std::string_view> dimensionNames(); // without tag:KEY

inline constexpr std::string_view NoValue = "(none)";
inline constexpr std::string_view OtherValue = "(other)"; // the remainder of a top-N answer

struct DimensionFilter {
    Dimension dimension;
    std::vector<std::string> values; // any of these; NoValue for none
};

struct SpendQuery {
    std::vector<Dimension> by;
    std::optional<Grain> grain;
    std::optional<Period> period;
    std::vector<DimensionFilter> where;
    Measure measure{Measure::BilledCost};
    BatchKind kind{BatchKind::Billed};
    std::size_t top{0}; // 0: all; else the N largest and a remainder that keeps totals exact
};

struct SpendRow {
    std::vector<std::string> values; // one per dimension
    std::vector<std::string> names; // same length; empty where the dimension has no names
    std::string bucket; // label of the grain's period; empty without a grain
    Currency currency;
    Int128 amount{0}; // units of the currency's scale
    std::uint64_t charges{0};
};

struct SpendTotal {
    Currency currency;
    Int128 amount{0};
    std::uint64_t charges{0};
};

struct SpendAnswer {
    std::uint64_t revision{0};
    std::vector<SpendRow> rows; // by bucket, then amount descending, then values
    std::vector<SpendTotal> totals; // exact: the rows add up to them
};

// Charges read from the store for the dimensions that only they know. Calls `visit` with each live charge of the
// batch kind and period, key numbers being the snapshot's, amounts being the principal's share.
using ChargeScan = std::function<Status(const SpendQuery&, const std::function<void(const Charge&, std::uint32_t batch)>& visit)>;

// Pure; Usage when a Detail dimension is asked for without a scan. Looks at the stop token at least every 50 ms.
Result<SpendAnswer> spend(const LedgerSnapshot& snapshot, const SpendQuery& query, const TaskContext& context, const ChargeScan& scan = {});

// The same numbers as a tree for the map: `by` is the nesting, from the root down.
struct SpendNode {
    std::string value;
    std::string name; // for display: the object's name, or the value
    Currency currency;
    Int128 amount{0};
    std::uint64_t charges{0};
    std::vector<SpendNode> children; // amount descending
};
struct SpendTree {
    std::uint64_t revision{0};
    std::vector<SpendNode> roots; // one per currency
};
Result<SpendTree> spendTree(const LedgerSnapshot& snapshot, const SpendQuery& query, const TaskContext& context, const ChargeScan& scan = {});

// Share of spend (of one measure, by absolute amount) that has an owner, a cost centre, a workflow.
struct Coverage {
    Attribute attribute{Attribute::Owner};
    Currency currency;
    Int128 covered{0};
    Int128 total{0};
};
Result<std::vector<Coverage>> coverage(const LedgerSnapshot& snapshot, const SpendQuery& query, const TaskContext& context);

} // namespace sluice
