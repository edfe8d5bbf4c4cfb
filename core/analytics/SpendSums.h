// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/DetailNumbers.h"
#include "core/analytics/SpendPlan.h"

#include <map>
#include <span>
#include <vector>

namespace sluice {

// Adds cells or charges up by what a plan tells apart. Sums are 128 bits wide and exact.
class SpendSums {
public:
    struct Row {
        std::uint32_t bucket{0};
        std::uint32_t place{0};
        std::uint32_t group{0};
        std::uint32_t detail{0}; // the caller's number, for charges
        Int128 amount{0};
        std::uint64_t charges{0};
    };
    struct Options {
        Measure measure{Measure::BilledCost};
        bool details{false}; // charges with numbers of details will be added
    };

    SpendSums(const SpendPlan& plan, Options options);

    // All that the plan's query asks for: cells, or single charges where it asks for what only they
    // know (Usage without a scan).
    Status addAsked(const LedgerSnapshot& snapshot, const SpendQuery& query, const ChargeScan& scan,
        DetailNumbers& details, const TaskContext& context);
    // Cancelled when the context says so.
    Status addCells(const LedgerSnapshot& snapshot, const TaskContext& context);
    // Nothing is added when the plan does not ask for the charge. `shares`: as in ChargeScan.
    void addCharge(const Charge& charge, std::uint32_t batch, std::uint32_t detail,
        std::span<const ShareCosts> shares);
    // A charge that a filter on its details leaves out: what the others add to their cell's shares
    // is the same with and without the filter.
    void passCharge(const Charge& charge, std::uint32_t batch);

    [[nodiscard]] std::vector<Row> rows() const; // those with anything in them, in no order
    // By how much the rows' counts of charges exceed the number of charges, because a split charge
    // is in several rows.
    [[nodiscard]] const std::map<Currency, std::uint64_t>& recounted() const noexcept
    {
        return m_recounted;
    }

private:
    struct Sum {
        Int128 amount{0};
        std::uint64_t charges{0};
    };

    void addChunk(const RollupCells& cells, const std::vector<std::uint32_t>& places,
        std::size_t begin, std::size_t end);
    void addMonths(const RollupCells& cells, const std::vector<std::uint32_t>& places,
        std::size_t begin, std::size_t end);
    // What the months leave open of a chunk that they hold.
    void addRest(const SnapshotChunk& chunk, std::size_t beginRun, std::size_t endRun);
    // A corner is a bucket and a place in one number.
    void addStretch(std::uint32_t entry, std::uint32_t corner, const RollupCells& cells,
        std::size_t begin, std::size_t end);
    // The shares of what a cost adds to the sum `before`, so that the shares of all steps add up to
    // those of the whole.
    void addShares(const SpendPlan::Split& split, std::uint32_t corner, std::uint32_t detail,
        std::int64_t before, std::int64_t cost, std::uint64_t charges);
    void addAmounts(const SpendPlan::Split& split, std::uint32_t corner, std::uint32_t detail,
        std::uint64_t charges); // those in m_shares
    // What the charges before this one in its cell of the roll-up come to; from then on it is one
    // of them.
    [[nodiscard]] std::int64_t passed(const Charge& charge, std::uint32_t batch);
    // None when the plan does not ask for the charge; else its corner.
    [[nodiscard]] std::uint32_t entryOf(
        const Charge& charge, std::uint32_t batch, std::uint32_t& corner) const;
    void recount(const SpendPlan::Split& split, std::uint64_t charges);
    [[nodiscard]] Sum& sumOf(std::uint32_t corner, std::uint32_t group, std::uint32_t detail);
    [[nodiscard]] std::uint32_t cornerOf(std::uint32_t bucket, std::uint32_t place) const noexcept
    {
        return bucket * static_cast<std::uint32_t>(m_plan.placeCount()) + place;
    }

    const SpendPlan& m_plan;
    Options m_options;
    bool m_dense;
    std::vector<Sum> m_sums; // dense: by corner and group; else by number of m_numbers
    GroupNumbers m_cellNumbers; // (corner, group)
    GroupNumbers m_numbers; // (number of m_cellNumbers, detail)
    std::vector<std::int64_t> m_shares; // of the split at hand
    std::vector<std::int64_t> m_sharesBefore;
    GroupNumbers m_scopeNumbers; // (batch, scope)
    GroupNumbers m_keyNumbers; // (number of m_scopeNumbers, key)
    GroupNumbers m_dayNumbers; // (number of m_keyNumbers, day)
    std::vector<std::int64_t> m_before; // by number of m_dayNumbers
    std::map<Currency, std::uint64_t> m_recounted;
};

} // namespace sluice
