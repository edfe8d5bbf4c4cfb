// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/RuleDistinct.h"
#include "core/ingest/RulePlan.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace sluice {

enum class RuleOutcome : std::uint8_t { Pass, Fail, NotApplicable, NotChecked };
// "pass", "fail", "not_applicable", "not_checked"
std::string_view ruleOutcomeText(RuleOutcome outcome);

// What one rule says about the file. Lines are 1-based lines of the file; 0: no line.
struct RuleResult {
    std::string rule;
    std::string column;
    std::string category; // that of the rule
    std::string text; // the requirement in words
    RuleKeyword keyword{RuleKeyword::Must};
    RuleLevel level{RuleLevel::Finding};
    RuleOutcome outcome{RuleOutcome::NotChecked};
    // 0 for a failed rule about the file as a whole, such as a missing column
    std::uint64_t failingRows{0};
    std::uint64_t firstLine{0};
    std::string sample; // the column's text in the first failing row, shortened
    std::string reason; // of not_applicable and not_checked
    std::string fix; // of fail: one sentence
};

// Counts verdicts while records stream by. Not thread-safe: one run per file and thread. Memory is
// bounded by the number of classes that were added, by MaxPairs and MaxVerdicts, and by
// RuleDistinct.
class RuleRun {
public:
    using ClassId = std::uint32_t; // dense, from 0
    using VerdictId = std::uint32_t; // a set of broken rules; 0 = none is broken

    // of class and row bits, counted together
    static constexpr std::size_t MaxPairs = std::size_t{1} << 19;
    static constexpr std::size_t MaxVerdicts = std::size_t{1} << 16;
    static constexpr std::size_t MaxSample = 80; // bytes

    explicit RuleRun(std::shared_ptr<const RulePlan> plan);

    // Goes on with other class columns of the same model and header; class ids start anew at 0.
    void setPlan(std::shared_ptr<const RulePlan> plan);
    [[nodiscard]] const RulePlan& plan() const noexcept { return *m_plan; }

    // Says what the next class looks like: `texts` are those of every column. Returns its id.
    ClassId addClass(std::span<const std::string_view> texts);
    // One row: its class, what RulePlan::evaluateRow found, the texts of every column. `line` grows
    // from call to call. The result tells which rules the row breaks.
    VerdictId add(ClassId classId, const RowBits& bits, std::uint64_t line,
        std::span<const std::string_view> texts);
    // The rules (indexes in the model, ascending) that rows with this verdict break. Rules about
    // the whole file are not among them. Ids stay valid over setPlan. Past MaxVerdicts sets only
    // the first broken rule is named.
    [[nodiscard]] const std::vector<std::uint32_t>& brokenRules(VerdictId id) const
    {
        return *m_verdicts[id];
    }
    [[nodiscard]] std::size_t verdictCount() const noexcept { return m_verdicts.size(); }
    [[nodiscard]] std::uint64_t rowCount() const noexcept { return m_rowCount; }

    // One result per rule of the model, in the model's order. To be asked once, after the last row.
    std::vector<RuleResult> finish();

private:
    struct Pair {
        RowBits bits{};
        std::uint64_t rows{0};
        ClassId classId{0};
        std::uint32_t decision{0};
        std::uint32_t next{0}; // another pair of the same class; 0 = none
        VerdictId verdict{0};
    };
    struct Decision {
        VerdictId verdict{0};
        std::uint64_t distincts{0}; // the distinct counts that these rows take part in, as bits
        std::vector<std::uint32_t> broken;
    };
    struct PatternKey {
        std::uint32_t pattern{0};
        RowBits bits{};
        bool operator==(const PatternKey&) const = default;
    };
    struct PatternHash {
        std::size_t operator()(const PatternKey& key) const noexcept;
    };
    struct Tally {
        std::uint64_t rows{0};
        std::uint64_t firstLine{0};
        std::string sample;
    };

    void usePlan(std::shared_ptr<const RulePlan> plan);
    std::uint32_t pairFor(ClassId classId, const RowBits& bits, std::uint64_t line,
        std::span<const std::string_view> texts);
    std::uint32_t decide(std::uint32_t pattern, const RowBits& bits);
    VerdictId internVerdict(const std::vector<std::uint32_t>& broken);
    void noteFirst(
        const Decision& decision, std::uint64_t line, std::span<const std::string_view> texts);
    void noteDistincts(std::uint64_t which, std::uint64_t line,
        std::span<const std::string_view> texts, std::uint32_t* places);
    void flush();
    [[nodiscard]] RuleResult describe(std::size_t rule) const;
    void settleDistincts(std::vector<RuleResult>& results) const;
    void settleComposites(std::vector<RuleResult>& results) const;

    std::shared_ptr<const RulePlan> m_plan;
    std::vector<Pair> m_pairs; // [0] is unused
    // by pair and distinct count: where its rows are counted
    std::vector<std::uint32_t> m_pairPlaces;
    std::vector<std::uint32_t> m_lastPair; // by class: most often the next row's too
    std::vector<std::uint32_t> m_patternOf; // by class: which class bits
    std::map<ClassBits, std::uint32_t> m_patterns;
    std::vector<const ClassBits*> m_patternBits;
    std::unordered_map<PatternKey, std::uint32_t, PatternHash> m_decisionIds;
    std::vector<Decision> m_decisions;
    std::map<std::vector<std::uint32_t>, VerdictId> m_verdictIds;
    std::vector<const std::vector<std::uint32_t>*> m_verdicts;
    std::vector<Tally> m_tallies; // by rule
    // distinct counts that read a column which is not of the class
    std::vector<std::size_t> m_rowDistincts;
    std::uint64_t m_rowDistinctBits{0};
    RuleDistinct m_distinct;
    std::vector<std::uint8_t> m_values; // scratch
    ClassBits m_bits; // scratch
    std::uint64_t m_rowCount{0};
};

} // namespace sluice
