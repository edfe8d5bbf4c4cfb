// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/DetailFields.h"
#include "core/analytics/SpendSums.h"

#include <map>

namespace sluice {

Result<std::vector<Coverage>> coverage(const LedgerSnapshot& snapshot, const SpendQuery& query,
    const TaskContext& context, const ChargeScan& scan)
{
    constexpr std::array<Attribute, 3> Asked{
        Attribute::Owner, Attribute::CostCentre, Attribute::Workflow};
    SpendQuery presence = query;
    presence.grain.reset();
    presence.by.clear();
    for (const Attribute attribute : Asked) {
        SLUICE_TRY(Dimension dimension, parseDimension(attributeName(attribute)));
        presence.by.push_back(std::move(dimension));
    }
    SLUICE_TRY_DO(requireKeyFields(snapshot, query));
    const SpendPlan plan{snapshot, presence, {.presenceOnly = true}};
    DetailNumbers details{presence};
    SpendSums sums{plan, {.measure = query.measure, .details = details.asked()}};
    SLUICE_TRY_DO(sums.addAsked(snapshot, presence, scan, details, context));

    std::map<Currency, std::array<Coverage, Asked.size()>> byCurrency;
    for (const SpendSums::Row& row : sums.rows()) {
        std::array<Coverage, Asked.size()>& found = byCurrency[plan.currency(row.group)];
        for (std::size_t i = 0; i < Asked.size(); ++i) {
            found[i].total += row.amount;
            if (!plan.value(i, row.group, row.place).empty())
                found[i].covered += row.amount;
        }
    }
    std::vector<Coverage> answer;
    for (auto& entry : byCurrency) {
        for (std::size_t i = 0; i < Asked.size(); ++i) {
            entry.second[i].attribute = Asked[i];
            entry.second[i].currency = entry.first;
            answer.push_back(entry.second[i]);
        }
    }
    return answer;
}

} // namespace sluice
