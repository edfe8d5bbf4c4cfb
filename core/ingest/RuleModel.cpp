// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/RuleModel.h"

#include "core/base/Resource.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <utility>

namespace sluice {
namespace {

using simdjson::dom::element;

constexpr std::array<std::pair<std::string_view, RuleKeyword>, 6> Keywords{{
    {"MUST", RuleKeyword::Must},
    {"MUST NOT", RuleKeyword::MustNot},
    {"SHOULD", RuleKeyword::Should},
    {"SHOULD NOT", RuleKeyword::ShouldNot},
    {"RECOMMENDED", RuleKeyword::Recommended},
    {"MAY", RuleKeyword::May},
}};
constexpr std::array<std::pair<std::string_view, RuleLevel>, 3> Levels{{
    {"reject", RuleLevel::Reject},
    {"quarantine", RuleLevel::Quarantine},
    {"finding", RuleLevel::Finding},
}};

template <class Table>
auto lookUp(const Table& table, std::string_view name) -> std::optional<decltype(table[0].second)>
{
    for (const auto& [text, value] : table) {
        if (text == name)
            return value;
    }
    return {};
}

template <class Table, class Value>
std::string_view nameOf(const Table& table, Value value)
{
    for (const auto& entry : table) {
        if (entry.second == value)
            return entry.first;
    }
    return {};
}

Error bad(std::string where, std::string what)
{
    return Error{ErrorCode::BadInput, std::move(where), std::move(what),
        "Use a file in the form of the published FOCUS requirements model"};
}

std::string textAt(const element& object, std::string_view key)
{
    std::string_view text;
    return object[key].get(text) == simdjson::SUCCESS ? std::string{text} : std::string{};
}

// Reads one rule. What it cannot understand makes the rule "not checked" with a reason; it never
// fails.
class RuleReader {
public:
    explicit RuleReader(Rule& rule)
        : m_rule{rule}
    {
    }

    void read(const element& json)
    {
        m_rule.category = textAt(json, "Function");
        m_rule.column = textAt(json, "Reference");
        const std::string entity = textAt(json, "EntityType");
        m_rule.entity = entity == "Dataset"
            ? RuleEntity::Dataset
            : (entity == "Attribute" ? RuleEntity::Attribute : RuleEntity::Column);
        readLevel(json);
        readVersions(json);
        readApplicability(json);
        readCriteria(json);
        if (textAt(json, "Type") == "Dynamic") {
            m_rule.notChecked = textAt(json, "Needs");
            cannot("it asks for judgement or for data beyond the file");
        }
    }

private:
    void cannot(std::string reason)
    {
        if (m_rule.notChecked.empty())
            m_rule.notChecked = std::move(reason);
    }

    void readLevel(const element& json)
    {
        const std::string level = textAt(json, "Level");
        if (const auto known = lookUp(Levels, level))
            m_rule.level = *known;
        else if (!level.empty())
            cannot("its level '" + level + "' is not known");
    }

    void readVersions(const element& json)
    {
        const std::string from = textAt(json, "FocusFrom");
        const std::string to = textAt(json, "FocusTo");
        const auto first = parseFocusVersion(from);
        const auto last = parseFocusVersion(to);
        if ((!from.empty() && !first) || (!to.empty() && !last))
            return cannot("its FOCUS versions '" + from + "' to '" + to + "' are not known");
        m_rule.from = first.value_or(FocusVersion::V0_5);
        m_rule.to = last.value_or(FocusVersion::V1_4);
    }

    void readApplicability(const element& json)
    {
        simdjson::dom::array names;
        if (json["ApplicabilityCriteria"].get(names) != simdjson::SUCCESS)
            return;
        for (const element name : names) {
            std::string_view text;
            if (name.get(text) == simdjson::SUCCESS)
                m_rule.applicability.emplace_back(text);
        }
    }

    void readCriteria(const element& json)
    {
        element criteria;
        element requirement;
        element condition;
        if (json["ValidationCriteria"].get(criteria) != simdjson::SUCCESS)
            return cannot("it has no validation criteria");
        m_rule.text = textAt(criteria, "MustSatisfy");
        const std::string keyword = textAt(criteria, "Keyword");
        if (const auto known = lookUp(Keywords, keyword))
            m_rule.keyword = *known;
        else
            cannot("its keyword '" + keyword + "' is not known");
        if (criteria["Requirement"].get(requirement) != simdjson::SUCCESS
            || isEmptyObject(requirement))
            return cannot("it has no requirement that a program can check");
        readCheck(requirement, m_rule.requirement, 0);
        if (criteria["Condition"].get(condition) == simdjson::SUCCESS && !condition.is_null()
            && !isEmptyObject(condition))
            readCheck(condition, m_rule.condition.emplace(), 0);
    }

