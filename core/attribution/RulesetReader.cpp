// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/RulesetReader.h"

#include "core/attribution/KeyField.h"
#include "core/base/TextFold.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace sluice {
namespace {

using Kind = PlacedJson::Kind;
using Test = RuleCondition::Test;

constexpr std::array<std::pair<std::string_view, Test>, 8> Tests{
    {{"equals", Test::Equals}, {"in", Test::In}, {"contains", Test::Contains},
        {"starts_with", Test::StartsWith}, {"ends_with", Test::EndsWith}, {"like", Test::Like},
        {"present", Test::Present}, {"absent", Test::Absent}}};

constexpr std::size_t MaxShares = 64;
constexpr std::uint32_t MaxWeight = 1'000'000;

std::string quoted(std::string_view text)
{
    constexpr std::size_t Longest = 60;
    return "'" + std::string{text.substr(0, Longest)} + (text.size() > Longest ? "…'" : "'");
}

} // namespace

void RulesetReader::fault(Place place, std::string what, std::string fix)
{
    m_remarks.push_back({true, m_rule, place.line, place.column, std::move(what), std::move(fix)});
}

bool RulesetReader::expect(const PlacedJson& value, PlacedJson::Kind kind, std::string_view what)
{
    if (value.kind == kind)
        return true;
    PlacedJson wanted;
    wanted.kind = kind;
    fault({value.line, value.column},
        std::string{what} + " is " + std::string{value.kindName()} + ", but has to be "
            + std::string{wanted.kindName()});
    return false;
}

std::string RulesetReader::textOf(const PlacedJson& value, std::string_view what)
{
    if (!expect(value, Kind::Text, what))
        return {};
    std::string text{trimmed(value.text)};
    if (text.empty())
        fault({value.line, value.column}, std::string{what} + " is empty");
    return text;
}

bool RulesetReader::isRepeated(const PlacedMember& member, std::map<std::string, bool>& seen)
{
    if (!std::exchange(seen[member.name], true))
        return false;
    fault({member.line, member.column}, quoted(member.name) + " stands there twice",
        "Remove one of them");
    return true;
}

Ruleset RulesetReader::read(const PlacedJson& root)
{
    if (!expect(root, Kind::Object, "a rules file"))
        return std::move(m_out);
    std::map<std::string, bool> seen;
    const PlacedJson* rules = nullptr;
    const PlacedJson* normalise = nullptr;
    for (const PlacedMember& member : root.members) {
        if (isRepeated(member, seen))
            continue;
        if (member.name == "name") {
            m_out.name = textOf(member.value, "the name");
        } else if (member.name == "effective_from") {
            const auto day = BusinessDate::parseIso(textOf(member.value, "the effective date"));
            if (day.ok())
                m_out.effectiveFrom = *day;
            else
                fault({member.value.line, member.value.column}, "the effective date is not a day",
                    "Write it as YYYY-MM-DD");
        } else if (member.name == "extends") {
            readExtends(member.value);
        } else if (member.name == "tables") {
            readTables(member.value);
        } else if (member.name == "normalise") {
            normalise = &member.value;
        } else if (member.name == "rules") {
            rules = &member.value;
        } else if (member.name != "note") {
            fault({member.line, member.column}, "a rules file has no " + quoted(member.name),
                "Known are name, note, effective_from, extends, tables, normalise and rules");
        }
    }
    // Tables come first whatever their place in the file, because rules refer to them.
    if (normalise != nullptr)
        readNormalise(*normalise);
    if (rules != nullptr)
        readRules(*rules);
    else
        fault({root.line, root.column}, "the file has no rules", "Add \"rules\": [ … ]");
    m_rule.clear();
    findUnusedTables();
    findUnreachableRules();
    if (m_base != nullptr)
        appendBase();
    return std::move(m_out);
}

void RulesetReader::readExtends(const PlacedJson& value)
{
    const std::string name = textOf(value, "the extended ruleset");
    if (name == DefaultRulesetName)
        m_base = &defaultRuleset();
    else if (!name.empty())
        fault({value.line, value.column}, "there is no ruleset " + quoted(name) + " to extend",
            "Write \"extends\": \"" + std::string{DefaultRulesetName} + "\", or leave it out");
}

