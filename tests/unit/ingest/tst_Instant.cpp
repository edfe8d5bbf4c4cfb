// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Timestamp.h"
#include "core/ingest/Instant.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"

using namespace sluice;

class tst_Instant : public QObject {
    Q_OBJECT

private slots:
    void readsWhatExportsWrite_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("dayFirst");
        QTest::addColumn<QByteArray>("iso"); // empty: refused
        QTest::newRow("focus") << QByteArray("2024-09-18T22:00:00Z") << false
                               << QByteArray("2024-09-18T22:00:00Z");
        QTest::newRow("blank") << QByteArray("2024-09-18 22:00:00") << false
                               << QByteArray("2024-09-18T22:00:00Z");
        QTest::newRow("fraction") << QByteArray("2024-09-18T22:00:00.123Z") << false
                                  << QByteArray("2024-09-18T22:00:00Z");
        QTest::newRow("offset") << QByteArray("2024-09-18T22:00:00+02:00") << false
                                << QByteArray("2024-09-18T20:00:00Z");
        QTest::newRow("utc") << QByteArray("2024-09-18 22:00:00 UTC") << false
                             << QByteArray("2024-09-18T22:00:00Z");
        QTest::newRow("date") << QByteArray("2024-09-18") << false
                              << QByteArray("2024-09-18T00:00:00Z");
        QTest::newRow("us") << QByteArray("9/2/2023") << false
                            << QByteArray("2023-09-02T00:00:00Z");
        QTest::newRow("us short year")
            << QByteArray("5/1/25") << false << QByteArray("2025-05-01T00:00:00Z");
        QTest::newRow("day first")
            << QByteArray("02/09/2023") << true << QByteArray("2023-09-02T00:00:00Z");
        QTest::newRow("german") << QByteArray("02.09.2023") << false
                                << QByteArray("2023-09-02T00:00:00Z");
        QTest::newRow("no minute") << QByteArray("2023-09-02T10Z") << false << QByteArray();
        QTest::newRow("no such day") << QByteArray("2023-02-29") << false << QByteArray();
        QTest::newRow("month 13") << QByteArray("13/13/2023") << false << QByteArray();
        QTest::newRow("number") << QByteArray("45123") << false << QByteArray();
        QTest::newRow("empty") << QByteArray("") << false << QByteArray();
        QTest::newRow("trailing") << QByteArray("2023-09-02x") << false << QByteArray();
    }

    void readsWhatExportsWrite()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, dayFirst);
        QFETCH(QByteArray, iso);
        Instant instant;
        const bool ok = parseInstant(
            text.toStdString(), dayFirst ? DateOrder::DayFirst : DateOrder::MonthFirst, instant);
        QCOMPARE(ok, !iso.isEmpty());
        if (ok)
            QCOMPARE(
                QByteArray::fromStdString(Timestamp::fromSeconds(instant.seconds).toIso()), iso);
    }

    void strictIsOnlyTheFormOfTheSpecification()
    {
        Instant instant;
        QVERIFY(
            parseInstant("2024-09-18T22:00:00Z", DateOrder::MonthFirst, instant) && instant.strict);
        QVERIFY(
            parseInstant("2024-09-18 22:00:00", DateOrder::MonthFirst, instant) && !instant.strict);
        QVERIFY(parseInstant("2024-09-18T22:00:00+00:00", DateOrder::MonthFirst, instant)
            && !instant.strict);
    }

    void agreesWithTheTimestampType()
    {
        SeededRandom random{test::seed(5)};
        for (int i = 0; i < test::rounds(20'000); ++i) {
            const Timestamp any
                = Timestamp::fromSeconds(random.between(-2'000'000'000, 8'000'000'000));
            Instant instant;
            QVERIFY(parseInstant(any.toIso(), DateOrder::MonthFirst, instant));
            QCOMPARE(instant.seconds, any.seconds());
            QVERIFY(instant.strict);
        }
    }
};

QTEST_GUILESS_MAIN(tst_Instant)
#include "tst_Instant.moc"
