// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Random.h"
#include "core/ingest/LineCounter.h"
#include "tests/support/Seed.h"

#include <QTest>

#include <string>

using namespace sluice;

class LineCounterTest : public QObject {
    Q_OBJECT

private slots:
    void censusSeesEachKindOfByte();
    void countsAsTheNaiveCounter();
};

void LineCounterTest::censusSeesEachKindOfByte()
{
    for (std::size_t at = 0; at < 200; ++at) {
        std::string text(200, 'x');
        QVERIFY(
            !takeCensus(text).nul && !takeCensus(text).high && !takeCensus(text).carriageReturn);
        text[at] = '\0';
        QVERIFY(takeCensus(text).nul);
        text[at] = '\x80';
        QVERIFY(takeCensus(text).high && !takeCensus(text).nul);
        text[at] = '\r';
        QVERIFY(takeCensus(text).carriageReturn && !takeCensus(text).high);
        text[at] = '\n';
        QCOMPARE(takeCensus(text).lineFeeds, std::uint64_t{1});
    }
}

void LineCounterTest::countsAsTheNaiveCounter()
{
    SeededRandom random(test::seed(5));
    for (int round = 0; round < test::rounds(20'000); ++round) {
        std::string text;
        for (std::uint64_t size = random.below(400); size-- > 0;)
            text += "\r\nxyxyxyxyxy"[random.below(12)];
        LineCounter counter;
        std::uint64_t line = 1;
        std::size_t at = 0;
        while (at < text.size()) {
            const std::size_t size = static_cast<std::size_t>(1 + random.below(150));
            const std::string piece = text.substr(at, size);
            QCOMPARE(counter.lineOf(piece.front()), line);
            counter.add(piece);
            for (const std::size_t end = at + piece.size(); at < end; ++at) {
                const bool lone
                    = text[at] == '\r' && (at + 1 == text.size() || text[at + 1] != '\n');
                line += text[at] == '\n' || lone ? 1U : 0U;
            }
        }
        QCOMPARE(counter.lineOf('x'), line);
    }
}

QTEST_GUILESS_MAIN(LineCounterTest)
#include "tst_LineCounter.moc"
