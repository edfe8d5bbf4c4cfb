// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/ScopeTable.h"

#include <algorithm>

namespace sluice {

std::uint32_t ScopeTable::ordinalOf(const Key& key)
{
    const auto next = static_cast<std::uint32_t>(m_entries.size());
    const auto [found, isNew] = m_index.try_emplace(key, next);
    if (!isNew)
        return found->second;
    const auto& [account, start, end] = key;
    std::uint32_t ordinal = m_starts.try_emplace({account, start}, next).first->second;
    if (const auto month = calendarMonth(start, end))
        ordinal = m_months.try_emplace({account, *month}, ordinal).first->second;
    found->second = m_starts[{account, start}] = ordinal;
    if (ordinal == next)
        m_entries.push_back({account, start, end, 0, {}});
    else if (m_entries[ordinal].start == start)
        m_entries[ordinal].end = std::max(m_entries[ordinal].end, end);
    return ordinal;
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
