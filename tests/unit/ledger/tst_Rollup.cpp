// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/BusinessDate.h"
#include "core/ledger/Rollup.h"
#include "tests/support/Qt.h"
#include "tests/support/RandomCharges.h"
#include "tests/support/Seed.h"

#include <QElapsedTimer>
#include <QTest>

#include <limits>
#include <map>
#include <tuple>

using namespace sluice;

namespace {

bool same(const RollupCells& a, const RollupCells& b)
{
    return a.scope == b.scope && a.key == b.key && a.day == b.day && a.charges == b.charges
        && a.costs == b.costs;
}

using Place = std::tuple<std::uint32_t, KeyId, std::int32_t>;
struct Sums {
    std::uint64_t charges{0};
    std::array<Int128, MeasureCount> costs{};
    bool operator==(const Sums&) const = default;
};

} // namespace

class TestRollup : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression{QStringLiteral(".")}); }

    void sumsLikeAMapDoes()
    {
        SeededRandom random{test::seed(20'261'020)};
        RollupBuilder builder;
        for (int round = 0; round < test::rounds(200); ++round) {
            std::map<Place, Sums> expected;
            const bool wild = random.chance(1, 3);
            for (std::uint64_t left = random.below(5'000); left > 0; --left) {
                Charge charge;
                charge.scope = static_cast<std::uint32_t>(random.below(3));
                charge.key = static_cast<KeyId>(random.below(1 + random.below(200)));
                charge.day = static_cast<std::int32_t>(random.between(-20, 20'000) % 30);
                for (std::int64_t& cost : charge.costs)
                    cost = wild ? static_cast<std::int64_t>(random.next())
                                : random.between(-1'000, 1'000'000);
                builder.add(charge);
                Sums& sums = expected[{charge.scope, charge.key, charge.day}];
                ++sums.charges;
                for (std::size_t m = 0; m < MeasureCount; ++m)
                    sums.costs[m] += charge.costs[m];
            }
            const RollupCells cells = builder.take();
            QCOMPARE(builder.size(), std::size_t{0});
            QVERIFY(wild || cells.size() == expected.size());
            std::map<Place, Sums> got;
            for (std::size_t i = 0; i < cells.size(); ++i) {
                const Place place{cells.scope[i], cells.key[i], cells.day[i]};
                QVERIFY(got.empty() || got.rbegin()->first <= place);
                Sums& sums = got[place];
                sums.charges += cells.charges[i];
                for (std::size_t m = 0; m < MeasureCount; ++m)
                    sums.costs[m] += cells.costs[m][i];
            }
            QVERIFY(got == expected);
            const auto again = decodeRollup(encodeRollup(cells));
            QVERIFY_OK(again);
            QVERIFY(same(*again, cells));
        }
    }

    void anOverflowOpensASecondCell()
    {
        RollupBuilder builder;
        Charge charge;
        charge.costs = {std::numeric_limits<std::int64_t>::max(), 1, 1, 1};
        for (int i = 0; i < 3; ++i)
            builder.add(charge);
        const RollupCells cells = builder.take();
        QCOMPARE(cells.size(), std::size_t{3});
        QCOMPARE(cells.charges, (std::vector<std::uint32_t>{1, 1, 1}));
        QCOMPARE(
            cells.costs[0], std::vector<std::int64_t>(3, std::numeric_limits<std::int64_t>::max()));
    }

    void monthsAreTheSumsOfTheirDays()
    {
        SeededRandom random{test::seed(20'261'023)};
        for (int round = 0; round < test::rounds(100); ++round) {
            RollupBuilder months;
            std::map<Place, Sums> expected;
            for (std::uint64_t chunk = random.below(4); chunk > 0; --chunk) {
                RollupBuilder days;
                for (std::uint64_t left = 1 + random.below(2'000); left > 0; --left) {
                    Charge charge;
                    charge.scope = static_cast<std::uint32_t>(random.below(3));
                    charge.key = static_cast<KeyId>(random.below(20));
                    charge.day = static_cast<std::int32_t>(random.between(-400, 400));
                    for (std::int64_t& cost : charge.costs)
                        cost = random.between(-1'000, 1'000'000);
                    days.add(charge);
                    Sums& sums = expected[{charge.scope, charge.key,
                        firstOfMonth(BusinessDate{charge.day}).daysSinceEpoch()}];
                    ++sums.charges;
                    for (std::size_t m = 0; m < MeasureCount; ++m)
                        sums.costs[m] += charge.costs[m];
                }
                months.addMonths(days.take());
            }
            const RollupCells cells = months.take();
            std::map<Place, Sums> found;
            for (std::size_t i = 0; i < cells.size(); ++i) {
                Sums& sums = found[{cells.scope[i], cells.key[i], cells.day[i]}];
                sums.charges += cells.charges[i];
                for (std::size_t m = 0; m < MeasureCount; ++m)
                    sums.costs[m] += cells.costs[m][i];
            }
            QVERIFY(found == expected);
            QCOMPARE(cells.size(), expected.size());
        }
    }

    void isFullInTime()
    {
        RollupBuilder builder;
        Charge charge;
        while (!builder.full()) {
            ++charge.key;
            builder.add(charge);
        }
        QCOMPARE(builder.size(), RollupBuilder::MaxCells);
        const RollupCells cells = builder.take();
        QVERIFY(!builder.full());
        QVERIFY_OK(decodeRollup(encodeRollup(cells)));
    }

    void damagedBytesAreRefused()
    {
        SeededRandom random{test::seed(20'261'021)};
        test::RandomCharges source{random.next(), 50};
        RollupBuilder builder;
        for (int i = 0; i < 500; ++i)
            builder.add(source.next());
        const RollupCells cells = builder.take();
        const std::string good = encodeRollup(cells);
        for (int round = 0; round < test::rounds(20'000); ++round) {
            std::string bad = good;
            if (random.chance(1, 3))
                bad.resize(random.below(bad.size()));
            else
                bad[random.below(bad.size())] = static_cast<char>(random.next());
            const auto read = decodeRollup(bad);
            QVERIFY(read.ok() ? same(*read, cells) : read.error().code == ErrorCode::Damaged);
        }
        for (int round = 0; round < test::rounds(20'000); ++round) {
            std::string block(random.below(600), '\0');
            for (char& c : block)
                c = static_cast<char>(random.chance(1, 20) ? random.next() : random.below(3) % 2);
            if (const auto read = decodeRollupColumns(random.below(40), block); read.ok())
                QCOMPARE(read->costs[3].size(), read->size());
        }
    }

    // Speeds are printed, not judged, because machines differ.
    void smallAndFast()
    {
        test::RandomCharges source{test::seed(20'261'022)};
        std::vector<Charge> charges;
        for (int i = 0; i < test::rounds(100'000); ++i)
            charges.push_back(source.next());
        RollupBuilder builder;
        QElapsedTimer timer;
        timer.start();
        for (const Charge& charge : charges)
            builder.add(charge);
        const qint64 addNs = timer.nsecsElapsed();
        timer.start();
        const RollupCells cells = builder.take();
        const qint64 takeNs = timer.nsecsElapsed();
        timer.start();
        const std::string bytes = encodeRollup(cells);
        const qint64 encodeNs = timer.nsecsElapsed();
        timer.start();
        const auto again = decodeRollup(bytes);
        const qint64 decodeNs = timer.nsecsElapsed();
        QVERIFY_OK(again);
        const auto count = static_cast<qint64>(cells.size());
        qInfo(
            "%zu charges, %lld cells: %.1f bytes a cell; ns: add %lld a charge, take %lld, encode %lld, decode %lld a cell",
            charges.size(), count, static_cast<double>(bytes.size()) / static_cast<double>(count),
            addNs / static_cast<qint64>(charges.size()), takeNs / count, encodeNs / count,
            decodeNs / count);
        QVERIFY(bytes.size() <= cells.size() * 16);
    }
};

QTEST_GUILESS_MAIN(TestRollup)
#include "tst_Rollup.moc"
