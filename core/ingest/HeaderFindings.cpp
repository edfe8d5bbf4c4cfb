// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/HeaderFindings.h"

namespace sluice {

std::vector<RuleResult> headerFindings(const ColumnMap& map)
{
    std::vector<RuleResult> results;
    for (const std::string& finding : map.findings) {
        RuleResult& result = results.emplace_back();
        result.rule = HeaderRule;
        result.category = "Format";
        result.text
            = "Each column is one of FOCUS, by its name and once, or its name starts with x_";
        result.keyword = RuleKeyword::Should;
        result.outcome = RuleOutcome::Fail;
        result.firstLine = 1;
        result.sample = finding;
    }
    return results;
}

} // namespace sluice
