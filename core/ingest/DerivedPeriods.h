// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/ColumnMap.h"
#include "core/ingest/RuleCell.h"

#include <array>
#include <cstdint>
#include <span>

namespace sluice {

// The periods that a profile derives from the start of the charge: the billing period is its month
// (UTC), the end of the charge period a day later. The import and whoever shows a charge again
// derive with it. Unchanging: may be used by many threads.
class DerivedPeriods {
public:
    struct Month {
        std::int64_t start{0}; // UTC seconds
        std::int64_t end{0};
    };

    DerivedPeriods(const ColumnMap& map, const Profile& profile);

    // Fills the cells that a row leaves empty and the profile derives. A billing period of which
    // one end is empty is the charge's month as a whole: half a period says nothing. What is there
    // and cannot be read stays unread.
    void fill(std::span<RuleCell> cells) const
    {
        if (m_derives)
            derive(cells);
    }

    static Month monthOf(std::int64_t chargeStart);
    static std::int64_t dayAfter(std::int64_t chargeStart);

private:
    void derive(std::span<RuleCell> cells) const;

    // Slots; -1: the file has no such column, or the profile does not derive it.
    int m_chargeStart{-1};
    int m_chargeEnd{-1};
    std::array<int, 2> m_billing{-1, -1}; // start, end
    bool m_derives{false};
};

} // namespace sluice
