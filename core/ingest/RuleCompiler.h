// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/RulePlan.h"

#include <unordered_map>

namespace sluice {

// Turns the rules of a model into the atoms and programs of a RulePlan. Used by RulePlan::compile
// alone.
class RuleCompiler {
public:
    explicit RuleCompiler(RulePlan& plan);
    void compile();

private:
    enum class Role : std::uint8_t { Requirement, Condition };
    // What a check came to. Moot: the file has nothing to decide it by. Unchecked: it is beyond a
    // program. Late: decided, but only after the last row.
    struct Built {
        enum class Kind : std::uint8_t { Node, Moot, Unchecked, Late };
        Kind kind{Kind::Node};
        std::uint32_t node{0};
    };

    void compileRule(std::size_t index);
    void decideFate(std::size_t index, const Built& requirement);
    bool compileDistinct(std::size_t index);
    Built build(const RuleCheck& check, Role role, bool underOr);
    Built buildGroup(const RuleCheck& check, Role role, bool underOr);
    Built buildReference(const RuleCheck& check, Role role, bool underOr);
    Built buildLeaf(const RuleCheck& check, Role role);
    Built buildAtom(RulePlan::Atom atom, const RuleCheck& check, Role role, bool negated);
    Built constant(bool value) const { return {Built::Kind::Node, value ? 1U : 0U}; }
    Built group(bool isAnd, std::vector<std::uint32_t> parts);
    [[nodiscard]] bool namesAreKnown() const;
    [[nodiscard]] std::optional<std::uint16_t> column(const std::string& name) const;
    bool addAtom(RulePlan::Atom atom, std::uint32_t columnCount, RulePlan::Node& node);
    void refuse(RulePlan::Fate fate, std::string reason);
    void fillRowColumns();

    RulePlan& m_plan;
    std::unordered_map<std::string, std::uint16_t> m_columnIndex;
    std::unordered_map<std::string, std::uint32_t> m_rowAtomIndex;
    std::unordered_map<std::string, std::uint32_t> m_classAtomIndex;
    RulePlan::CompiledRule* m_rule{nullptr}; // the one being compiled
    bool m_refused{false};
    std::vector<bool> m_isDistinct;
};

} // namespace sluice
