// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/TreemapLayout.h"
#include "core/base/Random.h"
#include "tests/support/Seed.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace sluice;

namespace {

bool inside(const LayoutRect& inner, const LayoutRect& outer)
{
    constexpr double Slack = 1e-6;
    return inner.x >= outer.x - Slack && inner.y >= outer.y - Slack
        && inner.x + inner.width <= outer.x + outer.width + Slack
        && inner.y + inner.height <= outer.y + outer.height + Slack;
}

double overlap(const LayoutRect& a, const LayoutRect& b)
{
    const double width = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
    const double height = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
    return width > 0 && height > 0 ? width * height : 0;
}

} // namespace

class TestTreemapLayout : public QObject {
    Q_OBJECT

private slots:
    // The worked example of the paper: areas 6, 6, 4, 3, 2, 2, 1 in a 6 × 4 rectangle.
    void theExampleOfThePaper()
    {
        const std::vector<double> weights{6, 6, 4, 3, 2, 2, 1};
        const auto rects = squarify(weights, {0, 0, 6, 4});
        QCOMPARE(rects[0].width, 3.0);
        QCOMPARE(rects[0].height, 2.0);
        QCOMPARE(rects[1].y, 2.0);
        QCOMPARE(rects[2].x, 3.0);
        QVERIFY(std::abs(rects[2].width - 12.0 / 7) < 1e-9);
        for (std::size_t i = 0; i < weights.size(); ++i)
            QVERIFY(std::abs(rects[i].area() - weights[i]) < 1e-9);
    }

    void areasAreExactAndNothingOverlaps()
    {
        SeededRandom random{test::seed(5)};
        for (int round = 0; round < test::rounds(400); ++round) {
            std::vector<double> weights(1 + random.below(60));
            for (double& weight : weights)
                weight = random.chance(1, 12)
                    ? 0
                    : std::pow(static_cast<double>(1 + random.below(1000)), 2);
            if (random.chance(2, 3))
                std::ranges::sort(weights, std::greater{});
            const LayoutRect bounds{static_cast<double>(random.below(50)), 3,
                40.0 + static_cast<double>(random.below(1200)),
                40.0 + static_cast<double>(random.below(900))};
            const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
            const auto rects = squarify(weights, bounds);
            QCOMPARE(rects.size(), weights.size());
            for (std::size_t i = 0; i < rects.size(); ++i) {
                QVERIFY(inside(rects[i], bounds));
                if (total > 0)
                    QVERIFY(std::abs(rects[i].area() - weights[i] / total * bounds.area())
                        < 1e-6 * bounds.area());
                for (std::size_t j = i + 1; j < rects.size(); ++j)
                    QVERIFY(overlap(rects[i], rects[j]) < 1e-6 * bounds.area());
            }
        }
    }

    void emptyAndDegenerateInput()
    {
        QVERIFY(squarify({}, {0, 0, 10, 10}).empty());
        const std::vector<double> zeros{0, 0};
        QCOMPARE(squarify(zeros, {0, 0, 10, 10})[1].area(), 0.0);
        const std::vector<double> some{3, 1};
        QCOMPARE(squarify(some, {0, 0, 0, 10})[0].area(), 0.0);
        QVERIFY(layoutLevel({}, {0, 0, 10, 10}, {}).rects.empty());
    }

    void smallItemsAreFoldedAndThePinnedOneStays()
    {
        const std::vector<double> weights{500, 300, 150, 2, 1, 1, 0.5};
        const TreemapLevel level = layoutLevel(weights, {0, 0, 800, 600},
            {.whole = 954.5, .minShare = 0.004, .minSide = 18, .pinLast = true});
        QCOMPARE(level.kept, std::size_t{3});
        QCOMPARE(level.folded, std::size_t{3});
        QCOMPARE(level.rects.size(), std::size_t{5});
        // 0.05 % of the whole, but to be seen
        QVERIFY(level.rects.back().width >= 17.9 || level.rects.back().height >= 17.9);
        double area = 0;
        for (const LayoutRect& rect : level.rects)
            area += rect.area();
        QVERIFY(std::abs(area - 800 * 600) < 1e-6);
    }

    void levelsCoverTheirBoundsWithoutOverlap()
    {
        SeededRandom random{test::seed(9)};
        for (int round = 0; round < test::rounds(400); ++round) {
            std::vector<double> weights(2 + random.below(80));
            for (double& weight : weights)
                weight = std::pow(static_cast<double>(1 + random.below(200)), 3);
            std::ranges::sort(weights, std::greater{});
            const bool pin = random.chance(1, 2);
            if (pin)
                weights.back() = static_cast<double>(1 + random.below(4'000'000));
            const LayoutRect bounds{10, 20, 150.0 + static_cast<double>(random.below(1200)),
                150.0 + static_cast<double>(random.below(900))};
            const double whole = std::accumulate(weights.begin(), weights.end(), 0.0);
            const TreemapLevel level = layoutLevel(weights, bounds,
                {.whole = whole, .minShare = 0.004, .minSide = 18, .pinLast = pin});
            QCOMPARE(level.rects.size(), level.kept + (level.folded > 0 ? 1 : 0) + (pin ? 1 : 0));
            QCOMPARE(level.kept + level.folded, weights.size() - (pin ? 1 : 0));
            double area = 0;
            for (std::size_t i = 0; i < level.rects.size(); ++i) {
                QVERIFY(inside(level.rects[i], bounds));
                area += level.rects[i].area();
                for (std::size_t j = i + 1; j < level.rects.size(); ++j)
                    QVERIFY(overlap(level.rects[i], level.rects[j]) < 1e-6 * bounds.area());
            }
            QVERIFY(std::abs(area - bounds.area()) < 1e-6 * bounds.area());
        }
    }

    void tilesBelowTheLeastSideAreFolded()
    {
        std::vector<double> weights(300, 1.0);
        const TreemapRules rules{.whole = 300, .minShare = 0, .minSide = 18, .pinLast = false};
        const TreemapLevel level = layoutLevel(weights, {0, 0, 120, 120}, rules);
        QVERIFY(level.kept >= 1);
        QVERIFY(level.kept < 300);
        QCOMPARE(level.kept + level.folded, std::size_t{300});
        const TreemapLevel wide = layoutLevel(weights, {0, 0, 1200, 800}, rules);
        QCOMPARE(wide.folded, std::size_t{0});
    }

    // A period later the amounts differ a little: every tile keeps its neighbours in order.
    void theOrderIsTheGivenOne()
    {
        const std::vector<double> weights{1, 5, 3};
        const auto rects = squarify(weights, {0, 0, 90, 30});
        QVERIFY(rects[0].x < rects[1].x + 1e-9);
        QVERIFY(rects[1].x < rects[2].x + 1e-9);
    }

    void fiveThousandLeavesAreFast()
    {
        std::vector<double> weights(5000);
        SeededRandom random{1};
        for (double& weight : weights)
            weight = static_cast<double>(1 + random.below(100'000));
        std::ranges::sort(weights, std::greater{});
        QBENCHMARK
        {
            const auto rects = squarify(weights, {0, 0, 1920, 1080});
            QCOMPARE(rects.size(), std::size_t{5000});
        }
    }
};

QTEST_GUILESS_MAIN(TestTreemapLayout)
#include "tst_TreemapLayout.moc"
