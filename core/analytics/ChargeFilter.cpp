// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/ChargeFilter.h"

#include "core/analytics/DetailNumbers.h"
#include "core/analytics/SpendPlan.h"
#include "core/base/Check.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace sluice {

namespace {

constexpr KeyId NoKey = std::numeric_limits<KeyId>::max();

SpendQuery withoutCuts(const SpendQuery& query)
{
    SpendQuery plain = query;
    plain.by.clear();
    plain.grain.reset();
    return plain;
}

// Only kind and period: the query's other filters are applied to what the scan delivers.
SpendQuery withoutFilters(const SpendQuery& query)
{
    SpendQuery plain = withoutCuts(query);
    plain.where.clear();
    plain.words.clear();
    plain.amounts.clear();
    return plain;
}

} // namespace

struct ChargeFilter::State {
    State(const LedgerSnapshot& snapshot, const LedgerSnapshot& newest, const SpendQuery& query,
        const Principal& principal)
        : details{query}
        , plan{snapshot, query, {}}
        , visible{snapshot.attribution, newest, principal}
        , seesEverything{principal.seesEverything()}
        , measure{query.measure}
    {
    }
    DetailNumbers details;
    SpendPlan plan;
    VisibleShares visible;
    bool seesEverything;
    Measure measure;
};

ChargeFilter::ChargeFilter(const LedgerSnapshot& snapshot, const LedgerSnapshot& newest,
    const SpendQuery& query, const Principal& principal)
    : m_state{std::make_unique<State>(snapshot, newest, withoutCuts(query), principal)}
{
}
ChargeFilter::ChargeFilter(const LedgerSnapshot& snapshot, const SpendQuery& query)
    : ChargeFilter{snapshot, snapshot, query, Principal::owner()}
{
}
ChargeFilter::~ChargeFilter() = default;
ChargeFilter::ChargeFilter(ChargeFilter&&) noexcept = default;
ChargeFilter& ChargeFilter::operator=(ChargeFilter&&) noexcept = default;

bool ChargeFilter::wantsBatch(std::uint32_t batch) const
{
    return m_state->plan.wants(batch);
}

bool ChargeFilter::wantsScope(std::uint32_t batch, std::uint32_t scope) const
{
    return m_state->plan.places(batch)[scope] != SpendPlan::None;
}

bool ChargeFilter::apply(Charge& charge, std::uint32_t batch) const
{
    const SpendPlan& plan = m_state->plan;
    const SpendPlan::Days days = plan.days(charge.day);
    if (days.bucket == SpendPlan::None || !wantsScope(batch, charge.scope))
        return false;
    const std::uint32_t entry = plan.entries(days.era)[charge.key];
    if (entry == SpendPlan::None || !m_state->details.wants(charge))
        return false;
    const Currency currency = plan.currencyOf(charge.key);
    const std::int64_t amount = charge.costs[static_cast<std::size_t>(m_state->measure)];
    if (m_state->seesEverything && (entry & SpendPlan::SplitBit) == 0)
        return m_state->details.wantsAmount(amount, currency);
    const VisiblePortion portion = m_state->visible.of(charge.key, BusinessDate{charge.day});
    const std::vector<std::int64_t> seen = portion.amountsOfCharge(amount, charge.row);
    if (!m_state->details.wantsAmount(
            std::accumulate(seen.begin(), seen.end(), std::int64_t{0}), currency))
        return false;
    std::vector<bool> matches;
    for (const std::uint32_t share : portion.shares)
        matches.push_back(asksFor(entry, share));
    if (std::find(matches.begin(), matches.end(), true) == matches.end())
        return false;
    for (std::int64_t& cost : charge.costs) {
        const std::vector<std::int64_t> amounts = portion.amountsOfCharge(cost, charge.row);
        cost = 0; // the matching shares are a part of what was a 64-bit number
        for (std::size_t i = 0; i < amounts.size(); ++i)
            cost += matches[i] ? amounts[i] : 0;
    }
    return true;
}

bool ChargeFilter::asksFor(std::uint32_t entry, std::uint32_t share) const
{
    return (entry & SpendPlan::SplitBit) == 0
        || m_state->plan.split(entry).groups[share] != SpendPlan::None;
}

std::vector<std::uint32_t> ChargeFilter::shares(const Charge& charge) const
{
    const SpendPlan& plan = m_state->plan;
    const std::uint32_t entry = plan.entries(plan.days(charge.day).era)[charge.key];
    std::vector<std::uint32_t> shares
        = m_state->visible.of(charge.key, BusinessDate{charge.day}).shares;
    std::erase_if(shares, [&](std::uint32_t share) { return !asksFor(entry, share); });
    return shares;
}

SnapshotCharges::SnapshotCharges(const LedgerSnapshot& whole, const LedgerSnapshot& newest,
    const LedgerSnapshot& snapshot, const SpendQuery& query)
    : m_filter{whole, withoutFilters(query)}
    , m_visible{whole.attribution, newest, snapshot.principal}
    , m_isWhole{snapshot.ledgerKeys == nullptr}
{
    for (const SnapshotBatch& batch : snapshot.batches) {
        const auto same = std::find_if(whole.batches.begin(), whole.batches.end(),
            [&](const SnapshotBatch& other) { return other.id == batch.id; });
        SLUICE_CHECK(same != whole.batches.end());
        m_batches.push_back(static_cast<std::uint32_t>(same - whole.batches.begin()));
    }
    if (m_isWhole)
        return;
    m_keys.assign(whole.keys->keyCount(), NoKey);
    const std::vector<KeyId>& ledgerKeys = *snapshot.ledgerKeys;
    // the first of several twins is the key itself
    for (std::size_t key = ledgerKeys.size(); key-- > 0;)
        m_keys[ledgerKeys[key]] = static_cast<KeyId>(key);
}

ShareCosts& SnapshotCharges::costsBefore(const Charge& charge, std::uint32_t batch)
{
    const std::uint32_t key = m_keyNumbers.of(m_scopeNumbers.of(batch, charge.scope), charge.key);
    const std::uint32_t number = m_dayNumbers.of(key, static_cast<std::uint32_t>(charge.day));
    if (number == m_before.size())
        m_before.emplace_back();
    return m_before[number];
}

bool SnapshotCharges::apply(Charge& charge, std::uint32_t batch)
{
    m_shares.clear();
    if (!m_filter.apply(charge, m_batches[batch]))
        return false;
    if (m_isWhole)
        return true;
    const VisiblePortion portion = m_visible.of(charge.key, BusinessDate{charge.day});
    if (portion.shares.empty() || m_keys[charge.key] == NoKey)
        return false;
    if (!portion.everything) {
        m_shares.resize(portion.shares.size());
        ShareCosts& passed = costsBefore(charge, batch);
        for (std::size_t m = 0; m < MeasureCount; ++m) {
            std::int64_t before = passed[m];
            if (__builtin_add_overflow(before, charge.costs[m], &passed[m])) {
                before = 0; // the roll-up begins another cell too
                passed[m] = charge.costs[m];
            }
            const std::vector<std::int64_t> amounts = portion.amounts(passed[m]);
            const std::vector<std::int64_t> amountsBefore = portion.amounts(before);
            charge.costs[m] = 0;
            for (std::size_t i = 0; i < amounts.size(); ++i) {
                m_shares[i][m] = amounts[i] - amountsBefore[i];
                charge.costs[m] += m_shares[i][m];
            }
        }
    }
    charge.key = m_keys[charge.key];
    return true;
}

} // namespace sluice
