// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/RuleDriver.h"

#include <algorithm>
#include <utility>

namespace sluice {

RuleDriver::RuleDriver(std::shared_ptr<const RuleModel> model, std::vector<std::string> columns,
    std::vector<bool> classColumns, RuleCellReader readCell)
    : m_model{std::move(model)}
    , m_plan{RulePlan::compile(m_model, std::move(columns), std::move(classColumns))}
    , m_run{m_plan}
    , m_readCell{std::move(readCell)}
    , m_values(m_plan->columns().size())
    , m_cells(m_plan->columns().size())
    , m_row(m_plan->columns().size())
{
}

RuleCell RuleDriver::readPlainCell(
    std::size_t /*column*/, std::string_view text, std::uint8_t needs)
{
    return readRuleCell(text, needs);
}

Result<std::vector<RuleResult>> RuleDriver::run(
    const RuleRecordSource& source, const TaskContext& context)
{
    constexpr std::uint64_t RowsBetweenQuestions = 1024;
    RuleRecord record;
    while (true) {
        SLUICE_TRY(const bool more, source(record));
        if (!more)
            return finish();
        take(record);
        if (rowCount() % RowsBetweenQuestions == 0 && context.stopRequested())
            return Error{ErrorCode::Cancelled, {}, "the check was cancelled", {}};
    }
}

std::vector<RuleResult> RuleDriver::finish()
{
    std::vector<RuleResult> results = m_run.finish();
    if (m_raggedRows == 0)
        return results;
    RuleResult ragged;
    ragged.rule = RaggedRule;
    ragged.text = "Each row has as many fields as the header";
    ragged.level = RuleLevel::Quarantine;
    ragged.outcome = RuleOutcome::Fail;
    ragged.failingRows = m_raggedRows;
    ragged.firstLine = m_firstRagged;
    ragged.fix = "Give the row as many fields as the header has; a value with the separator in it "
                 "stands in quotes";
    results.push_back(std::move(ragged));
    return results;
}

void RuleDriver::take(const RuleRecord& record)
{
    if (record.ragged) {
        m_firstRagged = m_raggedRows == 0 ? record.line : m_firstRagged;
        ++m_raggedRows;
        return;
    }
    const std::size_t given = std::min(record.cells.size(), m_cells.size());
    std::copy_n(record.cells.begin(), given, m_cells.begin());
    std::fill(
        m_cells.begin() + static_cast<std::ptrdiff_t>(given), m_cells.end(), std::string_view{});
    const RuleRun::ClassId classId = currentClass();
    for (std::size_t i = 0; i < m_cells.size(); ++i)
        m_row[i] = m_readCell(i, m_cells[i], m_plan->needs()[i]);
    RowBits bits;
    m_plan->evaluateRow(m_row, bits);
    m_run.add(classId, bits, record.line, m_cells);
}

void RuleDriver::makeKey()
{
    m_key.clear();
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        if (!m_plan->classColumns()[i])
            continue;
        // its length first, so that no two classes share a key
        const std::uint64_t size = m_cells[i].size();
        m_key.append(reinterpret_cast<const char*>(&size), sizeof size);
        m_key.append(m_cells[i]);
    }
}

RuleRun::ClassId RuleDriver::currentClass()
{
    makeKey();
    if (const auto found = m_classes.find(m_key); found != m_classes.end())
        return found->second;
    // A text that is new in a class column always makes a new class: so it is enough to count here.
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        if (m_plan->classColumns()[i])
            m_values[i].emplace(m_cells[i]);
    }
    if (demoteCrowded())
        makeKey();
    return m_classes.emplace(m_key, m_run.addClass(m_cells)).first->second;
}

bool RuleDriver::demoteCrowded()
{
    std::vector<bool> classColumns = m_plan->classColumns();
    std::size_t widest = 0;
    for (std::size_t i = 0; i < m_values.size(); ++i) {
        if (m_values[i].size() > m_values[widest].size())
            widest = i;
    }
    const bool tooMany = m_classes.size() >= MaxClasses;
    if (!tooMany && m_values[widest].size() <= MaxClassValues)
        return false;
    classColumns[widest] = false;
    m_values[widest] = {};
    m_classes.clear();
    m_plan = RulePlan::compile(m_model, m_plan->columns(), std::move(classColumns));
    m_run.setPlan(m_plan);
    return true;
}

} // namespace sluice
