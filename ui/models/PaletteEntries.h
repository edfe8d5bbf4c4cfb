// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/LedgerSnapshot.h"
#include "ui/models/PaletteIndex.h"

namespace sluice::ui {

// What a ledger has to be found: its people, units, vendors, models … and its imports. On a worker.
[[nodiscard]] std::vector<PaletteEntry> paletteEntries(const LedgerSnapshot& snapshot);

// The dimension whose value an entry is, to filter by; empty for other kinds.
[[nodiscard]] QString paletteDimension(PaletteKind kind);

} // namespace sluice::ui
