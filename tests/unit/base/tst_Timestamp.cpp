// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Timestamp.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"

using namespace sluice;

class TestTimestamp : public QObject {
    Q_OBJECT

private slots:
    void printsWhatItReads();
    void readsInstants_data();
    void readsInstants();
    void refusesText_data();
    void refusesText();
    void roundsDownBefore1970();
};

void TestTimestamp::printsWhatItReads()
{
    SeededRandom random{test::seed(31)};
    constexpr std::int64_t Reach = 60'000LL * 86'400 * 1'000'000; // about 164 years to both sides
    for (int round = test::rounds(200'000); round > 0; --round) {
        const Timestamp instant{random.chance(1, 2)
                ? random.between(-Reach, Reach)
                : random.between(-Reach, Reach) / 1'000'000 * 1'000'000};
        const auto again = Timestamp::parseIso(instant.toIso());
        QVERIFY_OK(again);
        QCOMPARE(*again, instant);
        QVERIFY(Timestamp::fromSeconds(instant.seconds()) <= instant);
        QVERIFY(instant.micros() - instant.seconds() * 1'000'000 < 1'000'000);
        QCOMPARE(instant.toIso().substr(0, 10), instant.utcDate().toIso());
    }
}

void TestTimestamp::readsInstants_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("utc");
    const auto row = [](const char* text, const char* utc) {
        QTest::newRow(text) << QByteArray{text} << QByteArray{utc};
    };
    row("2026-10-15", "2026-10-15T00:00:00Z");
    row("2026-10-15T09:30:00Z", "2026-10-15T09:30:00Z");
    row("2026-10-15T01:30:00+02:00", "2026-10-14T23:30:00Z");
    row("2026-12-31T23:30:00-01:30", "2027-01-01T01:00:00Z");
    row("2026-10-15T09:30:00.25Z", "2026-10-15T09:30:00.250000Z");
    row("2026-10-15T09:30:00.1234567Z", "2026-10-15T09:30:00.123456Z");
    row("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z");
}

void TestTimestamp::readsInstants()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, utc);
    const auto instant = Timestamp::parseIso(text.toStdString());
    QVERIFY_OK(instant);
    QCOMPARE(instant->toIso().c_str(), utc.constData());
}

void TestTimestamp::refusesText_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text :
        {"", "2026-10-15T", "2026-10-15T09:30", "2026-10-15T09:30:00", "2026-10-15T24:00:00Z",
            "2026-10-15T09:60:00Z", "2026-10-15T09:30:60Z", "2026-10-15T09:30:00.Z",
            "2026-10-15T09:30:00+2:00", "2026-10-15T09:30:00+15:00", "2026-10-15T09:30:00Zulu",
            "2026-02-30T09:30:00Z", "2026-10-15 09:30:00Z", "2026-10-1509:30:00Z"})
        QTest::newRow(text) << QByteArray{text};
}

void TestTimestamp::refusesText()
{
    QFETCH(QByteArray, text);
    QCOMPARE(Timestamp::parseIso(text.toStdString()).error().code, ErrorCode::BadInput);
}

void TestTimestamp::roundsDownBefore1970()
{
    QCOMPARE(Timestamp{-1}.seconds(), std::int64_t{-1});
    QCOMPARE(Timestamp{-1'000'000}.seconds(), std::int64_t{-1});
    QCOMPARE(Timestamp{-1}.utcDate().daysSinceEpoch(), -1);
    QCOMPARE(Timestamp{-1}.toIso(), std::string{"1969-12-31T23:59:59.999999Z"});
}

QTEST_GUILESS_MAIN(TestTimestamp)
#include "tst_Timestamp.moc"
