// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/CalendarTicks.h"

#include <QLocale>

#include <array>

namespace sluice::ui {

namespace {

struct Steps {
    Grain grain{Grain::Day};
    int every{1}; // only for years: 2, 5, 10 …
    double days{1}; // the usual length
};

constexpr std::array<Steps, 12> AllSteps{
    {{Grain::Day, 1, 1}, {Grain::Week, 1, 7}, {Grain::Month, 1, 30.4}, {Grain::Quarter, 1, 91.3},
        {Grain::Year, 1, 365.25}, {Grain::Year, 2, 730.5}, {Grain::Year, 5, 1826.25},
        {Grain::Year, 10, 3652.5}, {Grain::Year, 20, 7305}, {Grain::Year, 50, 18262.5},
        {Grain::Year, 100, 36525}, {Grain::Year, 1000, 365250}}};

QString monthName(BusinessDate day)
{
    return QLocale{}.monthName(
        static_cast<int>(static_cast<unsigned>(day.ymd().month())), QLocale::ShortFormat);
}

QString yearText(BusinessDate day)
{
    return QString::number(static_cast<int>(day.ymd().year()));
}

QString labelOf(BusinessDate day, const Steps& steps, const FiscalCalendar& calendar, bool first)
{
    const bool january = static_cast<unsigned>(day.ymd().month()) == 1;
    switch (steps.grain) {
    case Grain::Day:
    case Grain::Week: {
        const auto number = QString::number(static_cast<unsigned>(day.ymd().day()));
        return number + u' ' + monthName(day);
    }
    case Grain::Month:
        return first || january ? monthName(day) + u' ' + yearText(day) : monthName(day);
    case Grain::Quarter:
    case Grain::Year:
        break;
    }
    // "2026-Q3" is how exports write it; people read "Q3 2026".
    const QString label = QString::fromStdString(bucketLabel(day, steps.grain, calendar));
    const QStringList parts = label.split(u'-');
    return parts.size() == 2 ? parts[1] + u' ' + parts[0] : label;
}

bool isMark(BusinessDate day, const Steps& steps, const FiscalCalendar& calendar)
{
    return steps.every == 1 || calendar.fiscalYearOf(day) % steps.every == 0;
}

} // namespace

std::vector<CalendarTick> calendarTicks(
    const Period& period, double pixels, double room, const FiscalCalendar& calendar)
{
    std::vector<CalendarTick> ticks;
    if (period.days() <= 0 || pixels <= 0)
        return ticks;
    Steps steps = AllSteps.back();
    for (const Steps& candidate : AllSteps) {
        if (candidate.days * pixels / period.days() >= room) {
            steps = candidate;
            break;
        }
    }
    Period bucket = bucketOf(period.first, steps.grain, calendar);
    if (bucket.first < period.first)
        bucket = bucketOf(bucket.end, steps.grain, calendar);
    for (; bucket.first < period.end; bucket = bucketOf(bucket.end, steps.grain, calendar)) {
        if (isMark(bucket.first, steps, calendar))
            ticks.push_back({bucket.first, labelOf(bucket.first, steps, calendar, ticks.empty())});
    }
    if (ticks.empty())
        ticks.push_back({period.first, labelOf(period.first, AllSteps[0], calendar, true)});
    return ticks;
}

} // namespace sluice::ui
