// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/GroupNumbers.h"
#include "core/analytics/SpendQuery.h"
#include "core/analytics/VisibleShares.h"
#include "core/ledger/Charge.h"

#include <memory>
#include <vector>

namespace sluice {

// Whether a charge belongs to the figure that a query gives, and with which share: decided by the
// same plan that adds the figure up, so that a list of charges and the figure above it agree.
// Amounts of a split charge are allocated charge by charge here and day by day there: each share of
// a charge is less than one unit of the currency's scale from the exact one, on a side that changes
// from row to row (allocateInTurn()). Immutable, any thread; keeps what it needs
// of the snapshot alive.
class ChargeFilter {
public:
    // The query's period, filters and kind count; what it cuts by does not. Charges are those of
    // `snapshot`: key numbers and batch indexes are its own. With a principal, `snapshot` is the
    // whole ledger in some version, `newest` the whole ledger as it is now, and only the shares
    // match that the principal may see (VisibleShares.h).
    ChargeFilter(const LedgerSnapshot& snapshot, const LedgerSnapshot& newest,
        const SpendQuery& query, const Principal& principal);
    ChargeFilter(const LedgerSnapshot& snapshot, const SpendQuery& query);
    ~ChargeFilter();
    ChargeFilter(ChargeFilter&&) noexcept;
    ChargeFilter& operator=(ChargeFilter&&) noexcept;

    // False: no charge of the batch (or scope of it) can match, so that none needs to be read.
    [[nodiscard]] bool wantsBatch(std::uint32_t batch) const;
    [[nodiscard]] bool wantsScope(std::uint32_t batch, std::uint32_t scope) const;
    // False: the charge does not match. Else its costs have become those of the matching shares.
    [[nodiscard]] bool apply(Charge& charge, std::uint32_t batch) const;
    // The matching shares of a charge that matches: indexes into the parts of its assignment.
    [[nodiscard]] std::vector<std::uint32_t> shares(const Charge& charge) const;

private:
    [[nodiscard]] bool asksFor(std::uint32_t entry, std::uint32_t share) const;

    struct State;
    std::unique_ptr<const State> m_state;
};

// What a ChargeScan over `snapshot` does to each charge that the store has: the store numbers keys
// within the whole ledger. `snapshot` is `whole` itself or was made of it and of `newest`, the
// whole ledger as it is now, by scopedSnapshot().
class SnapshotCharges {
public:
    SnapshotCharges(const LedgerSnapshot& whole, const LedgerSnapshot& newest,
        const LedgerSnapshot& snapshot, const SpendQuery& query);

    // The index of a batch of `snapshot` in `whole`.
    [[nodiscard]] std::uint32_t wholeBatch(std::uint32_t batch) const { return m_batches[batch]; }
    // False: not to be visited. Else key and costs are those that the principal of `snapshot` may
    // see: what the charge adds to the shares of its cell, so that the charges of a cell add up to
    // what the snapshot's cell has. Every charge of the period in the order of the store.
    [[nodiscard]] bool apply(Charge& charge, std::uint32_t batch);
    // Of the charge that apply() let through last: empty, or its costs by visible share.
    [[nodiscard]] const std::vector<ShareCosts>& shares() const noexcept { return m_shares; }

private:
    [[nodiscard]] ShareCosts& costsBefore(const Charge& charge, std::uint32_t batch);

    ChargeFilter m_filter;
    VisibleShares m_visible;
    std::vector<ShareCosts> m_shares;
    GroupNumbers m_scopeNumbers; // (batch, scope)
    GroupNumbers m_keyNumbers; // (number of m_scopeNumbers, ledger key)
    GroupNumbers m_dayNumbers; // (number of m_keyNumbers, day)
    // by number of m_dayNumbers: what the charges before come to, with everyone's shares
    std::vector<ShareCosts> m_before;
    std::vector<std::uint32_t> m_batches;
    bool m_isWhole;
    std::vector<KeyId> m_keys; // by ledger key: the snapshot's, or NoKey
};

} // namespace sluice
