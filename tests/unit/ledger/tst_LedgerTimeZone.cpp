// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/LedgerTimeZone.h"
#include "core/base/Timestamp.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"

#include <QTest>

#include <date/tz.h>

using namespace sluice;

class TestLedgerTimeZone : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression{QStringLiteral(".")}); }

    void unknownNamesAreRefused()
    {
        for (const char* name : {"", "Mars/Olympus", "europe/berlin ", "../../etc/passwd"})
            QCOMPARE(LedgerTimeZone::find(name).error().code, ErrorCode::Usage);
    }

    void daysAroundClockChanges_data()
    {
        QTest::addColumn<QString>("zone");
        QTest::addColumn<QString>("instant");
        QTest::addColumn<QString>("day");
        QTest::newRow("utc") << "UTC"
                             << "2026-03-29T23:59:59Z"
                             << "2026-03-29";
        QTest::newRow("berlin winter") << "Europe/Berlin"
                                       << "2026-03-28T22:59:59Z"
                                       << "2026-03-28";
        QTest::newRow("berlin winter midnight") << "Europe/Berlin"
                                                << "2026-03-28T23:00:00Z"
                                                << "2026-03-29";
        QTest::newRow("berlin summer") << "Europe/Berlin"
                                       << "2026-03-29T21:59:59Z"
                                       << "2026-03-29";
        QTest::newRow("berlin summer midnight") << "Europe/Berlin"
                                                << "2026-03-29T22:00:00Z"
                                                << "2026-03-30";
        QTest::newRow("new york") << "America/New_York"
                                  << "2026-11-02T04:59:59Z"
                                  << "2026-11-01";
        QTest::newRow("kathmandu") << "Asia/Kathmandu"
                                   << "2026-01-01T18:15:00Z"
                                   << "2026-01-02";
        QTest::newRow("before 1970") << "America/New_York"
                                     << "1969-12-31T23:00:00Z"
                                     << "1969-12-31";
    }
    void daysAroundClockChanges()
    {
        QFETCH(QString, zone);
        QFETCH(QString, instant);
        QFETCH(QString, day);
        const auto found = LedgerTimeZone::find(zone.toStdString());
        QVERIFY_OK(found);
        QCOMPARE(QString::fromStdString(found->name()), zone);
        const auto when = Timestamp::parseIso(instant.toStdString());
        QVERIFY_OK(when);
        QCOMPARE(QString::fromStdString(found->localDay(when->seconds()).toIso()), day);
    }

    // Against the library itself, asked anew for each instant.
    void agreesWithTheLibrary()
    {
        SeededRandom random{test::seed(20'261'010)};
        for (const char* name :
            {"UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata",
                "America/Sao_Paulo", "Africa/Cairo", "Pacific/Apia", "America/Havana"}) {
            const auto zone = LedgerTimeZone::find(name);
            QVERIFY_OK(zone);
            const date::time_zone* expected = date::locate_zone(name);
            for (int round = 0; round < test::rounds(20'000); ++round) {
                const std::int64_t instant = random.between(-1'000'000'000, 2'140'000'000);
                const auto local
                    = expected->to_local(date::sys_seconds{std::chrono::seconds{instant}});
                const BusinessDate day = zone->localDay(instant);
                QCOMPARE(day.daysSinceEpoch(),
                    static_cast<std::int32_t>(
                        date::floor<date::days>(local).time_since_epoch().count()));
                const std::int64_t start = zone->startOfDay(day);
                // a day may come twice around midnight
                QVERIFY(start <= instant || zone->localDay(start - 1) == day);
                QVERIFY(zone->localDay(start) == day);
                QVERIFY(zone->localDay(start - 1) < day);
                QVERIFY(zone->startOfDay(day.plusDays(1)) > instant
                    || zone->localDay(instant + 86'400) > day);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestLedgerTimeZone)
#include "tst_LedgerTimeZone.moc"
