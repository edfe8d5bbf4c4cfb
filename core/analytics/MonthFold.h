// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/LedgerSnapshot.h"

#include <memory>
#include <span>
#include <vector>

namespace sluice {

// Most questions do not care about single days: the cells of a batch are kept a second time, folded
// by calendar month, which makes ten million charges of three years some hundred thousand cells.
// Where a day matters (the edge of a period or of an era inside a month, a split key, whose shares
// are allocated cell by cell) the cells of the days are read.

// The cells of one batch by (scope, key, month); `day` is the month's first day.
std::shared_ptr<const RollupCells> foldedByMonth(std::span<const SnapshotChunk> chunks);

// Where each run of cells of one scope and key begins.
std::shared_ptr<const std::vector<std::uint32_t>> runsOf(const RollupCells& cells);

// Does both for a snapshot whose chunks are all there, those of one batch one after the other.
void foldByMonth(LedgerSnapshot& snapshot);

} // namespace sluice
