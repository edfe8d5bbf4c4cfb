// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/DateText.h"

#include <QDate>
#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

namespace sluice::ui {

namespace {

QDate toQDate(BusinessDate day)
{
    return QDate{1970, 1, 1}.addDays(day.daysSinceEpoch());
}

QString yearText(int fiscalYear, const FiscalCalendar& calendar)
{
    return calendar.startMonth == 1
        ? QString::number(fiscalYear)
        : QStringLiteral("FY") + QString::number(fiscalYear % 100).rightJustified(2, u'0');
}

} // namespace

QString dateText(BusinessDate day)
{
    return QLocale{}.toString(toQDate(day), QStringLiteral("d MMM yyyy"));
}

QString instantText(Timestamp instant)
{
    const QDateTime utc = QDateTime::fromSecsSinceEpoch(instant.seconds(), Qt::UTC);
    return QLocale{}.toString(utc, QStringLiteral("d MMM yyyy, HH:mm")) + QStringLiteral(" UTC");
}

QString rangeText(const Period& period)
{
    const QDate first = toQDate(period.first);
    const QDate last = toQDate(period.end).addDays(-1);
    if (first >= last)
        return dateText(period.first);
    const QString pattern
        = first.year() == last.year() ? QStringLiteral("d MMM") : QStringLiteral("d MMM yyyy");
    return QLocale{}.toString(first, pattern) + QStringLiteral(" \u2013 ")
        + QLocale{}.toString(last, QStringLiteral("d MMM yyyy"));
}

QString periodText(const Period& period, const FiscalCalendar& calendar)
{
    if (period == bucketOf(period.first, Grain::Month, calendar))
        return QLocale{}.toString(toQDate(period.first), QStringLiteral("MMM yyyy"));
    const int year = calendar.fiscalYearOf(period.first);
    if (period == calendar.year(year))
        return yearText(year, calendar);
    for (int quarter = 1; quarter <= 4; ++quarter) {
        if (period == calendar.quarter(year, quarter))
            return QStringLiteral("Q%1 %2").arg(quarter).arg(yearText(year, calendar));
    }
    return rangeText(period);
}

} // namespace sluice::ui
