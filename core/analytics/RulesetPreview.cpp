// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/RulesetPreview.h"

#include "core/analytics/VisibleShares.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace sluice {
namespace {

using Shares = std::map<std::string, std::int64_t>; // value of an attribute → part of an amount

// One attribution as the principal sees it.
class Side {
public:
    Side(std::shared_ptr<const AttributionTable> table, const LedgerSnapshot& whole,
        const Principal& principal)
        : m_table{std::move(table)}
        , m_visible{m_table, whole, principal}
    {
    }

    [[nodiscard]] const std::vector<BusinessDate>& eraStarts() const noexcept
    {
        return m_visible.eraStarts();
    }
    [[nodiscard]] bool splits(KeyId key, BusinessDate day) const
    {
        return m_table->of(key, day).parts.size() > 1;
    }

    [[nodiscard]] std::array<Shares, AttributeCount> of(
        KeyId key, BusinessDate day, std::int64_t amount) const
    {
        const Assignment& assignment = m_table->of(key, day);
        const VisiblePortion portion = m_visible.of(key, day);
        const std::vector<std::int64_t> amounts = portion.amounts(amount);
        std::array<Shares, AttributeCount> shares;
        for (std::size_t i = 0; i < amounts.size(); ++i) {
            const AttributionPart& part = assignment.parts[portion.shares[i]];
            for (std::size_t attribute = 0; attribute < AttributeCount; ++attribute) {
                const StringId value = part.values[attribute];
                shares[attribute][value == 0 ? std::string{NoValue}
                                             : std::string{m_table->strings.text(value)}]
                    += amounts[i];
            }
        }
        return shares;
    }

private:
    std::shared_ptr<const AttributionTable> m_table;
    VisibleShares m_visible;
};

std::int64_t sumOf(const Shares& shares)
{
    std::int64_t sum = 0;
    for (const auto& share : shares)
        sum += share.second;
    return sum;
}

class Preview {
public:
    Preview(const LedgerSnapshot& whole, std::shared_ptr<const AttributionTable> after,
        const Principal& principal)
        : m_before{whole.attribution, whole, principal}
        , m_after{std::move(after), whole, principal}
        , m_keys{*whole.keys}
        , m_currencies{whole.keys->column("BillingCurrency")}
    {
    }

    // The days on which either attribution may change, sorted.
    [[nodiscard]] std::vector<BusinessDate> eraStarts() const
    {
        std::vector<BusinessDate> starts = m_before.eraStarts();
        starts.insert(starts.end(), m_after.eraStarts().begin(), m_after.eraStarts().end());
        std::sort(starts.begin(), starts.end());
        return starts;
    }

    // Shares are allocated cell by cell, as everywhere else; what is not split may be added up
    // before.
    [[nodiscard]] bool splits(KeyId key, BusinessDate day) const
    {
        return m_before.splits(key, day) || m_after.splits(key, day);
    }

    void add(KeyId key, BusinessDate day, std::int64_t amount)
    {
        std::array<Shares, AttributeCount> before = m_before.of(key, day, amount);
        std::array<Shares, AttributeCount> after = m_after.of(key, day, amount);
        for (std::size_t attribute = 0; attribute < AttributeCount; ++attribute) {
            const std::int64_t leaves = sumOf(before[attribute]) - sumOf(after[attribute]);
            if (leaves != 0 && (leaves < 0) == (amount < 0))
                after[attribute][std::string{OutsideScope}] += leaves;
            move(attribute, key, before[attribute], after[attribute]);
        }
    }

    [[nodiscard]] std::vector<MovedAmount> result() const
    {
        std::vector<MovedAmount> moved;
        for (const auto& [place, amount] : m_moved) {
            const auto& [attribute, from, to, currencyText] = place;
            const auto currency = Currency::parse(currencyText);
            if (amount != 0)
                moved.push_back({static_cast<Attribute>(attribute), from, to,
                    currency.ok() ? *currency : Currency{}, amount});
        }
        const auto size = [](const MovedAmount& m) { return m.amount < 0 ? -m.amount : m.amount; };
        std::stable_sort(
            moved.begin(), moved.end(), [&](const MovedAmount& a, const MovedAmount& b) {
                return a.attribute != b.attribute ? a.attribute < b.attribute : size(a) > size(b);
            });
        return moved;
    }

private:
    // What stays with a value does not move; the rest goes from those who lose to those who gain,
    // in order of name.
    void move(std::size_t attribute, KeyId key, Shares& from, Shares& to)
    {
        for (auto& [value, amount] : from) {
            const auto same = to.find(value);
            const std::int64_t stays = same == to.end()
                ? 0
                : (amount < 0 ? std::max(amount, same->second) : std::min(amount, same->second));
            amount -= stays;
            if (same != to.end())
                same->second -= stays;
        }
        auto gain = to.begin();
        for (auto& [value, amount] : from) {
            while (amount != 0 && gain != to.end()) {
                const std::int64_t part
                    = amount < 0 ? std::max(amount, gain->second) : std::min(amount, gain->second);
                if (part != 0)
                    m_moved[{
                        attribute, value, gain->first, std::string{m_keys.text(m_currencies[key])}}]
                        += part;
                amount -= part;
                gain->second -= part;
                if (amount != 0)
                    ++gain;
            }
        }
    }

    Side m_before;
    Side m_after;
    const KeyDictionary& m_keys;
    std::vector<StringId> m_currencies;
    std::map<std::tuple<std::size_t, std::string, std::string, std::string>, Int128> m_moved;
};

// Billed cost by (key, era): re-attribution is constant between effective dates, so cells are added
// up first.
using EraSums = std::map<std::pair<KeyId, std::int32_t>, Int128>;

} // namespace

Result<std::vector<MovedAmount>> movedAmounts(const LedgerSnapshot& whole,
    std::shared_ptr<const AttributionTable> after, const Principal& principal,
    const TaskContext& context)
{
    Preview preview{whole, std::move(after), principal};
    const std::vector<BusinessDate> starts = preview.eraStarts();
    EraSums sums;
    for (const SnapshotChunk& chunk : whole.chunks) {
        if (context.stopRequested())
            return TaskContext::cancelled();
        const SnapshotBatch& batch = whole.batches[chunk.batch];
        if (batch.kind != BatchKind::Billed)
            continue;
        const RollupCells& cells = *chunk.cells;
        const auto& billed = cells.costs[static_cast<std::size_t>(Measure::BilledCost)];
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (!batch.live[cells.scope[i]])
                continue;
            const auto era
                = std::upper_bound(starts.begin(), starts.end(), BusinessDate{cells.day[i]});
            const std::int32_t start
                = era == starts.begin() ? cells.day[i] : std::prev(era)->daysSinceEpoch();
            if (preview.splits(cells.key[i], BusinessDate{cells.day[i]}))
                preview.add(cells.key[i], BusinessDate{cells.day[i]}, billed[i]);
            else
                sums[{cells.key[i], start}] += billed[i];
        }
    }
    for (const auto& [place, amount] : sums) {
        if (!fitsInt64(amount))
            return Error{ErrorCode::Overflow, {}, "a sum is more than the preview can hold", {}};
        preview.add(place.first, BusinessDate{place.second}, static_cast<std::int64_t>(amount));
    }
    return preview.result();
}

} // namespace sluice
