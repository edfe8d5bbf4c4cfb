// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/Findings.h"
#include "ui/models/SnapshotTableModel.h"

#include <span>

namespace sluice::ui {

// What a finding says in one sentence: "Nobody owns AWS, Amazon Bedrock (account 4711)".
[[nodiscard]] QString findingText(const Finding& finding);
// Its kind in a word: "No owner".
[[nodiscard]] QString findingKindText(const Finding& finding);
// Whether somebody has to do something about it; else it is good to know.
[[nodiscard]] bool needsSomebody(const Finding& finding);
// The import that it is about; empty: it is about spend.
[[nodiscard]] QString findingBatch(const Finding& finding);

[[nodiscard]] std::span<const Column<Finding>> findingColumns();

} // namespace sluice::ui
