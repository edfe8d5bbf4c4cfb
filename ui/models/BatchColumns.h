// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/Batch.h"
#include "ui/models/SnapshotTableModel.h"

namespace sluice::ui {

// With a sign in front that tells the levels apart without colour.
[[nodiscard]] QString levelText(VerdictLevel level);

// An import as it stands in the list of all.
struct ListedBatch : Batch {
    bool older{false}; // a newer attempt of the same delivery is in the list
};
[[nodiscard]] std::vector<ListedBatch> listed(std::vector<Batch> newestFirst);
// Its held-back rows were tried again since: the newer attempt says what became of them.
[[nodiscard]] bool wasTriedAgain(const ListedBatch& batch);

// The columns of the tables on the imports page.
[[nodiscard]] std::span<const Column<ListedBatch>> batchColumns();
[[nodiscard]] std::span<const Column<Verdict>> verdictColumns();
[[nodiscard]] std::span<const Column<QuarantinedRow>> quarantineColumns();
[[nodiscard]] std::span<const Column<ControlTotal>> controlTotalColumns();
[[nodiscard]] std::span<const Column<Scope>> scopeColumns();

} // namespace sluice::ui
