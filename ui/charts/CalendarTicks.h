// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Period.h"

#include <QString>

#include <vector>

namespace sluice::ui {

struct CalendarTick {
    BusinessDate day;
    QString label;
    bool operator==(const CalendarTick&) const = default;
};

// Marks of a time axis `pixels` wide, at the beginnings of days, weeks (Monday), months, fiscal
// quarters or years, whichever is the finest that leaves `room` pixels to each label. Where no
// beginning lies in the period, its first day is the only mark. Pure; labels are in the language of
// the default locale, and the first of them names its year.
[[nodiscard]] std::vector<CalendarTick> calendarTicks(
    const Period& period, double pixels, double room = 72, const FiscalCalendar& calendar = {});

} // namespace sluice::ui
