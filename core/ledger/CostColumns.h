// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/ColumnCoding.h"
#include "core/ledger/Measure.h"

namespace sluice {

using CostColumns = std::array<std::vector<std::int64_t>, MeasureCount>;

// The four cost columns, each as it stands or as differences to an earlier one, whichever takes
// fewer bytes: effective, list and contracted cost mostly equal the billed cost.
void writeCosts(ColumnWriter& out, const CostColumns& costs);
void readCosts(ColumnReader& in, std::size_t count, CostColumns& costs);

} // namespace sluice
