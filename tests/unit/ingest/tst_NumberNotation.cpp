// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Decimal.h"
#include "core/ingest/NumberNotation.h"
#include "tests/support/Qt.h"

using namespace sluice;

class tst_NumberNotation : public QObject {
    Q_OBJECT

private slots:
    void rewrites_data()
    {
        QTest::addColumn<QString>("notation"); // decimal point, thousands separator (or none)
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("plain"); // empty: no number
        const auto add = [](const char* notation, const char* text, const char* plain) {
            QTest::newRow(qPrintable(
                QStringLiteral("%1 %2").arg(QString::fromUtf8(notation), QString::fromUtf8(text))))
                << QString::fromUtf8(notation) << QString::fromUtf8(text)
                << QString::fromUtf8(plain);
        };
        for (const auto& [text, plain] :
            {std::pair{"1.234", "1234"}, {"1.234.567,89", "1234567.89"}, {"-1.234,5", "-1234.5"},
                {"1,5", "1.5"}, {"1234,5", "1234.5"}, {"999", "999"}, {"1.234,5e3", "1234.5e3"},
                {",5", ".5"}, {"\u20AC 1.234,50", "1234.50"}, {"1.234,50 \u20AC", "1234.50"},
                {"-$ 2,5", "-2.5"}, {"1\u00A0234,5", "1234.5"}, {"1.5", ""}, {".5", ""},
                {"1.2345", ""}, {"12.34.567,8", ""}, {"1.", ""}, {"1234.567,89", ""},
                {"1,234,5", ""}, {"1,5.000", ""}, {"1..234", ""}, {"1.234.56", ""}, {"1 2", ""},
                {"5$5", ""}, {"1.23e3", ""}, {"", ""}, {"-", ""}})
            add(",.", text, plain);
        for (const auto& [text, plain] : {std::pair{"1,234", "1234"}, {"1,234.5", "1234.5"},
                 {"1.2345", "1.2345"}, {"1,5", ""}, {"12,34,567.8", ""}, {"1,2345", ""}, {",5", ""},
                 {"1,,234", ""}, {"1,234,56", ""}, {"1.234,5", ""}, {"1.234,567", ""}})
            add(".,", text, plain);
        for (const auto& [text, plain] : {std::pair{"1 234.5", "1234.5"},
                 {"12 345 678", "12345678"}, {"1 2", ""}, {"1  234", ""}})
            add(". ", text, plain);
        for (const auto& [text, plain] : {std::pair{"1'234.5", "1234.5"}, {"1'2", ""}})
            add(".'", text, plain);
        for (const auto& [text, plain] :
            {std::pair{"1,5", "1.5"}, {"1 234,5", "1234.5"}, {"1.234,5", ""}, {"1.5", ""}})
            add(",", text, plain);
    }

    void rewrites()
    {
        QFETCH(QString, notation);
        QFETCH(QString, text);
        QFETCH(QString, plain);
        const NumberNotation known{
            notation[0].toLatin1(), notation.size() > 1 ? notation[1].toLatin1() : '\0'};
        std::string scratch;
        const std::string written{known.plain(text.toStdString(), scratch)};
        Decimal ignored;
        QCOMPARE(tryParseDecimal(written, ignored), !plain.isEmpty());
        if (!plain.isEmpty())
            QCOMPARE(QString::fromStdString(written), plain);
    }
};

QTEST_GUILESS_MAIN(tst_NumberNotation)
#include "tst_NumberNotation.moc"
