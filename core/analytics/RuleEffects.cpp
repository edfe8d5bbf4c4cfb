// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/RuleEffects.h"

#include "core/analytics/VisibleShares.h"

#include <algorithm>
#include <map>
#include <set>

namespace sluice {

namespace {

// Adds up by (key, days on which nothing changes): there are few of them, and what is not split may
// be added up before it is looked at.
struct Stretch {
    KeyId key{0};
    std::size_t era{0};
    auto operator<=>(const Stretch&) const = default;
};
struct Sum {
    Int128 amount{0};
    std::uint64_t charges{0};
};

class Effects {
public:
    Effects(const LedgerSnapshot& whole, const Principal& principal)
        : m_attribution{*whole.attribution}
        , m_visible{whole.attribution, whole, principal}
        , m_keys{*whole.keys}
        , m_currencies{whole.keys->column("BillingCurrency")}
    {
    }

    [[nodiscard]] std::size_t eraOf(std::int32_t day) const
    {
        const auto& starts = m_visible.eraStarts();
        const auto after = std::ranges::upper_bound(starts, BusinessDate{day});
        return after == starts.begin() ? 0 : static_cast<std::size_t>(after - starts.begin()) - 1;
    }
    [[nodiscard]] bool isSplit(KeyId key, std::int32_t day) const
    {
        return m_attribution.of(key, BusinessDate{day}).parts.size() > 1;
    }
    void addCell(KeyId key, std::int32_t day, std::int64_t cost, std::uint64_t charges)
    {
        const VisiblePortion portion = m_visible.of(key, BusinessDate{day});
        const std::vector<std::int64_t> amounts = portion.amounts(cost);
        std::map<std::int32_t, Int128> byRule;
        const Assignment& assignment = m_attribution.of(key, BusinessDate{day});
        for (std::size_t i = 0; i < portion.shares.size(); ++i) {
            for (const std::int32_t rule : rulesOf(assignment.parts[portion.shares[i]]))
                byRule[rule] += amounts[i];
        }
        for (const auto& [rule, amount] : byRule)
            add(assignment.ruleset, rule, key, {amount, charges});
    }
    // Of charges that are not split and are the principal's as a whole, or not at all.
    void addStretch(KeyId key, std::int32_t day, const Sum& sum)
    {
        const Assignment& assignment = m_attribution.of(key, BusinessDate{day});
        if (m_visible.of(key, BusinessDate{day}).shares.empty())
            return;
        for (const std::int32_t rule : rulesOf(assignment.parts.front()))
            add(assignment.ruleset, rule, key, sum);
    }
    // Whether the principal may see a part of it only, though it is not split.
    [[nodiscard]] bool isPartial(KeyId key, std::int32_t day) const
    {
        const VisiblePortion portion = m_visible.of(key, BusinessDate{day});
        return !portion.shares.empty() && !portion.everything;
    }

    [[nodiscard]] std::vector<RuleEffect> result() const
    {
        std::vector<RuleEffect> effects;
        for (const auto& [place, found] : m_found) {
            RuleEffect& effect = effects.emplace_back();
            effect.ruleset = place.first;
            effect.rule = static_cast<std::size_t>(place.second);
            effect.keys = found.keys.size();
            for (const auto& [currency, sum] : found.sums)
                effect.totals.push_back({currency, sum.amount, sum.charges});
        }
        return effects;
    }

private:
    struct Found {
        std::set<KeyId> keys;
        std::map<Currency, Sum> sums;
    };

    static std::set<std::int32_t> rulesOf(const AttributionPart& part)
    {
        std::set<std::int32_t> rules;
        for (const std::int32_t rule : part.rules) {
            if (rule >= 0)
                rules.insert(rule);
        }
        return rules;
    }

    void add(std::uint32_t ruleset, std::int32_t rule, KeyId key, const Sum& sum)
    {
        Found& found = m_found[{ruleset, rule}];
        found.keys.insert(key);
        const auto currency = Currency::parse(m_keys.text(m_currencies[key]));
        Sum& total = found.sums[currency.ok() ? *currency : Currency{}];
        total.amount += sum.amount;
        total.charges += sum.charges;
    }

    const AttributionTable& m_attribution;
    VisibleShares m_visible;
    const KeyDictionary& m_keys;
    std::vector<StringId> m_currencies;
    std::map<std::pair<std::uint32_t, std::int32_t>, Found> m_found;
};

} // namespace

Result<std::vector<RuleEffect>> ruleEffects(const LedgerSnapshot& whole, const SpendQuery& query,
    const Principal& principal, const TaskContext& context)
{
    Effects effects{whole, principal};
    const auto measure = static_cast<std::size_t>(query.measure);
    std::map<Stretch, std::pair<std::int32_t, Sum>> stretches; // a day of each, and its sum
    for (const SnapshotChunk& chunk : whole.chunks) {
        if (context.stopRequested())
            return TaskContext::cancelled();
        const SnapshotBatch& batch = whole.batches[chunk.batch];
        if (batch.kind != query.kind
            || (query.period
                && (chunk.lastDay < query.period->first || chunk.firstDay >= query.period->end)))
            continue;
        const RollupCells& cells = *chunk.cells;
        // neighbours mostly are of one key
        Stretch last;
        std::pair<std::int32_t, Sum>* sum = nullptr;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const std::int32_t day = cells.day[i];
            if (!batch.live[cells.scope[i]]
                || (query.period && !query.period->contains(BusinessDate{day})))
                continue;
            const Stretch at{cells.key[i], effects.eraOf(day)};
            if (sum == nullptr || at != last) {
                last = at;
                sum = nullptr;
                if (!effects.isSplit(at.key, day) && !effects.isPartial(at.key, day))
                    sum = &stretches.try_emplace(at, day, Sum{}).first->second;
            }
            if (sum == nullptr) {
                effects.addCell(at.key, day, cells.costs[measure][i], cells.charges[i]);
            } else {
                sum->second.amount += cells.costs[measure][i];
                sum->second.charges += cells.charges[i];
            }
        }
    }
    for (const auto& [at, found] : stretches)
        effects.addStretch(at.key, found.first, found.second);
    return effects.result();
}

} // namespace sluice
