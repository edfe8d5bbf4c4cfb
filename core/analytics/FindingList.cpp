// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/FindingList.h"

#include "core/base/Check.h"

#include <algorithm>

namespace sluice {

void FindingList::add(Finding finding)
{
    m_groups[{finding.kind, finding.attribute, finding.currency}].push_back(std::move(finding));
}

std::tuple<int, std::string_view> FindingList::rank(const std::optional<Currency>& currency) const
{
    if (!currency)
        return {2, {}};
    return {*currency == m_own ? 0 : 1, currency->code()};
}

void FindingList::write(std::size_t perKind, FindingsAnswer& answer)
{
    const auto places = [](const Finding& finding) {
        std::vector<std::string_view> values;
        for (const FindingPlace& place : finding.about)
            values.push_back(place.value);
        return values;
    };
    const auto weightier = [&](const Finding& a, const Finding& b) {
        if (rank(a.currency) != rank(b.currency))
            return rank(a.currency) < rank(b.currency);
        if (a.stake() != b.stake())
            return a.stake() > b.stake();
        if (a.rows != b.rows)
            return a.rows > b.rows;
        const auto head = std::tie(a.kind, a.attribute, a.rule, a.column);
        const auto other = std::tie(b.kind, b.attribute, b.rule, b.column);
        if (head != other)
            return head < other;
        const auto values = places(a);
        const auto others = places(b);
        return values != others ? values < others
                                : a.days && b.days && a.days->first < b.days->first;
    };
    for (auto& [group, found] : m_groups) {
        FindingSum sum{std::get<0>(group), std::get<1>(group), std::get<2>(group)};
        for (const Finding& finding : found) {
            sum.amount += finding.amount;
            sum.charges += finding.charges;
            sum.rows += finding.rows;
        }
        sum.findings = found.size();
        // Units and services are two cuts of the same movement: only the number of them is a sum.
        if (sum.kind == FindingKind::Mover || sum.kind == FindingKind::NewSpend
            || sum.kind == FindingKind::VanishedSpend)
            sum.amount = 0, sum.charges = 0;
        answer.sums.push_back(sum);
        std::sort(found.begin(), found.end(), weightier);
        if (perKind > 0 && found.size() > perKind)
            found.resize(perKind);
        std::move(found.begin(), found.end(), std::back_inserter(answer.findings));
    }
    std::sort(answer.findings.begin(), answer.findings.end(), weightier);
}

SpendQuery narrowed(SpendQuery query, std::string_view dimension, std::vector<std::string> values)
{
    auto parsed = parseDimension(dimension);
    SLUICE_CHECK(parsed.ok());
    for (std::string& value : values) {
        if (value.empty())
            value = NoValue;
    }
    query.where.push_back({std::move(parsed).value(), std::move(values), false});
    return query;
}

} // namespace sluice
