// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/CompiledRuleset.h"

#include "core/base/TextFold.h"

#include <algorithm>
#include <limits>

namespace sluice {
namespace {

using Test = RuleCondition::Test;
constexpr StringId Unset = std::numeric_limits<StringId>::max();

void addField(const std::string& field, std::map<std::string, std::size_t>& fields)
{
    if (!field.empty())
        fields.emplace(field, fields.size());
}

void addFields(
    const std::map<Attribute, RuleValue>& assign, std::map<std::string, std::size_t>& fields)
{
    for (const auto& assigned : assign)
        addField(assigned.second.field, fields);
}

std::size_t at(Attribute attribute)
{
    return static_cast<std::size_t>(attribute);
}

bool startsWith(std::string_view text, std::string_view start)
{
    return text.substr(0, start.size()) == start;
}
bool endsWith(std::string_view text, std::string_view end)
{
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool everythingSet(const Assignment& assignment)
{
    return std::all_of(
        assignment.parts.begin(), assignment.parts.end(), [](const AttributionPart& part) {
            return std::find(part.values.begin(), part.values.end(), 0U) == part.values.end();
        });
}

} // namespace

void CompiledRuleset::collectFields(
    const Ruleset& ruleset, std::map<std::string, std::size_t>& fields)
{
    for (const AttributionRule& rule : ruleset.rules) {
        for (const auto& clause : rule.when)
            for (const RuleCondition& condition : clause)
                addField(condition.field, fields);
        addFields(rule.assign, fields);
        for (const RuleShare& share : rule.split)
            addFields(share.assign, fields);
    }
}

CompiledRuleset::CompiledRuleset(const Ruleset& ruleset,
    const std::map<std::string, std::size_t>& fields, const KeyMatrix& matrix, Interner& strings)
    : m_ruleset{ruleset}
    , m_fields{fields}
    , m_matrix{matrix}
    , m_strings{strings}
{
    for (const AttributionRule& rule : ruleset.rules) {
        Rule& compiled = m_rules.emplace_back();
        for (const auto& clause : rule.when) {
            auto& conditions = compiled.when.emplace_back();
            for (const RuleCondition& condition : clause)
                conditions.push_back(compile(condition));
        }
        compiled.assign = compile(rule.assign);
        for (const RuleShare& share : rule.split)
            compiled.split.push_back({share.weight, compile(share.assign)});
    }
}

const std::string* CompiledRuleset::Table::find(const std::string& foldedText) const
{
    if (const auto exact = entries->find(foldedText);
        exact != entries->end() && !LikePattern::isPattern(foldedText))
        return &exact->second;
    const auto fits = [&](const Pattern& pattern) { return pattern.like.matches(foldedText); };
    const auto pattern = std::find_if(patterns.begin(), patterns.end(), fits);
    return pattern == patterns.end() ? nullptr : &pattern->value;
}

const CompiledRuleset::Table* CompiledRuleset::table(const std::string& name)
{
    const auto source = m_ruleset.tables.find(name);
    if (source == m_ruleset.tables.end())
        return nullptr;
    const auto [known, added] = m_tables.try_emplace(name);
    Table& compiled = known->second;
    if (!added)
        return &compiled;
    compiled.entries = &source->second;
    for (const auto& entry : source->second)
        if (LikePattern::isPattern(entry.first))
            compiled.patterns.push_back({LikePattern{entry.first}, entry.second});
    std::ranges::stable_sort(compiled.patterns, [](const Pattern& a, const Pattern& b) {
        return a.like.literalLength() > b.like.literalLength();
    });
    return &compiled;
}

CompiledRuleset::Condition CompiledRuleset::compile(const RuleCondition& condition)
{
    Condition compiled;
    compiled.column = m_fields.at(condition.field);
    compiled.test = condition.test;
    compiled.negated = condition.negated;
    for (const std::string& value : condition.values) {
        compiled.values.push_back(folded(value));
        if (condition.test == Test::Like)
            compiled.patterns.emplace_back(compiled.values.back());
    }
    std::ranges::sort(compiled.values);
    if (const auto normalised = m_ruleset.normalise.find(condition.field);
        normalised != m_ruleset.normalise.end())
        compiled.normalise = table(normalised->second);
    compiled.answers.assign(m_matrix.column(compiled.column).values.size(), Answer::Unknown);
    return compiled;
}

std::vector<CompiledRuleset::Value> CompiledRuleset::compile(
    const std::map<Attribute, RuleValue>& assign)
{
    std::vector<Value> values;
    for (const auto& assigned : assign) {
        Value& value = values.emplace_back();
        value.attribute = assigned.first;
        if (assigned.second.field.empty()) {
            value.literal = m_strings.intern(trimmed(assigned.second.literal));
            continue;
        }
        value.column = m_fields.at(assigned.second.field);
        value.table = assigned.second.table.empty() ? nullptr : table(assigned.second.table);
        value.results.assign(m_matrix.column(value.column).values.size(), Unset);
    }
    return values;
}

bool CompiledRuleset::test(const Condition& condition, std::uint32_t number) const
{
    if (condition.test == Test::Present || condition.test == Test::Absent)
        return (number != 0) == (condition.test == Test::Present);
    if (number == 0)
        return false;
    std::string text = folded(m_matrix.text(m_matrix.column(condition.column).values[number]));
    if (condition.normalise != nullptr)
        if (const std::string* normalised = condition.normalise->find(text))
            text = folded(*normalised);
    const auto any = [&](auto&& fits) {
        return std::any_of(condition.values.begin(), condition.values.end(), fits);
    };
    switch (condition.test) {
    case Test::Contains:
        return any([&](const std::string& value) { return text.find(value) != std::string::npos; });
    case Test::StartsWith:
        return any([&](const std::string& value) { return startsWith(text, value); });
    case Test::EndsWith:
        return any([&](const std::string& value) { return endsWith(text, value); });
    case Test::Like:
        return std::any_of(condition.patterns.begin(), condition.patterns.end(),
            [&](const LikePattern& p) { return p.matches(text); });
    default:
        return std::binary_search(condition.values.begin(), condition.values.end(), text);
    }
}

bool CompiledRuleset::holds(Condition& condition, KeyId key)
{
    const std::uint32_t number = m_matrix.column(condition.column).numbers[key];
    Answer& answer = condition.answers[number];
    if (answer == Answer::Unknown)
        answer = test(condition, number) != condition.negated ? Answer::Yes : Answer::No;
    return answer == Answer::Yes;
}

bool CompiledRuleset::holds(Rule& rule, KeyId key)
{
    return std::all_of(rule.when.begin(), rule.when.end(), [&](auto& clause) {
        return std::any_of(clause.begin(), clause.end(),
            [&](Condition& condition) { return holds(condition, key); });
    });
}

StringId CompiledRuleset::valueOf(Value& value, KeyId key)
{
    if (value.results.empty())
        return value.literal;
    const KeyMatrix::Column& column = m_matrix.column(value.column);
    const std::uint32_t number = column.numbers[key];
    StringId& result = value.results[number];
    if (result != Unset)
        return result;
    result = 0;
    const std::string_view text = m_matrix.text(column.values[number]);
    if (number != 0 && value.table == nullptr)
        result = m_strings.intern(trimmed(text));
    else if (number != 0)
        if (const std::string* found = value.table->find(folded(text)))
            result = m_strings.intern(*found);
    return result;
}

void CompiledRuleset::applyShares(Rule& rule, std::int32_t index, KeyId key, Assignment& out)
{
    const AttributionPart whole = out.parts.front();
    std::vector<AttributionPart> parts;
    bool assigned = false;
    for (Share& share : rule.split) {
        AttributionPart& part = parts.emplace_back(whole);
        part.weight = share.weight;
        for (Value& value : share.values) {
            const StringId text = whole.values[at(value.attribute)] == 0 ? valueOf(value, key) : 0;
            if (text == 0)
                continue;
            part.values[at(value.attribute)] = text;
            part.rules[at(value.attribute)] = index;
            assigned = true;
        }
    }
    if (assigned)
        out.parts = std::move(parts);
}

Assignment CompiledRuleset::evaluate(KeyId key)
{
    Assignment out;
    out.parts.resize(1);
    out.ruleset = m_ruleset.number;
    for (std::size_t i = 0; i < m_rules.size() && !everythingSet(out); ++i) {
        Rule& rule = m_rules[i];
        if (!holds(rule, key))
            continue;
        const auto index = static_cast<std::int32_t>(i);
        for (Value& value : rule.assign) {
            const std::size_t attribute = at(value.attribute);
            for (AttributionPart& part : out.parts) {
                if (part.values[attribute] != 0)
                    continue;
                part.values[attribute] = valueOf(value, key);
                if (part.values[attribute] != 0)
                    part.rules[attribute] = index;
            }
        }
        if (!rule.split.empty() && out.parts.size() == 1)
            applyShares(rule, index, key, out);
    }
    return out;
}

} // namespace sluice
