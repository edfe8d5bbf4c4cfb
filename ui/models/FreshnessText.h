// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/Freshness.h"

#include <QStringList>

namespace sluice::ui {

// "Final", "Preliminary", "Preliminary, days missing", "Missing": what stands beside a period.
[[nodiscard]] QString freshnessText(const Freshness& freshness);
// What that means, and which source misses which days.
[[nodiscard]] QString freshnessDetail(const Freshness& freshness);
// The first few lines of which source misses which days: "openai misses 18 Nov – 19 Nov 2026".
[[nodiscard]] QStringList missingLines(const Freshness& freshness, std::size_t most);

} // namespace sluice::ui
