// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/ValidateVerb.h"

#include "app/cli/Options.h"
#include "app/cli/VerbContext.h"
#include "app/cli/verbs/BatchText.h"
#include "core/ingest/CsvReader.h"
#include "core/ingest/FileSource.h"
#include "core/ingest/CellReader.h"
#include "core/ingest/RuleDriver.h"
#include "core/ingest/RuleWaiver.h"
#include "core/ingest/TextSource.h"

#include <algorithm>
#include <array>

namespace sluice {

namespace {

struct Report {
    HeaderMatch header;
    Profile profile;
    std::uint64_t rows{0};
    std::vector<RuleResult> results;
};

// The published model in `path` with all its rules, or our own table's rules for the file's
// version: all of them where it is not FOCUS, as in an import.
Result<std::shared_ptr<const RuleModel>> modelOf(const std::string& path, const HeaderMatch& header)
{
    if (path.empty()) {
        RuleModel all = RuleModel::builtIn();
        return std::make_shared<const RuleModel>(
            header.isFocus ? all.forVersion(header.version) : std::move(all));
    }
    SLUICE_TRY(const std::string json, readTextFile(path, RuleModel::MaxBytes));
    auto model = RuleModel::parse(json);
    if (!model.ok()) {
        Error error = std::move(model).error();
        error.where = error.where.empty() ? path : path + ": " + error.where;
        return error;
    }
    return std::make_shared<const RuleModel>(std::move(*model));
}

Result<std::optional<Profile>> mappingOf(const std::string& path)
{
    if (path.empty())
        return std::optional<Profile>{};
    SLUICE_TRY(const std::string json, readTextFile(path, RuleModel::MaxBytes));
    SLUICE_TRY(Profile mapping, parseProfile(json, path));
    return std::optional{std::move(mapping)};
}

// Gives the records of a file one by one, as the profile reads them.
class RecordWalk {
public:
    RecordWalk(CsvReader& csv, CellReader& rows, const TaskContext& task, RecordBatch first)
        : m_csv{csv}
        , m_rows{rows}
        , m_task{task}
        , m_batch{std::move(first)}
    {
    }

    Result<bool> next(RuleRecord& record)
    {
        while (m_row == m_batch.size()) {
            SLUICE_TRY(const bool more, m_csv.next(m_batch));
            if (!more)
                return false;
            m_row = 0;
            m_task.report(
                {m_csv.source().name(), m_csv.source().rawDone(), m_csv.source().rawSize()});
        }
        const auto fields = m_batch.fields(m_row);
        const std::size_t named = m_csv.header().size();
        record = {{}, m_batch.line(m_row), fields.size() != named + m_csv.unnamedColumns()};
        if (!record.ragged)
            record.cells = m_rows.texts(fields.first(named));
        ++m_row;
        return true;
    }

private:
    CsvReader& m_csv;
    CellReader& m_rows;
    const TaskContext& m_task;
    RecordBatch m_batch;
    std::size_t m_row{0};
};

Result<Report> validate(const ValidateVerb::Request& request, const TaskContext& task)
{
    SLUICE_TRY(const std::optional<Profile> mapping, mappingOf(request.mappingFile));
    SLUICE_TRY(std::unique_ptr<ByteSource> raw, FileSource::open(request.file, task.stopToken()));
    SLUICE_TRY(std::unique_ptr<ByteSource> text, TextSource::open(std::move(raw)));
    SLUICE_TRY(CsvReader reader, CsvReader::open(std::move(text), task.stopToken()));
    const FocusCatalogue catalogue;
    Report report;
    report.header = catalogue.match(reader.header());
    report.header.columns.clear(); // points into the catalogue, which goes
    RecordBatch first;
    SLUICE_TRY(const bool any, reader.next(first));
    SLUICE_TRY(report.profile,
        profileOf(reader.header(), any ? &first : nullptr,
            request.profile.empty() ? std::nullopt : std::optional{request.profile}, mapping,
            catalogue, request.file));
    const ColumnMap map = matchColumns(reader.header(), report.profile, catalogue, {});
    SLUICE_TRY(
        const std::shared_ptr<const RuleModel> model, modelOf(request.rulesFile, report.header));
    CellReader rows{map, report.profile};
    RuleDriver driver{model, map.columns(), map.classColumns(),
        [&rows](std::size_t column, std::string_view cellText, std::uint8_t needs) {
            RuleCell cell;
            rows.read(column, cellText, needs, cell);
            return cell;
        }};
    RecordWalk walk{reader, rows, task, std::move(first)};
    SLUICE_TRY(report.results,
        driver.run([&walk](RuleRecord& record) { return walk.next(record); }, task));
    report.rows = driver.rowCount();
    return report;
}

// As an import stores it: what the profile knows of is waived.
std::string_view levelText(const Report& report, const RuleResult& result)
{
    return result.outcome == RuleOutcome::Fail && isWaived(result, report.profile)
        ? verdictLevelName(VerdictLevel::Waived)
        : ruleLevelText(result.level);
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
            Cell::text(ruleKeywordText(result.keyword)), Cell::text(levelText(report, result)),
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
        if (result.outcome == RuleOutcome::Fail && result.level != RuleLevel::Finding
            && !isWaived(result, report.profile))
            return true;
    }
    return false;
}

} // namespace

VerbInfo ValidateVerb::info() const
{
    return {"validate",
        "What each FOCUS rule says about a file, with first line and a fix. Needs no ledger.",
        "sluice-cli validate aws-march.csv --rules focus-1.2-model.json", MappingNotes};
}

void ValidateVerb::declare(Options& options)
{
    options.argument("FILE", m_request.file, "a cost export, as CSV, packed with gzip or not");
    options.option(
        {"--rules", "MODEL.json", "a published requirements model instead of the built-in rules"},
        m_request.rulesFile);
    options.option(
        {"--profile", "NAME", "how to read the columns (else recognised)"}, m_request.profile);
    options.option({"--map", "FILE", "a mapping of the file's columns"}, m_request.mappingFile);
    options.flag("--all", m_all, "show the rules that hold, too");
}

Result<ExitCode> ValidateVerb::run(VerbContext& context)
{
    SLUICE_TRY(const Report report, validate(m_request, context.task()));
    const Table all = tableOf(report, false);
    Output& output = context.output();
    output.answer({}, [&](JsonWriter& json) {
        json.member("focus_version", focusVersionText(report.header.version))
            .key("is_focus")
            .boolean(report.header.isFocus)
            .member("profile", report.profile.id);
        json.countMember("rows", report.rows).key("header").beginArray();
        for (const std::string& finding : report.header.findings)
            json.string(finding);
        json.endArray();
        all.writeJsonRows(json.key("rules"));
    });
    output.csv(all);
    const std::string version = report.header.isFocus
        ? "FOCUS " + std::string{focusVersionText(report.header.version)}
        : "No version of FOCUS";
    output.line(version + ": " + report.header.why);
    for (const std::string& finding : report.header.findings)
        output.line(finding);
    output.peopleTable(m_all ? all : tableOf(report, true));
    output.line(summaryOf(report));
    return hasFaults(report) ? ExitCode::Faults : ExitCode::Done;
}

} // namespace sluice
