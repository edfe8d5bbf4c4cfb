// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/RuleRun.h"

#include "core/base/Check.h"
#include "core/ingest/RuleFix.h"

#include <algorithm>
#include <utility>

namespace sluice {
namespace {

std::vector<std::int64_t> expectedCounts(const RulePlan& plan)
{
    std::vector<std::int64_t> counts;
    for (const RulePlan::Distinct& distinct : plan.distincts())
        counts.push_back(distinct.expected);
    return counts;
}

// Inline, where comparing arrays would be a call for each row.
bool same(const RowBits& a, const RowBits& b) noexcept
{
    std::uint64_t differences = 0;
    for (std::size_t word = 0; word < a.size(); ++word)
        differences |= a[word] ^ b[word];
    return differences == 0;
}

// At most MaxSample bytes, cut between characters.
std::string shortened(std::string_view text)
{
    if (text.size() <= RuleRun::MaxSample)
        return std::string{text};
    std::size_t end = RuleRun::MaxSample;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    return std::string{text.substr(0, end)} + "…";
}

} // namespace

std::string_view ruleOutcomeText(RuleOutcome outcome)
{
    switch (outcome) {
    case RuleOutcome::Pass:
        return "pass";
    case RuleOutcome::Fail:
        return "fail";
    case RuleOutcome::NotApplicable:
        return "not_applicable";
    case RuleOutcome::NotChecked:
        return "not_checked";
    }
    return {};
}

std::size_t RuleRun::PatternHash::operator()(const PatternKey& key) const noexcept
{
    std::uint64_t hash = key.pattern;
    for (const std::uint64_t word : key.bits) {
        hash = (hash ^ word) * 0x9E3779B97F4A7C15ULL;
        hash ^= hash >> 32;
    }
    return hash;
}

RuleRun::RuleRun(std::shared_ptr<const RulePlan> plan)
    : m_tallies(plan->model().rules().size())
    , m_distinct{expectedCounts(*plan)}
{
    m_verdicts.push_back(&m_verdictIds.emplace(std::vector<std::uint32_t>{}, 0).first->first);
    usePlan(std::move(plan));
}

void RuleRun::setPlan(std::shared_ptr<const RulePlan> plan)
{
    SLUICE_CHECK(&plan->model() == &m_plan->model() && plan->columns() == m_plan->columns());
    flush();
    m_lastPair.clear();
    m_patternOf.clear();
    m_patterns.clear();
    m_patternBits.clear();
    usePlan(std::move(plan));
}

void RuleRun::usePlan(std::shared_ptr<const RulePlan> plan)
{
    m_plan = std::move(plan);
    m_pairs.assign(1, {});
    m_pairPlaces.assign(m_plan->distincts().size(), RuleDistinct::NoPlace);
    m_decisions.clear();
    m_decisionIds.clear();
    m_rowDistincts.clear();
    m_rowDistinctBits = 0;
    for (std::size_t i = 0; i < m_plan->distincts().size(); ++i) {
        const RulePlan::Distinct& distinct = m_plan->distincts()[i];
        if (m_plan->classColumns()[distinct.columnA] && m_plan->classColumns()[distinct.columnB])
            continue;
        m_rowDistincts.push_back(i);
        m_rowDistinctBits |= std::uint64_t{1} << i;
    }
}

RuleRun::ClassId RuleRun::addClass(std::span<const std::string_view> texts)
{
    m_plan->evaluateClass(texts, m_bits);
    const auto [pattern, fresh]
        = m_patterns.try_emplace(m_bits, static_cast<std::uint32_t>(m_patternBits.size()));
    if (fresh)
        m_patternBits.push_back(&pattern->first);
    m_patternOf.push_back(pattern->second);
    m_lastPair.push_back(0);
    return static_cast<ClassId>(m_patternOf.size() - 1);
}

RuleRun::VerdictId RuleRun::add(ClassId classId, const RowBits& bits, std::uint64_t line,
    std::span<const std::string_view> texts)
{
    ++m_rowCount;
    std::uint32_t at = m_lastPair[classId];
    while (at != 0 && !same(m_pairs[at].bits, bits))
        at = m_pairs[at].next;
    if (at == 0) [[unlikely]]
        at = pairFor(classId, bits, line, texts);
    Pair& pair = m_pairs[at];
    ++pair.rows;
    if (m_rowDistinctBits != 0) {
        const std::uint64_t which = m_decisions[pair.decision].distincts & m_rowDistinctBits;
        for (const std::size_t i : m_rowDistincts) {
            if ((which >> i & 1) == 0)
                continue;
            const RulePlan::Distinct& distinct = m_plan->distincts()[i];
            m_distinct.addRows(
                i, m_distinct.note(i, texts[distinct.columnA], texts[distinct.columnB], line), 1);
        }
    }
    return pair.verdict;
}

std::uint32_t RuleRun::pairFor(ClassId classId, const RowBits& bits, std::uint64_t line,
    std::span<const std::string_view> texts)
{
    if (m_pairs.size() >= MaxPairs)
        flush();
    const std::uint32_t decision = decide(m_patternOf[classId], bits);
    const Decision& made = m_decisions[decision];
    const auto at = static_cast<std::uint32_t>(m_pairs.size());
    m_pairs.push_back({bits, 0, classId, decision, m_lastPair[classId], made.verdict});
    m_lastPair[classId] = at;
    noteFirst(made, line, texts);
    const std::size_t distincts = m_plan->distincts().size();
    m_pairPlaces.resize(m_pairPlaces.size() + distincts, RuleDistinct::NoPlace);
    noteDistincts(
        made.distincts & ~m_rowDistinctBits, line, texts, m_pairPlaces.data() + at * distincts);
    return at;
}

std::uint32_t RuleRun::decide(std::uint32_t pattern, const RowBits& bits)
{
    const auto [found, fresh] = m_decisionIds.try_emplace(
        PatternKey{pattern, bits}, static_cast<std::uint32_t>(m_decisions.size()));
    if (!fresh)
        return found->second;
    m_plan->evaluateRules(*m_patternBits[pattern], bits, m_values);
    Decision decision;
    std::size_t distinct = 0;
    for (std::uint32_t rule = 0; rule < m_values.size(); ++rule) {
        const bool isDistinct
            = distinct < m_plan->distincts().size() && m_plan->distincts()[distinct].rule == rule;
        if (isDistinct && m_values[rule] == 0)
            decision.distincts |= std::uint64_t{1} << distinct;
        else if (m_values[rule] == 0)
            decision.broken.push_back(rule);
        distinct += isDistinct ? 1 : 0;
    }
    decision.verdict = internVerdict(decision.broken);
    m_decisions.push_back(std::move(decision));
    return found->second;
}

RuleRun::VerdictId RuleRun::internVerdict(const std::vector<std::uint32_t>& broken)
{
    const auto known = m_verdictIds.find(broken);
    if (known != m_verdictIds.end())
        return known->second;
    if (m_verdicts.size() >= MaxVerdicts && broken.size() > 1)
        return internVerdict({broken.front()});
    const auto id = static_cast<VerdictId>(m_verdicts.size());
    m_verdicts.push_back(&m_verdictIds.emplace(broken, id).first->first);
    return id;
}

// Lines grow, and the first row that breaks a rule is always the first of a new pair: so this sees
// every first row.
void RuleRun::noteFirst(
    const Decision& decision, std::uint64_t line, std::span<const std::string_view> texts)
{
    for (const std::uint32_t rule : decision.broken) {
        Tally& tally = m_tallies[rule];
        if (tally.firstLine != 0)
            continue;
        tally.firstLine = line;
        if (const auto column = m_plan->sampleColumn(rule))
            tally.sample = shortened(texts[*column]);
    }
}

void RuleRun::noteDistincts(std::uint64_t which, std::uint64_t line,
    std::span<const std::string_view> texts, std::uint32_t* places)
{
    for (std::size_t i = 0; which != 0; ++i, which >>= 1) {
        const RulePlan::Distinct& distinct = m_plan->distincts()[i];
        if ((which & 1) != 0)
            places[i] = m_distinct.note(i, texts[distinct.columnA], texts[distinct.columnB], line);
    }
}

// Moves the counts of the pairs into the rules' tallies and forgets the pairs; classes stay.
void RuleRun::flush()
{
    const std::size_t distincts = m_plan->distincts().size();
    for (std::size_t at = 1; at < m_pairs.size(); ++at) {
        const Pair& pair = m_pairs[at];
        for (const std::uint32_t rule : m_decisions[pair.decision].broken)
            m_tallies[rule].rows += pair.rows;
        for (std::size_t i = 0; i < distincts; ++i)
            m_distinct.addRows(i, m_pairPlaces[at * distincts + i], pair.rows);
    }
    m_pairs.resize(1);
    m_pairPlaces.resize(distincts);
    m_decisions.clear();
    m_decisionIds.clear();
    std::fill(m_lastPair.begin(), m_lastPair.end(), 0U);
}

RuleResult RuleRun::describe(std::size_t index) const
{
    const Rule& rule = m_plan->model().rules()[index];
    RuleResult result;
    result.rule = rule.id;
    result.column = rule.column;
    result.category = rule.category;
    result.text = rule.text;
    result.keyword = rule.keyword;
    result.level = rule.level;
    result.reason = m_plan->reason(index);
    switch (m_plan->fate(index)) {
    case RulePlan::Fate::NotApplicable:
        result.outcome = RuleOutcome::NotApplicable;
        break;
    case RulePlan::Fate::NotChecked:
        result.outcome = RuleOutcome::NotChecked;
        break;
    case RulePlan::Fate::Passes:
        result.outcome = RuleOutcome::Pass;
        break;
    case RulePlan::Fate::Fails:
        result.outcome = RuleOutcome::Fail;
        result.firstLine = 1; // the header
        break;
    case RulePlan::Fate::PerRow:
        result.failingRows = m_tallies[index].rows;
        result.firstLine = m_tallies[index].firstLine;
        result.sample = m_tallies[index].sample;
        result.outcome = result.failingRows == 0 ? RuleOutcome::Pass : RuleOutcome::Fail;
        break;
    }
    return result;
}

void RuleRun::settleDistincts(std::vector<RuleResult>& results) const
{
    for (std::size_t i = 0; i < m_plan->distincts().size(); ++i) {
        const RuleDistinct::Tally tally = m_distinct.tally(i);
        RuleResult& result = results[m_plan->distincts()[i].rule];
        if (tally.gaveUp) {
            result.outcome = RuleOutcome::NotChecked;
            result.reason = "the file has more than " + std::to_string(RuleDistinct::MaxValues)
                + " different values to compare";
            continue;
        }
        result.failingRows = tally.failingRows;
        result.firstLine = tally.firstLine;
        result.sample = shortened(tally.sample);
        result.outcome = tally.failingRows == 0 ? RuleOutcome::Pass : RuleOutcome::Fail;
    }
}

// Parts come before their wholes. A whole that has both parts decided by row and parts decided by
// file names the larger number of rows, which is a lower bound of those that break it.
void RuleRun::settleComposites(std::vector<RuleResult>& results) const
{
    for (std::size_t i = 0; i < results.size(); ++i) {
        RuleResult& whole = results[i];
        if (m_plan->fate(i) != RulePlan::Fate::PerRow)
            continue;
        for (const std::size_t part : m_plan->lateParts(i)) {
            if (results[part].outcome != RuleOutcome::Fail)
                continue;
            whole.outcome = RuleOutcome::Fail;
            whole.failingRows = std::max(whole.failingRows, results[part].failingRows);
            if (whole.firstLine == 0 || results[part].firstLine < whole.firstLine)
                whole.firstLine = results[part].firstLine;
        }
    }
}

std::vector<RuleResult> RuleRun::finish()
{
    flush();
    std::vector<RuleResult> results;
    results.reserve(m_tallies.size());
    for (std::size_t i = 0; i < m_tallies.size(); ++i)
        results.push_back(describe(i));
    settleDistincts(results);
    settleComposites(results);
    for (std::size_t i = 0; i < results.size(); ++i) {
        if (results[i].outcome == RuleOutcome::Fail)
            results[i].fix = ruleFix(m_plan->model().rules()[i]);
    }
    return results;
}

} // namespace sluice
