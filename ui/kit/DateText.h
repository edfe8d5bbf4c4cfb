// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/BusinessDate.h"
#include "core/base/Period.h"
#include "core/base/Timestamp.h"

#include <QString>

namespace sluice::ui {

// "17 Sep 2026", in the order and the words of the default locale, which is that of the number
// format. ISO dates belong to exports.
[[nodiscard]] QString dateText(BusinessDate day);
// "17 Sep 2026, 09:12 UTC".
[[nodiscard]] QString instantText(Timestamp instant);
// "1 Jul – 30 Sep 2026": both days inclusive, as people read it.
[[nodiscard]] QString rangeText(const Period& period);
// The shortest true name: "Sep 2026", "Q3 2026" or "Q3 FY26", "2026" or "FY26", else the range.
[[nodiscard]] QString periodText(const Period& period, const FiscalCalendar& calendar);

} // namespace sluice::ui
