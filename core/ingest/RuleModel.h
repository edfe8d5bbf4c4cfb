// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/FocusCatalogue.h"
#include "core/ingest/RuleCheck.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sluice {

enum class RuleKeyword : std::uint8_t { Must, MustNot, Should, ShouldNot, Recommended, May };
std::string_view ruleKeywordText(RuleKeyword keyword); // "MUST NOT"

// What a broken rule does to the file or row. All but a few rules are findings.
enum class RuleLevel : std::uint8_t { Reject, Quarantine, Finding };
std::string_view ruleLevelText(RuleLevel level); // "reject", "quarantine", "finding"

enum class RuleEntity : std::uint8_t { Dataset, Column, Attribute };

struct Rule {
    std::string id;
    std::string category; // Presence, Type, Format, Nullability, Validation, Composite
    std::string column; // Reference
    RuleEntity entity{RuleEntity::Column};
    RuleKeyword keyword{RuleKeyword::Must};
    RuleLevel level{RuleLevel::Finding};
    FocusVersion from{FocusVersion::V0_5};
    FocusVersion to{FocusVersion::V1_4}; // inclusive
    std::string text; // MustSatisfy
    std::vector<std::string> applicability; // capabilities of the provider that it depends on
    RuleCheck requirement;
    std::optional<RuleCheck> condition;
    std::string notChecked; // why it cannot be run; empty when it can

    // A broken rule of this kind breaks the composites it is part of.
    [[nodiscard]] bool isRequired() const noexcept
    {
        return keyword == RuleKeyword::Must || keyword == RuleKeyword::MustNot;
    }
};

// A set of rules in the form of the published FOCUS requirements model. Rules stand so that a rule
// comes after all that it refers to. Immutable once loaded.
class RuleModel {
public:
    // Any bytes give a model or an Error. A rule with an unknown function or keyword stays, as not
    // checked; a circle of references, nesting deeper than MaxDepth and what is not JSON are
    // BadInput.
    static Result<RuleModel> parse(std::string_view json);
    // resources/focus/rules.json. A broken one is our bug.
    static RuleModel builtIn();

    static constexpr int MaxDepth = 64;
    static constexpr std::size_t MaxRules = 20'000;
    static constexpr std::size_t MaxBytes = std::size_t{64} << 20;

    [[nodiscard]] const std::vector<Rule>& rules() const noexcept { return m_rules; }
    [[nodiscard]] const Rule* find(std::string_view id) const;
    [[nodiscard]] std::optional<std::size_t> indexOf(std::string_view id) const;
    // The rules that hold for `version`.
    [[nodiscard]] RuleModel forVersion(FocusVersion version) const;
    [[nodiscard]] const std::string& versionText() const noexcept { return m_version; }

private:
    Status order();
    void index();

    std::vector<Rule> m_rules;
    std::unordered_map<std::string, std::size_t> m_index;
    std::string m_version;
};

} // namespace sluice
