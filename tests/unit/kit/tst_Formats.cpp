// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Random.h"
#include "tests/support/Seed.h"
#include "ui/kit/DateText.h"
#include "ui/kit/Fonts.h"
#include "ui/kit/MoneyText.h"

#include <QFontDatabase>
#include <QGuiApplication>
#include <QTest>

using namespace sluice;
using namespace sluice::ui;

namespace {

constexpr std::array Currencies{
    Currency::literal("JPY"), Currency::literal("USD"), Currency::literal("KWD")};

MoneyText moneyOf(const char* name, NegativeStyle negative = NegativeStyle::Minus)
{
    NumberSigns signs = NumberSigns::of(QLocale{QLatin1StringView{name}}, QGuiApplication::font());
    signs.minus = QStringLiteral("\u2212");
    signs.negative = negative;
    return MoneyText{std::move(signs)};
}

// Any of 128 bits, as often small as large.
Int128 randomUnits(SeededRandom& random)
{
    const UInt128 bits = (static_cast<UInt128>(random.next()) << 64) | random.next();
    return static_cast<Int128>(bits) >> random.below(127);
}

bool same(const std::optional<Decimal>& read, const Decimal& wanted)
{
    return read.has_value() && compare(*read, wanted) == 0;
}

} // namespace

// How amounts, percentages and dates are written in the twelve locales, and read back.
class TestFormats : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression{QStringLiteral(".")}); }

    void signs_data()
    {
        QTest::addColumn<QString>("large"); // −1,234,567.5
        QTest::addColumn<QString>("thousand"); // 1,234
        QTest::addColumn<QString>("percent"); // −4 in 100
        QTest::addColumn<QString>("day");
        QTest::addColumn<QString>("range");
        const auto row = [](const char* name, const char16_t* large, const char16_t* thousand,
                             const char16_t* percent, const char16_t* day, const char16_t* range) {
            QTest::newRow(name) << QString::fromUtf16(large) << QString::fromUtf16(thousand)
                                << QString::fromUtf16(percent) << QString::fromUtf16(day)
                                << QString::fromUtf16(range);
        };
        row("en_US", u"−1,234,567.50", u"1,234", u"−4%", u"7 May 2026", u"1 May – 30 Jun 2026");
        row("en_GB", u"−1,234,567.50", u"1,234", u"−4%", u"7 May 2026", u"1 May – 30 Jun 2026");
        row("en_IN", u"−12,34,567.50", u"1,234", u"−4%", u"7 May 2026", u"1 May – 30 Jun 2026");
        row("de_DE", u"−1.234.567,50", u"1.234", u"−4\u00A0%", u"7. Mai 2026",
            u"1. Mai – 30. Juni 2026");
        row("de_CH", u"−1\u2019234\u2019567.50", u"1\u2019234", u"−4%", u"7. Mai 2026",
            u"1. Mai – 30. Juni 2026");
        row("fr_FR", u"−1\u202F234\u202F567,50", u"1\u202F234", u"−4\u202F%", u"7 mai 2026",
            u"1 mai – 30 juin 2026");
        row("es_ES", u"−1.234.567,50", u"1234", u"−4\u00A0%", u"7 may 2026",
            u"1 may – 30 jun 2026");
        row("it_IT", u"−1.234.567,50", u"1.234", u"−4%", u"7 mag 2026", u"1 mag – 30 giu 2026");
        row("ja_JP", u"−1,234,567.50", u"1,234", u"−4%", u"2026年5月7日",
            u"2026年5月1日 – 6月30日");
        row("pt_BR", u"−1.234.567,50", u"1.234", u"−4%", u"7 de mai. 2026",
            u"1 de mai. – 30 de jun. 2026");
        row("pl_PL", u"−1\u00A0234\u00A0567,50", u"1234", u"−4%", u"7 maj 2026",
            u"1 maj – 30 cze 2026");
        row("sv_SE", u"−1\u00A0234\u00A0567,50", u"1\u00A0234", u"−4\u00A0%", u"7 maj 2026",
            u"1 maj – 30 juni 2026");
        QCOMPARE(numberLocales().size(), 12U);
    }
    void signs()
    {
        const MoneyText money = moneyOf(QTest::currentDataTag());
        constexpr Currency Usd = Currency::literal("USD");
        QTEST(money.plain(Int128{-1234567} * powerOfTen(9) - 5 * powerOfTen(8), Usd), "large");
        QTEST(money.count(1234), "thousand");
        QTEST(money.change(96, 100), "percent");
        QLocale::setDefault(QLocale{QLatin1StringView{QTest::currentDataTag()}});
        QTEST(dateText(*BusinessDate::parseIso("2026-05-07")), "day");
        QTEST(rangeText(
                  {*BusinessDate::parseIso("2026-05-01"), *BusinessDate::parseIso("2026-07-01")}),
            "range");
        QLocale::setDefault(QLocale::c());
    }

    // Each number that is printed is read back as that number: twelve locales, two ways of writing
    // what is negative, currencies of no, two and three decimals, amounts of all sizes.
    void whatIsPrintedIsReadBack_data()
    {
        QTest::addColumn<bool>("parentheses");
        for (const NumberLocale& line : numberLocales()) {
            QTest::addRow("%s minus", line.name) << false;
            QTest::addRow("%s parentheses", line.name) << true;
        }
    }
    void whatIsPrintedIsReadBack()
    {
        QFETCH(bool, parentheses);
        const MoneyText money = moneyOf(QByteArray{QTest::currentDataTag()}.left(5),
            parentheses ? NegativeStyle::Parentheses : NegativeStyle::Minus);
        SeededRandom random{test::seed(20261127)};
        for (int i = 0; i < 400; ++i) {
            const Currency currency = Currencies[random.below(Currencies.size())];
            const Int128 units = i == 0 ? Int128Min : i == 1 ? Int128Max : randomUnits(random);
            const QString exact = money.exact(units, currency);
            QVERIFY2(same(money.parse(exact), {units, currency.scale()}), qPrintable(exact));
            const int digits = currency.minorDigits();
            const Int128 rounded
                = divideRounded(units, powerOfTen(currency.scale() - digits), Rounding::HalfUp);
            for (const QString& text :
                {money.plain(units, currency), money.withCode(units, currency)}) {
                if (rounded != 0 || units == 0)
                    QVERIFY2(same(money.parse(text), {rounded, digits}), qPrintable(text));
                else
                    QVERIFY2(!money.parse(text).has_value(), qPrintable(text)); // "<0.01"
            }
            checkPercent(money, units, randomUnits(random));
        }
    }

    void whatPeopleWriteIsReadToo_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qlonglong>("hundredths"); // −1: refused
        const auto row = [](const char* name, const char16_t* text, qlonglong hundredths) {
            QTest::addRow("%s %s", name, qPrintable(QString::fromUtf16(text)))
                << QString::fromUtf16(text) << hundredths;
        };
        row("de_DE", u"1.234,5", 123450);
        row("de_DE", u"1234,5", 123450);
        row("de_DE", u"1 234,5-", -123450);
        row("de_DE", u"EUR 1.234,50", 123450);
        row("de_DE", u"1.5", -1); // fifteen? one and a half? neither
        row("de_DE", u"1.2345", -1);
        row("de_DE", u"12345.678,0", -1);
        row("de_CH", u"1'234.5", 123450);
        row("fr_FR", u"(1\u00A0234,50)", -123450);
        row("fr_FR", u"1234.5", -1);
        row("en_IN", u"12,34,567", 123456700);
        row("en_IN", u"1,234,567", 123456700);
        row("en_US", u"12,34,567", -1);
        row("en_US", u"1,234,567.", -1);
        row("en_US", u".5", -1);
        row("en_US", u"\u00A0", -1);
        row("en_US", u"(-5)", -1);
        row("en_US", u"-5-", -1);
        row("en_US", u"1e5", -1);
        row("en_US", u"\u0661\u0662", -1); // digits of another script
        row("en_US", u"5%", -1);
    }
    void whatPeopleWriteIsReadToo()
    {
        QFETCH(QString, text);
        QFETCH(qlonglong, hundredths);
        const auto read = moneyOf(QByteArray{QTest::currentDataTag()}.left(5)).parse(text);
        if (hundredths == -1)
            QVERIFY(!read.has_value());
        else
            QVERIFY(same(read, {hundredths, 2}));
    }

    void aCopyWritesAsTheOriginalDoes()
    {
        MoneyText money;
        const MoneyText copy = money;
        money.setSigns(NumberSigns::of(QLocale{QStringLiteral("de_DE")}, QGuiApplication::font()));
        QCOMPARE(copy.count(1'234'567), QStringLiteral("1.234.567"));
        const MoneyText another;
        QCOMPARE(another.count(1'234'567), QStringLiteral("1,234,567"));
    }

    void parenthesesAreForAmounts()
    {
        const MoneyText money = moneyOf("en_US", NegativeStyle::Parentheses);
        constexpr Currency Usd = Currency::literal("USD");
        const Int128 units = Int128{-4100} * powerOfTen(9);
        QCOMPARE(money.plain(units, Usd), QStringLiteral("(4,100.00)"));
        QCOMPARE(money.withCode(units, Usd), QStringLiteral("USD\u00A0(4,100.00)"));
        QCOMPARE(money.compact(units, Usd), QStringLiteral("(4.1k)"));
        QCOMPARE(money.percent(-34, 100), QStringLiteral("\u221234%"));
    }

    // Of a font whose figures are not equally wide another is taken for numbers.
    void figuresAreEquallyWide()
    {
        const auto proportional
            = [](char16_t digit) { return digit == u'1' ? qreal{5.0} : qreal{7.25}; };
        const auto tabular = [](char16_t) { return qreal{7.25}; };
        QVERIFY(!hasTabularFigures(proportional));
        QVERIFY(hasTabularFigures(tabular));
        QVERIFY(hasTabularFigures(tabularFont(QGuiApplication::font())));
        if (QFontDatabase::hasFamily(QStringLiteral("Open Sans"))) {
            const QFont chosen
                = tabularFont(QFont{QStringLiteral("Inter"), 11}, [](const QFont& font) {
                      return font.families().value(0) != QStringLiteral("Inter");
                  });
            QCOMPARE(chosen.families(), QStringList{QStringLiteral("Open Sans")});
            QCOMPARE(chosen.pointSize(), 11);
            QVERIFY(hasTabularFigures(chosen));
        }
        // nothing better there: the font stays
        const QFont stays
            = tabularFont(QFont{QStringLiteral("Inter"), 11}, [](const QFont&) { return false; });
        QCOMPARE(stays.families(), QStringList{QStringLiteral("Inter")});
    }

private:
    static void checkPercent(const MoneyText& money, Int128 part, Int128 whole)
    {
        const QString text = money.percent(part, whole);
        const auto read = money.parsePercent(text);
        if (text == QStringLiteral("\u2014")) {
            QVERIFY(!read.has_value());
            return;
        }
        QVERIFY2(read.has_value(), qPrintable(text));
        const MoneyText plain; // in the signs of no locale
        const auto wanted = plain.parsePercent(plain.percent(part, whole));
        QVERIFY2(wanted && compare(*read, *wanted) == 0, qPrintable(text));
        QVERIFY2(read->scale <= 1, qPrintable(text));
    }
};

QTEST_MAIN(TestFormats)
#include "tst_Formats.moc"
