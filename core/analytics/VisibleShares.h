// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/PrincipalScope.h"

#include <memory>
#include <vector>

namespace sluice {

// The shares of one key's charges that a principal may see on one day.
struct VisiblePortion {
    std::vector<std::uint32_t> shares; // indexes into the assignment's parts; empty: nothing
    bool everything{false}; // nothing of the charge belongs to others

    // What a cost of the key comes to, by share seen: of a sum, and of the one charge of a row.
    [[nodiscard]] std::vector<std::int64_t> amounts(std::int64_t cost) const;
    [[nodiscard]] std::vector<std::int64_t> amountsOfCharge(
        std::int64_t cost, std::uint64_t row) const;

    std::vector<std::uint32_t> weights; // of all parts
    // weights under the newest attribution, where it lets see less; else empty
    std::vector<std::uint32_t> limit;
    std::vector<bool> limitSeen; // which of those are the principal's

private:
    template <class Allocate>
    [[nodiscard]] std::vector<std::int64_t> amountsBy(
        std::int64_t cost, const Allocate& allocateParts) const;
};

// Which shares a principal may see under one attribution. Scope is judged by the newest attribution
// and organisation, whichever version is asked: what the newest one gives to others stays theirs
// under an older one too, and where the two divide a charge differently the smaller part is seen.
class VisibleShares {
public:
    // `newest`: the whole ledger as it is now. A principal who sees everything sees all shares.
    VisibleShares(std::shared_ptr<const AttributionTable> asked, const LedgerSnapshot& newest,
        const Principal& principal);

    // The days on which the answers may change, sorted; the first reaches back for ever.
    [[nodiscard]] const std::vector<BusinessDate>& eraStarts() const noexcept
    {
        return m_eraStarts;
    }
    [[nodiscard]] VisiblePortion of(KeyId key, BusinessDate day) const;

private:
    std::shared_ptr<const AttributionTable> m_asked;
    std::shared_ptr<const AttributionTable> m_newest;
    bool m_seesEverything;
    PrincipalScope m_askedScope;
    PrincipalScope m_newestScope;
    std::vector<BusinessDate> m_eraStarts;
};

} // namespace sluice
