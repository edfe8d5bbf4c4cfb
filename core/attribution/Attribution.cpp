// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/Attribution.h"

#include "core/attribution/CompiledRuleset.h"
#include "core/attribution/OrganisationResolver.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <unordered_map>

namespace sluice {
namespace {

constexpr std::size_t NoRuleset = std::numeric_limits<std::size_t>::max();

struct AssignmentHash {
    std::size_t operator()(const Assignment& assignment) const noexcept
    {
        std::uint64_t hash = assignment.ruleset;
        const auto mix = [&](std::uint64_t value) {
            hash = (hash ^ value) * 0x9E3779B97F4A7C15ULL;
            hash ^= hash >> 29;
        };
        for (const AttributionPart& part : assignment.parts) {
            mix(part.weight);
            for (const StringId value : part.values)
                mix(value);
            for (const std::int32_t rule : part.rules)
                mix(static_cast<std::uint32_t>(rule));
        }
        return hash;
    }
};

// Gives equal assignments equal numbers.
class AssignmentPool {
public:
    explicit AssignmentPool(std::vector<Assignment>& assignments)
        : m_assignments{assignments}
    {
    }
    std::uint32_t add(const Assignment& assignment)
    {
        const auto known
            = m_numbers.try_emplace(assignment, static_cast<std::uint32_t>(m_assignments.size()));
        if (known.second)
            m_assignments.push_back(assignment);
        return known.first->second;
    }

private:
    std::vector<Assignment>& m_assignments;
    std::unordered_map<Assignment, std::uint32_t, AssignmentHash> m_numbers;
};

class Attributor {
public:
    Attributor(const KeyDictionary& keys, std::span<const Ruleset> rulesets,
        const Organisation& organisation, std::optional<std::uint32_t> only,
        const TaskContext& context)
        : m_keys{keys}
        , m_rulesets{rulesets}
        , m_only{only}
        , m_context{context}
        , m_resolver{organisation, m_table.strings}
        , m_pool{m_table.assignments}
    {
    }

    Result<AttributionTable> run()
    {
        SLUICE_TRY_DO(findChosen());
        SLUICE_TRY_DO(evaluateRules());
        // Each era ends where the answers in it say that they may end.
        for (BusinessDate day = Effective{}.from; day < Effective{}.until;) {
            SLUICE_TRY_DO(addEra(day));
            day = std::min(m_resolver.nextChange(), nextRuleset(day));
        }
        return std::move(m_table);
    }

private:
    Status findChosen()
    {
        if (!m_only)
            return Status::success();
        const auto found = std::find_if(m_rulesets.begin(), m_rulesets.end(),
            [&](const Ruleset& r) { return r.number == *m_only; });
        if (found == m_rulesets.end())
            return Error{ErrorCode::NotFound, {}, "there is no ruleset " + std::to_string(*m_only),
                "List them with 'rules list'"};
        m_chosen = static_cast<std::size_t>(found - m_rulesets.begin());
        return Status::success();
    }

    [[nodiscard]] std::size_t inForceOn(BusinessDate day) const
    {
        if (m_only)
            return m_chosen;
        const Ruleset* ruleset = rulesetInForce(m_rulesets, day);
        return ruleset == nullptr ? NoRuleset
                                  : static_cast<std::size_t>(ruleset - m_rulesets.data());
    }

    // The day on which the rules in force may change next.
    [[nodiscard]] BusinessDate nextRuleset(BusinessDate day) const
    {
        BusinessDate next = Effective{}.until;
        if (!m_only)
            for (const Ruleset& ruleset : m_rulesets)
                if (day < ruleset.effectiveFrom)
                    next = std::min(next, ruleset.effectiveFrom);
        return next;
    }

    // Rules do not depend on the day, so each ruleset that is ever in force looks at each key once.
    Status evaluateRules()
    {
        std::set<std::size_t> used;
        if (m_only)
            used.insert(m_chosen);
        else
            for (const Ruleset& ruleset : m_rulesets)
                used.insert(inForceOn(ruleset.effectiveFrom));
        std::map<std::string, std::size_t> names;
        for (const std::size_t index : used)
            CompiledRuleset::collectFields(m_rulesets[index], names);
        std::vector<std::string> fields(names.size());
        for (const auto& name : names)
            fields[name.second] = name.first;
        const KeyMatrix matrix{m_keys, fields};
        AssignmentPool pool{m_raw};
        for (const std::size_t index : used) {
            CompiledRuleset rules{m_rulesets[index], names, matrix, m_table.strings};
            std::vector<std::uint32_t>& rawOf = m_rawOf[index];
            rawOf.reserve(m_keys.keyCount());
            for (KeyId key = 0; key < m_keys.keyCount(); ++key) {
                if (key % 1024 == 0 && m_context.stopRequested())
                    return TaskContext::cancelled();
                rawOf.push_back(pool.add(rules.evaluate(key)));
            }
        }
        Assignment nothing;
        nothing.parts.resize(1);
        m_rawOf[NoRuleset].assign(m_keys.keyCount(), pool.add(nothing));
        return Status::success();
    }

    Status addEra(BusinessDate day)
    {
        m_resolver.setDay(day);
        std::vector<std::uint32_t> resolved(
            m_raw.size(), std::numeric_limits<std::uint32_t>::max());
        const std::vector<std::uint32_t>& rawOf = m_rawOf.at(inForceOn(day));
        std::vector<std::uint32_t> assignmentOf;
        assignmentOf.reserve(rawOf.size());
        for (std::size_t key = 0; key < rawOf.size(); ++key) {
            if (key % 1024 == 0 && m_context.stopRequested())
                return TaskContext::cancelled();
            std::uint32_t& number = resolved[rawOf[key]];
            if (number == std::numeric_limits<std::uint32_t>::max())
                number = m_pool.add(m_resolver.resolve(m_raw[rawOf[key]]));
            assignmentOf.push_back(number);
        }
        // A day on which nothing changes for any key begins no era.
        if (!m_table.assignmentOf.empty() && m_table.assignmentOf.back() == assignmentOf)
            return Status::success();
        m_table.eraStarts.push_back(day);
        m_table.assignmentOf.push_back(std::move(assignmentOf));
        return Status::success();
    }

    const KeyDictionary& m_keys;
    std::span<const Ruleset> m_rulesets;
    std::optional<std::uint32_t> m_only;
    const TaskContext& m_context;
    AttributionTable m_table;
    OrganisationResolver m_resolver;
    AssignmentPool m_pool;
    std::size_t m_chosen{NoRuleset};
    std::vector<Assignment> m_raw; // what rules say, each distinct one once
    // by ruleset, by key → index into m_raw
    std::map<std::size_t, std::vector<std::uint32_t>> m_rawOf;
};

} // namespace

std::size_t AttributionTable::eraOf(BusinessDate day) const noexcept
{
    const auto next = std::upper_bound(eraStarts.begin(), eraStarts.end(), day);
    return next == eraStarts.begin() ? 0 : static_cast<std::size_t>(next - eraStarts.begin()) - 1;
}

Result<AttributionTable> attribute(const KeyDictionary& keys, std::span<const Ruleset> rulesets,
    const Organisation& organisation, std::optional<std::uint32_t> only, const TaskContext& context)
{
    return Attributor{keys, rulesets, organisation, only, context}.run();
}

} // namespace sluice
