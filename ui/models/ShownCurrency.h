// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/SpendQuery.h"

#include <optional>
#include <utility>
#include <vector>

namespace sluice::ui {

// A page shows one currency at a time, and all pages choose it in the same way, so that a figure's
// charges are those of the list behind it.

// The currencies of an answer, the one with most money in it first.
[[nodiscard]] std::vector<Currency> largestFirst(std::vector<std::pair<Currency, Int128>> amounts);
// The picked one where the answer has it, else the ledger's own, else the largest: amounts of
// different currencies say nothing about which is more. Not set where there is none.
[[nodiscard]] Currency shownCurrency(
    const std::vector<Currency>& largestFirst, std::optional<Currency> picked, Currency ledgers);
// The same question, of this currency alone.
void narrowTo(SpendQuery& query, Currency currency);

} // namespace sluice::ui
