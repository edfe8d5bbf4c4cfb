// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Period.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"

using namespace sluice;

namespace {

const BusinessDate First = *BusinessDate::parseIso("1960-01-01");
const BusinessDate End = *BusinessDate::parseIso("2101-01-01");
constexpr std::array<Grain, 5> AllGrains{
    Grain::Day, Grain::Week, Grain::Month, Grain::Quarter, Grain::Year};

} // namespace

class TestPeriod : public QObject {
    Q_OBJECT

private slots:
    void everyDayHasOneBucketThatItsLabelNames_data();
    void everyDayHasOneBucketThatItsLabelNames();
    void fiscalYearsEndInTheYearTheyAreNamedAfter();
    void labelsByExample();
    void readsPeriods_data();
    void readsPeriods();
    void refusesPeriods_data();
    void refusesPeriods();
    void grainsHaveNames();
};

void TestPeriod::everyDayHasOneBucketThatItsLabelNames_data()
{
    QTest::addColumn<int>("startMonth");
    for (int month = 1; month <= 12; ++month)
        QTest::addRow("year starts in month %d", month) << month;
}

void TestPeriod::everyDayHasOneBucketThatItsLabelNames()
{
    QFETCH(int, startMonth);
    const FiscalCalendar calendar{startMonth};
    for (const Grain grain : AllGrains) {
        Period bucket{First, First};
        std::string label;
        for (BusinessDate day = First; day < End; day = day.plusDays(1)) {
            const Period now = bucketOf(day, grain, calendar);
            QVERIFY2(now.contains(day), day.toIso().c_str());
            if (now == bucket)
                continue; // the label was read back on the bucket's first day in the range
            // Buckets follow each other without gap or overlap, so each day is in exactly one.
            QVERIFY2(label.empty() || now.first == bucket.end, day.toIso().c_str());
            QVERIFY2(bucketLabel(day, grain, calendar) != label, day.toIso().c_str());
            bucket = now;
            label = bucketLabel(day, grain, calendar);
            const auto read = parsePeriod(label, calendar);
            QVERIFY_OK(read);
            QCOMPARE(*read, bucket);
            QCOMPARE(bucketLabel(bucket.end.plusDays(-1), grain, calendar), label);
        }
    }
}

void TestPeriod::fiscalYearsEndInTheYearTheyAreNamedAfter()
{
    for (int startMonth = 1; startMonth <= 12; ++startMonth) {
        const FiscalCalendar calendar{startMonth};
        for (int year = 1960; year <= 2100; ++year) {
            const Period whole = calendar.year(year);
            QCOMPARE(static_cast<int>(whole.end.plusDays(-1).ymd().year()), year);
            QCOMPARE(
                static_cast<int>(static_cast<unsigned>(whole.first.ymd().month())), startMonth);
            QVERIFY(whole.days() == 365 || whole.days() == 366);
            QCOMPARE(calendar.fiscalYearOf(whole.first), year);
            QCOMPARE(calendar.fiscalYearOf(whole.end), year + 1);
            BusinessDate edge = whole.first;
            for (int quarter = 1; quarter <= 4; ++quarter) {
                QCOMPARE(calendar.quarter(year, quarter).first, edge);
                edge = calendar.quarter(year, quarter).end;
            }
            QCOMPARE(edge, whole.end);
        }
    }
}

void TestPeriod::labelsByExample()
{
    const auto day = *BusinessDate::parseIso("2026-09-14");
    QCOMPARE(bucketLabel(day, Grain::Week, {}), std::string{"2026-W38"});
    QCOMPARE(bucketLabel(day, Grain::Quarter, {}), std::string{"2026-Q3"});
    QCOMPARE(bucketLabel(day, Grain::Year, {}), std::string{"2026"});
    QCOMPARE(bucketLabel(day, Grain::Quarter, {7}), std::string{"FY27-Q1"});
    QCOMPARE(bucketLabel(day, Grain::Year, {7}), std::string{"FY27"});
    QCOMPARE(bucketLabel(*BusinessDate::parseIso("2027-01-01"), Grain::Week, {}),
        std::string{"2026-W53"});
    QCOMPARE(
        bucketLabel(*BusinessDate::parseIso("1999-09-14"), Grain::Year, {4}), std::string{"FY00"});
    QCOMPARE(bucketLabel(*BusinessDate::parseIso("1998-09-14"), Grain::Year, {4}),
        std::string{"FY1999"});
}

void TestPeriod::readsPeriods_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("end");
    const auto row = [](const char* text, const char* first, const char* end) {
        QTest::newRow(text) << QByteArray{text} << QByteArray{first} << QByteArray{end};
    };
    row("2026", "2026-01-01", "2027-01-01");
    row("2026-Q3", "2026-07-01", "2026-10-01");
    row("2026-09", "2026-09-01", "2026-10-01");
    row("2026-12", "2026-12-01", "2027-01-01");
    row("2026-09-14", "2026-09-14", "2026-09-15");
    row("2026-W53", "2026-12-28", "2027-01-04");
    row("2026-09-01..2026-09-11", "2026-09-01", "2026-09-11");
    row("FY26", "2025-07-01", "2026-07-01"); // the year starts in July here
    row("FY26-Q3", "2026-01-01", "2026-04-01");
    row("FY1999-Q1", "1998-07-01", "1998-10-01");
}

void TestPeriod::readsPeriods()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, first);
    QFETCH(QByteArray, end);
    const auto period = parsePeriod(text.toStdString(), {7});
    QVERIFY_OK(period);
    QCOMPARE(period->first.toIso().c_str(), first.constData());
    QCOMPARE(period->end.toIso().c_str(), end.constData());
}

void TestPeriod::refusesPeriods_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text : {"", "26", "2026-", "2026-13", "2026-Q0", "2026-Q5", "2026-W00",
             "2026-W54", "2025-W53", "2026-9", "2026-Q", "FY", "FY2", "FY262", "FY26-", "FY26-09",
             "FY26-Q5", "FY-Q1", "2026-09-31", "2026-10-01..2026-10-01", "2026-10-02..2026-10-01",
             "..", "2026..2027", "next month", "2026-09-14..", "20a6"})
        QTest::newRow(text) << QByteArray{text};
}

void TestPeriod::refusesPeriods()
{
    QFETCH(QByteArray, text);
    QVERIFY(!parsePeriod(text.toStdString(), {7}).ok());
}

void TestPeriod::grainsHaveNames()
{
    for (const Grain grain : AllGrains)
        QCOMPARE(*parseGrain(grainName(grain)), grain);
    QCOMPARE(parseGrain("hour").error().code, ErrorCode::Usage);
}

QTEST_GUILESS_MAIN(TestPeriod)
#include "tst_Period.moc"
