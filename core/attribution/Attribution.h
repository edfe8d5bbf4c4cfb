// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/attribution/Ruleset.h"
#include "core/base/TaskContext.h"
#include "core/ledger/KeyDictionary.h"
#include "core/ledger/Organisation.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace sluice {

// What set an attribute when it was no rule: nothing did, or the organisation followed from a unit
// or workflow.
inline constexpr std::int32_t NoRule = -1;
inline constexpr std::int32_t FromOrganisation = -2;

// One share of a charge: which object each attribute names, as strings of the table's interner (0 =
// none).
struct AttributionPart {
    AttributionPart() noexcept { rules.fill(NoRule); }

    std::uint32_t weight{1};
    std::array<StringId, AttributeCount> values{};
    // The rule that set each attribute, as an index into the ruleset's rules, or one of the above.
    std::array<std::int32_t, AttributeCount> rules;
    bool operator==(const AttributionPart&) const = default;
};

// What the rules say of one key in one era: one part, or several with weights (a split by fixed
// share).
struct Assignment {
    std::vector<AttributionPart> parts; // no two with equal values
    std::uint32_t ruleset{0}; // the ruleset's number
    bool operator==(const Assignment&) const = default;
};

// Attribution as a function (key, day) → assignment, constant between effective dates (eras).
// Immutable.
struct AttributionTable {
    Interner strings; // object ids: unit ids, person ids, vendor names …
    // sorted; era i holds [eraStarts[i], eraStarts[i + 1]); the first reaches back for ever
    std::vector<BusinessDate> eraStarts;
    std::vector<std::vector<std::uint32_t>> assignmentOf; // [era][key] → index into assignments
    std::vector<Assignment> assignments; // each distinct one once

    [[nodiscard]] std::size_t eraOf(BusinessDate day) const noexcept;
    [[nodiscard]] const Assignment& of(KeyId key, BusinessDate day) const noexcept
    {
        return assignments[assignmentOf[eraOf(day)][key]];
    }
};

// Maps keys, not charges: a few thousand evaluations whatever the number of charges. `rulesets` are
// those published, by number; rulesetInForce() says which of them rules on a day; `only` asks for
// one version on all days instead (NotFound when there is none). After the rules, with the
// organisation of the day: owners given as e-mail become the person; units, cost centres and
// workflows given by name (case, '-', '_' and spaces do not matter) become the id, other texts
// stay; a category that is none of the eight is dropped. What no rule set is then taken from the
// workflow (unit, owner, category), from the unit or the nearest unit above it (owner, cost
// centre), last from the cost centre (owner). A person who has left owns nothing. Cancelled when
// the context says so. 8,000 keys × 60 rules × 3 eras: a few milliseconds.
Result<AttributionTable> attribute(const KeyDictionary& keys, std::span<const Ruleset> rulesets,
    const Organisation& organisation, std::optional<std::uint32_t> only,
    const TaskContext& context);

} // namespace sluice
