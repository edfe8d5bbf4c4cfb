// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Table.h"

#include <QTest>

using namespace sluice;

namespace {

constexpr Currency Usd = Currency::literal("USD");

Table sample()
{
    Table table{
        {{"unit", "unit"}, {"amount", "billed cost"}, {"charges", "charges"}, {"note", ""}}};
    table.addRow({Cell::text("Forschung & Entwicklung"),
        Cell::amount(Int128{1'234'567'890'000'000}, Usd), Cell::count(1200), Cell::none()});
    table.addRow({Cell::text("Müll"), Cell::amount(Int128{-5'000'000}, Usd), Cell::count(1),
        Cell::text("=1+1")});
    table.addTotal({Cell::text("total"), Cell::amount(Int128{1'234'567'885'000'000}, Usd),
        Cell::count(1201), Cell::none()});
    return table;
}

} // namespace

class tst_Table : public QObject {
    Q_OBJECT

private slots:
    void people();
    void json();
    void csv();
    void formulas_data();
    void formulas();
    void amounts_data();
    void amounts();
    void nothingDrivesTheTerminal();
};

void tst_Table::people()
{
    QCOMPARE(QString::fromStdString(sample().text()),
        QStringLiteral("unit                      billed cost  charges\n"
                       "───────────────────────  ────────────  ───────\n"
                       "Forschung & Entwicklung  1,234,567.89    1,200\n"
                       "Müll                            -0.01        1\n"
                       "───────────────────────  ────────────  ───────\n"
                       "total                    1,234,567.89    1,201\n"));
}

void tst_Table::json()
{
    JsonWriter json;
    sample().writeJsonRows(json);
    QCOMPARE(json.take(),
        std::string{
            R"([{"unit":"Forschung & Entwicklung","amount":"1234567.89","charges":1200,"note":null},)"
            R"({"unit":"Müll","amount":"-0.005","charges":1,"note":"=1+1"}])"});
    JsonWriter list;
    Cell::list({"Finance", "Admin"}).writeJson(list);
    QCOMPARE(list.take(), std::string{R"(["Finance","Admin"])"});
}

// Totals are no rows: a program that adds up a column would count them twice.
void tst_Table::csv()
{
    QCOMPARE(sample().csv(),
        std::string{
            "unit,amount,charges,note\r\nForschung & Entwicklung,1234567.89,1200,\r\nMüll,-0.005,1,\"'=1+1\"\r\n"});
    Table quoted{{{"a", "a"}, {"b", "b"}}};
    quoted.addRow({Cell::text("say \"hi\", then go"), Cell::text("two\nlines")});
    QCOMPARE(quoted.csv(), std::string{"a,b\r\n\"say \"\"hi\"\", then go\",\"two\nlines\"\r\n"});
}

void tst_Table::formulas_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("guarded");
    for (const char* start :
        {"=1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1"})
        QTest::newRow(start) << QByteArray{start} << true;
    for (const char* start : {"", "1", "a=1", " =1", "'=1", "b-0123"})
        QTest::addRow("plain %s", start) << QByteArray{start} << false;
}

void tst_Table::formulas()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, guarded);
    const std::string field = Cell::text(text.toStdString()).csv();
    QCOMPARE(field.rfind("\"'", 0) == 0, guarded);
    QVERIFY(field.find(text.toStdString()) != std::string::npos);
    QCOMPARE(Cell::decimal("-5").csv(), std::string{"-5"}); // a number stays a number
}

void tst_Table::amounts_data()
{
    QTest::addColumn<qlonglong>("units");
    QTest::addColumn<QString>("currency");
    QTest::addColumn<QString>("shown");
    QTest::newRow("zero") << 0LL << QStringLiteral("USD") << QStringLiteral("0.00");
    QTest::newRow("half a cent goes up")
        << 5'000'000LL << QStringLiteral("USD") << QStringLiteral("0.01");
    QTest::newRow("too small to show") << 1LL << QStringLiteral("USD") << QStringLiteral("<0.01");
    QTest::newRow("too small, negative")
        << -1LL << QStringLiteral("USD") << QStringLiteral(">-0.01");
    QTest::newRow("negative") << -1'234'560'000'000LL << QStringLiteral("EUR")
                              << QStringLiteral("-1,234.56");
    QTest::newRow("yen") << 1'234'567'500'000LL << QStringLiteral("JPY")
                         << QStringLiteral("1,234,568");
    QTest::newRow("dinar") << 1'500'000LL << QStringLiteral("KWD") << QStringLiteral("0.002");
}

void tst_Table::amounts()
{
    QFETCH(qlonglong, units);
    QFETCH(QString, currency);
    QFETCH(QString, shown);
    QCOMPARE(
        QString::fromStdString(shownAmount(units, Currency::parse(currency.toStdString()).value())),
        shown);
}

void tst_Table::nothingDrivesTheTerminal()
{
    QCOMPARE(printable("a\x1b[31mb\n\x7f"), std::string{"a␛[31mb␊␡"});
    QCOMPARE(printable("\xC2\x9B"
                       "31m ü"),
        std::string{"\xEF\xBF\xBD"
                    "31m ü"});
    QCOMPARE(printable("caf\xE9"), std::string{"caf\xEF\xBF\xBD"});
    QCOMPARE(printable("\xC2"), std::string{"\xEF\xBF\xBD"});
}

QTEST_GUILESS_MAIN(tst_Table)
#include "tst_Table.moc"
