// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/RuleCell.h"
#include "core/ingest/RuleModel.h"

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// One bit per atomic check that has to be made for each row.
using RowBits = std::array<std::uint64_t, 4>;
// One bit per atomic check that is made once for each class.
using ClassBits = std::vector<std::uint64_t>;

// A rule model compiled for one header and one choice of class columns. Real files repeat few
// combinations of descriptive values over millions of rows: a *class* is one such combination, told
// by the cells of the class columns. Checks that read class columns only are made once per class;
// those that read any other column give one bit per row; rules are then decided once for each pair
// of class and bits. Immutable: may be used by many threads.
class RulePlan {
public:
    static constexpr std::size_t MaxRowAtoms = 256;

    // `columns` are the header's canonical names (empty: a column that is not looked at).
    // `classColumns[i]` says whether column i is a class column. Never fails: a rule that cannot be
    // run says why.
    static std::shared_ptr<const RulePlan> compile(std::shared_ptr<const RuleModel> model,
        std::vector<std::string> columns, std::vector<bool> classColumns);

    // What becomes of a rule before the first row is read.
    enum class Fate : std::uint8_t { PerRow, Passes, Fails, NotApplicable, NotChecked };

    [[nodiscard]] const RuleModel& model() const noexcept { return *m_model; }
    [[nodiscard]] const std::vector<std::string>& columns() const noexcept { return m_columns; }
    [[nodiscard]] const std::vector<bool>& classColumns() const noexcept { return m_classColumns; }
    // Bits of CellNeed for each column: what evaluateRow reads of it. 0: nothing.
    [[nodiscard]] const std::vector<std::uint8_t>& needs() const noexcept { return m_needs; }
    [[nodiscard]] std::size_t rowAtomCount() const noexcept { return m_rowAtoms.size(); }
    [[nodiscard]] std::size_t classAtomCount() const noexcept { return m_classAtoms.size(); }

    // `cells`: the raw text of every column. Only class columns are read.
    void evaluateClass(std::span<const std::string_view> cells, ClassBits& bits) const;
    // `cells`: those of every column that is not of the class, and of others as needs() says. The
    // hot path.
    void evaluateRow(std::span<const RuleCell> cells, RowBits& bits) const;
    // Whether each rule holds (by index in the model) for a row of these bits; `values` is resized.
    void evaluateRules(const ClassBits& classBits, const RowBits& rowBits,
        std::vector<std::uint8_t>& values) const;

    [[nodiscard]] Fate fate(std::size_t rule) const noexcept { return m_rules[rule].fate; }
    [[nodiscard]] const std::string& reason(std::size_t rule) const noexcept
    {
        return m_rules[rule].reason;
    }
    // The rule's column in the header, for samples; nothing when it has none.
    [[nodiscard]] std::optional<std::size_t> sampleColumn(std::size_t rule) const noexcept
    {
        return m_rules[rule].sampleColumn;
    }
    // The parts of a composite whose result is known only after the last row.
    [[nodiscard]] const std::vector<std::size_t>& lateParts(std::size_t rule) const noexcept
    {
        return m_rules[rule].late;
    }

    // A CheckDistinctCount rule: it is decided over the whole file. Its condition is the rule's
    // program.
    struct Distinct {
        std::size_t rule{0};
        std::size_t columnA{0};
        std::size_t columnB{0};
        std::int64_t expected{0};
    };
    [[nodiscard]] const std::vector<Distinct>& distincts() const noexcept { return m_distincts; }

    enum class AtomKind : std::uint8_t {
        IsNull,
        TextEquals,
        NumberEquals,
        NumberAtLeast,
        Decimal,
        NumericFormat,
        Instant,
        StrictInstant,
        StringFormat,
        UnitFormat,
        CurrencyFormat,
        NationalCurrency,
        CurrencyCode,
        KeyValue,
        Json,
        SameText,
        SameNumber,
        AtLeastColumn,
        Before,
        NotAfter,
        Product,
        LedgerRange,
    };
    // An atomic check. `whenMissing` is its answer where an operand is null or cannot be read:
    // requirements pass (that is another rule's matter), conditions do not apply.
    struct Atom {
        AtomKind kind{AtomKind::IsNull};
        bool whenMissing{false};
        // A number that is too long for a Decimal is one all the same: the ledger holds it, or
        // LedgerRange speaks of its size.
        bool anyLength{false};
        std::uint16_t a{0};
        std::uint16_t b{0};
        std::uint16_t c{0};
        std::string text;
        Decimal number;
        bool operator==(const Atom& other) const
        {
            return kind == other.kind && whenMissing == other.whenMissing
                && anyLength == other.anyLength && a == other.a && b == other.b && c == other.c
                && text == other.text;
        }
    };

private:
    friend class RuleCompiler;

    struct Node {
        enum class Kind : std::uint8_t { False, True, ClassAtom, RowAtom, Rule, And, Or };
        Kind kind{Kind::True};
        bool negated{false};
        std::uint32_t first{0}; // atom, rule, or first of the children in m_children
        std::uint32_t count{0};
    };
    struct CompiledRule {
        Fate fate{Fate::NotChecked};
        std::string reason;
        std::uint32_t condition{0}; // node
        std::uint32_t requirement{0};
        std::optional<std::size_t> sampleColumn;
        std::vector<std::size_t> late;
    };
    // The atoms of the row that read one column; where it is null their answer is known.
    struct RowColumn {
        std::uint16_t column{0};
        RowBits whenNull{};
        std::vector<std::uint16_t> atoms;
    };

    RulePlan() = default;
    [[nodiscard]] bool evaluateNode(std::uint32_t node, const ClassBits& classBits,
        const RowBits& rowBits, const std::vector<std::uint8_t>& values) const;

    std::shared_ptr<const RuleModel> m_model;
    std::vector<std::string> m_columns;
    std::vector<bool> m_classColumns;
    std::vector<std::uint8_t> m_needs;
    std::vector<std::uint8_t> m_classNeeds;
    std::vector<Atom> m_classAtoms;
    std::vector<Atom> m_rowAtoms;
    std::vector<RowColumn> m_rowColumns;
    std::vector<std::uint16_t> m_rowPairs; // row atoms of several columns
    std::vector<Node> m_nodes;
    std::vector<std::uint32_t> m_children;
    std::vector<CompiledRule> m_rules;
    std::vector<Distinct> m_distincts;
};

} // namespace sluice
