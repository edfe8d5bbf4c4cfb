// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Money.h"
#include "core/base/Random.h"
#include "tests/support/Seed.h"
#include "ui/kit/MoneyText.h"

#include <QGuiApplication>
#include <QTest>

using namespace sluice;
using namespace sluice::ui;

namespace {

constexpr Currency Usd = Currency::literal("USD");

Int128 units(const char* text, Currency currency = Usd)
{
    const auto money = Money::parse(text, currency);
    SLUICE_CHECK(money.ok());
    return money->units();
}

} // namespace

class TestMoneyText : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression{QStringLiteral(".")}); }

    void plain_data()
    {
        QTest::addColumn<QString>("currency");
        QTest::addColumn<QString>("amount");
        QTest::addColumn<QString>("text");
        QTest::newRow("grouped") << "USD"
                                 << "1234567.895"
                                 << "1,234,567.90";
        QTest::newRow("zero") << "USD"
                              << "0"
                              << "0.00";
        QTest::newRow("micro") << "USD"
                               << "0.000001"
                               << "<0.01";
        QTest::newRow("micro credit") << "USD"
                                      << "-0.000001"
                                      << ">-0.01";
        QTest::newRow("half up") << "USD"
                                 << "0.005"
                                 << "0.01";
        QTest::newRow("negative") << "USD"
                                  << "-12.5"
                                  << "-12.50";
        QTest::newRow("no minor unit") << "JPY"
                                       << "71012.4"
                                       << "71,012";
        QTest::newRow("three digits") << "KWD"
                                      << "1.5"
                                      << "1.500";
        QTest::newRow("hundred") << "EUR"
                                 << "100"
                                 << "100.00";
    }
    void plain()
    {
        QFETCH(QString, currency);
        QFETCH(QString, amount);
        const Currency code = *Currency::parse(currency.toStdString());
        QTEST(MoneyText{}.plain(units(amount.toLatin1(), code), code), "text");
    }

    void compact_data()
    {
        QTest::addColumn<QString>("amount");
        QTest::addColumn<QString>("text");
        QTest::newRow("tile") << "71012.35"
                              << "71.0k";
        QTest::newRow("carry") << "999950"
                               << "1.0M";
        QTest::newRow("just below") << "999949.99"
                                    << "999.9k";
        QTest::newRow("small") << "12.345"
                               << "12.35";
        QTest::newRow("hundreds") << "712.9"
                                  << "713";
        QTest::newRow("to thousand") << "999.6"
                                     << "1.0k";
        QTest::newRow("billion") << "1500000000"
                                 << "1.5B";
        QTest::newRow("credit") << "-4100"
                                << "-4.1k";
    }
    void compact()
    {
        QFETCH(QString, amount);
        QTEST(MoneyText{}.compact(units(amount.toLatin1()), Usd), "text");
    }

    void sharesAndChanges()
    {
        const MoneyText text;
        QCOMPARE(text.percent(98, 100), QStringLiteral("98\u00A0%"));
        QCOMPARE(text.percent(34, 1000), QStringLiteral("3.4\u00A0%"));
        QCOMPARE(text.percent(1, 0), QStringLiteral("\u2014"));
        QCOMPARE(text.change(118, 100), QStringLiteral("+18\u00A0%"));
        QCOMPARE(text.change(96, 100), QStringLiteral("-4\u00A0%"));
        QCOMPARE(text.change(100, 100), QStringLiteral("\u00B10\u00A0%"));
        QCOMPARE(text.change(5000, 100), QStringLiteral("n/m"));
        QCOMPARE(text.change(5, 0), QStringLiteral("\u2014"));
        QCOMPARE(changeStep(100, 100), std::optional<int>{3});
        QCOMPARE(changeStep(103, 100), std::optional<int>{3});
        QCOMPARE(changeStep(104, 100), std::optional<int>{4});
        QCOMPARE(changeStep(97, 100), std::optional<int>{3});
        QCOMPARE(changeStep(96, 100), std::optional<int>{2});
        QCOMPARE(changeStep(126, 100), std::optional<int>{6});
        QCOMPARE(changeStep(74, 100), std::optional<int>{0});
        QVERIFY(!changeStep(74, 0).has_value());
    }

    void theMinusIsTheFontsOwn()
    {
        const NumberSigns signs = NumberSigns::of(QLocale::c(), QGuiApplication::font());
        QVERIFY(signs.minus == QStringLiteral("\u2212") || signs.minus == QStringLiteral("-"));
    }

    // What is printed is read back, in twelve locales, for amounts of any size.
    void roundTrip()
    {
        SeededRandom random{test::seed(20261122)};
        const char* const names[]{"en_US", "de_DE", "fr_FR", "ja_JP", "es_ES", "pt_BR", "nl_NL",
            "it_IT", "pl_PL", "zh_CN", "ko_KR", "de_CH"};
        for (const char* name : names) {
            const MoneyText text{
                NumberSigns::of(QLocale{QLatin1StringView{name}}, QGuiApplication::font())};
            for (int i = 0; i < 500; ++i) {
                const std::int64_t value
                    = static_cast<std::int64_t>(random.next()) >> random.below(60);
                const QString exact = text.exact(value, Usd);
                const auto back = text.parse(exact);
                QVERIFY2(back.has_value(), qPrintable(exact));
                QCOMPARE(compare(*back, Decimal{value, Usd.scale()}), 0);
                const Int128 cents = divideRounded(value, 10'000'000, Rounding::HalfUp);
                if (cents != 0) {
                    const QString plain = text.plain(value, Usd);
                    const auto rounded = text.parse(plain);
                    QVERIFY2(rounded.has_value(), qPrintable(plain));
                    QCOMPARE(compare(*rounded, Decimal{cents, 2}), 0);
                }
            }
        }
    }

    void readsWhatPeopleWrite()
    {
        const MoneyText text;
        const auto reads = [&text](const QString& input, const Decimal& wanted) {
            const auto value = text.parse(input);
            return value.has_value() && compare(*value, wanted) == 0;
        };
        QVERIFY(reads(QStringLiteral("(1,234.56)"), {-123456, 2}));
        QVERIFY(reads(QStringLiteral("1,234.56-"), {-123456, 2}));
        QVERIFY(reads(QStringLiteral("1\u202F234.5"), {12345, 1}));
        QVERIFY(reads(QStringLiteral("1\u2019234"), {1234, 0}));
        for (const char* bad : {"", "-", "abc", "1.2.3", "1e5", "--1", "()"})
            QVERIFY2(!text.parse(QString::fromLatin1(bad)).has_value(), bad);
    }
};

QTEST_MAIN(TestMoneyText)
#include "tst_MoneyText.moc"
