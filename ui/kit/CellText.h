// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/TableSheet.h"
#include "ui/kit/MoneyText.h"
#include "ui/kit/Theme.h"

#include <QString>

#include <optional>

namespace sluice::ui {

// A raw value as people read it: "USD 1,204.50", "1,204", "12 %", "17 Sep 2026"; empty where there
// is none.
[[nodiscard]] QString cellText(const TableCell& cell, const MoneyText& money);

// What was spent against what was planned, in the grammar of the variance cell: sign, amount, share
// and word, so that no meaning is in the colour alone.
struct Variance {
    Int128 actual{0};
    Int128 plan{0};
    Currency currency;
};
// "▲ +22.4k · 23 % over", "▼ −6.2k · 28 % under, check", "● on plan (±3 %)", "— no plan".
[[nodiscard]] QString varianceText(const Variance& variance, const MoneyText& money);
// Favourable, unfavourable, or muted where it is on plan or has none.
[[nodiscard]] Token varianceToken(const Variance& variance);
// The length of its bar: a variance of ±50 % or more fills its half. For pixels.
[[nodiscard]] double varianceBar(const Variance& variance);

} // namespace sluice::ui
