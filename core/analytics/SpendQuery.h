// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/Dimension.h"
#include "core/analytics/LedgerSnapshot.h"
#include "core/base/Period.h"
#include "core/base/TaskContext.h"

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sluice {

// Amounts from least to most; nothing: without end.
struct AmountRange {
    struct Bound {
        Decimal amount;
        bool isIncluded{true};
    };
    std::optional<Bound> least;
    std::optional<Bound> most;

    [[nodiscard]] bool contains(const Decimal& amount) const;
};
// Of a single charge: its amount by the query's measure, in its own currency, as far as the
// principal sees it.
struct AmountFilter {
    AmountRange range;
    bool excludes{false};
};
// Charges with a value that the provider wrote (of a key field) and that holds this text.
struct TextFilter {
    std::string text; // folded
    bool excludes{false};
};

// An estimate counts in a query for estimates whether or not a bill covers its day: only budget
// consumption puts the kinds side by side, and there a billed batch takes the place of the
// estimates of its service provider and days.
struct SpendQuery {
    std::vector<Dimension> by;
    std::optional<Grain> grain;
    std::optional<Period> period;
    // all of these must hold
    std::vector<DimensionFilter> where;
    std::vector<TextFilter> words;
    std::vector<AmountFilter> amounts;
    Measure measure{Measure::BilledCost};
    BatchKind kind{BatchKind::Billed};
    // 0: all; else the N largest of each currency, by their amount over all buckets, and one
    // remainder row in each bucket and currency that keeps totals exact.
    std::size_t top{0};
};

struct SpendRow {
    std::vector<std::string> values; // one per dimension
    std::vector<std::string> names; // same length; empty where the dimension has no names
    std::string bucket; // label of the grain's period; empty without a grain
    Currency currency;
    Int128 amount{0}; // units of the currency's scale
    std::uint64_t charges{0}; // a split charge counts once in each row it has a share in
};

struct SpendTotal {
    Currency currency;
    Int128 amount{0};
    std::uint64_t charges{0}; // every charge once
};

struct SpendAnswer {
    std::uint64_t revision{0};
    // by bucket, currency, amount descending (the remainder last), values
    std::vector<SpendRow> rows;
    std::vector<SpendTotal> totals; // exact: the rows add up to them
};

// Charges read from the store for the dimensions that only they know. Calls `visit` with each live
// charge of the batch kind and period and the index of its batch in the snapshot, key numbers being
// the snapshot's, amounts being the principal's part (SnapshotCharges does both). Where others have
// a part too, `shares` are the costs by share of the snapshot's attribution; else it is empty.
using ShareCosts = std::array<std::int64_t, MeasureCount>;
using ChargeVisit
    = std::function<void(const Charge&, std::uint32_t batch, std::span<const ShareCosts> shares)>;
using ChargeScan = std::function<Status(const SpendQuery&, const ChargeVisit& visit)>;

// Pure. A split cell is allocated to its shares cell by cell, so that rows add up to totals
// exactly. A charge is given what it adds to the shares of its cell, so that the rows by resource
// or invoice add up to what they are without. Usage when a Detail dimension is asked for without a
// scan. Looks at the stop token at least every 50 ms.
Result<SpendAnswer> spend(const LedgerSnapshot& snapshot, const SpendQuery& query,
    const TaskContext& context, const ChargeScan& scan = {});

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
Result<SpendTree> spendTree(const LedgerSnapshot& snapshot, const SpendQuery& query,
    const TaskContext& context, const ChargeScan& scan = {});

// How much of the spend has an owner, a cost centre, a workflow: the sums that spend() gives,
// credits counting as such.
struct Coverage {
    Attribute attribute{Attribute::Owner};
    Currency currency;
    Int128 covered{0};
    Int128 total{0};

    // Whether covered is a part of the total that a percentage can say: credits on one side may
    // outweigh it.
    [[nodiscard]] bool hasShare() const noexcept
    {
        return total > 0 ? covered >= 0 && covered <= total
                         : total < 0 && covered <= 0 && covered >= total;
    }
};
Result<std::vector<Coverage>> coverage(const LedgerSnapshot& snapshot, const SpendQuery& query,
    const TaskContext& context, const ChargeScan& scan = {});

} // namespace sluice
