// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/RowVerdicts.h"

#include "core/ingest/RuleWaiver.h"

namespace sluice {
namespace {

// A file that is imported was not rejected: what a rule would reject a file for is a finding of it.
VerdictLevel levelOf(RuleLevel level)
{
    return level == RuleLevel::Quarantine ? VerdictLevel::Quarantine : VerdictLevel::Finding;
}

} // namespace

std::shared_ptr<const RuleModel> rulesFor(const ColumnMap& map, const RuleModel& model)
{
    const auto version = parseFocusVersion(map.focusVersion);
    return version ? std::make_shared<const RuleModel>(model.forVersion(*version))
                   : std::make_shared<const RuleModel>(model);
}

Verdict verdictOf(const RuleResult& result, const Profile& profile)
{
    const VerdictLevel level
        = isWaived(result, profile) ? VerdictLevel::Waived : levelOf(result.level);
    return {result.rule, result.column, level, result.failingRows, result.firstLine, result.sample,
        result.fix};
}

std::vector<Verdict> verdictsOfRow(std::span<const std::string_view> fields, std::uint64_t line,
    const ColumnMap& map, const Profile& profile, const LedgerTimeZone& zone)
{
    KeyDictionary keys;
    std::set<std::string> demoted;
    RowMapper mapper{{map, profile, zone, rulesFor(map, RuleModel::builtIn()), keys, demoted}};
    MappedRow row;
    mapper.map(fields, line, row);
    const std::vector<RuleResult> results = mapper.finish();
    std::vector<Verdict> verdicts;
    for (const std::uint32_t rule : mapper.brokenRules())
        verdicts.push_back(verdictOf(results[rule], profile));
    return verdicts;
}

} // namespace sluice
