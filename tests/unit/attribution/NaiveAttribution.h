// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/attribution/Attribution.h"
#include "core/base/TextFold.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace sluice::test {

// The definition of attribution read aloud, one key and one day at a time, with no cleverness: the
// oracle of the property test.
class NaiveAttribution {
public:
    using Key = std::map<std::string, std::string>;
    struct Part {
        Part() { rules.fill(NoRule); }
        std::uint32_t weight{1};
        std::array<std::string, AttributeCount> values;
        std::array<std::int32_t, AttributeCount> rules;
    };
    struct Answer {
        std::vector<Part> parts{1};
        std::uint32_t ruleset{0};
    };

    NaiveAttribution(const std::vector<Ruleset>& rulesets, const Organisation& organisation)
        : m_rulesets{rulesets}
        , m_organisation{organisation}
    {
    }

    Answer of(const Key& key, BusinessDate day, std::optional<std::uint32_t> only) const
    {
        Answer answer;
        const Ruleset* ruleset = nullptr;
        for (const Ruleset& candidate : m_rulesets) {
            if (only ? candidate.number != *only : candidate.effectiveFrom > day)
                continue;
            if (ruleset == nullptr || ruleset->number < candidate.number)
                ruleset = &candidate;
        }
        if (ruleset != nullptr) {
            answer.ruleset = ruleset->number;
            for (std::size_t i = 0; i < ruleset->rules.size(); ++i)
                apply(*ruleset, ruleset->rules[i], static_cast<std::int32_t>(i), key, answer);
        }
        resolve(day, answer);
        return answer;
    }

private:
    using Values = std::array<std::string, AttributeCount>;
    static std::string& get(Values& values, Attribute attribute)
    {
        return values[static_cast<std::size_t>(attribute)];
    }

    static std::string field(const Key& key, const std::string& name)
    {
        const auto exact = [&](const std::string& column) {
            const auto found = key.find(column);
            return found == key.end() ? std::string{} : std::string{trimmed(found->second)};
        };
        if (name == "provider")
            return !exact("ServiceProviderName").empty() ? exact("ServiceProviderName")
                                                         : exact("ProviderName");
        if (!exact(name).empty() || name.rfind("tag:", 0) != 0)
            return exact(name);
        for (const auto& cell : key) // sorted by name
            if (cell.first.rfind("tag:", 0) == 0
                && folded(cell.first.substr(4)) == folded(name.substr(4))
                && !exact(cell.first).empty())
                return exact(cell.first);
        return {};
    }

    static bool like(std::string_view pattern, std::string_view text)
    {
        if (pattern.empty())
            return text.empty();
        if (pattern[0] == '*')
            return like(pattern.substr(1), text)
                || (!text.empty() && like(pattern, text.substr(1)));
        return !text.empty() && (pattern[0] == '?' || pattern[0] == text[0])
            && like(pattern.substr(1), text.substr(1));
    }

    static const std::string* lookUp(const NormalisationTable& table, const std::string& text)
    {
        const auto literal = [](const std::string& pattern) {
            return std::count_if(
                pattern.begin(), pattern.end(), [](char c) { return c != '*' && c != '?'; });
        };
        const std::pair<const std::string, std::string>* best = nullptr;
        for (const auto& entry : table) {
            if (entry.first == folded(text))
                return &entry.second;
            const bool pattern = entry.first.find_first_of("*?") != std::string::npos;
            if (pattern && like(entry.first, folded(text))
                && (best == nullptr || literal(entry.first) > literal(best->first)))
                best = &entry;
        }
        return best == nullptr ? nullptr : &best->second;
    }

    static bool holds(const Ruleset& ruleset, const RuleCondition& condition, const Key& key)
    {
        using Test = RuleCondition::Test;
        std::string text = folded(field(key, condition.field));
        bool result = false;
        if (condition.test == Test::Present || condition.test == Test::Absent) {
            result = text.empty() == (condition.test == Test::Absent);
        } else if (!text.empty()) {
            if (ruleset.normalise.contains(condition.field))
                if (const std::string* normalised
                    = lookUp(ruleset.tables.at(ruleset.normalise.at(condition.field)), text))
                    text = folded(*normalised);
            for (const std::string& raw : condition.values) {
                const std::string value = folded(raw);
                const bool fits = condition.test == Test::Contains
                    ? text.find(value) != std::string::npos
                    : condition.test == Test::StartsWith ? text.rfind(value, 0) == 0
                    : condition.test == Test::EndsWith   ? text.size() >= value.size()
                        && text.substr(text.size() - value.size()) == value
                    : condition.test == Test::Like ? like(value, text)
                                                   : text == value;
                result = result || fits;
            }
        }
        return result != condition.negated;
    }

    static std::string valueOf(const Ruleset& ruleset, const RuleValue& value, const Key& key)
    {
        if (value.field.empty())
            return value.literal;
        const std::string text = field(key, value.field);
        if (value.table.empty() || text.empty())
            return text;
        const std::string* found = lookUp(ruleset.tables.at(value.table), text);
        return found == nullptr ? std::string{} : *found;
    }

    static void apply(const Ruleset& ruleset, const AttributionRule& rule, std::int32_t index,
        const Key& key, Answer& answer)
    {
        for (const auto& clause : rule.when) {
            bool any = false;
            for (const RuleCondition& condition : clause)
                any = any || holds(ruleset, condition, key);
            if (!any)
                return;
        }
        for (const auto& assigned : rule.assign) {
            for (Part& part : answer.parts) {
                std::string& slot = get(part.values, assigned.first);
                if (!slot.empty())
                    continue;
                slot = valueOf(ruleset, assigned.second, key);
                if (!slot.empty())
                    part.rules[static_cast<std::size_t>(assigned.first)] = index;
            }
        }
        if (answer.parts.size() == 1 && !rule.split.empty())
            split(ruleset, rule, index, key, answer);
    }

