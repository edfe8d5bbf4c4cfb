// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Decimal.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/unit/base/Oracle.h"

#include <array>
#include <bit>
#include <charconv>

using namespace sluice;
using namespace sluice::test;

class TestDecimal : public QObject {
    Q_OBJECT

private slots:
    void readsText_data();
    void readsText();
    void refusesText_data();
    void refusesText();
    void readsEveryDouble();
    void printsWhatItReads();
    void readsWhatTheOracleReads();
    void dividesLikeTheOracle();
    void rescalesLikeTheOracle();
    void comparesLikeTheOracle();
    void sumIsExact();
    void sumOutgrowsItsWords();
};

void TestDecimal::readsText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("exact");
    const auto row = [](const char* text, const char* exact) {
        QTest::newRow(text) << QByteArray{text} << QByteArray{exact};
    };
    row("0", "0");
    row("-0", "0");
    row("-0.00", "0");
    row("12.50", "12.5");
    row(".5", "0.5");
    row("-.5", "-0.5");
    row("007", "7");
    row("1e-7", "0.0000001");
    row("1E+3", "1000");
    row("-1.50e2", "-150");
    row("2.5e-9", "0.0000000025");
    row("9.007199254740993", "9.007199254740993");
    row("0e999", "0");
    row("0.0000000000000000000000000000000000000000000000000000", "0");
    row("10e-37", "0.000000000000000000000000000000000001");
    row("4.0389678347315804e-28", "0.00000000000000000000000000040389678347315804");
    row("0.1111111111111111111111111111111111111", "0.1111111111111111111111111111111111111");
    row("1.0000000000000000000000000000000000000000", "1");
    row("170141183460469231731687303715884105727", "170141183460469231731687303715884105727");
    row("-170141183460469231731687303715884105728", "-170141183460469231731687303715884105728");
}

void TestDecimal::readsText()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, exact);
    const auto value = parseDecimal(text.toStdString());
    QVERIFY_OK(value);
    QCOMPARE(toString(*value).c_str(), exact.constData());
}

void TestDecimal::refusesText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("code");
    const auto row = [](const char* text, ErrorCode code) {
        QTest::newRow(text) << QByteArray{text} << static_cast<int>(code);
    };
    for (const char* text : {"", "-", "+1", "--1", "1-", "5.", "1.2.3", "1,234.56", "1.234,56",
             " 1", "1 ", "e5", "1e", "1e+", "1e1.5", "0x10", "NaN", "inf", "$5", "1'000", "½"})
        row(text, ErrorCode::BadInput);
    for (const char* text :
        {"170141183460469231731687303715884105728", "-170141183460469231731687303715884105729",
            "1e999", "1e-341", "1e99999", "0.333333333333333333333333333333333333333"})
        row(text, ErrorCode::Overflow);
}

void TestDecimal::refusesText()
{
    QFETCH(QByteArray, text);
    QFETCH(int, code);
    const auto value = parseDecimal(text.toStdString());
    QVERIFY(!value.ok());
    QCOMPARE(static_cast<int>(value.error().code), code);
    Decimal untouched;
    QVERIFY(!tryParseDecimal(text.toStdString(), untouched));
}

