// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/ScopeTable.h"

#include <algorithm>

namespace sluice {
namespace {

Scope withPeriod(std::int64_t start, std::int64_t end)
{
    Scope scope;
    scope.periodStart = start;
    scope.periodEnd = end;
    return scope;
}

} // namespace

std::uint32_t ScopeTable::ordinalOf(const Key& key)
{
    const auto next = static_cast<std::uint32_t>(m_entries.size());
    const auto [found, isNew] = m_index.try_emplace(key, next);
    if (!isNew)
        return found->second;
    const auto& [account, start, end] = key;
    std::vector<std::uint32_t>& known = m_ofAccount[account];
    const Scope written = withPeriod(start, end);
    const auto same = std::find_if(known.begin(), known.end(), [&](std::uint32_t ordinal) {
        const Entry& entry = m_entries[ordinal];
        return isSamePeriod(withPeriod(entry.start, entry.end), written);
    });
    if (same == known.end()) {
        m_entries.push_back({account, start, end, 0, {}});
        known.push_back(next);
        return next;
    }
    Entry& entry = m_entries[*same];
    if (entry.start == start)
        entry.end = std::max(entry.end, end);
    return found->second = *same;
}

std::uint32_t ScopeTable::add(const MappedRow& row)
{
    const Key key{row.billingAccount, row.periodStart, row.periodEnd};
    if (!m_last || m_lastKey != key) {
        m_last = ordinalOf(key);
        m_lastKey = key;
    }
    Entry& entry = m_entries[*m_last];
    ++entry.rows;
    auto totals = std::find_if(entry.totals.begin(), entry.totals.end(),
        [&row](const CurrencyTotals& t) { return t.currency == row.currency; });
    if (totals == entry.totals.end())
        totals = entry.totals.insert(totals, CurrencyTotals{row.currency, {}, 0});
    ++totals->charges;
    for (std::size_t m = 0; m < MeasureCount; ++m)
        totals->costs[m] += row.charge.costs[m];
    return *m_last;
}

std::vector<Scope> ScopeTable::scopes(const KeyDictionary& keys) const
{
    std::vector<Scope> scopes;
    for (const Entry& entry : m_entries) {
        Scope scope{std::string{keys.text(entry.account)}, entry.start, entry.end, entry.rows,
            entry.totals, {}, {}};
        std::sort(scope.totals.begin(), scope.totals.end(),
            [](const CurrencyTotals& a, const CurrencyTotals& b) {
                return a.currency < b.currency;
            });
        scopes.push_back(std::move(scope));
    }
    return scopes;
}

} // namespace sluice
