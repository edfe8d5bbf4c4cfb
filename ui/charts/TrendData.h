// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Period.h"
#include "ui/charts/ChartItem.h"

#include <optional>
#include <vector>

namespace sluice::ui {

// What a trend shows; all of it is the caller's. Amounts are units of one currency. Points are in
// ascending order of their days.

struct TrendPoint {
    BusinessDate day;
    std::optional<Int128> amount; // nothing: known to be missing, a gap
};
struct TrendSeries {
    QString key;
    QString name;
    std::vector<TrendPoint> points;
    Scenario scenario{Scenario::Actual}; // plan thin, prior light, forecast dashed
    std::optional<int> slot; // a category's colour for what is actual
    int gapDays{1}; // points further apart than this have a gap between them; 0: never
};
struct TrendBandPoint {
    BusinessDate day;
    Int128 low{0};
    Int128 high{0};
};
// An expected range, or one shade of a fan.
struct TrendBand {
    QString name; // "P10–P90"
    std::vector<TrendBandPoint> points;
};
struct TrendMarker {
    BusinessDate day;
    Int128 amount{0};
    QString text; // what is odd about it
};
struct TrendData {
    Period period;
    FiscalCalendar calendar;
    std::vector<TrendSeries> series;
    std::vector<TrendBand> bands; // the widest first
    std::vector<TrendMarker> markers;
    std::optional<BusinessDate> today;
    std::optional<BusinessDate> freshEnd; // days from here on are not complete
    AmountTexts texts;
};

} // namespace sluice::ui
