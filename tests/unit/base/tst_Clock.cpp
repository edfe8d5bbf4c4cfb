// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Clock.h"
#include "tests/support/Qt.h"

using namespace sluice;

class TestClock : public QObject {
    Q_OBJECT

private slots:
    void cleanup() { qunsetenv("SLUICE_NOW"); }
    void fixedClockStandsStill();
    void environmentHoldsTheSystemClock();
    void nonsenseInTheEnvironmentIsIgnored();
};

void TestClock::fixedClockStandsStill()
{
    FixedClock clock{Timestamp{5}};
    QCOMPARE(clock.now(), Timestamp{5});
    clock.set(Timestamp{7});
    QCOMPARE(clock.now(), Timestamp{7});
}

void TestClock::environmentHoldsTheSystemClock()
{
    qputenv("SLUICE_NOW", "2026-10-15T09:30:00Z");
    QCOMPARE(SystemClock{}.now().toIso(), std::string{"2026-10-15T09:30:00Z"});
}

void TestClock::nonsenseInTheEnvironmentIsIgnored()
{
    qputenv("SLUICE_NOW", "yesterday");
    const Timestamp now = SystemClock{}.now();
    QVERIFY(now > *Timestamp::parseIso("2026-01-01"));
}

QTEST_GUILESS_MAIN(TestClock)
#include "tst_Clock.moc"
