// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/BusinessDate.h"
#include "tests/support/Qt.h"

using namespace sluice;

class TestBusinessDate : public QObject {
    Q_OBJECT

private slots:
    void walksTheCalendarLikeAnAlmanac();
    void refusesText_data();
    void refusesText();
};

// A naive almanac: days counted one by one, month lengths and leap years by the rule one learns at
// school.
void TestBusinessDate::walksTheCalendarLikeAnAlmanac()
{
    int year = 1960;
    int month = 1;
    int day = 1;
    int weekday = 4; // 1 January 1960 was a Friday
    BusinessDate monthStart{-3653};
    for (BusinessDate date{-3653}; year <= 2100; date = date.plusDays(1)) {
        char text[48];
        std::snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
        if (day == 1)
            monthStart = date;
        QCOMPARE(date.toIso().c_str(), static_cast<const char*>(text));
        QCOMPARE(date.isoWeekday(), weekday);
        const auto parsed = BusinessDate::parseIso(text);
        QVERIFY_OK(parsed);
        QCOMPARE(*parsed, date);
        QCOMPARE(firstOfMonth(date), monthStart);
        QCOMPARE(firstOfMonth(firstOfMonth(date, 7), -7), monthStart);
        const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        const int length = month == 2
            ? (leap ? 29 : 28)
            : (month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31);
        weekday = (weekday + 1) % 7;
        if (++day > length) {
            day = 1;
            month = month % 12 + 1;
            year += month == 1 ? 1 : 0;
        }
    }
}

void TestBusinessDate::refusesText_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text : {"", "2026", "2026-9-14", "2026-09-31", "2026-02-29", "2026-13-01",
             "2026-00-10", "2026-01-00", "14.09.2026", "2026/09/14", "-026-09-14", "2026-09-14 ",
             "2026-0a-14", "20260914", "2026--9-14"})
        QTest::newRow(text) << QByteArray{text};
}

void TestBusinessDate::refusesText()
{
    QFETCH(QByteArray, text);
    const auto date = BusinessDate::parseIso(text.toStdString());
    QVERIFY(!date.ok());
    QCOMPARE(date.error().code, ErrorCode::BadInput);
}

QTEST_GUILESS_MAIN(TestBusinessDate)
#include "tst_BusinessDate.moc"