// The file's own rules come first and so win; its own tables and normalisations stand in for those
// of the same name in what it extends, also for the rules that come from there.
void RulesetReader::appendBase()
{
    m_out.tables.insert(m_base->tables.begin(), m_base->tables.end());
    m_out.normalise.insert(m_base->normalise.begin(), m_base->normalise.end());
    for (const AttributionRule& rule : m_base->rules) {
        if (const auto known = m_ruleIds.find(rule.id); known != m_ruleIds.end())
            fault({known->second, 1}, "the extended ruleset has a rule " + quoted(rule.id) + " too",
                "Give the rule another id");
        m_out.rules.push_back(rule);
        m_out.rules.back().line = 0;
    }
}

void RulesetReader::readTables(const PlacedJson& value)
{
    if (!expect(value, Kind::Object, "tables"))
        return;
    std::map<std::string, bool> seen;
    for (const PlacedMember& table : value.members) {
        if (isRepeated(table, seen) || !expect(table.value, Kind::Object, "a table"))
            continue;
        m_tablePlaces[table.name] = {table.line, table.column};
        NormalisationTable& entries = m_out.tables[table.name];
        for (const PlacedMember& entry : table.value.members) {
            const std::string key = folded(entry.name);
            const std::string result = textOf(entry.value, "the value of " + quoted(entry.name));
            if (key.empty())
                fault({entry.line, entry.column},
                    "an entry of the table " + quoted(table.name) + " has an empty key");
            else if (!entries.emplace(key, result).second)
                fault({entry.line, entry.column},
                    "the table " + quoted(table.name) + " has " + quoted(entry.name) + " twice",
                    "Upper and lower case and spaces around do not make a difference: remove one");
        }
    }
}

const NormalisationTable* RulesetReader::findTable(const std::string& name) const
{
    if (const auto own = m_out.tables.find(name); own != m_out.tables.end())
        return &own->second;
    if (m_base == nullptr)
        return nullptr;
    const auto base = m_base->tables.find(name);
    return base == m_base->tables.end() ? nullptr : &base->second;
}

void RulesetReader::readNormalise(const PlacedJson& value)
{
    if (!expect(value, Kind::Object, "normalise"))
        return;
    std::map<std::string, bool> seen;
    for (const PlacedMember& member : value.members) {
        if (isRepeated(member, seen))
            continue;
        PlacedJson field;
        field.line = member.line;
        field.column = member.column;
        checkField(field, member.name);
        const std::string table = textOf(member.value, "the name of a table");
        if (!table.empty() && findTable(table) == nullptr)
            fault({member.value.line, member.value.column}, "there is no table " + quoted(table),
                "Add it to tables");
        m_out.normalise[member.name] = table;
        m_normalisePlaces[member.name] = {member.line, member.column};
    }
}

void RulesetReader::readRules(const PlacedJson& value)
{
    if (!expect(value, Kind::Array, "rules"))
        return;
    for (const PlacedJson& rule : value.items) {
        m_rule.clear();
        if (expect(rule, Kind::Object, "a rule"))
            readRule(rule);
    }
}

void RulesetReader::readId(const PlacedJson& value, AttributionRule& rule)
{
    rule.id = textOf(value, "the id of a rule");
    m_rule = rule.id;
    if (rule.id.empty())
        return;
    const auto known = m_ruleIds.emplace(rule.id, value.line);
    if (!known.second)
        fault({value.line, value.column},
            "the rule of line " + std::to_string(known.first->second) + " has the id "
                + quoted(rule.id) + " too",
            "Give each rule an id of its own");
}

void RulesetReader::readRule(const PlacedJson& value)
{
    AttributionRule rule;
    rule.line = value.line;
    const auto id = std::find_if(value.members.begin(), value.members.end(),
        [](const PlacedMember& m) { return m.name == "id"; });
    if (id != value.members.end())
        readId(id->value, rule);
    else
        fault(
            {value.line, value.column}, "the rule has no id", "Add \"id\": \"a-name-of-your-own\"");
    std::map<std::string, bool> seen;
    for (const PlacedMember& member : value.members) {
        if (isRepeated(member, seen) || member.name == "id")
            continue;
        if (member.name == "note") {
            rule.note = textOf(member.value, "the note");
        } else if (member.name == "when") {
            readWhen(member.value, rule);
        } else if (member.name == "assign") {
            rule.assign = readAssign(member.value);
        } else if (member.name == "split") {
            readSplit(member.value, rule);
        } else {
            fault({member.line, member.column}, "a rule has no " + quoted(member.name),
                "Known are id, note, when, assign and split");
        }
    }
    if (!seen.contains("assign") && !seen.contains("split"))
        fault(
            {value.line, value.column}, "the rule assigns nothing", "Add \"assign\" or \"split\"");
    checkRule({value.line, value.column}, rule);
    m_rulePlaces.push_back({value.line, value.column});
    m_out.rules.push_back(std::move(rule));
}

