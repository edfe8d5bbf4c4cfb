// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/RuleCheck.h"
#include "tests/support/Seed.h"

#include <QTest>

using namespace sluice;

class TestRuleCheck : public QObject {
    Q_OBJECT

private slots:
    void names();
    void strings();
    void numbers();
    void units();
    void currencies();
    void keyValues();
    void json();
    void products_data();
    void products();
    void productsAgreeWithPlainArithmetic();
};

void TestRuleCheck::names()
{
    int known = 0;
    for (int i = 0; i < 64; ++i) {
        const auto function = static_cast<CheckFunction>(i);
        const std::string_view name = checkFunctionName(function);
        if (name.empty())
            continue;
        ++known;
        QCOMPARE(parseCheckFunction(name), std::optional{function});
    }
    QCOMPARE(known, 30); // 22 of the published model and 8 of ours
    QVERIFY(!parseCheckFunction("and"));
    QVERIFY(!parseCheckFunction(""));
}

void TestRuleCheck::strings()
{
    for (const char* good : {"", "plain", "Zürich", "two\nlines", "日本"})
        QVERIFY2(isWellFormedString(good), good);
    QVERIFY(!isWellFormedString(std::string_view{"a\0b", 3}));
    QVERIFY(!isWellFormedString("\x1b[31m"));
    QVERIFY(!isWellFormedString("\xff\xfe"));
}

void TestRuleCheck::numbers()
{
    for (const char* good : {"0", "-0", "1.5", "1e-7", "35.2E7", "-12"})
        QVERIFY2(isNumericFormat(good), good);
    for (const char* bad : {"", "+1", "1e+7", "1,234.56", "1.234,56", "$1", "NaN", "1/2", "10%",
             "1 000", "Infinity", "0x10"})
        QVERIFY2(!isNumericFormat(bad), bad);
}

void TestRuleCheck::units()
{
    for (const char* good : {"GB", "GB-Hours", "1000 Tokens", "Requests/Day", "1 GB/Month",
             "10K Requests", "vCPU-Hour/Day", "%", "Größe"})
        QVERIFY2(isUnitFormat(good), good);
    for (const char* bad :
        {"", " GB", "GB ", "GB--Hours", "/Day", "Requests/", "1000", "GB,Hours", "a  b", "-"})
        QVERIFY2(!isUnitFormat(bad), bad);
}

void TestRuleCheck::currencies()
{
    for (const char* good : {"USD", "EUR", "credits", "tokens", "AI Credits"})
        QVERIFY2(isCurrencyFormat(good), good);
    for (const char* bad : {"", "US$", "ZZZ", "12", "\xff"})
        QVERIFY2(!isCurrencyFormat(bad), bad);
}

void TestRuleCheck::keyValues()
{
    for (const char* good : {"{}", R"({"a":1,"b":"x","c":true,"d":null})", R"({"a":1})"})
        QVERIFY2(isKeyValueFormat(good), good);
    for (const char* bad : {"", "x", "[]", R"({"a":{}})", R"({"a":[1]})", R"({"a":1,"a":2})",
             R"({"a":1)", R"({a:1})", R"({"a":1} x)", "null"})
        QVERIFY2(!isKeyValueFormat(bad), bad);
}

void TestRuleCheck::json()
{
    QVERIFY(isJsonFormat(R"({"Elements":[{"AllocatedRatio":0.5}]})"));
    QVERIFY(isJsonFormat("[]"));
    for (const char* bad : {"", "1", "text", "{", "[1,]"})
        QVERIFY2(!isJsonFormat(bad), bad);
}

void TestRuleCheck::products_data()
{
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<QString>("result");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char* name, const char* a, const char* b, const char* c, bool ok) {
        QTest::newRow(name) << a << b << c << ok;
    };
    row("exact", "0.5", "3", "1.5", true);
    row("rounded in the last place", "0.333", "0.1", "0.03", true);
    row("half a unit", "0.5", "0.05", "0.03", true);
    row("more than half a unit", "0.5", "0.0501", "0.02", false);
    row("a millionth", "1", "1000000", "1000001", true);
    row("more than a millionth", "1", "1000000", "1000002", false);
    row("small costs are held to the unit", "0.0000004", "2.000000000000000", "0.00000080000",
        true);
    row("small and wrong", "0.0000004", "2", "0.00000090000", false);
    row("negative", "-3", "2", "-6", true);
    row("sign differs", "3", "2", "-6", false);
    row("zero", "0", "123456", "0.00", true);
    row("long digits", "1234567890123456789.123456789", "1234567890123456789.123456789",
        "1524157875323883675323883573784484098.5", true);
    row("beyond what can be held", "170141183460469231731687303715884105727", "10", "1", false);
    row("scales far apart", "0.000000000000000000000000000000000001", "1",
        "1000000000000000000000000", false);
}

void TestRuleCheck::products()
{
    QFETCH(QString, a);
    QFETCH(QString, b);
    QFETCH(QString, result);
    QFETCH(bool, matches);
    Decimal left;
    Decimal right;
    Decimal product;
    QVERIFY(tryParseDecimal(a.toStdString(), left));
    QVERIFY(tryParseDecimal(b.toStdString(), right));
    QVERIFY(tryParseDecimal(result.toStdString(), product));
    QCOMPARE(productMatches(left, right, product), matches);
    QCOMPARE(productMatches(right, left, product), matches);
}

// Small numbers, so that all fits 128 bits at one scale and the definition can be written down as
// it is.
void TestRuleCheck::productsAgreeWithPlainArithmetic()
{
    SeededRandom random{test::seed(20261122)};
    int matched = 0;
    for (int round = 0; round < test::rounds(200'000); ++round) {
        const Decimal a{random.between(-100'000, 100'000), static_cast<int>(random.below(7))};
        const Decimal b{random.between(-100'000, 100'000), static_cast<int>(random.below(7))};
        const int scale = static_cast<int>(random.below(9));
        Int128 rounded = 0;
        QVERIFY(rescale(
            {a.mantissa * b.mantissa, a.scale + b.scale}, scale, Rounding::HalfUp, rounded));
        const Decimal result{
            rounded + random.between(-3, 3) + rounded * random.between(-3, 3) / 1'000'000, scale};
        constexpr int Common = 20;
        const Int128 product = a.mantissa * b.mantissa * powerOfTen(Common - a.scale - b.scale);
        const Int128 written = result.mantissa * powerOfTen(Common - result.scale);
        const Int128 difference = product < written ? written - product : product - written;
        const Int128 size = written < 0 ? -written : written;
        const bool expected
            = 2 * difference <= powerOfTen(Common - scale) || difference * 1'000'000 <= size;
        matched += expected ? 1 : 0;
        QCOMPARE(productMatches(a, b, result), expected);
    }
    QVERIFY(matched > 0);
}

QTEST_GUILESS_MAIN(TestRuleCheck)
#include "tst_RuleCheck.moc"
