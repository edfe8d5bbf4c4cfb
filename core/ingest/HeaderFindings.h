// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/ColumnMap.h"
#include "core/ingest/RuleRun.h"

#include <vector>

namespace sluice {

// The rule that a header breaks by names that FOCUS does not have, writes otherwise or has already.
inline constexpr std::string_view HeaderRule = "SLUICE-F4";

// One broken rule for each finding of the header, of line 1, with the finding as its sample. An
// import and a check alone tell the same.
std::vector<RuleResult> headerFindings(const ColumnMap& map);

} // namespace sluice
