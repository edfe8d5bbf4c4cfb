// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/SpendService.h"
#include "ui/charts/TrendData.h"
#include "ui/pages/ViewContext.h"

namespace sluice::ui {

// What Today asks the ledger: values only, so that it can go to a worker.
struct TodayQuestion {
    SpendQuery query; // of the view
    std::optional<Period> before;
    std::optional<Currency> currency; // that was picked
    LedgerFacts facts;
};

struct TodayAnswer {
    FindingsAnswer findings;
    std::vector<Currency> currencies; // the one with most money first
    Currency currency; // that is shown; not set where there is no spend
    std::vector<Coverage> coverage; // of the currency
    std::vector<SourceFreshness> sources;
    Period trendDays;
    std::vector<TrendPoint> trend; // spend by day; days that nobody delivered are gaps
};

// The weeks up to the end of the view's period, as far as there are data.
[[nodiscard]] Period trendPeriod(const std::optional<Period>& period, const LedgerFacts& facts);

[[nodiscard]] Result<TodayAnswer> askToday(const SpendService& service,
    const TodayQuestion& question, const Principal& principal, const TaskContext& context);

} // namespace sluice::ui