void RulesetReader::checkRule(Place place, const AttributionRule& rule)
{
    std::map<Attribute, bool> inSplit;
    for (const RuleShare& share : rule.split)
        for (const auto& assigned : share.assign)
            inSplit[assigned.first] = true;
    for (const auto& assigned : rule.assign)
        if (inSplit.contains(assigned.first))
            fault(place,
                "the rule assigns " + std::string{attributeName(assigned.first)}
                    + " both to the whole and to a share",
                "Keep one of them");
}

void RulesetReader::readWhen(const PlacedJson& value, AttributionRule& rule)
{
    if (value.kind == Kind::Array) {
        for (const PlacedJson& clause : value.items)
            readClause(clause, rule, true);
    } else {
        readClause(value, rule, true);
    }
}

void RulesetReader::readClause(const PlacedJson& value, AttributionRule& rule, bool mayNest)
{
    if (!expect(value, Kind::Object, "a condition"))
        return;
    const bool single = value.members.size() == 1;
    if (single && value.members[0].name == "all" && mayNest) {
        if (expect(value.members[0].value, Kind::Array, "all"))
            for (const PlacedJson& clause : value.members[0].value.items)
                readClause(clause, rule, false);
        return;
    }
    std::vector<RuleCondition> clause;
    if (single && value.members[0].name == "any")
        readAlternatives(value.members[0].value, clause);
    else
        readCondition(value, false, clause);
    rule.when.push_back(std::move(clause));
}

void RulesetReader::readAlternatives(const PlacedJson& value, std::vector<RuleCondition>& clause)
{
    if (!expect(value, Kind::Array, "any"))
        return;
    if (value.items.empty())
        fault({value.line, value.column}, "an empty list of alternatives never holds",
            "Remove it, or add conditions");
    for (const PlacedJson& alternative : value.items)
        if (expect(alternative, Kind::Object, "a condition"))
            readCondition(alternative, false, clause);
}

void RulesetReader::readCondition(
    const PlacedJson& value, bool negated, std::vector<RuleCondition>& clause)
{
    if (value.members.size() == 1 && value.members[0].name == "not" && !negated) {
        if (expect(value.members[0].value, Kind::Object, "a condition"))
            readCondition(value.members[0].value, true, clause);
        return;
    }
    RuleCondition condition;
    condition.negated = negated;
    std::size_t tests = 0;
    std::size_t unknown = 0;
    for (const PlacedMember& member : value.members) {
        if (member.name == "field") {
            condition.field = textOf(member.value, "the field");
            if (!condition.field.empty())
                checkField(member.value, condition.field);
        } else if (readTest(member, condition)) {
            ++tests;
        } else {
            ++unknown;
            fault({member.line, member.column}, "a condition has no " + quoted(member.name),
                "Known are field with one of equals, in, contains, starts_with, ends_with, like, present, absent; and any, all, "
                "not; inside of any there are plain conditions and not");
        }
    }
    if (condition.field.empty() && unknown == 0)
        fault({value.line, value.column}, "the condition names no field",
            "Add \"field\": \"ServiceName\" or another one");
    if (tests != 1 && unknown == 0)
        fault({value.line, value.column},
            tests == 0 ? "the condition tests nothing" : "the condition has several tests",
            "Write one of equals, in, contains, starts_with, ends_with, like, present, absent");
    clause.push_back(std::move(condition));
}

bool RulesetReader::readTest(const PlacedMember& member, RuleCondition& condition)
{
    const auto* const known = std::find_if(
        Tests.begin(), Tests.end(), [&](const auto& test) { return test.first == member.name; });
    if (known == Tests.end())
        return false;
    condition.test = known->second;
    if (condition.test == Test::Present || condition.test == Test::Absent) {
        if (expect(member.value, Kind::Boolean, quoted(member.name))
            && member.value.text == "false")
            condition.test = condition.test == Test::Present ? Test::Absent : Test::Present;
    } else {
        readTestValues(member, condition);
    }
    return true;
}

void RulesetReader::readTestValues(const PlacedMember& member, RuleCondition& condition)
{
    if (member.value.kind != Kind::Array) {
        condition.values.push_back(textOf(member.value, "the value of " + quoted(member.name)));
        return;
    }
    if (member.value.items.empty())
        fault({member.value.line, member.value.column},
            "the list of " + quoted(member.name) + " is empty: it never holds");
    for (const PlacedJson& item : member.value.items)
        condition.values.push_back(textOf(item, "a value of " + quoted(member.name)));
}

