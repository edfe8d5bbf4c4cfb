// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/WideDecimal.h"
#include "tests/support/Seed.h"
#include "tests/unit/base/Oracle.h"

#include <QTest>

#include <array>
#include <bit>
#include <charconv>
#include <cmath>

using namespace sluice;
using namespace sluice::test;

namespace {

using Fit = WideDecimal::Fit;

struct Written {
    std::string text;
    Big units; // of 10^-MaxDecimals
};

// A number as a program may write it, with its value told digit by digit.
Written randomNumber(SeededRandom& random, std::uint64_t whole, std::uint64_t decimals)
{
    Written number;
    const bool negative = random.chance(1, 3);
    const int exponent = random.chance(1, 3) ? static_cast<int>(random.between(-20, 20)) : 0;
    for (std::uint64_t i = 0; i < whole + decimals; ++i) {
        if (i == whole)
            number.text += '.';
        const auto digit = random.chance(1, 4) ? 0 : random.below(10);
        number.text += static_cast<char>('0' + digit);
        number.units = number.units * 10 + digit;
    }
    number.units *= bigPower(WideDecimal::MaxDecimals - static_cast<int>(decimals) + exponent);
    if (exponent != 0)
        number.text += (random.chance(1, 2) ? "e" : "E") + std::to_string(exponent);
    if (negative) {
        number.text.insert(0, "-");
        number.units = -number.units;
    }
    return number;
}

Written anyNumber(SeededRandom& random)
{
    return randomNumber(random, random.below(40), 1 + random.below(900));
}

} // namespace

class TestWideDecimal : public QObject {
    Q_OBJECT

private slots:
    void readsText_data();
    void readsText();
    void readsEveryDoubleToItsLastDigit();
    void readsAndRoundsLikeTheOracle();
    void sumsAreExact();
};

void TestWideDecimal::readsText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("fit");
    QTest::addColumn<QByteArray>("exact");
    const auto row
        = [](const char* name, const std::string& text, Fit fit, const std::string& exact) {
              QTest::newRow(name) << QByteArray::fromStdString(text) << static_cast<int>(fit)
                                  << QByteArray::fromStdString(exact);
          };
    const std::string threes(45, '3');
    row("many decimals", "0." + threes, Fit::Held, "0." + threes);
    row("many digits", "-" + threes, Fit::Held, "-" + threes);
    row("no whole part", "." + threes, Fit::Held, "0." + threes);
    row("zeros around", "00" + threes + ".500", Fit::Held, threes + ".5");
    row("moved right", threes + "e-50", Fit::Held, "0.00000" + threes);
    row("moved left", "0." + threes + "e+50", Fit::Held, threes + "00000");
    row("a long exponent", "1e+0000000000000000000000002", Fit::Held, "100");
    row("zero", "0.000", Fit::Held, "0");
    row("minus zero", "-0", Fit::Held, "0");
    row("zero of any size", "0e999999999999999999999", Fit::Held, "0");
    row("the last decimal", "1e-1107", Fit::Held, "0." + std::string(1106, '0') + "1");
    row("one too many", "1e-1108", Fit::TooFine, "");
    row("zeros that do not matter", "10e-1108", Fit::Held, "0." + std::string(1106, '0') + "1");
    row("the first digit", "1e323", Fit::Held, "1" + std::string(323, '0'));
    row("too large", "1e324", Fit::TooLarge, "");
    row("an exponent bomb", "1e99999999999999999999", Fit::TooLarge, "");
    row("hardly anything", "-1e-99999999999999999999", Fit::TooFine, "");
    row("no number", "1.2.3", Fit::NoNumber, "");
    row("nothing", "", Fit::NoNumber, "");
    row("a plus", "+" + threes, Fit::NoNumber, "");
    row("no decimals behind the point", threes + ".", Fit::NoNumber, "");
}

