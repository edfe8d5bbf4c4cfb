// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/TaskContext.h"
#include "core/ingest/RuleRun.h"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace sluice {

// One record: the cells in header order, valid until the next call, and the line of the file on
// which it begins.
struct RuleRecord {
    std::span<const std::string_view> cells;
    std::uint64_t line{0};
    // It has another number of fields than the header, so nobody knows which value is whose: it
    // breaks RaggedRule, and no other rule is asked.
    bool ragged{false};
};
// Reads a column's text as what a rule may ask of it (bits of CellNeed).
using RuleCellReader
    = std::function<RuleCell(std::size_t column, std::string_view text, std::uint8_t needs)>;
// Fills the record and says true, or false after the last one, or the reader's error.
using RuleRecordSource = std::function<Result<bool>(RuleRecord&)>;

// Runs a model over a file's records and keeps the classes itself. `columns` are the header's
// canonical names, empty for a column that is not to be looked at; `classColumns` says which to
// start with as class columns: one with more than MaxClassValues different texts stops being one.
// Records may be short; what is missing is null. Errors: those of the source, and Cancelled.
class RuleDriver {
public:
    static constexpr std::string_view RaggedRule = "SLUICE-Q3"; // in the results where it is broken
    static constexpr std::size_t MaxClassValues = 4096;
    static constexpr std::size_t MaxClasses = std::size_t{1} << 18;

    // Without a reader of its own texts are read as FOCUS writes them.
    RuleDriver(std::shared_ptr<const RuleModel> model, std::vector<std::string> columns,
        std::vector<bool> classColumns, RuleCellReader readCell = readPlainCell);

    Result<std::vector<RuleResult>> run(
        const RuleRecordSource& source, const TaskContext& context = {});
    [[nodiscard]] std::uint64_t rowCount() const noexcept
    {
        return m_run.rowCount() + m_raggedRows;
    }

private:
    static RuleCell readPlainCell(std::size_t column, std::string_view text, std::uint8_t needs);
    void take(const RuleRecord& record);
    [[nodiscard]] std::vector<RuleResult> finish();
    RuleRun::ClassId currentClass();
    [[nodiscard]] bool demoteCrowded();
    void makeKey();

    std::shared_ptr<const RuleModel> m_model;
    std::shared_ptr<const RulePlan> m_plan;
    RuleRun m_run;
    RuleCellReader m_readCell;
    std::vector<std::unordered_set<std::string>> m_values; // by class column: its texts so far
    std::unordered_map<std::string, RuleRun::ClassId> m_classes; // by the class columns' texts
    std::vector<std::string_view> m_cells;
    std::vector<RuleCell> m_row;
    std::string m_key;
    std::uint64_t m_raggedRows{0};
    std::uint64_t m_firstRagged{0}; // its line
};

} // namespace sluice
