// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/Findings.h"

#include <map>
#include <tuple>

namespace sluice {

// Gathers findings: adds all of them up and keeps those that weigh most.
class FindingList {
public:
    explicit FindingList(Currency own)
        : m_own{own}
    {
    }

    void add(Finding finding);
    // Into `answer`, the `perKind` (0: all) weightiest of each kind, attribute and currency.
    void write(std::size_t perKind, FindingsAnswer& answer);
    // The ledger's own currency first; nothing last.
    [[nodiscard]] std::tuple<int, std::string_view> rank(
        const std::optional<Currency>& currency) const;

private:
    using Group = std::tuple<FindingKind, std::optional<Attribute>, std::optional<Currency>>;

    Currency m_own;
    std::map<Group, std::vector<Finding>> m_groups;
};

// The query with one more filter: of a dimension that there is.
SpendQuery narrowed(SpendQuery query, std::string_view dimension, std::vector<std::string> values);

// What deliveries have to say: days that are missing, rows that break rules or are held back,
// deliveries beside each other, billing periods that are not over. `query` is the question's,
// without cuts.
Status addDeliveryFindings(const LedgerSnapshot& whole, const LedgerSnapshot& snapshot,
    std::span<const Batch> batches, const FindingsQuestion& question, const TaskContext& context,
    const ChargeScan& scan, FindingList& list);

} // namespace sluice
