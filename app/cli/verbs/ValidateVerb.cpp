// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/ValidateVerb.h"

#include "app/cli/Options.h"
#include "app/cli/VerbContext.h"
#include "app/cli/verbs/BatchText.h"
#include "core/ingest/FileCheck.h"
#include "core/ingest/FileSource.h"
#include "core/ingest/RuleWaiver.h"

#include <algorithm>
#include <array>

namespace sluice {

namespace {

// Nothing without a path: our own rules.
Result<std::shared_ptr<const RuleModel>> modelOf(const std::string& path)
{
    if (path.empty())
        return std::shared_ptr<const RuleModel>{};
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

Result<FileReport> validate(const ValidateVerb::Request& request, const TaskContext& task)
{
    FileCheckOptions options;
    if (!request.profile.empty())
        options.profile = request.profile;
    SLUICE_TRY(options.mapping, mappingOf(request.mappingFile));
    SLUICE_TRY(options.model, modelOf(request.rulesFile));
    SLUICE_TRY(std::unique_ptr<ByteSource> file, FileSource::open(request.file, task.stopToken()));
    return checkFile(std::move(file), options, task);
}

// As an import stores it: what the profile knows of is waived.
std::string_view levelText(const FileReport& report, const RuleResult& result)
{
    return result.outcome == RuleOutcome::Fail && isWaived(result, report.profile)
        ? verdictLevelName(VerdictLevel::Waived)
        : ruleLevelText(result.level);
}

Table tableOf(const FileReport& report, bool failuresAlone)
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

std::string summaryOf(const FileReport& report)
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

bool hasFaults(const FileReport& report)
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
    SLUICE_TRY(const FileReport report, validate(m_request, context.task()));
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
    output.peopleTable(m_all ? all : tableOf(report, true));
    output.line(summaryOf(report));
    return hasFaults(report) ? ExitCode::Faults : ExitCode::Done;
}

} // namespace sluice
