// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/FindingText.h"

#include <algorithm>

namespace sluice {

namespace {

std::string counted(std::uint64_t number, const std::string& one)
{
    return std::to_string(number) + " " + one + (number == 1 ? "" : "s");
}

// The n-th value of a dimension that the finding names, its object's name where there is one.
std::string valueOf(const Finding& finding, std::string_view dimension, int number = 0)
{
    for (const FindingPlace& place : finding.about) {
        if (place.dimension == dimension && number-- == 0)
            return place.name.empty() ? place.value : place.name + " (" + place.value + ")";
    }
    return {};
}

std::string placeOf(const Finding& finding)
{
    const std::string account = valueOf(finding, "billing_account");
    return valueOf(finding, "provider") + ", " + valueOf(finding, "service")
        + (account == NoValue ? "" : " (account " + account + ")");
}

// "unit Platform (platform)"
std::string movedText(const Finding& finding)
{
    const FindingPlace& place = finding.about.front();
    return place.value == NoValue ? "spend without a " + place.dimension
                                  : place.dimension + " " + valueOf(finding, place.dimension);
}

std::string attributeWords(Attribute attribute)
{
    std::string words{attributeName(attribute)};
    std::ranges::replace(words, '_', ' ');
    return words;
}

std::string periodText(const Period& days)
{
    const std::string last = days.end.plusDays(-1).toIso();
    return days.days() == 1 ? last : days.first.toIso() + " to " + last;
}

std::string ruleText(const Finding& finding)
{
    return finding.rule + (finding.column.empty() ? "" : " (" + finding.column + ")");
}

} // namespace

std::string findingText(const Finding& finding)
{
    switch (finding.kind) {
    case FindingKind::Unowned:
        return "Nobody owns " + placeOf(finding);
    case FindingKind::Unassigned:
        return "No " + attributeWords(finding.attribute.value_or(Attribute::CostCentre)) + " for "
            + placeOf(finding);
    case FindingKind::Mover:
        return std::string{finding.amount > finding.before ? "More" : "Less"} + " than before: "
            + movedText(finding) + (finding.isUncertain ? ", as far as it was delivered" : "");
    case FindingKind::NewSpend:
        return "New: " + movedText(finding)
            + (finding.isUncertain ? ", as far as it was delivered" : "");
    case FindingKind::VanishedSpend:
        return "No more: " + movedText(finding)
            + (finding.isUncertain ? ", as far as it was delivered" : "");
    case FindingKind::Missing:
        return valueOf(finding, "source") + " has not delivered "
            + (finding.days ? periodText(*finding.days) : std::string{});
    case FindingKind::RuleFinding:
        return counted(finding.rows, "row") + " of " + valueOf(finding, "batch") + ": "
            + ruleText(finding);
    case FindingKind::Quarantined:
        return (finding.rows == 0 ? "More" : counted(finding.rows, "row")) + " of "
            + valueOf(finding, "batch") + " held back: " + ruleText(finding);
    case FindingKind::Beside:
        return "Account " + valueOf(finding, "billing_account") + ": " + valueOf(finding, "batch")
            + " and " + valueOf(finding, "batch", 1) + " share days, and both count";
    case FindingKind::Preliminary:
        return valueOf(finding, "source") + ", " + valueOf(finding, "billing_period")
            + " is not over: it may still be restated";
    case FindingKind::Credit:
        return "Credit from " + placeOf(finding);
    }
    return {};
}

} // namespace sluice
