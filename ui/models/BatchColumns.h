// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/Batch.h"
#include "ui/models/SnapshotTableModel.h"

namespace sluice::ui {

// With a sign in front that tells the levels apart without colour.
[[nodiscard]] QString levelText(VerdictLevel level);

// The columns of the tables on the imports page.
[[nodiscard]] std::span<const Column<Batch>> batchColumns();
[[nodiscard]] std::span<const Column<Verdict>> verdictColumns();
[[nodiscard]] std::span<const Column<QuarantinedRow>> quarantineColumns();
[[nodiscard]] std::span<const Column<ControlTotal>> controlTotalColumns();
[[nodiscard]] std::span<const Column<Scope>> scopeColumns();

} // namespace sluice::ui
