// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/RulePlan.h"

#include "core/base/Check.h"
#include "core/base/Currency.h"
#include "core/base/WideDecimal.h"
#include "core/ingest/RuleCheck.h"
#include "core/ingest/RuleCompiler.h"

#include <algorithm>
#include <utility>

namespace sluice {
namespace {

using Atom = RulePlan::Atom;
using AtomKind = RulePlan::AtomKind;

template <class Words>
void setBit(Words& bits, std::size_t at)
{
    bits[at / 64] |= std::uint64_t{1} << (at % 64);
}

bool isNumber(const RuleCell& cell)
{
    return cell.decimalOk || cell.longNumber == LongNumber::Held;
}

bool isNumberOfAnyLength(const RuleCell& cell)
{
    return cell.decimalOk || cell.longNumber != LongNumber::None;
}

bool fitsLedger(const RuleCell& amount, int scale)
{
    Int128 units = 0;
    if (amount.decimalOk)
        return rescale(amount.decimal, scale, Rounding::HalfEven, units) && fitsInt64(units);
    WideDecimal wide;
    if (WideDecimal::parse(amount.text, wide) != WideDecimal::Fit::Held)
        return false;
    const auto rounded = wide.rounded(scale);
    return rounded && fitsInt64(*rounded);
}

// The ledger holds amounts as 64-bit integers of 10^-scale; the scale belongs to the currency.
bool fitsLedgerIn(const RuleCell& amount, const RuleCell& currency)
{
    constexpr int FinestScale = 9;
    if (fitsLedger(amount, FinestScale))
        return true;
    const auto code = Currency::parse(currency.text);
    return code.ok() && code->scale() != FinestScale && fitsLedger(amount, code->scale());
}

// For a cell that is not null.
bool answerOne(const Atom& atom, const RuleCell& cell)
{
    switch (atom.kind) {
    case AtomKind::IsNull:
        return false;
    case AtomKind::TextEquals:
        return cell.text == atom.text;
    case AtomKind::NumberEquals:
        return isNumber(cell) ? compare(cell.decimal, atom.number) == 0 : atom.whenMissing;
    case AtomKind::NumberAtLeast:
        return isNumber(cell) ? compare(cell.decimal, atom.number) >= 0 : atom.whenMissing;
    case AtomKind::Decimal:
        return atom.anyLength ? isNumberOfAnyLength(cell) : cell.decimalOk;
    case AtomKind::NumericFormat:
        return (atom.anyLength ? isNumberOfAnyLength(cell) : cell.decimalOk)
            && cell.text.find('+') == std::string_view::npos;
    case AtomKind::Instant:
        return cell.instantOk;
    case AtomKind::StrictInstant:
        return cell.instantStrict;
    case AtomKind::StringFormat:
        return isWellFormedString(cell.text);
    case AtomKind::UnitFormat:
        return isUnitFormat(cell.text);
    case AtomKind::CurrencyFormat:
        return isCurrencyFormat(cell.text);
    case AtomKind::NationalCurrency:
        return isIso4217(cell.text);
    case AtomKind::CurrencyCode:
        return Currency::parse(cell.text).ok();
    case AtomKind::KeyValue:
        return isKeyValueFormat(cell.text);
    case AtomKind::Json:
        return isJsonFormat(cell.text);
    case AtomKind::SameText:
    case AtomKind::SameNumber:
    case AtomKind::AtLeastColumn:
    case AtomKind::Before:
    case AtomKind::NotAfter:
    case AtomKind::Product:
    case AtomKind::LedgerRange:
        break;
    }
    return atom.whenMissing;
}

bool answerSeveral(const Atom& atom, const RuleCell& a, const RuleCell& b, const RuleCell& c)
{
    // A cost is too large also where nobody says in which currency.
    if (a.isNull || (b.isNull && atom.kind != AtomKind::LedgerRange))
        return atom.whenMissing;
    switch (atom.kind) {
    case AtomKind::SameText:
        return a.text == b.text;
    case AtomKind::Before:
        return a.instantOk && b.instantOk ? a.seconds < b.seconds : atom.whenMissing;
    case AtomKind::NotAfter:
        return a.instantOk && b.instantOk ? a.seconds <= b.seconds : atom.whenMissing;
    case AtomKind::LedgerRange:
        return isNumberOfAnyLength(a) ? fitsLedgerIn(a, b) : atom.whenMissing;
    case AtomKind::SameNumber:
        return isNumber(a) && isNumber(b) ? compare(a.decimal, b.decimal) == 0 : atom.whenMissing;
    case AtomKind::AtLeastColumn:
        return isNumber(a) && isNumber(b) ? compare(a.decimal, b.decimal) >= 0 : atom.whenMissing;
    default:
        break;
    }
    if (atom.kind != AtomKind::Product || c.isNull || !isNumber(a) || !isNumber(b) || !isNumber(c))
        return atom.whenMissing;
    return productMatches(a.decimal, b.decimal, c.decimal);
}

bool readsSeveral(AtomKind kind) noexcept
{
    return kind >= AtomKind::SameText;
}

} // namespace

std::shared_ptr<const RulePlan> RulePlan::compile(std::shared_ptr<const RuleModel> model,
    std::vector<std::string> columns, std::vector<bool> classColumns)
{
    SLUICE_CHECK(columns.size() == classColumns.size() && columns.size() < 0xFFFF);
    std::shared_ptr<RulePlan> plan{new RulePlan};
    plan->m_model = std::move(model);
    plan->m_columns = std::move(columns);
    plan->m_classColumns = std::move(classColumns);
    RuleCompiler{*plan}.compile();
    return plan;
}

void RulePlan::evaluateClass(std::span<const std::string_view> cells, ClassBits& bits) const
{
    bits.assign((m_classAtoms.size() + 63) / 64, 0);
    std::vector<RuleCell> read(m_columns.size());
    for (std::size_t i = 0; i < read.size(); ++i) {
        if (m_classNeeds[i] != 0)
            read[i] = readRuleCell(cells[i], m_classNeeds[i]);
    }
    for (std::size_t i = 0; i < m_classAtoms.size(); ++i) {
        const Atom& atom = m_classAtoms[i];
        const RuleCell& cell = read[atom.a];
        const bool holds = readsSeveral(atom.kind)
            ? answerSeveral(atom, cell, read[atom.b], read[atom.c])
            : cell.isNull ? atom.kind == AtomKind::IsNull || atom.whenMissing
                          : answerOne(atom, cell);
        if (holds)
            setBit(bits, i);
    }
}

void RulePlan::evaluateRow(std::span<const RuleCell> cells, RowBits& bits) const
{
    bits = {};
    for (const RowColumn& column : m_rowColumns) {
        const RuleCell& cell = cells[column.column];
        if (cell.isNull) {
            for (std::size_t word = 0; word < bits.size(); ++word)
                bits[word] |= column.whenNull[word];
            continue;
        }
        for (const std::uint16_t atom : column.atoms) {
            if (answerOne(m_rowAtoms[atom], cell))
                setBit(bits, atom);
        }
    }
    for (const std::uint16_t index : m_rowPairs) {
        const Atom& atom = m_rowAtoms[index];
        if (answerSeveral(atom, cells[atom.a], cells[atom.b], cells[atom.c]))
            setBit(bits, index);
    }
}

void RulePlan::evaluateRules(
    const ClassBits& classBits, const RowBits& rowBits, std::vector<std::uint8_t>& values) const
{
    values.assign(m_rules.size(), 1);
    for (std::size_t i = 0; i < m_rules.size(); ++i) {
        const CompiledRule& rule = m_rules[i];
        if (rule.fate == Fate::PerRow && evaluateNode(rule.condition, classBits, rowBits, values))
            values[i] = evaluateNode(rule.requirement, classBits, rowBits, values) ? 1 : 0;
    }
}

// Deep recursion is impossible: the model bounds the nesting.
bool RulePlan::evaluateNode(std::uint32_t index, const ClassBits& classBits, const RowBits& rowBits,
    const std::vector<std::uint8_t>& values) const
{
    const auto bit = [](const auto& words, std::uint32_t at) {
        return (words[at / 64] >> (at % 64) & 1) != 0;
    };
    const Node& node = m_nodes[index];
    switch (node.kind) {
    case Node::Kind::False:
        return false;
    case Node::Kind::True:
        return true;
    case Node::Kind::ClassAtom:
        return bit(classBits, node.first) != node.negated;
    case Node::Kind::RowAtom:
        return bit(rowBits, node.first) != node.negated;
    case Node::Kind::Rule:
        return values[node.first] != 0;
    case Node::Kind::And:
    case Node::Kind::Or:
        break;
    }
    const bool isAnd = node.kind == Node::Kind::And;
    for (std::uint32_t child = node.first; child < node.first + node.count; ++child) {
        if (evaluateNode(m_children[child], classBits, rowBits, values) != isAnd)
            return !isAnd;
    }
    return isAnd;
}

} // namespace sluice
