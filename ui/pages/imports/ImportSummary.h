// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/ImportService.h"
#include "ui/kit/InfoBar.h"
#include "ui/kit/MoneyText.h"

namespace sluice::ui {

// What an import did, in two lines: rows and what they replaced; then the proof of the totals, or
// what was held back.
struct ImportSummary {
    InfoLevel level{InfoLevel::Ok};
    QString headline;
    QString detail;
    QString givenWay{}; // a batch that is known, and that a later one has taken the place of
};
[[nodiscard]] ImportSummary summaryOf(const ImportReport& report, const MoneyText& money);
// Of a retry of quarantined rows: where it brought nothing, which rules still hold the rows back.
[[nodiscard]] ImportSummary summaryOfRetry(const ImportReport& report, const MoneyText& money);

} // namespace sluice::ui
