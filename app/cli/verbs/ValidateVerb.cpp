// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/ValidateVerb.h"

#include "app/cli/Options.h"
#include "app/cli/VerbContext.h"
#include "core/ingest/CsvReader.h"
#include "core/ingest/FileSource.h"
#include "core/ingest/RuleDriver.h"
#include "core/ingest/TextSource.h"

#include <algorithm>
#include <array>

namespace sluice {

namespace {

struct Report {
    HeaderMatch header;
    std::uint64_t rows{0};
    std::vector<RuleResult> results;
};

// The published model in `path` with all its rules, or our own table's rules for the file's
// version.
Result<std::shared_ptr<const RuleModel>> modelOf(const std::string& path, FocusVersion version)
{
    if (path.empty())
        return std::make_shared<const RuleModel>(RuleModel::builtIn().forVersion(version));
    SLUICE_TRY(const std::string json, readTextFile(path, RuleModel::MaxBytes));
    auto model = RuleModel::parse(json);
    if (!model.ok()) {
        Error error = std::move(model).error();
        error.where = error.where.empty() ? path : path + ": " + error.where;
        return error;
    }
    return std::make_shared<const RuleModel>(std::move(*model));
}

Result<Report> validate(
    const std::string& path, const std::string& rulesPath, const TaskContext& task)
{
    SLUICE_TRY(std::unique_ptr<ByteSource> raw, FileSource::open(path, task.stopToken()));
    SLUICE_TRY(std::unique_ptr<ByteSource> text, TextSource::open(std::move(raw)));
    SLUICE_TRY(CsvReader reader, CsvReader::open(std::move(text), task.stopToken()));
    const FocusCatalogue catalogue;
    Report report;
    report.header = catalogue.match(reader.header());
    SLUICE_TRY(
        const std::shared_ptr<const RuleModel> model, modelOf(rulesPath, report.header.version));
    std::vector<bool> classColumns;
    for (const HeaderColumn& column : report.header.columns)
        classColumns.push_back(column.known != nullptr && column.known->role == ColumnRole::Key);
    RuleDriver driver{model, report.header.canonicalNames(), classColumns};
    RecordBatch batch;
    std::size_t row = 0;
    const RuleRecordSource source = [&](RuleRecord& record) -> Result<bool> {
        if (row == batch.size()) {
            SLUICE_TRY(const bool more, reader.next(batch));
            if (!more)
                return false;
            row = 0;
            task.report({path, reader.source().rawDone(), reader.source().rawSize()});
        }
        const auto fields = batch.fields(row);
        const std::size_t named = reader.header().size();
        record = {fields.first(std::min(fields.size(), named)), batch.line(row),
            fields.size() != named + reader.unnamedColumns()};
        ++row;
        return true;
    };
    SLUICE_TRY(report.results, driver.run(source, task));
    report.rows = driver.rowCount();
    report.header.columns.clear(); // points into the catalogue, which goes
    return report;
}

Table tableOf(const Report& report, bool failuresAlone)
{
    Table table{{{"rule", "rule"}, {"column", "column"}, {"keyword", "keyword"}, {"level", "level"},
        {"result", "result"}, {"failing_rows", "failing rows"}, {"first_line", "first line"},
        {"sample", "value there"}, {"fix", "fix"}, {"reason", failuresAlone ? "" : "reason"},
        {"text", ""}}};
    for (const RuleResult& result : report.results) {
        const bool failed = result.outcome == RuleOutcome::Fail;
        if (failuresAlone && !failed)
            continue;
        table.addRow({Cell::text(result.rule), Cell::text(result.column),
            Cell::text(ruleKeywordText(result.keyword)), Cell::text(ruleLevelText(result.level)),
            Cell::text(ruleOutcomeText(result.outcome)), Cell::count(result.failingRows),
            result.firstLine == 0 ? Cell::none() : Cell::count(result.firstLine),
            Cell::textOrNone(result.sample), Cell::textOrNone(result.fix),
            Cell::textOrNone(result.reason), Cell::text(result.text)});
    }
    return table;
}

std::string summaryOf(const Report& report)
{
    std::array<std::size_t, 4> counts{};
    for (const RuleResult& result : report.results)
        ++counts[static_cast<std::size_t>(result.outcome)];
    std::string text = grouped(std::to_string(report.rows)) + " rows, "
        + std::to_string(report.results.size()) + " rules:";
    for (const RuleOutcome outcome :
        {RuleOutcome::Pass, RuleOutcome::Fail, RuleOutcome::NotApplicable, RuleOutcome::NotChecked})
        text += " " + std::to_string(counts[static_cast<std::size_t>(outcome)]) + " "
            + std::string{ruleOutcomeText(outcome)};
    return text;
}

bool hasFaults(const Report& report)
{
    for (const RuleResult& result : report.results) {
        if (result.outcome == RuleOutcome::Fail && result.level != RuleLevel::Finding)
            return true;
    }
    return false;
}

} // namespace

VerbInfo ValidateVerb::info() const
{
    return {"validate",
        "What each FOCUS rule says about a file, with first line and a fix. Needs no ledger.",
        "sluice-cli validate aws-march.csv --rules focus-1.2-model.json"};
}

void ValidateVerb::declare(Options& options)
{
    options.argument("FILE", m_file, "a cost export, as CSV, packed with gzip or not");
    options.option(
        {"--rules", "MODEL.json", "a published requirements model instead of the built-in rules"},
        m_rules);
    options.flag("--all", m_all, "show the rules that hold, too");
}

Result<ExitCode> ValidateVerb::run(VerbContext& context)
{
    SLUICE_TRY(const Report report, validate(m_file, m_rules, context.task()));
    const Table all = tableOf(report, false);
    Output& output = context.output();
    output.answer({}, [&](JsonWriter& json) {
        json.member("focus_version", focusVersionText(report.header.version))
            .key("is_focus")
            .boolean(report.header.isFocus);
        json.countMember("rows", report.rows).key("header").beginArray();
        for (const std::string& finding : report.header.findings)
            json.string(finding);
        json.endArray();
        all.writeJsonRows(json.key("rules"));
    });
    output.csv(all);
    output.line(
        "FOCUS " + std::string{focusVersionText(report.header.version)} + ": " + report.header.why);
    for (const std::string& finding : report.header.findings)
        output.line(finding);
    output.peopleTable(m_all ? all : tableOf(report, true));
    output.line(summaryOf(report));
    return hasFaults(report) ? ExitCode::Faults : ExitCode::Done;
}

} // namespace sluice
