// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/Batch.h"

#include <algorithm>

namespace sluice {

namespace {

constexpr std::string_view IdPrefix = "b-";
constexpr std::size_t IdDigits = 16;

// The furthest that a time zone's midnight lies from the midnight of UTC.
constexpr std::int64_t ZoneSeconds = 14 * 3'600;

BusinessDate nearestMidnight(std::int64_t utcSeconds)
{
    return Timestamp::fromSeconds(utcSeconds + Timestamp::SecondsPerDay / 2).utcDate();
}

std::int64_t midnightOf(BusinessDate day)
{
    return day.daysSinceEpoch() * Timestamp::SecondsPerDay;
}

bool isNearMidnightOf(BusinessDate day, std::int64_t utcSeconds)
{
    const std::int64_t distance = utcSeconds - midnightOf(day);
    return -ZoneSeconds <= distance && distance <= ZoneSeconds;
}

// The period without the hours of a time zone, so that what follows on each other does not overlap:
// whole days, or the seconds as they are where it is shorter than a day.
struct Span {
    std::int64_t start{0};
    std::int64_t end{0};
};

Span spanOf(const Scope& scope)
{
    if (const auto month = calendarMonth(scope.periodStart, scope.periodEnd))
        return {midnightOf(*month), midnightOf(firstOfMonth(*month, 1))};
    if (scope.periodEnd - scope.periodStart < Timestamp::SecondsPerDay)
        return {scope.periodStart, scope.periodEnd};
    return {midnightOf(nearestMidnight(scope.periodStart)),
        midnightOf(nearestMidnight(scope.periodEnd))};
}

// Whether both periods, which begin together, end within the month that they begin in.
bool endInOneMonth(const Span& a, const Span& b)
{
    const BusinessDate month = firstOfMonth(Timestamp::fromSeconds(a.start).utcDate());
    return std::max(a.end, b.end) <= midnightOf(firstOfMonth(month, 1));
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

PeriodRelation periodRelation(const Scope& scope, const Scope& other)
{
    if (scope.billingAccount != other.billingAccount)
        return PeriodRelation::Apart;
    const Span span = spanOf(scope);
    const Span old = spanOf(other);
    if (span.start == old.start && (span.end == old.end || endInOneMonth(span, old)))
        return PeriodRelation::Same;
    if (span.end <= old.start || old.end <= span.start)
        return PeriodRelation::Apart;
    return span.start <= old.start && old.end <= span.end ? PeriodRelation::Around
                                                          : PeriodRelation::Crossing;
}

bool isSamePeriod(const Scope& a, const Scope& b)
{
    return periodRelation(a, b) == PeriodRelation::Same;
}

bool takesPlaceOf(const Scope& newer, const Scope& older)
{
    const PeriodRelation relation = periodRelation(newer, older);
    return relation == PeriodRelation::Same || relation == PeriodRelation::Around;
}

bool isBilledSideBySide(const Batch& batch, const std::string& account)
{
    std::vector<const Scope*> scopes;
    for (const Scope& scope : batch.scopes) {
        if (scope.billingAccount == account)
            scopes.push_back(&scope);
    }
    std::ranges::sort(scopes, {}, &Scope::periodStart);
    const Scope* last = nullptr; // the one that ends last so far
    for (const Scope* scope : scopes) {
        if (last != nullptr && periodRelation(*scope, *last) != PeriodRelation::Apart)
            return true;
        if (last == nullptr || scope->periodEnd > last->periodEnd)
            last = scope;
    }
    return false;
}

std::string billingPeriodLabel(std::int64_t periodStart, std::int64_t periodEnd)
{
    if (const auto month = calendarMonth(periodStart, periodEnd))
        return month->toIso().substr(0, 7);
    return nearestMidnight(periodStart).toIso() + ".." + nearestMidnight(periodEnd).toIso();
}

std::string scopeLabel(const Scope& scope)
{
    return scope.billingAccount + ", " + billingPeriodLabel(scope.periodStart, scope.periodEnd);
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

bool hasGivenWay(const Batch& batch)
{
    return std::ranges::any_of(
        batch.scopes, [](const Scope& scope) { return !scope.supersededBy.empty(); });
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
    return std::string{IdPrefix} + toHex(deliveryHash(documents)).substr(0, IdDigits);
}

std::string deliveryId(const std::string& batchPublicId, unsigned delivery)
{
    return delivery == 1 ? batchPublicId : batchPublicId + "." + std::to_string(delivery);
}

std::string documentsId(std::string_view deliveryId)
{
    const std::string_view id = deliveryId.substr(0, IdPrefix.size() + IdDigits);
    const std::string_view suffix = deliveryId.substr(id.size());
    if (id.size() != IdPrefix.size() + IdDigits || !id.starts_with(IdPrefix)
        || (!suffix.empty() && (suffix.size() < 2 || suffix.front() != '.')))
        return {};
    return std::string{id};
}

} // namespace sluice
