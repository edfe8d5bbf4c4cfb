// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/MoneyText.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace sluice::ui {

namespace {

Int128 magnitude(Int128 value)
{
    return value < 0 ? -value : value;
}

QString grouped(const QString& digits, const NumberSigns& signs)
{
    if (digits.size() < 3 + signs.leastBeforeGroup)
        return digits;
    QString out;
    for (qsizetype i = 0; i < digits.size(); ++i) {
        const qsizetype left = digits.size() - i; // digits from here to the end
        const bool starts = signs.indian && left > 3 ? (left - 3) % 2 == 0 : left % 3 == 0;
        if (i > 0 && starts)
            out += signs.group;
        out += digits[i];
    }
    return out;
}

QString withSign(bool negative, const QString& text, const NumberSigns& signs)
{
    if (!negative)
        return text;
    if (signs.negative == NegativeStyle::Parentheses)
        return u'(' + text + u')';
    return signs.minus + text;
}

// Without its sign: the least number has no positive one.
QString fixedMagnitude(Int128 mantissa, int digits, const NumberSigns& signs)
{
    QString all = QString::fromStdString(toString(mantissa));
    if (mantissa < 0)
        all.remove(0, 1);
    all = all.rightJustified(digits + 1, u'0');
    const QString whole = grouped(all.chopped(digits), signs);
    return digits > 0 ? whole + signs.decimal + all.right(digits) : whole;
}

QString fixed(Int128 mantissa, int digits, const NumberSigns& signs)
{
    return withSign(mantissa < 0, fixedMagnitude(mantissa, digits, signs), signs);
}

// Of percentages, which are never put in parentheses.
QString fixedWithMinus(Int128 mantissa, int digits, const NumberSigns& signs)
{
    return (mantissa < 0 ? signs.minus : QString{}) + fixedMagnitude(mantissa, digits, signs);
}

QString plainText(Int128 units, Currency currency, const NumberSigns& signs)
{
    const int digits = currency.minorDigits();
    const Int128 rounded
        = divideRounded(units, powerOfTen(currency.scale() - digits), Rounding::HalfUp);
    if (rounded != 0 || units == 0)
        return fixed(rounded, digits, signs);
    return units < 0 ? QStringLiteral(">") + fixed(-1, digits, signs)
                     : QStringLiteral("<") + fixed(1, digits, signs);
}

// "k" and its sisters, as the language writes them.
QString shortened(std::size_t thousands, const QString& number)
{
    static constexpr std::array Texts{QT_TRANSLATE_NOOP("MoneyText", "%1k"),
        QT_TRANSLATE_NOOP("MoneyText", "%1M"), QT_TRANSLATE_NOOP("MoneyText", "%1B"),
        QT_TRANSLATE_NOOP("MoneyText", "%1T")};
    return QCoreApplication::translate("MoneyText", Texts[thousands]).arg(number);
}

QString compactText(Int128 units, Currency currency, const NumberSigns& signs)
{
    constexpr std::size_t Steps = 4;
    const Int128 major = powerOfTen(currency.scale());
    const Int128 whole = divideRounded(units, major, Rounding::HalfUp);
    if (magnitude(whole) < 1000) {
        const bool withoutCents = units == 0 || magnitude(whole) >= 100;
        return withoutCents ? fixed(whole, 0, signs) : plainText(units, currency, signs);
    }
    for (std::size_t i = 0; i < Steps; ++i) {
        const Int128 tenths = divideRounded(
            units, major * powerOfTen(3 * static_cast<int>(i) + 2), Rounding::HalfUp);
        if (magnitude(tenths) < 10'000 || i + 1 == Steps)
            return withSign(units < 0, shortened(i, fixedMagnitude(tenths, 1, signs)), signs);
    }
    return plainText(units, currency, signs);
}

QString codeOf(Currency currency)
{
    return QString::fromLatin1(currency.code()) + QChar{u'\u00A0'};
}

// Both made smaller until a thousand times the part has room.
void shrink(Int128& part, Int128& whole)
{
    constexpr Int128 Room = Int128Max / 1000;
    while (part > Room || part < -Room) {
        part = divideRounded(part, 10, Rounding::HalfUp);
        whole = divideRounded(whole, 10, Rounding::HalfUp);
    }
}

bool isMinus(QChar character)
{
    return character == u'-' || character == u'\u2212';
}

// Takes the sign off; nothing where there are two of them.
bool takeSign(QString& digits)
{
    if (digits.size() > 2 && digits.startsWith(u'(') && digits.endsWith(u')')) {
        digits = digits.mid(1, digits.size() - 2);
        return true;
    }
    const bool before = !digits.isEmpty() && isMinus(digits.front());
    const bool after = !digits.isEmpty() && isMinus(digits.back());
    if (before)
        digits.remove(0, 1);
    else if (after)
        digits.chop(1);
    return before || after;
}

// The digits before the decimal sign without their group signs; nothing where a group is not whole.
std::optional<QString> ungrouped(const QString& whole, const NumberSigns& signs)
{
    // Blanks that locales put between groups, and the apostrophes of Switzerland.
    const auto isGroupSign = [&signs](QChar c) {
        return signs.group == c || c.isSpace() || c == u'\u202F' || c == u'\u2019' || c == u'\'';
    };
    QString digits;
    std::vector<qsizetype> groups{0}; // digits in each
    for (const QChar c : whole) {
        if (isGroupSign(c)) {
            groups.push_back(0);
        } else {
            if (c < u'0' || c > u'9')
                return std::nullopt;
            digits += c;
            ++groups.back();
        }
    }
    if (groups.size() == 1)
        return digits;
    const bool threes = groups.front() >= 1 && groups.front() <= 3
        && std::all_of(groups.begin() + 1, groups.end(), [](qsizetype n) { return n == 3; });
    const bool twos = signs.indian && groups.front() >= 1 && groups.front() <= 2
        && groups.back() == 3
        && std::all_of(groups.begin() + 1, groups.end() - 1, [](qsizetype n) { return n == 2; });
    return threes || twos ? std::optional{digits} : std::nullopt;
}

// "USD" and the blank behind it.
void takeCode(QString& text)
{
    const auto isCapital = [](QChar c) { return c >= u'A' && c <= u'Z'; };
    if (text.size() > 4 && text[3].isSpace()
        && std::all_of(text.cbegin(), text.cbegin() + 3, isCapital))
        text.remove(0, 4);
}

std::optional<Decimal> parseNumber(QString text, const NumberSigns& signs)
{
    const bool negative = takeSign(text);
    const qsizetype point = text.indexOf(signs.decimal);
    const auto whole = ungrouped(point < 0 ? text : text.left(point), signs);
    const QString fraction = point < 0 ? QString{} : text.mid(point + signs.decimal.size());
    const bool digitsOnly = std::all_of(
        fraction.cbegin(), fraction.cend(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (!whole || whole->isEmpty() || !digitsOnly || (point >= 0 && fraction.isEmpty()))
        return std::nullopt;
    const std::string ascii = (negative ? "-" : "") + whole->toStdString()
        + (point < 0 ? "" : "." + fraction.toStdString());
    Decimal value;
    return tryParseDecimal(ascii, value) ? std::optional{value} : std::nullopt;
}

} // namespace

QString MoneyText::plain(Int128 units, Currency currency) const
{
    return plainText(units, currency, *m_shared->load());
}

QString MoneyText::withCode(Int128 units, Currency currency) const
{
    return codeOf(currency) + plain(units, currency);
}

QString MoneyText::compact(Int128 units, Currency currency) const
{
    return compactText(units, currency, *m_shared->load());
}

QString MoneyText::compactWithCode(Int128 units, Currency currency) const
{
    return codeOf(currency) + compact(units, currency);
}

QString MoneyText::exact(Int128 units, Currency currency) const
{
    return decimal({units, currency.scale()});
}

QString MoneyText::count(std::uint64_t number) const
{
    return grouped(QString::number(number), *m_shared->load());
}

QString MoneyText::decimal(const Decimal& value) const
{
    const auto signs = m_shared->load();
    QString text = QString::fromStdString(toString(value));
    if (value.isNegative())
        text.remove(0, 1);
    const qsizetype point = text.indexOf(u'.');
    QString out = grouped(text.left(point < 0 ? text.size() : point), *signs);
    if (point >= 0)
        out += signs->decimal + text.mid(point + 1);
    return withSign(value.isNegative(), out, *signs);
}

QString MoneyText::percent(Int128 part, Int128 whole) const
{
    shrink(part, whole);
    if (whole == 0)
        return QStringLiteral("\u2014");
    const auto signs = m_shared->load();
    const Int128 tenths = divideRounded(part * 1000, whole, Rounding::HalfUp);
    const bool fine = magnitude(tenths) < 100 && tenths != 0;
    const Int128 shown = fine ? tenths : divideRounded(part * 100, whole, Rounding::HalfUp);
    return fixedWithMinus(shown, fine ? 1 : 0, *signs) + signs->percent;
}

QString MoneyText::change(Int128 now, Int128 before) const
{
    if (before <= 0)
        return QStringLiteral("\u2014");
    const auto signs = m_shared->load();
    const Int128 percent = divideRounded((now - before) * 100, before, Rounding::HalfUp);
    if (magnitude(percent) > 999)
        return QCoreApplication::translate("MoneyText", "n/m");
    const QString sign = percent > 0 ? QStringLiteral("+")
        : percent == 0               ? QStringLiteral("\u00B1")
                                     : QString{};
    return sign + fixedWithMinus(percent, 0, *signs) + signs->percent;
}

std::optional<Decimal> MoneyText::parse(const QString& text) const
{
    QString digits = text.trimmed();
    takeCode(digits);
    return parseNumber(digits, *m_shared->load());
}

std::optional<Decimal> MoneyText::parsePercent(const QString& text) const
{
    QString digits = text.trimmed();
    if (!digits.endsWith(u'%'))
        return std::nullopt;
    digits.chop(1);
    digits = digits.trimmed(); // U+202F too
    if (digits.startsWith(u'+') || digits.startsWith(u'\u00B1'))
        digits.remove(0, 1);
    return parseNumber(digits, *m_shared->load());
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
