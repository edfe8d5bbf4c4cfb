// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/RuleCompiler.h"

#include "core/ledger/Measure.h"

#include <algorithm>
#include <utility>

namespace sluice {
namespace {

using Atom = RulePlan::Atom;
using AtomKind = RulePlan::AtomKind;
using Fate = RulePlan::Fate;

struct Leaf {
    AtomKind kind;
    bool negated;
};

// The atom behind a check function that reads columns. Not for the structural functions.
Leaf leafOf(const RuleCheck& check)
{
    using enum CheckFunction;
    const bool number = check.valueIsNumber;
    switch (check.function) {
    case CheckValue:
    case CheckNotValue: {
        const AtomKind equals = number ? AtomKind::NumberEquals : AtomKind::TextEquals;
        return {check.value ? equals : AtomKind::IsNull, check.function == CheckNotValue};
    }
    case CheckSameValue:
    case CheckNotSameValue:
        return {AtomKind::SameText, check.function == CheckNotSameValue};
    case CheckGreaterOrEqualThanValue:
        return {AtomKind::NumberAtLeast, false};
    case CheckDecimalValue:
    case TypeDecimal:
        return {AtomKind::Decimal, false};
    case FormatNumeric:
        return {AtomKind::NumericFormat, false};
    case TypeDateTime:
        return {AtomKind::Instant, false};
    case FormatDateTime:
        return {AtomKind::StrictInstant, false};
    case FormatUnit:
        return {AtomKind::UnitFormat, false};
    case FormatCurrency:
        return {AtomKind::CurrencyFormat, false};
    case CheckNationalCurrency:
        return {AtomKind::NationalCurrency, false};
    case FormatCurrencyCode:
        return {AtomKind::CurrencyCode, false};
    case FormatKeyValue:
        return {AtomKind::KeyValue, false};
    case FormatJson:
        return {AtomKind::Json, false};
    case ColumnByColumnEqualsColumnValue:
        return {AtomKind::Product, false};
    case CheckSameNumber:
        return {AtomKind::SameNumber, false};
    case CheckAtLeastColumn:
        return {AtomKind::AtLeastColumn, false};
    case CheckBefore:
        return {AtomKind::Before, false};
    case CheckNotAfter:
        return {AtomKind::NotAfter, false};
    case CheckLedgerRange:
        return {AtomKind::LedgerRange, false};
    case FormatString:
    case TypeString:
    case And:
    case Or:
    case ColumnPresent:
    case CheckDistinctCount:
    case CheckModelRule:
    case CheckColumnNames:
        break;
    }
    return {AtomKind::StringFormat, false};
}

std::uint8_t needOf(AtomKind kind)
{
    switch (kind) {
    case AtomKind::NumberEquals:
    case AtomKind::NumberAtLeast:
    case AtomKind::Decimal:
    case AtomKind::NumericFormat:
    case AtomKind::SameNumber:
    case AtomKind::AtLeastColumn:
    case AtomKind::Product:
    case AtomKind::LedgerRange:
        return NeedText | NeedDecimal;
    case AtomKind::Instant:
    case AtomKind::StrictInstant:
    case AtomKind::Before:
    case AtomKind::NotAfter:
        return NeedText | NeedInstant;
    default:
        return NeedText;
    }
}

std::string atomKey(const Atom& atom)
{
    return std::to_string(static_cast<int>(atom.kind)) + (atom.whenMissing ? "+" : "-")
        + std::to_string(atom.a) + "," + std::to_string(atom.b) + "," + std::to_string(atom.c) + ":"
        + atom.text;
}

std::uint32_t columnCount(const RuleCheck& check)
{
    return check.columnB.empty() ? 1U : (check.columnC.empty() ? 2U : 3U);
}

} // namespace

RuleCompiler::RuleCompiler(RulePlan& plan)
    : m_plan{plan}
{
    for (std::size_t i = 0; i < plan.m_columns.size(); ++i) {
        if (!plan.m_columns[i].empty())
            m_columnIndex.emplace(plan.m_columns[i], static_cast<std::uint16_t>(i));
    }
    plan.m_needs.assign(plan.m_columns.size(), 0);
    plan.m_classNeeds.assign(plan.m_columns.size(), 0);
    plan.m_nodes.push_back({RulePlan::Node::Kind::False, false, 0, 0}); // what constant() points to
    plan.m_nodes.push_back({RulePlan::Node::Kind::True, false, 0, 0});
}

void RuleCompiler::compile()
{
    const auto& rules = m_plan.model().rules();
    m_plan.m_rules.resize(rules.size());
    m_isDistinct.assign(rules.size(), false);
    for (std::size_t i = 0; i < rules.size(); ++i)
        compileRule(i);
    fillRowColumns();
}

void RuleCompiler::refuse(Fate fate, std::string reason)
{
    m_refused = true;
    m_rule->fate = fate;
    m_rule->reason = std::move(reason);
}

void RuleCompiler::compileRule(std::size_t index)
{
    const Rule& rule = m_plan.model().rules()[index];
    m_rule = &m_plan.m_rules[index];
    m_refused = false;
    m_rule->condition = constant(true).node;
    m_rule->requirement = constant(true).node;
    m_rule->sampleColumn = column(rule.column);
    if (!rule.notChecked.empty())
        return refuse(Fate::NotChecked, rule.notChecked);
    if (rule.entity == RuleEntity::Column && !m_rule->sampleColumn)
        return refuse(Fate::NotApplicable, "the file has no column " + rule.column);
    if (rule.condition) {
        const Built condition = build(*rule.condition, Role::Condition, true);
        if (m_refused)
            return;
        if (condition.kind != Built::Kind::Node)
            return refuse(Fate::NotChecked, "its condition cannot be decided from the file");
        m_rule->condition = condition.node;
    }
    if (compileDistinct(index))
        return;
    const Built requirement = build(rule.requirement, Role::Requirement, false);
    if (!m_refused)
        decideFate(index, requirement);
}

void RuleCompiler::decideFate(std::size_t index, const Built& requirement)
{
    const Rule& rule = m_plan.model().rules()[index];
    if (requirement.kind == Built::Kind::Moot)
        return refuse(Fate::NotApplicable, "the file has nothing that any of its parts speaks of");
    if (requirement.kind == Built::Kind::Unchecked)
        return refuse(Fate::NotApplicable, "none of its parts can be decided from the file");
    m_rule->fate = Fate::PerRow;
    if (requirement.kind == Built::Kind::Node)
        m_rule->requirement = requirement.node;
    const bool fixed = requirement.kind == Built::Kind::Node && requirement.node <= 1
        && m_rule->condition == 1 && m_rule->late.empty();
    // what may be cannot be broken
    if (rule.keyword == RuleKeyword::May || (fixed && requirement.node == 1))
        m_rule->fate = Fate::Passes;
    else if (fixed && !rule.applicability.empty())
        refuse(Fate::NotApplicable,
            "the column is due only where the provider supports it (" + rule.applicability.front()
                + ")");
    else if (fixed)
        m_rule->fate = Fate::Fails;
}

bool RuleCompiler::compileDistinct(std::size_t index)
{
    const Rule& rule = m_plan.model().rules()[index];
    if (rule.requirement.function != CheckFunction::CheckDistinctCount)
        return false;
    const auto a = column(rule.requirement.columnA);
    const auto b = column(rule.requirement.columnB);
    if (!a || !b) {
        refuse(Fate::NotApplicable,
            "the file has no column " + (a ? rule.requirement.columnB : rule.requirement.columnA));
        return true;
    }
    if (m_plan.m_distincts.size() == 64) {
        refuse(Fate::NotChecked, "the model has more than 64 distinct counts");
        return true;
    }
    // Its value is "the condition does not hold": the run counts the rows for which it is false.
    m_rule->fate = rule.keyword == RuleKeyword::May ? Fate::Passes : Fate::PerRow;
    m_rule->requirement = constant(false).node;
    m_isDistinct[index] = true;
    if (m_rule->fate == Fate::PerRow)
        m_plan.m_distincts.push_back({index, *a, *b, rule.requirement.count});
    return true;
}

RuleCompiler::Built RuleCompiler::build(const RuleCheck& check, Role role, bool underOr)
{
    switch (check.function) {
    case CheckFunction::And:
    case CheckFunction::Or:
        return buildGroup(check, role, underOr);
    case CheckFunction::CheckModelRule:
        return buildReference(check, role, underOr);
    case CheckFunction::ColumnPresent:
        return constant(column(check.columnA).has_value());
    case CheckFunction::CheckColumnNames:
        return constant(namesAreKnown());
    case CheckFunction::CheckDistinctCount:
        return {Built::Kind::Unchecked, 0};
    default:
        return buildLeaf(check, role);
    }
}

RuleCompiler::Built RuleCompiler::buildGroup(const RuleCheck& check, Role role, bool underOr)
{
    const bool isAnd = check.function == CheckFunction::And;
    std::vector<std::uint32_t> parts;
    bool late = false;
    bool unchecked = false;
    for (const RuleCheck& item : check.items) {
        const Built part = build(item, role, underOr || !isAnd);
        if (m_refused)
            return part;
        if (part.kind == Built::Kind::Node)
            parts.push_back(part.node);
        late = late || part.kind == Built::Kind::Late;
        unchecked = unchecked || part.kind == Built::Kind::Unchecked;
    }
    if (unchecked && !isAnd)
        return {Built::Kind::Unchecked, 0}; // the part nobody can decide may be the one that holds
    if (parts.empty() && late)
        return {Built::Kind::Late, 0};
    if (parts.empty())
        return {unchecked ? Built::Kind::Unchecked : Built::Kind::Moot, 0};
    return group(isAnd, std::move(parts));
}

RuleCompiler::Built RuleCompiler::group(bool isAnd, std::vector<std::uint32_t> parts)
{
    const std::uint32_t decides = isAnd ? 0U : 1U; // False decides an AND, True an OR
    if (std::find(parts.begin(), parts.end(), decides) != parts.end())
        return constant(!isAnd);
    std::erase(parts, 1U - decides);
    if (parts.empty())
        return constant(isAnd);
    if (parts.size() == 1)
        return {Built::Kind::Node, parts.front()};
    const auto first = static_cast<std::uint32_t>(m_plan.m_children.size());
    m_plan.m_children.insert(m_plan.m_children.end(), parts.begin(), parts.end());
    m_plan.m_nodes.push_back({isAnd ? RulePlan::Node::Kind::And : RulePlan::Node::Kind::Or, false,
        first, static_cast<std::uint32_t>(parts.size())});
    return {Built::Kind::Node, static_cast<std::uint32_t>(m_plan.m_nodes.size() - 1)};
}

RuleCompiler::Built RuleCompiler::buildReference(const RuleCheck& check, Role role, bool underOr)
{
    const auto target = m_plan.model().indexOf(check.rule);
    if (!target) {
        refuse(Fate::NotChecked,
            "it refers to the rule " + check.rule + ", which the model does not have");
        return {};
    }
    const Rule& rule = m_plan.model().rules()[*target];
    const RulePlan::CompiledRule& compiled = m_plan.m_rules[*target];
    if (compiled.fate == Fate::NotChecked)
        return {Built::Kind::Unchecked, 0};
    if (compiled.fate == Fate::NotApplicable)
        return {Built::Kind::Moot, 0};
    const bool known = compiled.fate == Fate::Passes || compiled.fate == Fate::Fails;
    // decided for the file, not row by row
    const bool whole = m_isDistinct[*target] || !compiled.late.empty() || known;
    if (whole && !underOr && role == Role::Requirement && rule.isRequired()) {
        // Of a composite only its late parts come late: its rows are decided under this rule's own
        // condition.
        if (known || m_isDistinct[*target])
            m_rule->late.push_back(*target);
        else
            m_rule->late.insert(m_rule->late.end(), compiled.late.begin(), compiled.late.end());
    }
    if (underOr || role == Role::Condition) {
        if (m_isDistinct[*target])
            return {Built::Kind::Unchecked, 0};
        if (known)
            return constant(compiled.fate == Fate::Passes);
    } else if (known || m_isDistinct[*target]
        || (compiled.requirement == 1 && !compiled.late.empty())) {
        return {Built::Kind::Late, 0};
    } else if (!rule.isRequired()) {
        return constant(true); // a SHOULD that is broken does not break the whole
    }
    m_plan.m_nodes.push_back(
        {RulePlan::Node::Kind::Rule, false, static_cast<std::uint32_t>(*target), 0});
    return {Built::Kind::Node, static_cast<std::uint32_t>(m_plan.m_nodes.size() - 1)};
}

RuleCompiler::Built RuleCompiler::buildLeaf(const RuleCheck& check, Role role)
{
    const Leaf leaf = leafOf(check);
    Atom atom;
    atom.kind = leaf.kind;
    atom.whenMissing = role == Role::Requirement;
    if (leaf.negated)
        // not equal holds for null, in requirements and conditions alike …
        atom.whenMissing = false;
    if (leaf.kind == AtomKind::SameText && leaf.negated)
        // … but two columns differ only where both say something
        atom.whenMissing = role == Role::Condition;
    if (leaf.kind == AtomKind::IsNull)
        atom.whenMissing = true;
    atom.anyLength = std::any_of(Measures.begin(), Measures.end(),
        [&check](Measure measure) { return measureColumn(measure) == check.columnA; });
    if (check.value)
        atom.text = *check.value;
    const bool numeric
        = leaf.kind == AtomKind::NumberEquals || leaf.kind == AtomKind::NumberAtLeast;
    if (numeric && !tryParseDecimal(atom.text, atom.number)) {
        refuse(Fate::NotChecked, "its value '" + atom.text + "' is not a number");
        return {};
    }
    return buildAtom(std::move(atom), check, role, leaf.negated);
}

RuleCompiler::Built RuleCompiler::buildAtom(
    Atom atom, const RuleCheck& check, Role role, bool negated)
{
    for (const std::string* name : {&check.columnA, &check.columnB, &check.columnC}) {
        if (name->empty() || column(*name))
            continue;
        if (role == Role::Condition) // a column that is not there is null everywhere
            return constant((atom.kind == AtomKind::IsNull || atom.whenMissing) != negated);
        refuse(Fate::NotApplicable, "the file has no column " + *name);
        return {};
    }
    atom.a = *column(check.columnA);
    atom.b = column(check.columnB).value_or(atom.a);
    atom.c = column(check.columnC).value_or(atom.a);
    RulePlan::Node node;
    if (!addAtom(std::move(atom), columnCount(check), node)) {
        refuse(Fate::NotChecked,
            "the rules together need more than " + std::to_string(RulePlan::MaxRowAtoms)
                + " checks for each row");
        return {};
    }
    node.negated = negated;
    m_plan.m_nodes.push_back(node);
    return {Built::Kind::Node, static_cast<std::uint32_t>(m_plan.m_nodes.size() - 1)};
}

bool RuleCompiler::addAtom(Atom atom, std::uint32_t columns, RulePlan::Node& node)
{
    const auto& isClass = m_plan.m_classColumns;
    const bool ofClass = isClass[atom.a] && isClass[atom.b] && isClass[atom.c];
    auto& atoms = ofClass ? m_plan.m_classAtoms : m_plan.m_rowAtoms;
    auto& index = ofClass ? m_classAtomIndex : m_rowAtomIndex;
    auto& needs = ofClass ? m_plan.m_classNeeds : m_plan.m_needs;
    node.kind = ofClass ? RulePlan::Node::Kind::ClassAtom : RulePlan::Node::Kind::RowAtom;
    const auto next = static_cast<std::uint32_t>(atoms.size());
    const auto found = index.find(atomKey(atom));
    node.first = found == index.end() ? next : found->second;
    if (found != index.end())
        return true;
    if (!ofClass && atoms.size() == RulePlan::MaxRowAtoms)
        return false;
    index.emplace(atomKey(atom), next);
    const std::uint16_t read[] = {atom.a, atom.b, atom.c};
    for (std::uint32_t i = 0; i < columns; ++i) {
        const bool currency = atom.kind == AtomKind::LedgerRange && i == 1;
        needs[read[i]] = static_cast<std::uint8_t>(
            needs[read[i]] | (currency ? std::uint8_t{NeedText} : needOf(atom.kind)));
    }
    atoms.push_back(std::move(atom));
    return true;
}

bool RuleCompiler::namesAreKnown() const
{
    const auto& rules = m_plan.model().rules();
    return std::all_of(
        m_plan.m_columns.begin(), m_plan.m_columns.end(), [&rules](const std::string& name) {
            return name.empty() || name.starts_with("x_")
                || std::any_of(rules.begin(), rules.end(),
                    [&name](const Rule& rule) { return rule.column == name; });
        });
}

std::optional<std::uint16_t> RuleCompiler::column(const std::string& name) const
{
    const auto found = m_columnIndex.find(name);
    return found == m_columnIndex.end() ? std::nullopt : std::optional{found->second};
}

void RuleCompiler::fillRowColumns()
{
    std::unordered_map<std::uint16_t, std::size_t> place;
    for (std::size_t i = 0; i < m_plan.m_rowAtoms.size(); ++i) {
        const Atom& atom = m_plan.m_rowAtoms[i];
        if (atom.kind >= AtomKind::SameText) {
            m_plan.m_rowPairs.push_back(static_cast<std::uint16_t>(i));
            continue;
        }
        const auto [at, fresh] = place.emplace(atom.a, m_plan.m_rowColumns.size());
        if (fresh)
            m_plan.m_rowColumns.push_back({atom.a, {}, {}});
        RulePlan::RowColumn& column = m_plan.m_rowColumns[at->second];
        if (atom.kind == AtomKind::IsNull || atom.whenMissing)
            column.whenNull[i / 64] |= std::uint64_t{1} << (i % 64);
        if (atom.kind != AtomKind::IsNull)
            column.atoms.push_back(static_cast<std::uint16_t>(i));
    }
}

} // namespace sluice
