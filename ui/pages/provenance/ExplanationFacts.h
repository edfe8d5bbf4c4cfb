// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/SpendService.h"
#include "ui/kit/MoneyText.h"
#include "ui/pages/Page.h"
#include "ui/pages/provenance/FactSheet.h"

namespace sluice::ui {

// An explanation as sections of facts, from the charge to the document. Pure.
[[nodiscard]] std::vector<FactSheet::Section> explanationFacts(
    const Explanation& explanation, const MoneyText& money);
[[nodiscard]] std::vector<FactSheet::Section> heldRowFacts(
    const HeldRow& held, const MoneyText& money);

} // namespace sluice::ui