void TestDecimal::readsEveryDouble()
{
    SeededRandom random{seed(7)};
    for (int round = rounds(100'000); round > 0; --round) {
        // of the ledger's size at most, down to the smallest that there is
        const std::uint64_t bits = random.next() % std::bit_cast<std::uint64_t>(1e18);
        std::array<char, 32> text{};
        const auto end = std::to_chars(text.data(), text.data() + text.size(),
            std::bit_cast<double>(bits), std::chars_format::scientific, 16);
        const std::string_view written{
            text.data(), static_cast<std::size_t>(end.ptr - text.data())};
        const auto value = parseDecimal(written);
        QVERIFY2(value.ok(), std::string{written}.c_str());
        DecimalSum sum;
        sum.add(*value);
        double again = 0;
        const std::string exact = sum.toString();
        std::from_chars(exact.data(), exact.data() + exact.size(), again);
        QCOMPARE(std::bit_cast<std::uint64_t>(again), bits);
    }
}

void TestDecimal::printsWhatItReads()
{
    SeededRandom random{seed(1)};
    for (int round = rounds(200'000); round > 0; --round) {
        const Decimal value{
            anyInt128(random), static_cast<int>(random.below(Decimal::MaxScale + 1))};
        const std::string text = toString(value);
        QCOMPARE(text, bigText(big(value.mantissa), value.scale));
        const auto again = parseDecimal(text);
        QVERIFY_OK(again);
        QCOMPARE(compare(value, *again), 0);
        const auto fixed = parseDecimal(toStringFixed(value));
        QVERIFY_OK(fixed);
        QCOMPARE(compare(value, *fixed), 0);
    }
}

void TestDecimal::readsWhatTheOracleReads()
{
    SeededRandom random{seed(2)};
    for (int round = rounds(100'000); round > 0; --round) {
        const auto digits = 1 + random.below(30);
        std::string text = random.chance(1, 3) ? "-" : "";
        const bool negative = !text.empty();
        const auto pointAt = random.below(digits + 1);
        Big mantissa = 0;
        for (std::uint64_t i = 0; i < digits; ++i) {
            if (i == pointAt)
                text += '.';
            const auto digit = random.below(10);
            text += static_cast<char>('0' + digit);
            mantissa = mantissa * 10 + digit;
        }
        const int exponent = static_cast<int>(random.between(-6, 6));
        const int scale = static_cast<int>(digits - pointAt) - exponent;
        text += "e" + std::to_string(exponent);
        if (negative)
            mantissa = -mantissa;
        const auto value = parseDecimal(text);
        QVERIFY_OK(value);
        QCOMPARE(toString(*value),
            scale >= 0 ? bigText(mantissa, scale) : bigText(mantissa * bigPower(-scale), 0));
    }
}

void TestDecimal::dividesLikeTheOracle()
{
    SeededRandom random{seed(3)};
    for (int round = rounds(200'000); round > 0; --round) {
        const Int128 numerator
            = random.chance(1, 2) ? anyInt128(random) : Int128{random.between(-40, 40)};
        Int128 denominator
            = random.chance(1, 2) ? anyInt128(random) : Int128{random.between(-20, 20)};
        if (denominator == 0)
            denominator = 7;
        for (const Rounding rounding : AllRoundings)
            QVERIFY(big(divideRounded(numerator, denominator, rounding))
                == bigDivide(big(numerator), big(denominator), rounding));
    }
    QVERIFY(divideRounded(Int128Min, Int128Max, Rounding::HalfUp) == -1);
    QVERIFY(divideRounded(Int128Max, Int128Min, Rounding::Up) == -1);
}

void TestDecimal::rescalesLikeTheOracle()
{
    SeededRandom random{seed(4)};
    for (int round = rounds(100'000); round > 0; --round) {
        const Decimal value{
            anyInt128(random), static_cast<int>(random.below(Decimal::MaxScale + 1))};
        const int scale = static_cast<int>(random.below(Decimal::MaxScale + 1));
        for (const Rounding rounding : AllRoundings) {
            const Big wanted = scale >= value.scale
                ? Big{big(value.mantissa) * bigPower(scale - value.scale)}
                : bigDivide(big(value.mantissa), bigPower(value.scale - scale), rounding);
            const bool fits = wanted >= big(Int128Min) && wanted <= big(Int128Max);
            Int128 got = 0;
            QCOMPARE(rescale(value, scale, rounding, got), fits);
            QVERIFY(!fits || big(got) == wanted);
        }
    }
    for (const int digits : {0, 1, 38, 39, 72}) {
        for (const Int128 value : {Int128Min, Int128{-5}, Int128{0}, Int128{5}, Int128Max}) {
            for (const Rounding rounding : AllRoundings)
                QVERIFY(big(dropDigits(value, digits, rounding))
                    == bigDivide(big(value), bigPower(digits), rounding));
        }
    }
}

void TestDecimal::comparesLikeTheOracle()
{
    SeededRandom random{seed(5)};
    for (int round = rounds(200'000); round > 0; --round) {
        const Decimal a{anyInt128(random), static_cast<int>(random.below(Decimal::MaxScale + 1))};
        Decimal b{anyInt128(random), static_cast<int>(random.below(Decimal::MaxScale + 1))};
        if (random.chance(1, 4) && rescale(a, b.scale, Rounding::Down, b.mantissa))
            b.mantissa += random.between(-1, 1);
        const Big left = big(a.mantissa) * bigPower(Decimal::MaxScale - a.scale);
        const Big right = big(b.mantissa) * bigPower(Decimal::MaxScale - b.scale);
        QCOMPARE(compare(a, b), left < right ? -1 : (left > right ? 1 : 0));
        QCOMPARE(compare(b, a), -compare(a, b));
    }
}

void TestDecimal::sumIsExact()
{
    SeededRandom random{seed(6)};
    for (int round = rounds(2'000); round > 0; --round) {
        DecimalSum sum;
        DecimalSum other;
        Big wanted = 0;
        for (auto left = random.below(60); left > 0; --left) {
            const Decimal value{
                anyInt128(random), static_cast<int>(random.below(Decimal::MaxScale + 1))};
            const Big scaled = big(value.mantissa) * bigPower(Decimal::MaxScale - value.scale);
            switch (random.below(3)) {
            case 0:
                sum.add(value);
                wanted += scaled;
                break;
            case 1:
                sum.subtract(value);
                wanted -= scaled;
                break;
            default:
                other.add(value);
                wanted += 2 * scaled;
                sum.add(value);
            }
        }
        sum.add(other);
        QCOMPARE(sum.toString(), bigText(wanted, Decimal::MaxScale));
        QCOMPARE(sum.isZero(), wanted == 0);
        const DecimalSum same = sum;
        sum.subtract(same);
        QVERIFY(sum.isZero());
    }
}

// A file of absurd amounts must still have a true total.
void TestDecimal::sumOutgrowsItsWords()
{
    DecimalSum sum;
    Big wanted = 0;
    for (int i = 0; i < 1000; ++i) {
        sum.add(Decimal{Int128Max, 0});
        sum.subtract(Decimal{Int128Min, 3});
        wanted += big(Int128Max) * 1000 - big(Int128Min);
    }
    QCOMPARE(sum.toString(), bigText(wanted, 3));
    const DecimalSum half = sum;
    sum.add(half);
    QCOMPARE(sum.toString(), bigText(2 * wanted, 3));
    sum.subtract(half);
    sum.subtract(half);
    QVERIFY(sum.isZero());
}

QTEST_GUILESS_MAIN(TestDecimal)
#include "tst_Decimal.moc"
