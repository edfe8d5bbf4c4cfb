// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Output.h"
#include "core/services/OwnershipService.h"

#include <string>
#include <string_view>
#include <vector>

namespace sluice {

inline constexpr std::size_t MaxRulesetBytes = 16U << 20;

// How a rules file is written, for the help.
inline constexpr std::string_view RulesetNotes =
    R"(A ruleset is a JSON object:
  {"name": "Company 1", "effective_from": "2026-09-01", "extends": "default-1",
   "tables": {"teams": {"r&d": "lab", "search*": "search"}},
   "rules": [
     {"id": "gpu", "when": [{"field": "ServiceName", "equals": "GPU Hours"}], "assign": {"unit": "lab"}},
     {"id": "teams", "assign": {"unit": {"field": "tag:team", "table": "teams"}}},
     {"id": "shared", "when": [{"field": "tag:shared", "present": true}],
      "split": [{"weight": 3, "assign": {"unit": "search"}}, {"weight": 1, "assign": {"unit": "lab"}}]}]}
  A rule sets what no rule before it has set; all conditions of its "when" hold, or it has none.
  Tests: equals, in, contains, starts_with, ends_with, like (with * and ?), present, absent; {"not": {…}} and
  {"any": [{…}, {…}]} around them. Fields: FOCUS columns, dimensions (service, provider …), tag:KEY, x_NAME.
  Assigned are owner, unit, cost_centre, workflow, app, vendor, category, environment and model.
)";

Table rulesetTable(const std::vector<RulesetInfo>& rulesets);
// Which versions' days a new one takes over: as data (`to` is the day after the last), and in
// words.
Table replacedTable(const std::vector<RulesetDays>& days);
std::string replacedSentence(std::uint32_t by, const RulesetDays& days);
// A rule's conditions and what it assigns, in words: "ServiceName equals GPU Hours and tag:x is
// there", "unit = lab".
std::string conditionText(const AttributionRule& rule);
std::string assignmentText(const AttributionRule& rule);
// The number of a version as an argument says it. Usage.
Result<std::uint32_t> rulesetNumber(const std::string& text);
// What looks unintended in a rules file: as data, and one line each.
void writeRemarks(JsonWriter& json, const std::vector<RulesetRemark>& remarks);
void tellRemarks(Output& output, const std::vector<RulesetRemark>& remarks);

} // namespace sluice
