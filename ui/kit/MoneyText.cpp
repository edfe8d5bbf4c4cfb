// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/MoneyText.h"

#include "ui/kit/Fonts.h"

#include <QCoreApplication>

#include <array>

namespace sluice::ui {

namespace {

Int128 magnitude(Int128 value)
{
    return value < 0 ? -value : value;
}

// Spaces that locales put between groups, and the apostrophes of Switzerland.
bool isGroupSign(QChar character)
{
    return character.isSpace() || character == u'\u202F' || character == u'\u2019'
        || character == u'\'';
}

} // namespace

NumberSigns NumberSigns::of(const QLocale& locale, const QFont& font)
{
    return {locale.groupSeparator(), locale.decimalPoint(),
        hasCharacter(font, u'\u2212') ? QStringLiteral("\u2212") : QStringLiteral("-")};
}

QString MoneyText::grouped(const QString& digits) const
{
    QString out;
    for (qsizetype i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0)
            out += m_signs.group;
        out += digits[i];
    }
    return out;
}

QString MoneyText::fixed(Int128 mantissa, int digits) const
{
    const Int128 one = powerOfTen(digits);
    const Int128 absolute = magnitude(mantissa);
    QString text = grouped(QString::fromStdString(toString(absolute / one)));
    if (digits > 0)
        text += m_signs.decimal
            + QString::fromStdString(toString(absolute % one)).rightJustified(digits, u'0');
    return mantissa < 0 ? m_signs.minus + text : text;
}

QString MoneyText::plain(Int128 units, Currency currency) const
{
    const int digits = currency.minorDigits();
    const Int128 rounded
        = divideRounded(units, powerOfTen(currency.scale() - digits), Rounding::HalfUp);
    if (rounded != 0 || units == 0)
        return fixed(rounded, digits);
    return units < 0 ? QStringLiteral(">") + fixed(-1, digits)
                     : QStringLiteral("<") + fixed(1, digits);
}

QString MoneyText::withCode(Int128 units, Currency currency) const
{
    return QString::fromLatin1(currency.code()) + QChar{u'\u00A0'} + plain(units, currency);
}

QString MoneyText::compact(Int128 units, Currency currency) const
{
    static constexpr std::array<char16_t, 4> Suffixes{u'k', u'M', u'B', u'T'};
    const Int128 major = powerOfTen(currency.scale());
    if (magnitude(divideRounded(units, major, Rounding::HalfUp)) < 1000) {
        const Int128 whole = divideRounded(units, major, Rounding::HalfUp);
        const bool withoutCents = units == 0 || magnitude(whole) >= 100;
        return withoutCents ? fixed(whole, 0) : plain(units, currency);
    }
    for (std::size_t i = 0; i < Suffixes.size(); ++i) {
        const Int128 tenths = divideRounded(
            units, major * powerOfTen(3 * static_cast<int>(i) + 2), Rounding::HalfUp);
        if (magnitude(tenths) < 10'000 || i + 1 == Suffixes.size())
            return fixed(tenths, 1) + QChar{Suffixes[i]};
    }
    return plain(units, currency);
}

QString MoneyText::compactWithCode(Int128 units, Currency currency) const
{
    return QString::fromLatin1(currency.code()) + QChar{u'\u00A0'} + compact(units, currency);
}

QString MoneyText::exact(Int128 units, Currency currency) const
{
    return decimal({units, currency.scale()});
}

QString MoneyText::count(std::uint64_t number) const
{
    return grouped(QString::number(number));
}

QString MoneyText::decimal(const Decimal& value) const
{
    const QString text = QString::fromStdString(
        toString(value.isNegative() ? Decimal{-value.mantissa, value.scale} : value));
    const qsizetype point = text.indexOf(u'.');
    QString out = grouped(text.left(point < 0 ? text.size() : point));
    if (point >= 0)
        out += m_signs.decimal + text.mid(point + 1);
    return value.isNegative() ? m_signs.minus + out : out;
}

QString MoneyText::percent(Int128 part, Int128 whole) const
{
    if (whole == 0)
        return QStringLiteral("\u2014");
    const Int128 tenths = divideRounded(part * 1000, whole, Rounding::HalfUp);
    const bool fine = magnitude(tenths) < 100 && tenths != 0;
    return fixed(fine ? tenths : divideRounded(part * 100, whole, Rounding::HalfUp), fine ? 1 : 0)
        + QStringLiteral("\u00A0%");
}

QString MoneyText::change(Int128 now, Int128 before) const
{
    if (before <= 0)
        return QStringLiteral("\u2014");
    const Int128 percent = divideRounded((now - before) * 100, before, Rounding::HalfUp);
    if (magnitude(percent) > 999)
        return QStringLiteral("n/m");
    const QString sign = percent > 0 ? QStringLiteral("+")
        : percent == 0               ? QStringLiteral("\u00B1")
                                     : QString{};
    return sign + fixed(percent, 0) + QStringLiteral("\u00A0%");
}

std::optional<Decimal> MoneyText::parse(const QString& text) const
{
    QString digits = text.trimmed();
    bool negative = false;
    const auto takeSign = [&negative, &digits](bool found, qsizetype at) {
        if (found) {
            negative = !negative;
            digits.remove(at, 1);
        }
    };
    const auto isMinus = [](QChar c) { return c == u'-' || c == u'\u2212'; };
    if (digits.startsWith(u'(') && digits.endsWith(u')')) {
        digits = digits.mid(1, digits.size() - 2);
        negative = true;
    } else if (!digits.isEmpty() && isMinus(digits.front())) {
        takeSign(true, 0);
    } else {
        takeSign(!digits.isEmpty() && isMinus(digits.back()), digits.size() - 1);
    }
    digits.remove(m_signs.group);
    digits.removeIf(isGroupSign);
    digits.replace(m_signs.decimal, QStringLiteral("."));
    Decimal value;
    const QByteArray ascii = digits.toLatin1();
    if (digits.isEmpty() || !digits.front().isDigit() || digits.contains(u'e', Qt::CaseInsensitive)
        || !tryParseDecimal({ascii.data(), static_cast<std::size_t>(ascii.size())}, value))
        return std::nullopt;
    if (negative)
        value.mantissa = -value.mantissa;
    return value;
}

QString currencyText(Currency currency)
{
    return currency.isSet() ? QString::fromLatin1(currency.code())
                            : QCoreApplication::translate("MoneyText", "(no currency)");
}

std::optional<int> changeStep(Int128 now, Int128 before)
{
    if (before <= 0)
        return std::nullopt;
    // Bounds in percent between the steps; exact on integers: (now − before) × 100 against bound ×
    // before.
    static constexpr std::array<int, 6> Bounds{-25, -10, -3, 3, 10, 25};
    const Int128 scaled = (now - before) * 100;
    int step = 0;
    for (const int bound : Bounds)
        step += bound < 0 ? (scaled >= bound * before ? 1 : 0) : (scaled > bound * before ? 1 : 0);
    return step;
}

} // namespace sluice::ui
