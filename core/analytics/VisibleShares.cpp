// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/VisibleShares.h"

#include "core/base/Money.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace sluice {

namespace {

std::vector<std::uint32_t> weightsOf(const Assignment& assignment)
{
    std::vector<std::uint32_t> weights;
    for (const AttributionPart& part : assignment.parts)
        weights.push_back(part.weight);
    return weights;
}

// What `chosen` of all `weights` make up, and all of them.
struct Fraction {
    std::uint64_t part{0};
    std::uint64_t whole{0};
};

Fraction fractionOf(const std::vector<std::uint32_t>& weights, const std::vector<bool>& chosen)
{
    Fraction fraction;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        fraction.part += chosen[i] ? weights[i] : 0;
        fraction.whole += weights[i];
    }
    return fraction;
}

} // namespace

std::vector<std::int64_t> VisiblePortion::amounts(std::int64_t cost) const
{
    return amountsBy(cost, [](std::int64_t units, const std::vector<std::uint32_t>& parts) {
        return allocate(units, parts);
    });
}

std::vector<std::int64_t> VisiblePortion::amountsOfCharge(
    std::int64_t cost, std::uint64_t row) const
{
    return amountsBy(cost, [row](std::int64_t units, const std::vector<std::uint32_t>& parts) {
        return allocateInTurn(units, parts, row);
    });
}

template <class Allocate>
std::vector<std::int64_t> VisiblePortion::amountsBy(
    std::int64_t cost, const Allocate& allocateParts) const
{
    std::vector<std::int64_t> result;
    if (shares.empty())
        return result;
    if (limit.empty()) {
        const std::vector<std::int64_t> all = allocateParts(cost, weights);
        for (const std::uint32_t share : shares)
            result.push_back(all[share]);
        return result;
    }
    const std::vector<std::int64_t> now = allocateParts(cost, limit);
    std::int64_t seen = 0; // a part of what was a 64-bit number
    for (std::size_t i = 0; i < now.size(); ++i)
        seen += limitSeen[i] ? now[i] : 0;
    std::vector<std::uint32_t> visibleWeights;
    for (const std::uint32_t share : shares)
        visibleWeights.push_back(weights[share]);
    return allocateParts(seen, visibleWeights);
}

VisibleShares::VisibleShares(std::shared_ptr<const AttributionTable> asked,
    const LedgerSnapshot& newest, const Principal& principal)
    : m_asked{std::move(asked)}
    , m_newest{newest.attribution}
    , m_seesEverything{principal.seesEverything()}
    , m_askedScope{*newest.organisation, m_asked->strings, principal}
    , m_newestScope{*newest.organisation, newest.attribution->strings, principal}
{
    std::set<BusinessDate> starts{m_asked->eraStarts.begin(), m_asked->eraStarts.end()};
    starts.insert(m_newest->eraStarts.begin(), m_newest->eraStarts.end());
    starts.insert(m_newestScope.eraStarts().begin(), m_newestScope.eraStarts().end());
    m_eraStarts.assign(starts.begin(), starts.end());
}

VisiblePortion VisibleShares::of(KeyId key, BusinessDate day) const
{
    const Assignment& asked = m_asked->of(key, day);
    VisiblePortion portion;
    portion.weights = weightsOf(asked);
    std::vector<bool> seen;
    for (std::uint32_t share = 0; share < asked.parts.size(); ++share) {
        seen.push_back(
            m_seesEverything || m_askedScope.sees(m_askedScope.eraOf(day), asked.parts[share]));
        if (seen.back())
            portion.shares.push_back(share);
    }
    portion.everything = portion.shares.size() == asked.parts.size();
    if (m_seesEverything || portion.shares.empty())
        return portion;

    const Assignment& newest = m_newest->of(key, day);
    std::vector<std::uint32_t> limit = weightsOf(newest);
    std::vector<bool> limitSeen;
    for (const AttributionPart& part : newest.parts)
        limitSeen.push_back(m_newestScope.sees(m_newestScope.eraOf(day), part));
    if (limit == portion.weights && limitSeen == seen)
        return portion;
    const Fraction then = fractionOf(portion.weights, seen);
    const Fraction now = fractionOf(limit, limitSeen);
    if (now.part == 0)
        return {};
    if (now.part == now.whole || Int128{then.part} * now.whole < Int128{now.part} * then.whole)
        return portion;
    portion.everything = false;
    portion.limit = std::move(limit);
    portion.limitSeen = std::move(limitSeen);
    return portion;
}

} // namespace sluice
