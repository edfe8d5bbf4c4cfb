// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/RuleDistinct.h"
#include "tests/support/Seed.h"

#include <QTest>

#include <map>
#include <set>
#include <string>

using namespace sluice;

class TestRuleDistinct : public QObject {
    Q_OBJECT

private slots:
    void countsLikeAMapOfSets_data();
    void countsLikeAMapOfSets();
    void givesUpRatherThanGrow();
};

void TestRuleDistinct::countsLikeAMapOfSets_data()
{
    QTest::addColumn<int>("expected");
    for (const int expected : {0, 1, 2, 3})
        QTest::newRow(std::to_string(expected).c_str()) << expected;
}

void TestRuleDistinct::countsLikeAMapOfSets()
{
    QFETCH(int, expected);
    SeededRandom random{test::seed(7)};
    for (int round = 0; round < test::rounds(300); ++round) {
        RuleDistinct distinct{{expected}};
        std::map<std::string, std::set<std::string>> beside;
        std::map<std::string, std::uint64_t> rows;
        std::map<std::string, std::uint64_t> firstLine;
        for (std::uint64_t line = 2; line < 40; ++line) {
            const std::string a = random.chance(1, 10) ? "" : "a" + std::to_string(random.below(6));
            const std::string b
                = random.chance(1, 3) ? "NULL" : "b" + std::to_string(random.below(4));
            distinct.addRows(0, distinct.note(0, a, b, line), 1);
            if (a.empty())
                continue;
            ++rows[a];
            firstLine.emplace(a, line);
            auto& values = beside[a];
            if (b != "NULL")
                values.insert(b);
        }
        std::uint64_t failing = 0;
        std::uint64_t first = 0;
        std::string sample;
        for (const auto& [a, values] : beside) {
            if (values.size() == static_cast<std::size_t>(expected))
                continue;
            failing += rows[a];
            if (first == 0 || firstLine[a] < first) {
                first = firstLine[a];
                sample = values.size() > static_cast<std::size_t>(expected) ? a : "";
            }
        }
        const RuleDistinct::Tally tally = distinct.tally(0);
        QVERIFY(!tally.gaveUp);
        QCOMPARE(tally.failingRows, failing);
        QCOMPARE(tally.firstLine, first);
        QCOMPARE(tally.sample, sample);
    }
}

void TestRuleDistinct::givesUpRatherThanGrow()
{
    RuleDistinct distinct{{1, 1}};
    QVERIFY(distinct.note(1, "a", "b", 2) != RuleDistinct::NoPlace);
    bool gaveUp = false;
    for (std::size_t i = 0; i <= RuleDistinct::MaxValues; ++i)
        gaveUp = distinct.note(0, std::to_string(i), "b", i + 2) == RuleDistinct::NoPlace;
    QVERIFY(gaveUp);
    QVERIFY(distinct.tally(0).gaveUp);
    QCOMPARE(distinct.note(0, "1", "b", 9), RuleDistinct::NoPlace);
    QVERIFY(!distinct.tally(1).gaveUp);
    QVERIFY(distinct.note(1, "c", "b", 9) != RuleDistinct::NoPlace);
}

QTEST_GUILESS_MAIN(TestRuleDistinct)
#include "tst_RuleDistinct.moc"