void RulesetReader::checkField(const PlacedJson& value, const std::string& field)
{
    if (const auto parsed = parseKeyField(field); !parsed.ok())
        fault({value.line, value.column}, parsed.error().what, parsed.error().fix);
}

std::map<Attribute, RuleValue> RulesetReader::readAssign(const PlacedJson& value)
{
    std::map<Attribute, RuleValue> assign;
    if (!expect(value, Kind::Object, "assign"))
        return assign;
    std::map<std::string, bool> seen;
    for (const PlacedMember& member : value.members) {
        if (isRepeated(member, seen))
            continue;
        const auto attribute = parseAttribute(member.name);
        if (attribute.ok())
            assign[*attribute] = readValue(member.value, *attribute);
        else
            fault({member.line, member.column}, attribute.error().what, attribute.error().fix);
    }
    return assign;
}

RuleValue RulesetReader::readValue(const PlacedJson& value, Attribute attribute)
{
    RuleValue out;
    if (value.kind != Kind::Object) {
        out.literal = textOf(value, std::string{attributeName(attribute)});
        if (!out.literal.empty())
            checkLiteral({value.line, value.column}, attribute, out.literal);
        return out;
    }
    for (const PlacedMember& member : value.members) {
        if (member.name == "field") {
            out.field = textOf(member.value, "the field");
            checkField(member.value, out.field);
        } else if (member.name == "table") {
            out.table = textOf(member.value, "the name of a table");
            checkTable({member.value.line, member.value.column}, attribute, out.table);
        } else {
            fault({member.line, member.column}, "an assigned value has no " + quoted(member.name),
                "Known are field and table");
        }
    }
    if (out.field.empty())
        fault({value.line, value.column}, "the assigned value names no field",
            "Add \"field\", or write a text");
    if (attribute == Attribute::Category && out.table.empty())
        fault({value.line, value.column},
            "a category taken from a field needs a table that leads to the eight categories",
            "Add \"table\"");
    return out;
}

void RulesetReader::checkLiteral(Place place, Attribute attribute, const std::string& literal)
{
    if (attribute == Attribute::Category && !isSpendCategory(literal))
        fault(place, quoted(literal) + " is not a category",
            "Use one of " + std::string{spendCategoryList()});
}

void RulesetReader::checkTable(Place place, Attribute attribute, const std::string& table)
{
    const NormalisationTable* found = findTable(table);
    if (found == nullptr) {
        fault(place, "there is no table " + quoted(table), "Add it to tables");
        return;
    }
    const auto own = m_tablePlaces.find(table);
    for (const auto& entry : *found)
        checkLiteral(own == m_tablePlaces.end() ? place : own->second, attribute, entry.second);
}

void RulesetReader::readSplit(const PlacedJson& value, AttributionRule& rule)
{
    if (!expect(value, Kind::Array, "split"))
        return;
    if (value.items.size() < 2 || value.items.size() > MaxShares)
        fault({value.line, value.column},
            "a split has 2 to 64 shares, not " + std::to_string(value.items.size()));
    for (const PlacedJson& share : value.items)
        if (expect(share, Kind::Object, "a share"))
            rule.split.push_back(readShare(share));
}

RuleShare RulesetReader::readShare(const PlacedJson& value)
{
    RuleShare share;
    share.weight = 0;
    for (const PlacedMember& member : value.members) {
        if (member.name == "assign") {
            share.assign = readAssign(member.value);
        } else if (member.name == "weight") {
            const std::string& text = member.value.text;
            const auto parsed
                = std::from_chars(text.data(), text.data() + text.size(), share.weight);
            if (member.value.kind != Kind::Number || parsed.ec != std::errc{}
                || parsed.ptr != text.data() + text.size() || share.weight == 0
                || share.weight > MaxWeight) {
                fault({member.value.line, member.value.column},
                    "a weight is a whole number from 1 to 1000000",
                    "Write shares as whole numbers, such as 60 and 40");
                share.weight = 1;
            }
        } else {
            fault({member.line, member.column}, "a share has no " + quoted(member.name),
                "Known are weight and assign");
        }
    }
    if (share.weight == 0)
        fault({value.line, value.column}, "the share has no weight", "Add \"weight\"");
    if (share.assign.empty())
        fault({value.line, value.column}, "the share assigns nothing", "Add \"assign\"");
    return share;
}

} // namespace sluice
