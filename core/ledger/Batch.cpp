// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/Batch.h"

#include "core/base/BusinessDate.h"

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

std::string billingPeriodLabel(std::int64_t periodStart, std::int64_t periodEnd)
{
    const BusinessDate month = firstOfMonth(Timestamp::fromSeconds(periodStart + ZoneSeconds).utcDate());
    if (isNearMidnightOf(month, periodStart) && isNearMidnightOf(firstOfMonth(month, 1), periodEnd))
        return month.toIso().substr(0, 7);
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

std::string batchPublicId(const std::vector<DocumentInfo>& documents)
{
    constexpr std::size_t IdDigits = 16;
    if (documents.size() == 1)
        return "b-" + toHex(documents.front().sha256).substr(0, IdDigits);
    std::string hashes;
    for (const DocumentInfo& document : documents)
        hashes.append(document.sha256.begin(), document.sha256.end());
    return "b-" + toHex(sha256(hashes)).substr(0, IdDigits);
}

} // namespace sluice
