// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/BusinessDate.h"
#include "core/base/Result.h"
#include "core/ledger/SpendCategory.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// What a rule can say of a charge key.
enum class Attribute : std::uint8_t {
    Owner,
    Unit,
    CostCentre,
    Workflow,
    App,
    Vendor,
    Category,
    Environment,
    Model
};
inline constexpr std::size_t AttributeCount = 9;
std::string_view attributeName(Attribute attribute); // "cost_centre"
Result<Attribute> parseAttribute(std::string_view name);

// A test of one field of the key (KeyField.h says which there are). Texts are compared after
// Unicode simple case folding and trimming, and after the field's normalisation table. It holds
// when any of `values` fits; `Like` knows * and ?.
struct RuleCondition {
    enum class Test : std::uint8_t {
        Equals,
        In,
        Contains,
        StartsWith,
        EndsWith,
        Like,
        Present,
        Absent
    };
    std::string field;
    Test test{Test::Equals};
    std::vector<std::string> values;
    bool negated{false};
    bool operator==(const RuleCondition&) const = default;
};

// Where an assigned value comes from: a literal, or a field of the key, optionally through a
// normalisation table. What is not in the table is not assigned, so that a later rule may still do
// it.
struct RuleValue {
    std::string literal;
    std::string field; // not empty: the value of this field, trimmed
    std::string table; // name of a normalisation table, or empty
    bool operator==(const RuleValue&) const = default;
};

struct RuleShare {
    std::uint32_t weight{1};
    std::map<Attribute, RuleValue> assign;
    bool operator==(const RuleShare&) const = default;
};

// All conditions of `when` must hold (each is a list of alternatives); an empty `when` always
// holds. A rule sets only what earlier rules left unset. A charge is split once, by the first rule
// whose shares assign anything.
struct AttributionRule {
    std::string id;
    std::string note;
    std::vector<std::vector<RuleCondition>> when; // conjunction of disjunctions
    std::map<Attribute, RuleValue> assign;
    std::vector<RuleShare> split; // not empty: fixed shares; assigns the attributes named in them
    std::size_t line{0}; // in the file, for messages; 0: from the extended ruleset
    bool operator==(const AttributionRule&) const = default;
};

// Folded text → value. A key with * or ? is a pattern: a key without comes first, then the pattern
// with the most literal characters, then the alphabetically first one.
using NormalisationTable = std::map<std::string, std::string>;

struct Ruleset {
    std::uint32_t number{0}; // 0 until published
    std::string name;
    BusinessDate effectiveFrom; // 1970-01-01 when the file has none
    std::map<std::string, NormalisationTable> tables;
    // field → table that its values pass before they are tested
    std::map<std::string, std::string> normalise;
    std::vector<AttributionRule> rules;
    std::string body; // the file as it came
};

// The version that rules on a day: the newest one that has begun by then, so that a version holds
// from its first day on whatever older ones begin later. Null: none has begun.
const Ruleset* rulesetInForce(std::span<const Ruleset> rulesets, BusinessDate day) noexcept;

// Days on which one version rules.
struct RulesetDays {
    std::uint32_t number{0}; // 0: no version
    BusinessDate from;
    std::optional<BusinessDate> until; // the day after the last one; nothing: for good
    bool operator==(const RulesetDays&) const = default;
};
// Who ruled from `day` on before a newer version took these days over.
std::vector<RulesetDays> rulesetsFrom(std::span<const Ruleset> rulesets, BusinessDate day);

// What is wrong with a rules file (fault: it is refused) or looks unintended (it works as written).
struct RulesetRemark {
    bool fault{true};
    std::string rule; // id; empty: not about one rule
    std::size_t line{0};
    std::size_t column{0};
    std::string what;
    std::string fix;
};

struct RulesetCheck {
    std::optional<Ruleset> ruleset; // nothing when there is a fault
    std::vector<RulesetRemark> remarks; // by line and column
};

// Reads and checks a rules file (JSON). Every fault is reported with line and column and the rule's
// id; a rule on a column that is not part of the key (a resource id, a price) is refused with that
// reason.
RulesetCheck checkRuleset(std::string_view json);
// The same; the error is the first fault and says how many there are.
Result<Ruleset> parseRuleset(std::string_view json, std::string_view fileName);
// A file that says "extends": "default-1" puts its rules before those of the default ruleset. The
// name is a version: what a released one says never changes, because published rulesets build on
// it; better defaults get the next number.
inline constexpr std::string_view DefaultRulesetName = "default-1";
// The ruleset that every new ledger starts with: services and SKUs of the big providers → the eight
// categories, vendor, model, environment, and unit, cost centre, workflow, app from the usual tags.
const Ruleset& defaultRuleset();

} // namespace sluice
