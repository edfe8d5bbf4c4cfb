// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/ControlTotals.h"

#include <algorithm>

namespace sluice {

ControlTotals::PerCurrency& ControlTotals::of(Currency currency)
{
    if (m_last < m_currencies.size() && m_currencies[m_last].currency == currency)
        return m_currencies[m_last];
    const auto found = std::find_if(m_currencies.begin(), m_currencies.end(),
        [currency](const PerCurrency& c) { return c.currency == currency; });
    m_last = static_cast<std::size_t>(found - m_currencies.begin());
    if (found == m_currencies.end()) {
        m_currencies.emplace_back();
        m_currencies.back().currency = currency;
    }
    return m_currencies[m_last];
}

void ControlTotals::add(const MappedRow& row)
{
    if (row.readableCosts == 0 && row.longCosts.empty())
        return;
    PerCurrency& sums = of(row.currency);
    for (std::size_t m = 0; m < MeasureCount; ++m) {
        if ((row.readableCosts & (1U << m)) == 0)
            continue;
        sums.file[m].add(row.exact[m]);
        if (!row.accepted)
            continue;
        sums.accepted[m].add(row.exact[m]);
        sums.ledger[m] += row.charge.costs[m];
    }
    for (const auto& [m, exact] : row.longCosts) {
        sums.file[m].add(exact);
        if (!row.accepted)
            continue;
        sums.accepted[m].add(exact);
        sums.ledger[m] += row.charge.costs[m];
    }
}

std::vector<ControlTotal> ControlTotals::totals() const
{
    std::vector<ControlTotal> totals;
    for (const PerCurrency& sums : m_currencies) {
        for (const Measure measure : Measures) {
            const auto m = static_cast<std::size_t>(measure);
            DecimalSum residual = sums.accepted[m];
            const Decimal ledger{sums.ledger[m], sums.currency.scale()};
            residual.subtract(ledger);
            totals.push_back(
                {std::string{measureColumn(measure)}, sums.currency, sums.file[m].toString(),
                    sums.accepted[m].toString(), toString(ledger), residual.toString()});
        }
    }
    std::stable_sort(totals.begin(), totals.end(),
        [](const ControlTotal& a, const ControlTotal& b) { return a.currency < b.currency; });
    return totals;
}

} // namespace sluice
