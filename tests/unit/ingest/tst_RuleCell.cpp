// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Timestamp.h"
#include "core/ingest/RuleCell.h"

#include <QTest>

using namespace sluice;

class TestRuleCell : public QObject {
    Q_OBJECT

private slots:
    void instants_data();
    void instants();
    void nulls();
    void onlyWhatIsNeeded();
};

void TestRuleCell::instants_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("iso"); // empty: no instant
    QTest::addColumn<bool>("strict");
    const auto row = [](const char* text, const char* iso, bool strict) {
        QTest::newRow(text) << text << iso << strict;
    };
    row("2024-09-01T00:00:00Z", "2024-09-01T00:00:00Z", true);
    row("2024-02-29T23:59:59Z", "2024-02-29T23:59:59Z", true);
    row("2024-09-01 00:00:00", "2024-09-01T00:00:00Z", false);
    row("2024-09-01", "2024-09-01T00:00:00Z", false);
    row("2024-09-01T00:00Z", "2024-09-01T00:00:00Z", false);
    row("2024-09-01T00:00:00.000Z", "2024-09-01T00:00:00Z", false);
    row("2024-09-01T02:00:00+02:00", "2024-09-01T00:00:00Z", false);
    row("2024-08-31T17:00:00-0700", "2024-09-01T00:00:00Z", false);
    row("2024-09-01 00:00:00 UTC", "2024-09-01T00:00:00Z", false);
    for (const char* bad : {"2024-02-30", "2024-13-01", "24-09-01", "2024-09-01T24:00:00Z",
             "2024-09-01T00:60:00Z", "2024-09-01T00:00:00X", "2024-09-01T00:00:00Zz", "2024-09-01T",
             "2024-09-01T00:00:00.Z", "2024-09-01T00:00:00+25:00", "soon", "45536"})
        row(bad, "", false);
}

void TestRuleCell::instants()
{
    QFETCH(QString, text);
    QFETCH(QString, iso);
    QFETCH(bool, strict);
    const QByteArray bytes = text.toUtf8();
    const RuleCell cell
        = readRuleCell({bytes.constData(), static_cast<std::size_t>(bytes.size())}, NeedInstant);
    QCOMPARE(cell.instantOk, !iso.isEmpty());
    QCOMPARE(cell.instantStrict, strict);
    if (cell.instantOk)
        QCOMPARE(QString::fromStdString(Timestamp::fromSeconds(cell.seconds).toIso()), iso);
}

void TestRuleCell::nulls()
{
    QVERIFY(readRuleCell("", NeedText).isNull);
    QVERIFY(readRuleCell("NULL", NeedDecimal).isNull);
    for (const char* text : {"null", " ", "0", "N/A", "NULL "})
        QVERIFY(!readRuleCell(text, NeedText).isNull);
}

void TestRuleCell::onlyWhatIsNeeded()
{
    QVERIFY(!readRuleCell("12", NeedText).decimalOk);
    const RuleCell cell = readRuleCell("-12.50", NeedText | NeedDecimal);
    QVERIFY(cell.decimalOk);
    QVERIFY(compare(cell.decimal, {-125, 1}) == 0);
    QVERIFY(!cell.instantOk);
    QVERIFY(!readRuleCell("1,234.56", NeedDecimal).decimalOk);
}

QTEST_GUILESS_MAIN(TestRuleCell)
#include "tst_RuleCell.moc"
