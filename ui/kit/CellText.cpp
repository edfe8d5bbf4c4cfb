// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/CellText.h"

#include "ui/kit/DateText.h"

#include <QCoreApplication>

#include <algorithm>

namespace sluice::ui {

namespace {

constexpr int OnPlanPercent = 3;
constexpr int CheckPercent = 25; // so far under is an unused commitment more often than thrift

QString tr(const char* source)
{
    return QCoreApplication::translate("CellText", source);
}

Int128 magnitude(Int128 value)
{
    return value < 0 ? -value : value;
}

// −1: under, 0: on plan, 1: over; exact.
int side(const Variance& variance)
{
    const Int128 difference = variance.actual - variance.plan;
    if (magnitude(difference) * 100 <= variance.plan * OnPlanPercent)
        return 0;
    return difference > 0 ? 1 : -1;
}

} // namespace

QString cellText(const TableCell& cell, const MoneyText& money)
{
    if (cell.none)
        return {};
    switch (cell.kind) {
    case CellKind::Text:
        return QString::fromStdString(cell.text);
    case CellKind::Money:
        return cell.currency.isSet() ? money.withCode(cell.number.mantissa, cell.currency)
                                     : money.decimal(cell.number);
    case CellKind::Count:
    case CellKind::Number:
        return money.decimal(cell.number);
    case CellKind::Percent:
        return money.percent(cell.number.mantissa, powerOfTen(cell.number.scale));
    case CellKind::Date:
        return dateText(BusinessDate{static_cast<std::int32_t>(cell.number.mantissa)});
    case CellKind::Instant:
        return instantText(Timestamp{static_cast<std::int64_t>(cell.number.mantissa)});
    }
    return {};
}

QString varianceText(const Variance& variance, const MoneyText& money)
{
    if (variance.plan <= 0)
        return tr("\u2014 no plan");
    const Int128 difference = variance.actual - variance.plan;
    const int where = side(variance);
    if (where == 0)
        return tr("\u25CF on plan (\u00B1%1\u00A0%)").arg(OnPlanPercent);
    const QString amount = money.compact(difference, variance.currency);
    const QString share = money.percent(magnitude(difference), variance.plan);
    if (where > 0)
        return tr("\u25B2 +%1 \u00B7 %2 over").arg(amount, share);
    return magnitude(difference) * 100 > variance.plan * CheckPercent
        ? tr("\u25BC %1 \u00B7 %2 under, check").arg(amount, share)
        : tr("\u25BC %1 \u00B7 %2 under").arg(amount, share);
}

Token varianceToken(const Variance& variance)
{
    const int where = variance.plan <= 0 ? 0 : side(variance);
    return where == 0 ? Token::Muted : where > 0 ? Token::Unfavourable : Token::Favourable;
}

double varianceBar(const Variance& variance)
{
    constexpr int FullPercent = 50;
    if (variance.plan <= 0)
        return 0;
    const Int128 perMille = (variance.actual - variance.plan) * 1000 / variance.plan;
    const auto bounded
        = static_cast<int>(std::clamp<Int128>(perMille, -10 * FullPercent, 10 * FullPercent));
    return bounded / (10.0 * FullPercent);
}

} // namespace sluice::ui