    static void split(const Ruleset& ruleset, const AttributionRule& rule, std::int32_t index,
        const Key& key, Answer& answer)
    {
        Part whole = answer.parts.front();
        std::vector<Part> parts;
        bool assigned = false;
        for (const RuleShare& share : rule.split) {
            Part part = whole;
            part.weight = share.weight;
            for (const auto& item : share.assign) {
                if (!get(whole.values, item.first).empty()
                    || valueOf(ruleset, item.second, key).empty())
                    continue;
                get(part.values, item.first) = valueOf(ruleset, item.second, key);
                part.rules[static_cast<std::size_t>(item.first)] = index;
                assigned = true;
            }
            parts.push_back(part);
        }
        if (assigned)
            answer.parts = parts;
    }

    static std::string likeness(const std::string& text)
    {
        std::string spaced = folded(text);
        for (char& c : spaced)
            if (c == '-' || c == '_' || c == '.' || c == '/')
                c = ' ';
        std::string out;
        for (std::size_t i = 0; i < spaced.size(); ++i)
            if (spaced[i] != ' ')
                out += (i > 0 && spaced[i - 1] == ' ' && !out.empty() ? "-" : "")
                    + std::string(1, spaced[i]);
        return out;
    }

    template <class Record>
    static std::string idOf(
        const std::vector<Record>& records, const std::string& text, BusinessDate day)
    {
        if (text.empty())
            return {};
        for (const bool byId : {true, false}) {
            const Record* first = nullptr;
            for (const Record& record : records) {
                const bool same = byId ? folded(record.id) == folded(text)
                                       : !likeness(text).empty()
                        && (likeness(record.id) == likeness(text)
                            || likeness(record.name) == likeness(text));
                if (!same)
                    continue;
                if (record.effective.covers(day))
                    return record.id;
                first = first == nullptr ? &record : first;
            }
            if (first != nullptr)
                return first->id;
        }
        return text;
    }

    std::string ownerOf(const std::string& text, BusinessDate day) const
    {
        std::string id = text;
        for (const bool byLikeness : {true, false}) { // the id or the e-mail has the last word
            const Person* first = nullptr;
            const Person* present = nullptr;
            for (const Person& person : m_organisation.people) {
                const bool same = byLikeness
                    ? !likeness(text).empty() && likeness(person.id) == likeness(text)
                    : folded(person.id) == folded(text)
                        || (!person.email.empty() && folded(person.email) == folded(text));
                if (!same || text.empty())
                    continue;
                first = first == nullptr ? &person : first;
                if (present == nullptr && person.effective.covers(day))
                    present = &person;
            }
            if (first != nullptr)
                id = present != nullptr ? present->id : first->id;
        }
        bool known = false;
        for (const Person& person : m_organisation.people)
            known = known || person.id == id;
        return known && m_organisation.person(id, day) == nullptr ? std::string{} : id;
    }

    void resolve(BusinessDate day, Answer& answer) const
    {
        std::vector<Part> merged;
        for (Part& part : answer.parts) {
            Values& v = part.values;
            get(v, Attribute::Owner) = ownerOf(get(v, Attribute::Owner), day);
            get(v, Attribute::Unit) = idOf(m_organisation.units, get(v, Attribute::Unit), day);
            get(v, Attribute::CostCentre)
                = idOf(m_organisation.costCentres, get(v, Attribute::CostCentre), day);
            get(v, Attribute::Workflow)
                = idOf(m_organisation.workflows, get(v, Attribute::Workflow), day);
            if (!isSpendCategory(get(v, Attribute::Category)))
                get(v, Attribute::Category).clear();
            for (std::size_t i = 0; i < AttributeCount; ++i)
                if (v[i].empty())
                    part.rules[i] = NoRule;
            derive(day, part);
            const auto same = std::find_if(merged.begin(), merged.end(),
                [&](const Part& p) { return p.values == part.values; });
            if (same == merged.end())
                merged.push_back(part);
            else
                same->weight += part.weight;
        }
        if (merged.size() == 1)
            merged[0].weight = 1;
        answer.parts = merged;
    }

    void derive(BusinessDate day, Part& part) const
    {
        const auto add = [&](Attribute attribute, const std::string& value) {
            if (value.empty() || !get(part.values, attribute).empty())
                return;
            if (attribute == Attribute::Owner && m_organisation.person(value, day) == nullptr)
                return;
            get(part.values, attribute) = value;
            part.rules[static_cast<std::size_t>(attribute)] = FromOrganisation;
        };
        if (const Workflow* workflow
            = m_organisation.workflow(get(part.values, Attribute::Workflow), day)) {
            add(Attribute::Unit, workflow->unit);
            add(Attribute::Owner, workflow->owner);
            add(Attribute::Category, workflow->category);
        }
        for (const Unit* unit = m_organisation.unit(get(part.values, Attribute::Unit), day);
             unit != nullptr; unit = m_organisation.unit(unit->parent, day)) {
            add(Attribute::Owner, unit->owner);
            add(Attribute::CostCentre, unit->costCentre);
        }
        if (const CostCentre* centre
            = m_organisation.costCentre(get(part.values, Attribute::CostCentre), day))
            add(Attribute::Owner, centre->owner);
    }

    const std::vector<Ruleset>& m_rulesets;
    const Organisation& m_organisation;
};

} // namespace sluice::test
