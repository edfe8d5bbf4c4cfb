// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Currency.h"
#include "core/base/Resource.h"
#include "tests/support/Qt.h"

using namespace sluice;

class TestCurrency : public QObject {
    Q_OBJECT

private slots:
    void readsCodes();
    void scaleBelongsToTheCurrency();
    void knowsIso4217();
};

void TestCurrency::readsCodes()
{
    const auto euro = Currency::parse("EUR");
    QVERIFY_OK(euro);
    QCOMPARE(euro->code(), std::string_view{"EUR"});
    QCOMPARE(*euro, Currency::literal("EUR"));
    QVERIFY(!Currency{}.isSet());
    for (const char* text : {"", "EU", "EURO", "eur", "EU1", "E R", "credits", "€€€"})
        QCOMPARE(Currency::parse(text).error().code, ErrorCode::BadInput);
}

void TestCurrency::scaleBelongsToTheCurrency()
{
    QCOMPARE(Currency::literal("USD").scale(), 9);
    QCOMPARE(Currency::literal("ZZZ").scale(), 9);
    QCOMPARE(Currency{}.scale(), 9);
    for (const char* code : {"IDR", "VND", "KRW", "JPY", "CLP", "COP", "HUF", "IRR", "LBP"})
        QCOMPARE(Currency::parse(code)->scale(), 6);
}

void TestCurrency::knowsIso4217()
{
    const auto lowValue = resourceLines("focus/low_value_currencies.txt");
    QVERIFY(!lowValue.empty());
    for (const std::string_view code : lowValue)
        QVERIFY2(isIso4217(code), std::string{code}.c_str());
    for (const char* code : {"USD", "EUR", "CHF", "JPY"})
        QVERIFY(isIso4217(code));
    for (const char* code : {"ZZZ", "usd", "US", "", "USDT"})
        QVERIFY(!isIso4217(code));
}

QTEST_GUILESS_MAIN(TestCurrency)
#include "tst_Currency.moc"