void TestWideDecimal::readsText()
{
    QFETCH(QByteArray, text);
    QFETCH(int, fit);
    QFETCH(QByteArray, exact);
    WideDecimal value;
    QCOMPARE(static_cast<int>(WideDecimal::parse(text.toStdString(), value)), fit);
    if (fit == static_cast<int>(Fit::Held))
        QCOMPARE(QByteArray::fromStdString(value.toString()), exact);
}

// printf and Python's Decimal write a double with all the decimals it has.
void TestWideDecimal::readsEveryDoubleToItsLastDigit()
{
    SeededRandom random{seed(1)};
    for (int round = rounds(20'000); round > 0; --round) {
        const auto number = std::bit_cast<double>(random.next());
        if (!std::isfinite(number))
            continue;
        std::array<char, 1500> text{};
        const auto written = std::to_chars(
            text.data(), text.data() + text.size(), number, std::chars_format::fixed, 1074);
        QVERIFY(written.ec == std::errc{});
        WideDecimal value;
        QVERIFY(WideDecimal::parse(
                    {text.data(), static_cast<std::size_t>(written.ptr - text.data())}, value)
            == Fit::Held);
        const std::string exact = value.toString();
        double again = 0;
        std::from_chars(exact.data(), exact.data() + exact.size(), again);
        QVERIFY(again == number);
    }
}

void TestWideDecimal::readsAndRoundsLikeTheOracle()
{
    SeededRandom random{seed(2)};
    for (int round = rounds(20'000); round > 0; --round) {
        Written number = anyNumber(random);
        const int scale = static_cast<int>(random.below(12));
        if (random.chance(1, 4)) { // a tie
            const Big half = bigPower(WideDecimal::MaxDecimals - scale) / 2;
            number.units = (2 * Big{random.between(-9, 9)} + 1) * half;
            number.text = bigText(number.units, WideDecimal::MaxDecimals);
        }
        WideDecimal value;
        QVERIFY2(WideDecimal::parse(number.text, value) == Fit::Held, number.text.c_str());
        QCOMPARE(value.toString(), bigText(number.units, WideDecimal::MaxDecimals));
        const Big wanted = bigDivide(
            number.units, bigPower(WideDecimal::MaxDecimals - scale), Rounding::HalfEven);
        const auto rounded = value.rounded(scale);
        if (rounded)
            QVERIFY2(big(*rounded) == wanted, number.text.c_str());
        else
            QVERIFY2(abs(wanted) >= bigPower(37), number.text.c_str());
        const Decimal nearest = value.nearest();
        const Big difference
            = big(nearest.mantissa) * bigPower(WideDecimal::MaxDecimals - nearest.scale)
            - number.units;
        const bool isVast = abs(number.units) >= bigPower(WideDecimal::MaxDecimals + 37);
        QVERIFY2(isVast || abs(difference) * bigPower(34) <= abs(number.units)
                || abs(difference) <= bigPower(WideDecimal::MaxDecimals - Decimal::MaxScale),
            number.text.c_str());
    }
}

void TestWideDecimal::sumsAreExact()
{
    SeededRandom random{seed(3)};
    for (int round = rounds(2'000); round > 0; --round) {
        DecimalSum sum;
        DecimalSum other;
        Big wanted;
        for (auto left = random.below(40); left > 0; --left) {
            const Written number = randomNumber(random, random.below(60), 1 + random.below(400));
            Decimal small;
            WideDecimal wide;
            const bool fits = random.chance(1, 2) && tryParseDecimal(number.text, small);
            QVERIFY(fits || WideDecimal::parse(number.text, wide) == Fit::Held);
            DecimalSum& target = random.chance(1, 2) ? sum : other;
            if (fits)
                target.add(small);
            else
                target.add(wide);
            wanted += &target == &sum ? number.units : -number.units;
        }
        DecimalSum both = sum;
        both.subtract(other);
        QCOMPARE(both.toString(), bigText(wanted, WideDecimal::MaxDecimals));
        both.add(other);
        QCOMPARE(both.toString(), sum.toString());
        both.subtract(sum);
        QVERIFY(both.isZero());
    }
}

QTEST_GUILESS_MAIN(TestWideDecimal)
#include "tst_WideDecimal.moc"
