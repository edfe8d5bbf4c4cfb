// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/DateText.h"

#include "ui/kit/NumberSigns.h"

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

// In the patterns and the words of the default locale, which is that of the number format.
QString shown(const QDate& day, const char16_t* NumberLocale::*pattern)
{
    const QLocale locale;
    return locale.toString(day, QString::fromUtf16(numberLocale(locale).*pattern));
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
    return shown(toQDate(day), &NumberLocale::day);
}

QString instantText(Timestamp instant)
{
    const QDateTime utc = QDateTime::fromSecsSinceEpoch(instant.seconds(), Qt::UTC);
    return shown(utc.date(), &NumberLocale::day) + utc.time().toString(QStringLiteral(", HH:mm"))
        + QStringLiteral(" UTC");
}

QString rangeText(const Period& period)
{
    const QDate first = toQDate(period.first);
    const QDate last = toQDate(period.end).addDays(-1);
    if (first >= last)
        return dateText(period.first);
    const bool sameYear = first.year() == last.year();
    // Where the year stands first the shorter end is the second one.
    const QLocale locale;
    const bool yearFirst = numberLocale(locale).day[0] == u'y';
    const auto brief = [sameYear](bool may) {
        return sameYear && may ? &NumberLocale::dayOfYear : &NumberLocale::day;
    };
    return shown(first, brief(!yearFirst)) + QStringLiteral(" \u2013 ")
        + shown(last, brief(yearFirst));
}

QString periodText(const Period& period, const FiscalCalendar& calendar)
{
    if (period == bucketOf(period.first, Grain::Month, calendar))
        return shown(toQDate(period.first), &NumberLocale::month);
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