    static bool isEmptyObject(const element& json)
    {
        simdjson::dom::object object;
        return json.get(object) == simdjson::SUCCESS && object.size() == 0;
    }

    void readCheck(const element& json, RuleCheck& check, int depth)
    {
        if (depth > RuleModel::MaxDepth)
            return cannot(
                "its conditions are nested deeper than " + std::to_string(RuleModel::MaxDepth));
        simdjson::dom::object object;
        if (json.get(object) != simdjson::SUCCESS)
            return cannot("a check in it is not an object");
        const std::string name = textAt(json, "CheckFunction");
        if (name.empty())
            return readShorthand(object, check, depth);
        const auto function = parseCheckFunction(name);
        if (!function)
            return cannot("the check function '" + name + "' is not known");
        check.function = *function;
        element items;
        if (check.function == CheckFunction::And || check.function == CheckFunction::Or)
            return readItems(
                json["Items"].get(items) == simdjson::SUCCESS ? &items : nullptr, check, depth);
        readArguments(json, check);
    }

    // The published model writes {"AND": […]} or {"AND": {…}} in places.
    void readShorthand(const simdjson::dom::object& object, RuleCheck& check, int depth)
    {
        for (const auto field : object) {
            const auto function = parseCheckFunction(field.key);
            if (function != CheckFunction::And && function != CheckFunction::Or)
                break;
            check.function = *function;
            return readItems(&field.value, check, depth);
        }
        cannot("a check in it names no check function");
    }

    void readItems(const element* items, RuleCheck& check, int depth)
    {
        simdjson::dom::array array;
        if (items != nullptr && items->get(array) == simdjson::SUCCESS) {
            for (const element item : array)
                readCheck(item, check.items.emplace_back(), depth + 1);
        } else if (items != nullptr) {
            readCheck(*items, check.items.emplace_back(), depth + 1);
        }
        if (check.items.empty())
            cannot("an AND or OR in it has no items");
    }

    void readArguments(const element& json, RuleCheck& check)
    {
        for (const std::string_view key : {"ColumnName", "ColumnAName", "CheckCondition"}) {
            if (check.columnA.empty())
                check.columnA = textAt(json, key);
        }
        check.columnB = textAt(json, "ColumnBName");
        check.columnC = textAt(json, "ResultColumnName");
        check.rule = textAt(json, "ModelRuleId");
        readValue(json, check);
        std::int64_t count = 0;
        if (json["ExpectedCount"].get(count) == simdjson::SUCCESS)
            check.count = count;
        else if (check.function == CheckFunction::CheckDistinctCount)
            cannot("a distinct count in it names no number");
        requireArguments(check);
    }

    void readValue(const element& json, RuleCheck& check)
    {
        element value;
        std::string_view text;
        if (json["Value"].get(value) != simdjson::SUCCESS || value.is_null())
            return;
        if (value.get(text) == simdjson::SUCCESS)
            check.value = std::string{text};
        else if (value.is_int64() || value.is_uint64())
            check.value = simdjson::minify(value);
        else
            return cannot("a value in it is neither a text nor a whole number");
        check.valueIsNumber = !value.is_string();
    }

    void requireArguments(const RuleCheck& check)
    {
        using enum CheckFunction;
        const bool pair = check.function == CheckDistinctCount || check.function == CheckSameValue
            || check.function == CheckNotSameValue || check.function == CheckSameNumber
            || check.function == CheckAtLeastColumn || check.function == CheckBefore
            || check.function == CheckNotAfter || check.function == CheckLedgerRange
            || check.function == ColumnByColumnEqualsColumnValue;
        const bool needsColumn
            = check.function != CheckModelRule && check.function != CheckColumnNames;
        const bool missing = (needsColumn && check.columnA.empty())
            || (pair && check.columnB.empty())
            || (check.function == ColumnByColumnEqualsColumnValue && check.columnC.empty())
            || (check.function == CheckModelRule && check.rule.empty())
            || (check.function == CheckGreaterOrEqualThanValue && !check.value);
        if (missing)
            cannot(
                "an argument of " + std::string{checkFunctionName(check.function)} + " is missing");
    }

