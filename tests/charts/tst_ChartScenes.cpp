// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/charts/ChartSamples.h"
#include "tests/support/Gui.h"
#include "tests/support/Seed.h"
#include "ui/charts/ChartParts.h"
#include "ui/charts/CoverageLegend.h"
#include "ui/charts/NiceTicks.h"
#include "ui/charts/TsvText.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QMenu>
#include <QPainter>
#include <QSignalSpy>

#include <numeric>

using namespace sluice;
using namespace sluice::ui;

namespace {

AmountTexts plainTexts()
{
    return {[](Int128 amount) { return QString::fromStdString(toString(amount)); }, {}};
}

// Every text lies in the picture and on no other text.
QString trouble(const ChartScene& scene)
{
    const QRectF all = QRectF{{0, 0}, scene.size}.adjusted(-0.5, -0.5, 0.5, 0.5);
    const std::vector<SceneText> texts = scene.texts();
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (!all.contains(texts[i].rect))
            return QStringLiteral("outside: ") + texts[i].text;
        for (std::size_t j = 0; j < i; ++j) {
            if (texts[i].rect.adjusted(1, 1, -1, -1).intersects(texts[j].rect)
                && !texts[i].text.isEmpty() && !texts[j].text.isEmpty())
                return QStringLiteral("'%1' on '%2'").arg(texts[i].text, texts[j].text);
        }
    }
    return {};
}

Int128 valueIn(const ChartShape& shape)
{
    return parseInt128(shape.card[0].value.toStdString()).value_or(-1);
}

} // namespace

