// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/DerivedPeriods.h"

#include "core/base/BusinessDate.h"
#include "core/base/Timestamp.h"

#include <algorithm>

namespace sluice {
namespace {

void set(RuleCell& cell, std::int64_t seconds)
{
    cell.isNull = false;
    cell.instantOk = true;
    cell.seconds = seconds;
}

} // namespace

DerivedPeriods::DerivedPeriods(const ColumnMap& map, const Profile& profile)
{
    const auto slotOf = [&map](std::string_view column) {
        const auto slot = map.find(column);
        return slot ? static_cast<int>(*slot) : -1;
    };
    m_chargeStart = slotOf("ChargePeriodStart");
    if (profile.chargeIsOneDay)
        m_chargeEnd = slotOf("ChargePeriodEnd");
    if (profile.billingPeriodFromCharge)
        m_billing = {slotOf("BillingPeriodStart"), slotOf("BillingPeriodEnd")};
    m_derives = m_chargeStart >= 0 && (m_chargeEnd >= 0 || m_billing[0] >= 0 || m_billing[1] >= 0);
}

DerivedPeriods::Month DerivedPeriods::monthOf(std::int64_t chargeStart)
{
    const BusinessDate first = firstOfMonth(Timestamp::fromSeconds(chargeStart).utcDate());
    return {first.daysSinceEpoch() * Timestamp::SecondsPerDay,
        firstOfMonth(first, 1).daysSinceEpoch() * Timestamp::SecondsPerDay};
}

std::int64_t DerivedPeriods::dayAfter(std::int64_t chargeStart)
{
    return chargeStart + Timestamp::SecondsPerDay;
}

void DerivedPeriods::derive(std::span<RuleCell> cells) const
{
    const auto isEmpty
        = [cells](int slot) { return slot < 0 || cells[static_cast<std::size_t>(slot)].isNull; };
    const RuleCell& start = cells[static_cast<std::size_t>(m_chargeStart)];
    if (!start.instantOk)
        return;
    if (m_chargeEnd >= 0 && isEmpty(m_chargeEnd))
        set(cells[static_cast<std::size_t>(m_chargeEnd)], dayAfter(start.seconds));
    if (std::none_of(m_billing.begin(), m_billing.end(), isEmpty))
        return;
    const Month month = monthOf(start.seconds);
    for (std::size_t i = 0; i < m_billing.size(); ++i) {
        if (m_billing[i] < 0)
            continue;
        RuleCell& cell = cells[static_cast<std::size_t>(m_billing[i])];
        if (cell.isNull || cell.instantOk)
            set(cell, i == 0 ? month.start : month.end);
    }
}

} // namespace sluice
