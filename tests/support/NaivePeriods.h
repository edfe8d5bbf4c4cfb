// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Random.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

namespace sluice::test {

// The rules of Supersession.h once more, over days of one source.
class NaivePeriods {
public:
    struct Part {
        int account{0};
        int start{0};
        int end{0};
        int cost{0};
        int delivery{0};
    };

    // Parts of one delivery: of one account they begin on different days.
    bool bring(const std::vector<Part>& parts, bool insists)
    {
        std::set<int> sideBySide = m_sideBySide;
        for (const Part& part : parts) {
            for (const Part& other : parts) {
                if (part.start != other.start && shareDays(part, other))
                    sideBySide.insert(part.account);
            }
        }
        const std::vector<Part> before = m_parts;
        std::set<std::size_t> taken; // indices into `before`
        std::vector<std::set<std::size_t>> takes(parts.size());
        for (const bool same : {true, false}) {
            for (std::size_t p = 0; p < parts.size(); ++p) {
                for (std::size_t i = 0; i < before.size(); ++i) {
                    const Part& old = before[i];
                    const bool around = parts[p].start <= old.start && old.end <= parts[p].end
                        && sideBySide.count(old.account) == 0;
                    if (shareDays(parts[p], old) && taken.count(i) == 0
                        && (same ? old.start == parts[p].start : around)) {
                        takes[p].insert(i);
                        taken.insert(i);
                    }
                }
            }
        }
        for (std::size_t p = 0; p < parts.size(); ++p) {
            for (std::size_t i = 0; i < before.size(); ++i) {
                if (shareDays(parts[p], before[i]) && taken.count(i) == 0
                    && sideBySide.count(parts[p].account) == 0)
                    return false;
            }
            if (!insists && isSmaller(parts[p], takes[p]))
                return false;
        }
        m_parts.clear();
        for (std::size_t i = 0; i < before.size(); ++i) {
            if (taken.count(i) == 0)
                m_parts.push_back(before[i]);
        }
        m_parts.insert(m_parts.end(), parts.begin(), parts.end());
        m_sideBySide = sideBySide;
        return true;
    }
    [[nodiscard]] int total() const
    {
        int sum = 0;
        for (const Part& part : m_parts)
            sum += part.cost;
        return sum;
    }
    // How many parts of a delivery count.
    [[nodiscard]] auto counting(int delivery) const
    {
        return std::ranges::count(m_parts, delivery, &Part::delivery);
    }

private:
    static bool shareDays(const Part& a, const Part& b)
    {
        return a.account == b.account && a.start < b.end && b.start < a.end;
    }
    [[nodiscard]] bool isSmaller(const Part& part, const std::set<std::size_t>& olds) const
    {
        int lost = 0;
        for (const std::size_t i : olds) {
            const Part& old = m_parts[i];
            if (old.start != part.start || part.end + 1 < old.end)
                return true;
            lost += old.cost;
        }
        return part.cost * 2 < lost || 2 < olds.size();
    }

    std::vector<Part> m_parts;
    std::set<int> m_sideBySide; // accounts
};

inline std::vector<NaivePeriods::Part> randomParts(SeededRandom& random, bool mixes, int delivery)
{
    std::vector<NaivePeriods::Part> parts;
    std::set<std::pair<int, int>> begins; // account and day
    const std::int64_t count = mixes ? random.between(1, 3) : 1;
    for (std::int64_t i = 0; i < count; ++i) {
        NaivePeriods::Part part;
        part.account = static_cast<int>(random.between(1, 2));
        part.start = static_cast<int>(random.between(0, 5));
        part.end = part.start + static_cast<int>(random.between(1, 6));
        part.cost = static_cast<int>(random.between(1, 60));
        part.delivery = delivery;
        if (begins.insert({part.account, part.start}).second)
            parts.push_back(part);
    }
    return parts;
}

} // namespace sluice::test
