// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/BusinessDate.h"
#include "core/base/Result.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// What a rule can say of a charge key.
enum class Attribute : std::uint8_t { Owner, Unit, CostCentre, Workflow, App, Vendor, Category, Environment, Model };
inline constexpr std::size_t AttributeCount = 9;
std::string_view attributeName(Attribute attribute); // "cost_centre"
Result<Attribute> parseAttribute(std::string_view name);

// The eight categories of the spend map (ids: infrastructure, product_inference, internal_tools, agents, data_preparation,
// evaluation, vendor_overlap, human_review), in order.
inline constexpr std::array<std::string_view, 8> SpendCategories{"infrastructure", "product_inference", "internal_tools",
    "agents", "data_preparation", "evaluation", "vendor_overlap", "human_review"};

// A test of one field of the key ("ServiceName", "tag:team", "x_Project"; the contract's dimension names work too).
// Texts are compared after Unicode simple case folding and trimming, and after the field's normalisation table.
struct RuleCondition {
    enum class Test : std::uint8_t { Equals, In, Contains, StartsWith, EndsWith, Matches, Present, Absent };
    std::string field;
    Test test{Test::Equals};
    std::vector<std::string> values;
    bool negated{false};
};

// Where an assigned value comes from: a literal, or a field of the key, optionally through a normalisation table.
struct RuleValue {
    std::string literal;
    std::string field; // not empty: the value of this field
    std::string table; // name of a normalisation table, or empty
};

struct RuleShare {
    std::uint32_t weight{1};
    std::map<Attribute, RuleValue> assign;
};

// All conditions of `when` must hold (an "any" group is a nested list of alternatives). A rule sets only what earlier rules left unset.
struct AttributionRule {
    std::string id;
    std::string note;
    std::vector<std::vector<RuleCondition>> when; // conjunction of disjunctions
    std::map<Attribute, RuleValue> assign;
    std::vector<RuleShare> split; // not empty: fixed shares; assigns the attributes named in them
    std::size_t line{0}; // in the file, for messages
};

struct Ruleset {
    std::uint32_t number{0}; // 0 until published
    std::string name;
    BusinessDate effectiveFrom;
    std::map<std::string, std::map<std::string, std::string>> tables; // normalisation: folded text → value
    std::vector<AttributionRule> rules;
    std::string body; // the file as it came
};

// Reads and checks a rules file (JSON). Every fault is reported with line and column and the rule's id; a rule on a
// column that is not part of the key (a resource id, a price) is refused with that reason.
Result<Ruleset> parseRuleset(std::string_view json, std::string_view fileName);
// The ruleset that every new ledger starts with: services and SKUs of the big providers → the eight categories,
// vendor, model, environment, and unit, cost centre, workflow, app from the usual tags.
const Ruleset& defaultRuleset();

} // namespace sluice