class TestChartScenes : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light, {}); }
    void init() { test::failOnWarnings(); }

    // The finest nice axis, found by trying all steps.
    void axesAreNice()
    {
        SeededRandom random{test::seed(41)};
        for (int round = 0; round < test::rounds(4000); ++round) {
            const int digits = static_cast<int>(random.below(16)) + 1;
            const auto bound = static_cast<std::int64_t>(powerOfTen(digits));
            const Int128 a = random.between(-bound, bound);
            const Int128 b = random.chance(1, 3) ? Int128{0} : random.between(-bound, bound);
            const int most = static_cast<int>(random.between(3, 9));
            const Int128 low = std::min(a, b);
            const Int128 high = std::max({a, b, low + 1});
            const ValueAxis axis = niceAxis(low, high, most);
            QVERIFY(axis.low <= low && axis.high >= high);
            QVERIFY(axis.low > low - axis.step && axis.high < high + axis.step);
            QVERIFY(axis.ticks().size() <= static_cast<std::size_t>(most));
            const auto floored = [](Int128 value, Int128 step) {
                Int128 down = value / step;
                return value < 0 && down * step != value ? down - 1 : down;
            };
            Int128 wanted = 0;
            for (Int128 power = 1; wanted == 0; power *= 10) {
                for (const int digit : {1, 2, 5}) {
                    const Int128 step = power * digit;
                    const Int128 marks = -floored(-high, step) - floored(low, step) + 1;
                    if (wanted == 0 && marks <= most)
                        wanted = step;
                }
            }
            QVERIFY(axis.step == wanted);
        }
    }

    void hatchesStayInside()
    {
        SeededRandom random{test::seed(42)};
        for (int round = 0; round < 500; ++round) {
            const QRectF rect{double(random.below(300)), double(random.below(300)),
                double(random.below(90)) + 1, double(random.below(90)) + 1};
            for (const QLineF& line : hatchLines(rect, 6)) {
                QVERIFY(rect.adjusted(-0.01, -0.01, 0.01, 0.01)
                            .contains(QRectF{line.p1(), line.p2()}.normalized()));
                QVERIFY(std::abs(line.dx() + line.dy()) < 1e-9); // 45°, rising
            }
        }
        QVERIFY(hatchLines({}, 6).empty());
    }

    void textsNeverCollide()
    {
        SeededRandom random{test::seed(43)};
        const QFont font = QApplication::font();
        for (int round = 0; round < test::rounds(240); ++round) {
            const QSizeF size{double(random.between(260, 1300)), double(random.between(150, 700))};
            const test::SampleShape shape{
                random.chance(1, 4) ? 1 + random.below(400) : 1 + random.below(14),
                random.chance(1, 2), random.chance(1, 2)};
            const auto holds = [&](const char* name, const ChartScene& scene) {
                const QString found = trouble(scene);
                QVERIFY2(found.isEmpty(),
                    qPrintable(QStringLiteral("%1 %2x%3, %4 items: %5")
                                   .arg(QLatin1StringView{name})
                                   .arg(size.width())
                                   .arg(size.height())
                                   .arg(shape.items)
                                   .arg(found)));
            };
            holds("bars", layOutBars(test::sampleBars(shape, BarShape::Ranked), size, font));
            holds("columns", layOutBars(test::sampleBars(shape, BarShape::Columns), size, font));
            holds("bullets", layOutBullets(test::sampleBullets(shape), size, font));
            holds("waterfall", layOutWaterfall(test::sampleWaterfall(shape), size, font));
            holds("heat", layOutHeatMap(test::sampleHeat(shape), size, font));
            holds("pareto", layOutPareto(test::samplePareto(shape), size, font));
            if (QTest::currentTestFailed())
                return;
        }
    }

    // What is folded keeps its sum to the last digit.
    void nothingIsLostInOther()
    {
        const QFont font = QApplication::font();
        for (const std::size_t items : {1U, 5U, 40U, 1000U}) {
            BarData bars = test::sampleBars({items, false, true}, BarShape::Ranked);
            bars.texts = plainTexts();
            Int128 whole = 0;
            for (const BarItem& item : bars.items)
                whole += item.parts[0].amount;
            Int128 shown = 0;
            for (const ChartShape& shape : layOutBars(bars, {500, 300}, font).shapes)
                shown += valueIn(shape);
            QVERIFY(shown == whole);

            WaterfallData bridge = test::sampleWaterfall({items, false, false});
            bridge.texts = plainTexts();
            Int128 steps = 0;
            const ChartScene scene = layOutWaterfall(bridge, {900, 300}, font);
            for (std::size_t i = 1; i + 1 < scene.shapes.size(); ++i)
                steps += parseInt128(
                    QString{scene.shapes[i].card[0].value}.remove(u'+').toStdString())
                             .value();
            QVERIFY(bridge.start->amount + steps == bridge.end.amount);
        }
    }

    void lengthsAreInProportion()
    {
        BarData data;
        data.texts = plainTexts();
        for (const int amount : {900, 450, -450, 0}) {
            BarItem item;
            item.key = item.name = QString::number(amount);
            item.parts = {{amount, Scenario::Actual}};
            data.items.push_back(item);
        }
        const auto fills = layOutBars(data, {600, 200}, QApplication::font()).fills();
        QCOMPARE(fills.size(), std::size_t{3}); // nothing is drawn for nothing
        QVERIFY(std::abs(fills[0].rect.width() - 2 * fills[1].rect.width()) <= 2);
        QVERIFY(std::abs(fills[1].rect.width() - fills[2].rect.width()) <= 2);
        QVERIFY(std::abs(fills[2].rect.right() - fills[1].rect.left()) <= 1); // one zero line
    }

    void scenariosLookDifferent()
    {
        ChartScene scene;
        for (const Scenario scenario :
            {Scenario::Actual, Scenario::Prior, Scenario::Plan, Scenario::Forecast})
            addBar(scene, {0, 0, 20, 20}, scenario);
        const auto fills = scene.fills();
        QCOMPARE(fills[0].style, FillStyle::Solid);
        QCOMPARE(fills[1].style, FillStyle::Solid);
        QVERIFY(fills[0].ink != fills[1].ink);
        QCOMPARE(fills[2].style, FillStyle::Outline);
        QCOMPARE(fills[3].style, FillStyle::Hatch);
        for (const Theme* theme : {&Theme::light(), &Theme::dark()}) {
            const QColor ground = theme->color(Token::Surface);
            for (const SceneFill& fill : fills)
                QVERIFY(contrastRatio(colorOf(fill.ink, *theme, Token::Surface), ground) >= 2.2);
        }
    }

    void bulletsSayItInWords_data()
    {
        QTest::addColumn<int>("actual");
        QTest::addColumn<int>("plan"); // −1: none
        QTest::addColumn<bool>("closed");
        QTest::addColumn<QString>("words");
        QTest::newRow("over") << 120 << 100 << false << QStringLiteral("20 over");
        QTest::newRow("left") << 80 << 100 << false << QStringLiteral("20 left");
        QTest::newRow("under") << 80 << 100 << true << QStringLiteral("20 under");
        QTest::newRow("on") << 100 << 100 << true << QStringLiteral("on plan");
        QTest::newRow("none") << 100 << -1 << true << QStringLiteral("no plan");
        QTest::newRow("no budget") << 7 << 0 << false << QStringLiteral("7 over");
    }
    void bulletsSayItInWords()
    {
        QFETCH(int, actual);
        QFETCH(int, plan);
        QFETCH(bool, closed);
        QFETCH(QString, words);
        const std::optional<Int128> planned = plan < 0 ? std::nullopt : std::optional<Int128>{plan};
        QCOMPARE(bulletWords({actual, planned, {}}, plainTexts(), closed), words);
    }

    // The delegate's function draws what is over in the unfavourable colour, within its cell.
    void aBulletFitsACell()
    {
        QImage image{200, 32, QImage::Format_RGB32};
        image.fill(Theme::light().color(Token::Surface));
        {
            QPainter painter{&image};
            paintBullet(painter, {20, 4, 160, 24}, {150, 100, {0, 200}}, Theme::light());
        }
        const QColor over = Theme::light().color(Token::Unfavourable);
        QCOMPARE(image.pixelColor(20 + 110, 16), over);
        QVERIFY(image.pixelColor(20 + 40, 16) != over);
        QVERIFY(image.pixelColor(20 + 125, 16) == Theme::light().color(Token::Surface));
        for (int x = 0; x < 200; ++x)
            QVERIFY(image.pixelColor(x, 2) == Theme::light().color(Token::Surface));
    }

    void aBrokenAxisSaysSo()
    {
        WaterfallData data = test::sampleWaterfall({4, false, false});
        const auto says = [](const WaterfallData& bridge) {
            const auto texts = layOutWaterfall(bridge, {900, 300}, QApplication::font()).texts();
            return std::ranges::any_of(texts,
                [](const SceneText& text) { return text.text.startsWith(u"axis starts at "); });
        };
        QVERIFY(says(data)); // steps of some thousands on 412,000
        data.start->amount = 0;
        QVERIFY(!says(data));
    }

    void whatStepsLeaveOpenIsNamed()
    {
        WaterfallData data = test::sampleWaterfall({3, false, false});
        const ChartScene scene = layOutWaterfall(data, {900, 300}, QApplication::font());
        QCOMPARE(scene.shapes.size(), std::size_t{3 + 2 + 1});
        QCOMPARE(scene.shapes[4].name, QStringLiteral("Not explained"));
        data.end.amount -= 900 * test::Dollar;
        QCOMPARE(
            layOutWaterfall(data, {900, 300}, QApplication::font()).shapes.size(), std::size_t{5});
    }

    void everyDayHasItsPlace()
    {
        SeededRandom random{test::seed(44)};
        for (int round = 0; round < 60; ++round) {
            HeatData data;
            data.texts = plainTexts();
            const BusinessDate first{static_cast<std::int32_t>(random.between(10'000, 30'000))};
            data.period
                = {first, first.plusDays(static_cast<std::int32_t>(random.between(1, 900)))};
            for (BusinessDate day = first; day < data.period.end; day = day.plusDays(1)) {
                if (!random.chance(1, 5))
                    data.days.push_back({day, random.between(-20, 1000), {}, {}});
            }
            if (data.days.empty())
                continue;
            const ChartScene scene = layOutHeatMap(data, {900, 260}, QApplication::font());
            QCOMPARE(scene.shapes.size(), static_cast<std::size_t>(data.period.days()));
            for (std::size_t i = 1; i < scene.shapes.size(); ++i) {
                const BusinessDate day = first.plusDays(static_cast<std::int32_t>(i));
                const QRectF before = scene.shapes[i - 1].rect;
                const QRectF here = scene.shapes[i].rect;
                // A Monday starts a column, every other day stands below the day before.
                if (day.isoWeekday() != 0)
                    QVERIFY(here.left() == before.left() && here.top() > before.top());
                else
                    QVERIFY(here.left() != before.left());
            }
            const auto fills = scene.fills();
            QVERIFY(std::ranges::count(fills, FillStyle::Missing, &SceneFill::style)
                >= data.period.days() - static_cast<std::int32_t>(data.days.size()));
        }
    }

    void quartersOfTheDays()
    {
        std::vector<HeatDay> days;
        for (int i = 1; i <= 100; ++i)
            days.push_back({BusinessDate{i}, i, {}, {}});
        days.push_back({BusinessDate{0}, 0, {}, {}});
        const auto bounds = heatBounds(days);
        std::array<int, 5> counts{};
        for (const HeatDay& day : days)
            ++counts[static_cast<std::size_t>(heatStep(day.amount, bounds))];
        QCOMPARE(counts[0], 1);
        for (std::size_t step = 1; step < 5; ++step)
            QVERIFY(counts[step] >= 24 && counts[step] <= 26);
        QCOMPARE(heatStep(-5, bounds), 0);
        QCOMPARE(heatStep(7, heatBounds({})), 4); // nothing to compare with: the most there is
    }

    void paretoCountsRight()
    {
        SeededRandom random{test::seed(45)};
        for (int round = 0; round < 300; ++round) {
            std::vector<ParetoItem> items(random.below(30) + 1);
            Int128 whole = 0;
            for (ParetoItem& item : items) {
                item.amount = random.between(-50, 500);
                whole += std::max(item.amount, Int128{0});
            }
            const auto order = paretoOrder(items);
            QVERIFY(std::ranges::is_sorted(order, std::greater{}, &ParetoItem::amount));
            const std::size_t reach = paretoReach(order, 80);
            const auto sumOf = [&](std::size_t count) {
                Int128 sum = 0;
                for (std::size_t i = 0; i < count; ++i)
                    sum += order[i]->amount;
                return sum;
            };
            QVERIFY(sumOf(reach) * 5 >= whole * 4);
            QVERIFY(reach == 0 || sumOf(reach - 1) * 5 < whole * 4);
        }
    }

    void coverageHasFiveStepsAndNone()
    {
        QVERIFY(!coverageStep(0, 100) && !coverageStep(-5, 100) && !coverageStep(5, 0));
        const std::array<std::pair<int, int>, 8> steps{
            {{1, 0}, {25, 0}, {26, 1}, {50, 1}, {75, 2}, {76, 3}, {99, 3}, {100, 4}}};
        for (const auto& [owned, step] : steps)
            QCOMPARE(coverageStep(owned, 100), std::optional{step});
    }

    void keysPointerAndScreenReader()
    {
        BarChart chart;
        chart.resize(600, 320);
        chart.show(test::sampleBars({10, false, false}, BarShape::Ranked));
        QSignalSpy opened{&chart, &ChartCanvas::activated};
        QTest::keyClick(&chart, Qt::Key_Down);
        QTest::keyClick(&chart, Qt::Key_Down);
        QCOMPARE(chart.shapes()[*chart.current()].key, QStringLiteral("w1"));
        QTest::keyClick(&chart, Qt::Key_Return);
        QCOMPARE(opened.at(0).at(0).toString(), QStringLiteral("w1"));
        QTest::keyClicks(&chart, QStringLiteral("eval"));
        QCOMPARE(chart.shapes()[*chart.current()].name, QStringLiteral("Evaluation"));
        QTest::keyClick(&chart, Qt::Key_End);
        QCOMPARE(*chart.current(), chart.shapes().size() - 1);
        QTest::mouseClick(&chart, Qt::LeftButton, {}, chart.shapes()[3].rect.center().toPoint());
        QCOMPARE(*chart.current(), std::size_t{3});
        QAccessibleInterface* list = QAccessible::queryAccessibleInterface(&chart);
        QCOMPARE(list->childCount(), static_cast<int>(chart.shapes().size()));
        QVERIFY(list->child(0)->text(QAccessible::Name).startsWith(u"Support assistant, "));
        QVERIFY(list->child(3)->state().selected);
    }

    void theCardFollowsTheKeys()
    {
        BarChart chart;
        chart.resize(600, 320);
        chart.QWidget::show();
        chart.show(test::sampleBars({10, false, false}, BarShape::Ranked));
        auto* card = chart.findChild<QWidget*>(QStringLiteral("hoverCard"));
        QVERIFY(!card->isVisible());
        QTest::keyClick(&chart, Qt::Key_Down);
        QVERIFY(card->isVisible());
        QVERIFY(chart.rect().contains(card->geometry()));
        QTest::keyClick(&chart, Qt::Key_Escape);
        QVERIFY(!card->isVisible());
    }

    // Only what the page answers to is offered.
    void theMenuOffersWhatIsHeard()
    {
        BarChart chart;
        chart.resize(600, 320);
        chart.show(test::sampleBars({10, false, false}, BarShape::Ranked));
        chart.setCurrent(0);
        const auto entries = [&chart] {
            QContextMenuEvent event{QContextMenuEvent::Keyboard, {20, 20}, {20, 20}};
            QApplication::sendEvent(&chart, &event);
            auto* menu = chart.findChild<QMenu*>(QStringLiteral("chartMenu"));
            QStringList texts;
            for (const QAction* action : menu->actions()) {
                if (!action->isSeparator())
                    texts << action->text();
            }
            delete menu;
            return texts.join(u'|');
        };
        QCOMPARE(entries(), QStringLiteral("Copy picture|Copy data"));
        QSignalSpy table{&chart, &ChartCanvas::tableRequested};
        QSignalSpy save{&chart, &ChartCanvas::saveRequested};
        QCOMPARE(
            entries(), QStringLiteral("Show as table|Copy picture|Copy data|Save picture\u2026"));
    }

    void anEmptyChartSaysSo()
    {
        ParetoChart chart;
        chart.resize(400, 200);
        chart.setPlaceholder(QStringLiteral("No charges in this period"));
        const QImage with = chart.grab().toImage();
        QCOMPARE(QAccessible::queryAccessibleInterface(&chart)->text(QAccessible::Description),
            QStringLiteral("No charges in this period"));
        chart.setPlaceholder({});
        QVERIFY(with != chart.grab().toImage());
    }

    void dataAreATable()
    {
        BarChart chart;
        BarData data = test::sampleBars({2, false, false}, BarShape::Ranked);
        data.texts = {[](Int128) { return QStringLiteral("short"); }, plainTexts().shown};
        data.items[0].name = QStringLiteral("a\tb\nc");
        const QString first = QString::fromStdString(toString(data.items[0].parts[0].amount));
        chart.resize(400, 200);
        chart.show(data);
        chart.copyData();
        const QStringList lines = QApplication::clipboard()->text().split(u'\n');
        QCOMPARE(lines[0], QStringLiteral("Workflow\tActual\tPlan"));
        QVERIFY(lines[1].startsWith(QStringLiteral("a b c\t") + first + u'\t'));
        QCOMPARE(lines.size(), 4);
        WaterfallChart bridge;
        bridge.show(test::sampleWaterfall({3, false, false}));
        QCOMPARE(bridge.dataText().count(u'\n'), 1 + 3 + 2 + 1);
        CalendarHeatMap heat;
        heat.show(test::sampleHeat({10, false, false}));
        QCOMPARE(heat.dataText().count(u'\n'), 1 + 92);
        QVERIFY(heat.dataText().contains(QStringLiteral("2026-07-13\t\n"))); // missing is no zero
    }
};

QTEST_MAIN(TestChartScenes)
#include "tst_ChartScenes.moc"