    Rule& m_rule;
};

void collectReferences(const RuleCheck& check, std::vector<std::string>& out)
{
    if (check.function == CheckFunction::CheckModelRule)
        out.push_back(check.rule);
    for (const RuleCheck& item : check.items)
        collectReferences(item, out);
}

} // namespace

std::string_view ruleKeywordText(RuleKeyword keyword)
{
    return nameOf(Keywords, keyword);
}

std::string_view ruleLevelText(RuleLevel level)
{
    return nameOf(Levels, level);
}

Result<RuleModel> RuleModel::parse(std::string_view json)
{
    if (json.empty())
        return bad({}, "the rules file is empty");
    if (json.size() > MaxBytes)
        return bad({}, "the rules file is larger than 64 MiB");
    simdjson::dom::parser parser;
    element root;
    simdjson::dom::object rules;
    const auto error = parser.parse(json.data(), json.size()).get(root);
    if (error != simdjson::SUCCESS)
        return bad(
            {}, "the rules file is not JSON: " + std::string{simdjson::error_message(error)});
    if (root["ModelRules"].get(rules) != simdjson::SUCCESS)
        return bad({}, "the rules file has no object 'ModelRules'");
    RuleModel model;
    element details;
    if (root["Details"].get(details) == simdjson::SUCCESS)
        model.m_version = textAt(details, "ModelVersion");
    for (const auto field : rules) {
        if (model.m_rules.size() == MaxRules)
            return bad({}, "the rules file has more than " + std::to_string(MaxRules) + " rules");
        Rule& rule = model.m_rules.emplace_back();
        rule.id = std::string{field.key};
        RuleReader{rule}.read(field.value);
    }
    SLUICE_TRY_DO(model.order());
    return model;
}

RuleModel RuleModel::builtIn()
{
    auto model = parse(resource("focus/rules.json"));
    SLUICE_CHECK(model.ok());
    return std::move(model).value();
}

const Rule* RuleModel::find(std::string_view id) const
{
    const auto at = indexOf(id);
    return at ? &m_rules[*at] : nullptr;
}

std::optional<std::size_t> RuleModel::indexOf(std::string_view id) const
{
    const auto found = m_index.find(std::string{id});
    return found == m_index.end() ? std::nullopt : std::optional{found->second};
}

RuleModel RuleModel::forVersion(FocusVersion version) const
{
    RuleModel model;
    model.m_version = std::string{focusVersionText(version)};
    std::copy_if(m_rules.begin(), m_rules.end(), std::back_inserter(model.m_rules),
        [version](const Rule& rule) { return rule.from <= version && version <= rule.to; });
    model.index();
    return model;
}

void RuleModel::index()
{
    m_index.clear();
    for (std::size_t i = 0; i < m_rules.size(); ++i)
        m_index.emplace(m_rules[i].id, i);
}

// Kahn's algorithm, so that a long chain of references needs no stack. Among rules that are ready,
// file order stays.
Status RuleModel::order()
{
    index();
    if (m_index.size() != m_rules.size()) {
        for (std::size_t i = 0; i < m_rules.size(); ++i) {
            if (m_index.at(m_rules[i].id) != i)
                return bad(m_rules[i].id, "the rule is defined twice");
        }
    }
    std::vector<std::vector<std::size_t>> usedBy(m_rules.size());
    std::vector<std::size_t> waitsFor(m_rules.size(), 0);
    for (std::size_t i = 0; i < m_rules.size(); ++i) {
        std::vector<std::string> references;
        collectReferences(m_rules[i].requirement, references);
        if (m_rules[i].condition)
            collectReferences(*m_rules[i].condition, references);
        for (const std::string& id : references) {
            const auto target = indexOf(id);
            if (!target)
                continue; // the plan says so
            usedBy[*target].push_back(i);
            ++waitsFor[i];
        }
    }
    std::vector<std::size_t> sequence;
    for (std::size_t i = 0; i < m_rules.size(); ++i) {
        if (waitsFor[i] == 0)
            sequence.push_back(i);
    }
    for (std::size_t at = 0; at < sequence.size(); ++at) {
        for (const std::size_t user : usedBy[sequence[at]]) {
            if (--waitsFor[user] == 0)
                sequence.push_back(user);
        }
    }
    if (sequence.size() != m_rules.size()) {
        const auto stuck = std::find_if(
            waitsFor.begin(), waitsFor.end(), [](std::size_t count) { return count != 0; });
        return bad(m_rules[static_cast<std::size_t>(stuck - waitsFor.begin())].id,
            "the rule refers to itself in a circle");
    }
    std::vector<Rule> ordered;
    ordered.reserve(m_rules.size());
    for (const std::size_t i : sequence)
        ordered.push_back(std::move(m_rules[i]));
    m_rules = std::move(ordered);
    index();
    return Status::success();
}

} // namespace sluice
