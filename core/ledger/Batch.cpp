// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/Batch.h"

#include <algorithm>

namespace sluice {

namespace {

// The furthest that a time zone's midnight lies from the midnight of UTC.
constexpr std::int64_t ZoneSeconds = 14 * 3'600;

BusinessDate nearestMidnight(std::int64_t utcSeconds)
{
    return Timestamp::fromSeconds(utcSeconds + Timestamp::SecondsPerDay / 2).utcDate();
}

bool isNearMidnightOf(BusinessDate day, std::int64_t utcSeconds)
{
    const std::int64_t distance = utcSeconds - day.daysSinceEpoch() * Timestamp::SecondsPerDay;
    return -ZoneSeconds <= distance && distance <= ZoneSeconds;
}

} // namespace

std::optional<BusinessDate> calendarMonth(std::int64_t periodStart, std::int64_t periodEnd)
{
    const BusinessDate month
        = firstOfMonth(Timestamp::fromSeconds(periodStart + ZoneSeconds).utcDate());
    if (isNearMidnightOf(month, periodStart) && isNearMidnightOf(firstOfMonth(month, 1), periodEnd))
        return month;
    return std::nullopt;
}

bool isSamePeriod(const Scope& a, const Scope& b)
{
    if (a.billingAccount != b.billingAccount)
        return false;
    if (a.periodStart == b.periodStart)
        return true;
    const auto month = calendarMonth(a.periodStart, a.periodEnd);
    return month && month == calendarMonth(b.periodStart, b.periodEnd);
}

std::string billingPeriodLabel(std::int64_t periodStart, std::int64_t periodEnd)
{
    if (const auto month = calendarMonth(periodStart, periodEnd))
        return month->toIso().substr(0, 7);
    return nearestMidnight(periodStart).toIso() + ".." + nearestMidnight(periodEnd).toIso();
}

std::string_view verdictLevelName(VerdictLevel level)
{
    switch (level) {
    case VerdictLevel::Finding:
        return "finding";
    case VerdictLevel::Quarantine:
        return "quarantine";
    case VerdictLevel::Reject:
        return "reject";
    case VerdictLevel::Waived:
        return "waived";
    }
    return {};
}

bool isReplaced(const Batch& batch)
{
    return !batch.scopes.empty()
        && std::all_of(batch.scopes.begin(), batch.scopes.end(),
            [](const Scope& scope) { return !scope.supersededBy.empty(); });
}

Sha256 deliveryHash(const std::vector<DocumentInfo>& documents)
{
    if (documents.size() == 1)
        return documents.front().sha256;
    std::string hashes;
    for (const DocumentInfo& document : documents)
        hashes.append(document.sha256.begin(), document.sha256.end());
    return sha256(hashes);
}

std::string batchPublicId(const std::vector<DocumentInfo>& documents)
{
    constexpr std::size_t IdDigits = 16;
    return "b-" + toHex(deliveryHash(documents)).substr(0, IdDigits);
}

} // namespace sluice
