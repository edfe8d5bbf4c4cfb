// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/charts/TrendSamples.h"
#include "tests/support/Gui.h"
#include "tests/support/Seed.h"
#include "ui/charts/CalendarTicks.h"
#include "ui/charts/Decimation.h"
#include "ui/charts/LabelSpread.h"
#include "ui/charts/TrendChart.h"

#include <QAccessible>
#include <QApplication>
#include <QElapsedTimer>
#include <QSignalSpy>

#include <map>

using namespace sluice;
using namespace sluice::ui;

namespace {

QString keyOfCurrent(const ChartCanvas& chart)
{
    return chart.current() ? chart.shape(*chart.current()).key : QString{};
}

// Milliseconds under the sanitizers may be many times those of a release.
constexpr qint64 bound(qint64 milliseconds)
{
#if defined(__SANITIZE_ADDRESS__)
    return milliseconds * 15;
#else
    return milliseconds * 3; // other programs run too
#endif
}

} // namespace

class TestChartTrend : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale{QLocale::English, QLocale::UnitedStates});
        applyTheme(*qApp, ThemeChoice::Light, {});
    }
    void init() { test::failOnWarnings(); }

    void decimationKeepsEveryPeak()
    {
        SeededRandom random{test::seed(51)};
        for (int round = 0; round < test::rounds(300); ++round) {
            const std::size_t count = 1 + random.below(random.chance(1, 2) ? 40 : 5000);
            const int pixels = static_cast<int>(random.between(1, 900));
            std::vector<QPointF> points;
            double x = 0;
            for (std::size_t i = 0; i < count; ++i) {
                x += double(random.between(1, random.chance(1, 20) ? 50 : 3));
                points.emplace_back(x, double(random.between(-1000, 1000)));
            }
            const double low = points.front().x();
            const double high = points.back().x() + 1;
            const auto kept = decimated(points, low, high, pixels);
            QCOMPARE(kept.front(), points.front());
            QCOMPARE(kept.back(), points.back());
            QVERIFY(std::ranges::is_sorted(kept, {}, &QPointF::x));
            QVERIFY(kept.size() <= std::max(static_cast<std::size_t>(pixels), std::size_t{1}) * 4);
            const auto column = [&](const QPointF& point) {
                return static_cast<int>((point.x() - low) / (high - low) * pixels);
            };
            struct Extent {
                double low{1e9};
                double high{-1e9};
                int count{0};
            };
            const auto extents = [&](const std::vector<QPointF>& of) {
                std::map<int, Extent> columns;
                for (const QPointF& point : of) {
                    Extent& extent = columns[column(point)];
                    extent.low = std::min(extent.low, point.y());
                    extent.high = std::max(extent.high, point.y());
                    ++extent.count;
                }
                return columns;
            };
            const auto before = extents(points);
            const auto after = extents(kept);
            QCOMPARE(after.size(), before.size());
            for (const auto& [at, extent] : before) {
                QCOMPARE(after.at(at).low, extent.low);
                QCOMPARE(after.at(at).high, extent.high);
                QVERIFY(after.at(at).count <= 4 || kept.size() == points.size());
            }
        }
    }

    void labelsKeepApart()
    {
        SeededRandom random{test::seed(52)};
        for (int round = 0; round < 3000; ++round) {
            std::vector<double> wanted(1 + random.below(12));
            for (double& wish : wanted)
                wish = double(random.between(-30, 330));
            const double height = double(random.between(8, 40));
            const auto places = spreadLabels(wanted, height, 0, 300);
            const auto room = static_cast<std::size_t>(300 / height);
            std::vector<std::pair<double, double>> placed; // place, wish
            for (std::size_t i = 0; i < wanted.size(); ++i) {
                QCOMPARE(places[i].has_value(), i < room);
                if (places[i])
                    placed.emplace_back(*places[i], wanted[i]);
            }
            std::ranges::sort(placed);
            bool free = true; // nobody is in anybody's way
            for (std::size_t i = 0; i < placed.size(); ++i) {
                QVERIFY(placed[i].first >= height / 2 - 1e-6);
                QVERIFY(placed[i].first <= 300 - height / 2 + 1e-6);
                free = free && placed[i].second >= height / 2
                    && placed[i].second <= 300 - height / 2;
                if (i == 0)
                    continue;
                QVERIFY(placed[i].first - placed[i - 1].first >= height - 1e-6);
                QVERIFY(placed[i].second >= placed[i - 1].second - 1e-6); // in the wishes' order
                free = free && placed[i].second - placed[i - 1].second >= height;
            }
            for (const auto& [place, wish] : placed)
                QVERIFY(!free || std::abs(place - wish) < 1e-6);
        }
        QVERIFY(spreadLabels({}, 10, 0, 100).empty());
    }

    void ticksStandOnTheCalendar()
    {
        SeededRandom random{test::seed(53)};
        for (int round = 0; round < 2000; ++round) {
            const BusinessDate first{static_cast<std::int32_t>(random.between(0, 30'000))};
            const auto days
                = static_cast<std::int32_t>(random.between(1, random.chance(1, 2) ? 120 : 20'000));
            const Period period{first, first.plusDays(days)};
            const double pixels = double(random.between(120, 1600));
            const FiscalCalendar calendar{static_cast<int>(random.between(1, 12))};
            const auto ticks = calendarTicks(period, pixels, 72, calendar);
            QVERIFY(!ticks.empty());
            QVERIFY(std::ranges::is_sorted(ticks, {}, &CalendarTick::day));
            const auto isBoundary = [&](Grain grain) {
                return std::ranges::all_of(ticks, [&](const CalendarTick& tick) {
                    return bucketOf(tick.day, grain, calendar).first == tick.day;
                });
            };
            QVERIFY(ticks.size() == 1 || isBoundary(Grain::Day) || isBoundary(Grain::Week)
                || isBoundary(Grain::Month) || isBoundary(Grain::Quarter));
            for (std::size_t i = 0; i < ticks.size(); ++i) {
                QVERIFY(period.contains(ticks[i].day));
                QVERIFY(!ticks[i].label.isEmpty());
                if (i > 0) { // February is the shortest month: 28 of 30.4 days
                    const int apart
                        = ticks[i].day.daysSinceEpoch() - ticks[i - 1].day.daysSinceEpoch();
                    QVERIFY(apart * pixels / days >= 72 * 0.9);
                }
            }
        }
    }
    void ticksReadAsPeopleSayThem()
    {
        const auto labels = [](std::int32_t days, double pixels) {
            QStringList texts;
            for (const CalendarTick& tick :
                calendarTicks({test::sampleDay(0), test::sampleDay(days)}, pixels))
                texts << tick.label;
            return texts.join(u'|');
        };
        QCOMPARE(labels(3, 300), QStringLiteral("1 Jul|2 Jul|3 Jul"));
        QCOMPARE(labels(30, 400), QStringLiteral("6 Jul|13 Jul|20 Jul|27 Jul"));
        QCOMPARE(labels(92, 400), QStringLiteral("Jul 2026|Aug|Sep"));
        QCOMPARE(labels(365, 400), QStringLiteral("Q3 2026|Q4 2026|Q1 2027|Q2 2027"));
        QCOMPARE(labels(1000, 300), QStringLiteral("2027|2028|2029"));
    }

    void missingDaysAreGaps()
    {
        TrendData data = test::sampleTrend({10, false, false});
        data.freshEnd.reset();
        const auto layout = [&] { return layOutTrend(data, {900, 320}, QApplication::font()); };
        QCOMPARE(layout().content.lines.size(), std::size_t{3}); // two pieces and the prior's one
        data.series[0].points[10].amount.reset();
        QCOMPARE(layout().content.lines.size(), std::size_t{4});
        data.series[0].points[12].amount.reset(); // the day between them stands alone
        QCOMPARE(layout().content.dots.size(), std::size_t{1});
        data.series[0].gapDays = 0; // only what is known to be missing
        data.series[0].points[10].amount = data.series[0].points[12].amount = 0;
        QCOMPARE(layout().content.lines.size(), std::size_t{2});
    }

    void whatIsNotCompleteIsDashed()
    {
        const TrendData data = test::sampleTrend({10, false, false});
        const TrendLayout layout = layOutTrend(data, {900, 320}, QApplication::font());
        const auto dashed = std::ranges::find(layout.content.lines, true, &PlotLine::dashed);
        QVERIFY(dashed != layout.content.lines.end());
        QCOMPARE(dashed->points.front().x(), double(data.freshEnd->daysSinceEpoch() - 1));
        const auto fills = layout.under.fills();
        QVERIFY(std::ranges::count(fills, FillStyle::Hatch, &SceneFill::style) == 1);
        const auto texts = layout.over.texts();
        QVERIFY(std::ranges::count(texts, QStringLiteral("data to 20 Aug 2026"), &SceneText::text)
            == 1);
        QVERIFY(std::ranges::count(texts, QStringLiteral("today"), &SceneText::text) == 1);
    }

    void textsNeverCollide()
    {
        SeededRandom random{test::seed(54)};
        for (int round = 0; round < test::rounds(200); ++round) {
            const QSizeF size{double(random.between(300, 1300)), double(random.between(180, 600))};
            const test::SampleShape shape{random.chance(1, 2) ? 10 : 1 + random.below(900),
                random.chance(1, 2), random.chance(1, 3)};
            for (const TrendData& data : {test::sampleTrend(shape), test::sampleFan(shape)}) {
                const TrendLayout layout = layOutTrend(data, size, QApplication::font());
                std::vector<SceneText> texts = layout.grid.texts();
                const auto over = layout.over.texts();
                texts.insert(texts.end(), over.begin(), over.end());
                for (std::size_t i = 0; i < texts.size(); ++i) {
                    QVERIFY2(
                        QRectF({0, 0}, size).contains(texts[i].rect), qPrintable(texts[i].text));
                    for (std::size_t j = 0; j < i; ++j)
                        QVERIFY2(!texts[i].rect.adjusted(1, 1, -1, -1).intersects(texts[j].rect),
                            qPrintable(texts[i].text + QStringLiteral(" on ") + texts[j].text));
                }
            }
        }
    }

    void keysWalkTheLines()
    {
        TrendChart chart;
        chart.resize(900, 320);
        chart.show(test::sampleFan({10, false, false}));
        chart.setCurrentKey(QStringLiteral("actual@2026-07-03"));
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(keyOfCurrent(chart), QStringLiteral("actual@2026-07-04"));
        QTest::keyClick(&chart, Qt::Key_Left);
        QTest::keyClick(&chart, Qt::Key_Left);
        QCOMPARE(keyOfCurrent(chart), QStringLiteral("actual@2026-07-02"));
        QTest::keyClick(&chart, Qt::Key_Home);
        QTest::keyClick(&chart, Qt::Key_Left); // the edge holds
        QCOMPARE(keyOfCurrent(chart), QStringLiteral("actual@2026-07-01"));
        QTest::keyClick(&chart, Qt::Key_End);
        QVERIFY(keyOfCurrent(chart).startsWith(u"actual@2026-08-"));
        const auto yOfCurrent = [&] { return chart.shape(*chart.current()).rect.center().y(); };
        const double before = yOfCurrent();
        QTest::keyClick(&chart, Qt::Key_Down);
        QVERIFY(!keyOfCurrent(chart).startsWith(u"actual@"));
        QVERIFY(yOfCurrent() >= before);
        QTest::keyClicks(&chart, QStringLiteral("plan"));
        QCOMPARE(keyOfCurrent(chart), QStringLiteral("plan@2026-09-30"));
        // The cursor stays on its day when data change.
        chart.show(test::sampleFan({10, false, true}));
        QCOMPARE(keyOfCurrent(chart), QStringLiteral("plan@2026-09-30"));
        chart.show({});
        QVERIFY(!chart.current());
    }

    void thePointerFindsTheNearest()
    {
        TrendChart chart;
        chart.resize(900, 320);
        chart.show(test::sampleTrend({10, false, false}));
        for (std::size_t i = 0; i < chart.shapeCount(); i += 3) {
            const auto found = chart.shapeAt(chart.shape(i).rect.center());
            QVERIFY(found.has_value());
            QVERIFY(
                std::abs(chart.shape(*found).rect.center().x() - chart.shape(i).rect.center().x())
                < 1);
        }
        QVERIFY(!chart.shapeAt({2, 2}));
    }

    void aScreenReaderReadsPoints()
    {
        TrendChart chart;
        chart.resize(900, 320);
        chart.show(test::sampleTrend({10, false, false}));
        QAccessibleInterface* list = QAccessible::queryAccessibleInterface(&chart);
        QCOMPARE(list->childCount(), static_cast<int>(chart.shapeCount()));
        QVERIFY(
            list->child(0)->text(QAccessible::Name).startsWith(u"Support assistant, 1 Jul 2026, "));
        chart.setCurrentKey(QStringLiteral("actual@2026-08-10"));
        const auto at = static_cast<int>(*chart.current());
        QVERIFY(list->child(at)->text(QAccessible::Name).endsWith(u", retry loop?"));
        chart.setCurrentKey(QStringLiteral("actual@2026-08-22"));
        QVERIFY(chart.shape(*chart.current()).spoken.endsWith(u", not complete"));
    }

    void dataAreATable()
    {
        TrendChart chart;
        chart.show(test::sampleTrend({10, false, false}));
        const QStringList lines = chart.dataText().split(u'\n');
        QCOMPARE(lines[0],
            QStringLiteral("Day\tSupport assistant\tHuman review\texpected low\texpected high"));
        QCOMPARE(lines.size(), 1 + 62 + 1);
        QVERIFY(lines[27].startsWith(u"2026-07-27\t\t")); // missing is no zero
    }

    // What a hundred thousand points on three lines cost.
    void aHundredThousandPoints()
    {
        SeededRandom random{test::seed(55)};
        TrendData data;
        data.texts = test::dollarTexts();
        const BusinessDate first{-40'000};
        data.period = {first, first.plusDays(100'000)};
        for (int s = 0; s < 3; ++s) {
            TrendSeries series;
            series.key = series.name = QStringLiteral("s%1").arg(s);
            series.slot = s;
            for (std::int32_t i = 0; i < 100'000; ++i)
                series.points.push_back(
                    {first.plusDays(i), random.between(0, 5'000 * (s + 1)) * test::Dollar});
            data.series.push_back(std::move(series));
        }
        TrendChart chart;
        chart.resize(1400, 500);
        chart.QWidget::show();
        QElapsedTimer timer;
        timer.start();
        chart.show(data);
        const qint64 firstUpdate = timer.restart();
        chart.grab();
        const qint64 firstPaint = timer.restart();
        chart.show(data);
        const qint64 update = timer.restart();
        chart.grab();
        const qint64 paint = timer.restart();
        chart.setCurrent(150'000);
        chart.grab();
        const qint64 cursor = timer.elapsed();
        qInfo("3 x 100,000 points: first update %lld ms, first paint %lld ms, update %lld ms, "
              "paint %lld ms, cursor %lld ms",
            firstUpdate, firstPaint, update, paint, cursor);
        for (const PlotLine& line : chart.trendLayout().content.lines)
            QVERIFY(line.points.size() <= 4 * 1400);
        QVERIFY(update < bound(100));
        QVERIFY(paint < bound(150));
        QVERIFY(cursor < bound(50));
    }
};

QTEST_MAIN(TestChartTrend)
#include "tst_ChartTrend.moc"
