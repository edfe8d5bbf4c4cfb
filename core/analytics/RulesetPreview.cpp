// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/RulesetPreview.h"


#include <algorithm>
#include <map>
#include <tuple>

namespace sluice {
namespace {

    using Shares = std::map<std::string, std::int64_t>; // value of an attribute → part of an amount

    Shares sharesOf(const AttributionTable& table, const Assignment& assignment, std::size_t attribute, std::int64_t amount)
    {
        std::vector<std::uint32_t> weights;
        for (const AttributionPart& part : assignment.parts)
            weights.push_back(part.weight);
        const std::vector<std::int64_t> amounts = allocate(amount, weights);
        Shares shares;
        for (std::size_t i = 0; i < amounts.size(); ++i) {
            const StringId value = assignment.parts[i].values[attribute];
            shares[value == 0 ? std::string{NoValue} : std::string{table.strings.text(value)}] += amounts[i];
        }
        return shares;
    }

    class Preview {
    public:
        Preview(const LedgerSnapshot& snapshot, const AttributionTable& after)
            : m_before{*snapshot.attribution}
            , m_after{after}
            , m_keys{*snapshot.keys}
            , m_currencies{snapshot.keys->column("BillingCurrency")}
        {
        }

        void add(KeyId key, BusinessDate day, std::int64_t amount)
        {
            const Assignment& before = m_before.of(key, day);
            const Assignment& after = m_after.of(key, day);
            for (std::size_t attribute = 0; attribute < AttributeCount; ++attribute) {
                Shares from = sharesOf(m_before, before, attribute, amount);
                Shares to = sharesOf(m_after, after, attribute, amount);
                move(attribute, key, from, to);
            }
        }

        [[nodiscard]] std::vector<MovedAmount> result() const
        {
            std::vector<MovedAmount> moved;
            for (const auto& [place, amount] : m_moved) {
                const auto& [attribute, from, to, currencyText] = place;
                const auto currency = Currency::parse(currencyText);
                if (amount != 0)
                    moved.push_back({static_cast<Attribute>(attribute), from, to, currency.ok() ? *currency : Currency{}, amount});
            }
            const auto size = [](const MovedAmount& m) { return m.amount < 0 ? -m.amount : m.amount; };
            std::stable_sort(moved.begin(), moved.end(), [&](const MovedAmount& a, const MovedAmount& b) {
                return a.attribute != b.attribute ? a.attribute < b.attribute : size(a) > size(b);
            });
            return moved;
        }

    private:
        // What stays with a value does not move; the rest goes from those who lose to those who gain, in order of name.
        void move(std::size_t attribute, KeyId key, Shares& from, Shares& to)
        {
            for (auto& [value, amount] : from) {
                const auto same = to.find(value);
                const std::int64_t stays = same == to.end() ? 0 : (amount < 0 ? std::max(amount, same->second) : std::min(amount, same->second));
                amount -= stays;
                if (same != to.end())
                    same->second -= stays;
            }
            auto gain = to.begin();
            for (auto& [value, amount] : from) {
                while (amount != 0 && gain != to.end()) {
                    const std::int64_t part = amount < 0 ? std::max(amount, gain->second) : std::min(amount, gain->second);
                    if (part != 0)
                        m_moved[{attribute, value, gain->first, std::string{m_keys.text(m_currencies[key])}}] += part;
                    amount -= part;
                    gain->second -= part;
                    if (amount != 0)
                        ++gain;
                }
            }
        }

        const AttributionTable& m_before;
        const AttributionTable& m_after;
        const KeyDictionary& m_keys;
        std::vector<StringId> m_currencies;
        std::map<std::tuple<std::size_t, std::string, std::string, std::string>, Int128> m_moved;
    };

    // Billed cost by (key, era): re-attribution is constant between effective dates, so cells are added up first.
    using EraSums = std::map<std::pair<KeyId, std::int32_t>, Int128>;

} // namespace

Result<std::vector<MovedAmount>> movedAmounts(const LedgerSnapshot& snapshot, const AttributionTable& after, const TaskContext& context)
{
    std::vector<BusinessDate> starts = snapshot.attribution->eraStarts;
    starts.insert(starts.end(), after.eraStarts.begin(), after.eraStarts.end());
    std::sort(starts.begin(), starts.end());
    EraSums sums;
    for (const SnapshotChunk& chunk : snapshot.chunks) {
        if (context.stopRequested())
            return TaskContext::cancelled();
        const SnapshotBatch& batch = snapshot.batches[chunk.batch];
        if (batch.kind != BatchKind::Billed)
            continue;
        const RollupCells& cells = *chunk.cells;
        const auto& billed = cells.costs[static_cast<std::size_t>(Measure::BilledCost)];
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (!batch.live[cells.scope[i]])
                continue;
            const auto era = std::upper_bound(starts.begin(), starts.end(), BusinessDate{cells.day[i]});
            const std::int32_t start = era == starts.begin() ? cells.day[i] : std::prev(era)->daysSinceEpoch();
            sums[{cells.key[i], start}] += billed[i];
        }
    }
    Preview preview{snapshot, after};
    for (const auto& [place, amount] : sums) {
        if (!fitsInt64(amount))
            return Error{ErrorCode::Overflow, {}, "a sum is more than the preview can hold", {}};
        preview.add(place.first, BusinessDate{place.second}, static_cast<std::int64_t>(amount));
    }
    return preview.result();
}

} // namespace sluice
