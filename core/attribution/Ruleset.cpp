// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/Ruleset.h"

#include "core/attribution/RulesetReader.h"
#include "core/base/CsvText.h"
#include "core/base/Resource.h"

#include <algorithm>
#include <set>

namespace sluice {
namespace {

constexpr std::array<std::string_view, AttributeCount> AttributeNames{"owner", "unit",
    "cost_centre", "workflow", "app", "vendor", "category", "environment", "model"};

constexpr std::size_t MaxBytes = 16'000'000;

} // namespace

std::string_view attributeName(Attribute attribute)
{
    return AttributeNames[static_cast<std::size_t>(attribute)];
}

Result<Attribute> parseAttribute(std::string_view name)
{
    const auto* const found = std::find(AttributeNames.begin(), AttributeNames.end(), name);
    if (found != AttributeNames.end())
        return static_cast<Attribute>(found - AttributeNames.begin());
    return Error{ErrorCode::BadInput, {},
        "'" + std::string{name} + "' is not something a rule can assign",
        "Use one of owner, unit, cost_centre, workflow, app, vendor, category, environment, model"};
}

RulesetCheck checkRuleset(std::string_view json)
{
    RulesetCheck check;
    if (json.size() > MaxBytes) {
        check.remarks.push_back({true, {}, 1, 1, "the file is larger than 16 MB",
            "Split it, or move values into tables"});
        return check;
    }
    PlacedJson root;
    if (const auto fault = readPlacedJson(json, root)) {
        check.remarks.push_back({true, {}, fault->line, fault->column, fault->what,
            "Check commas, quotes and brackets before this place"});
        return check;
    }
    RulesetReader reader;
    Ruleset ruleset = reader.read(root);
    ruleset.body = json;
    check.remarks = reader.takeRemarks();
    std::ranges::stable_sort(check.remarks, [](const RulesetRemark& a, const RulesetRemark& b) {
        return a.line != b.line ? a.line < b.line : a.column < b.column;
    });
    if (std::none_of(check.remarks.begin(), check.remarks.end(),
            [](const RulesetRemark& r) { return r.fault; }))
        check.ruleset = std::move(ruleset);
    return check;
}

Result<Ruleset> parseRuleset(std::string_view json, std::string_view fileName)
{
    RulesetCheck check = checkRuleset(json);
    if (check.ruleset)
        return *std::move(check.ruleset);
    const auto isFault = [](const RulesetRemark& remark) { return remark.fault; };
    const auto first = std::find_if(check.remarks.begin(), check.remarks.end(), isFault);
    const auto faults = std::count_if(check.remarks.begin(), check.remarks.end(), isFault);
    std::string what = first->what;
    if (!first->rule.empty())
        what = "rule '" + first->rule + "': " + what;
    if (faults > 1)
        what += " (the first of " + std::to_string(faults) + " faults)";
    return Error{ErrorCode::BadInput, textPlace(fileName, first->line, first->column),
        std::move(what), first->fix};
}

const Ruleset* rulesetInForce(std::span<const Ruleset> rulesets, BusinessDate day) noexcept
{
    const Ruleset* newest = nullptr;
    for (const Ruleset& ruleset : rulesets) {
        if (ruleset.effectiveFrom <= day && (newest == nullptr || newest->number < ruleset.number))
            newest = &ruleset;
    }
    return newest;
}

std::vector<RulesetDays> rulesetsFrom(std::span<const Ruleset> rulesets, BusinessDate day)
{
    std::set<BusinessDate> starts{day};
    for (const Ruleset& ruleset : rulesets) {
        if (day < ruleset.effectiveFrom)
            starts.insert(ruleset.effectiveFrom);
    }
    std::vector<RulesetDays> days;
    for (const BusinessDate start : starts) {
        const Ruleset* ruleset = rulesetInForce(rulesets, start);
        const std::uint32_t number = ruleset == nullptr ? 0 : ruleset->number;
        if (!days.empty() && days.back().number == number)
            continue;
        if (!days.empty())
            days.back().until = start;
        days.push_back({number, start, std::nullopt});
    }
    return days;
}

const Ruleset& defaultRuleset()
{
    static const Ruleset ruleset = [] {
        auto parsed = parseRuleset(resource("rules/default-1.json"), DefaultRulesetName);
        SLUICE_CHECK(parsed.ok());
        return std::move(parsed).value();
    }();
    return ruleset;
}

} // namespace sluice
