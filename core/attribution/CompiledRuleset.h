// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/attribution/Attribution.h"
#include "core/attribution/KeyMatrix.h"
#include "core/attribution/LikePattern.h"

#include <map>
#include <string>
#include <vector>

namespace sluice {

// A ruleset made ready for one key matrix. Each condition and table remembers its answer per
// distinct value, so that evaluating a key is a walk over small numbers.
class CompiledRuleset {
public:
    // All fields that a ruleset reads.
    static void collectFields(const Ruleset& ruleset, std::map<std::string, std::size_t>& fields);

    // `fields`: name → column of `matrix`. Assigned texts go to `strings`. All three outlive this
    // object.
    CompiledRuleset(const Ruleset& ruleset, const std::map<std::string, std::size_t>& fields,
        const KeyMatrix& matrix, Interner& strings);

    // What the rules alone say of a key: texts as they are assigned, before the organisation is
    // asked.
    [[nodiscard]] Assignment evaluate(KeyId key);

private:
    enum class Answer : std::uint8_t { Unknown, No, Yes };

    struct Pattern {
        LikePattern like;
        std::string value;
    };
    struct Table {
        const NormalisationTable* entries{nullptr};
        std::vector<Pattern> patterns; // most special first
        [[nodiscard]] const std::string* find(const std::string& foldedText) const;
    };
    struct Condition {
        std::size_t column{0};
        RuleCondition::Test test{RuleCondition::Test::Equals};
        std::vector<std::string> values; // folded; sorted
        std::vector<LikePattern> patterns;
        const Table* normalise{nullptr};
        bool negated{false};
        std::vector<Answer> answers; // by number of the value
    };
    struct Value {
        Attribute attribute{Attribute::Owner};
        StringId literal{0};
        std::size_t column{0};
        const Table* table{nullptr};
        std::vector<StringId> results; // by number of the value; Unset until asked for
    };
    struct Share {
        std::uint32_t weight{1};
        std::vector<Value> values;
    };
    struct Rule {
        std::vector<std::vector<Condition>> when;
        std::vector<Value> assign;
        std::vector<Share> split;
    };

    const Table* table(const std::string& name);
    Condition compile(const RuleCondition& condition);
    std::vector<Value> compile(const std::map<Attribute, RuleValue>& assign);
    [[nodiscard]] bool holds(Rule& rule, KeyId key);
    [[nodiscard]] bool holds(Condition& condition, KeyId key);
    [[nodiscard]] bool test(const Condition& condition, std::uint32_t number) const;
    [[nodiscard]] StringId valueOf(Value& value, KeyId key);
    void applyShares(Rule& rule, std::int32_t index, KeyId key, Assignment& out);

    const Ruleset& m_ruleset;
    const std::map<std::string, std::size_t>& m_fields;
    const KeyMatrix& m_matrix;
    Interner& m_strings;
    std::map<std::string, Table> m_tables;
    std::vector<Rule> m_rules;
};

} // namespace sluice
