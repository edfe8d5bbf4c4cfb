// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/attribution/PlacedJson.h"
#include "core/attribution/Ruleset.h"

#include <map>
#include <string>
#include <vector>

namespace sluice {

// Turns the JSON of a rules file into a Ruleset and gathers everything that is wrong with it, so
// that a person can correct the whole file in one go.
class RulesetReader {
public:
    Ruleset read(const PlacedJson& root);
    [[nodiscard]] std::vector<RulesetRemark> takeRemarks() { return std::move(m_remarks); }

private:
    struct Place {
        std::size_t line{0};
        std::size_t column{0};
    };

    void fault(Place place, std::string what, std::string fix = {});
    bool expect(const PlacedJson& value, PlacedJson::Kind kind, std::string_view what);
    std::string textOf(const PlacedJson& value, std::string_view what); // trimmed, not empty
    bool isRepeated(const PlacedMember& member, std::map<std::string, bool>& seen);

    void readExtends(const PlacedJson& value);
    void appendBase();
    [[nodiscard]] const NormalisationTable* findTable(const std::string& name) const;
    void readTables(const PlacedJson& value);
    void readNormalise(const PlacedJson& value);
    void readRules(const PlacedJson& value);
    void readRule(const PlacedJson& value);
    void readId(const PlacedJson& value, AttributionRule& rule);
    void readWhen(const PlacedJson& value, AttributionRule& rule);
    void readClause(const PlacedJson& value, AttributionRule& rule, bool mayNest);
    void readAlternatives(const PlacedJson& value, std::vector<RuleCondition>& clause);
    void readCondition(const PlacedJson& value, bool negated, std::vector<RuleCondition>& clause);
    bool readTest(const PlacedMember& member, RuleCondition& condition);
    void readTestValues(const PlacedMember& member, RuleCondition& condition);
    void checkField(const PlacedJson& value, const std::string& field);
    std::map<Attribute, RuleValue> readAssign(const PlacedJson& value);
    RuleValue readValue(const PlacedJson& value, Attribute attribute);
    void checkLiteral(Place place, Attribute attribute, const std::string& literal);
    void checkTable(Place place, Attribute attribute, const std::string& table);
    void readSplit(const PlacedJson& value, AttributionRule& rule);
    RuleShare readShare(const PlacedJson& value);
    void checkRule(Place place, const AttributionRule& rule);

    void findUnusedTables();
    void findUnreachableRules();

    Ruleset m_out;
    const Ruleset* m_base{nullptr}; // what the file extends
    std::vector<RulesetRemark> m_remarks;
    std::string m_rule; // id of the rule being read
    std::map<std::string, Place> m_tablePlaces;
    std::map<std::string, Place> m_normalisePlaces;
    std::map<std::string, std::size_t> m_ruleIds; // id → line
    std::vector<Place> m_rulePlaces; // as m_out.rules
};

} // namespace sluice
