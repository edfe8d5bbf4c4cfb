// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/charts/ChartSamples.h"
#include "tests/charts/TileSamples.h"
#include "tests/charts/TrendSamples.h"
#include "tests/support/Gui.h"
#include "ui/charts/CoverageLegend.h"
#include "ui/charts/Treemap.h"
#include "ui/charts/TrendChart.h"

#include <QApplication>
#include <QDir>
#include <QFontDatabase>

using namespace sluice;
using namespace sluice::ui;

// Every chart with much, little, no, long, negative and very much data in both themes. Where
// SLUICE_SHOTS_DIR is set the pictures are kept there as chart-NAME-THEME.png.
class ChartGallery : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale{QLocale::English, QLocale::UnitedStates});
        m_folder = qEnvironmentVariable("SLUICE_SHOTS_DIR");
        if (!m_folder.isEmpty())
            QVERIFY(QDir{}.mkpath(m_folder));
        if (QFontDatabase::hasFamily(QStringLiteral("Open Sans")))
            QApplication::setFont(QFont{QStringLiteral("Open Sans"), 10});
    }
    void init() { test::failOnWarnings(); }

    void everyChart_data()
    {
        QTest::addColumn<int>("items");
        QTest::addColumn<bool>("german");
        QTest::addColumn<bool>("negative");
        QTest::newRow("ten") << 10 << false << false;
        QTest::newRow("one") << 1 << false << false;
        QTest::newRow("empty") << 0 << false << false;
        QTest::newRow("german") << 10 << true << false;
        QTest::newRow("negative") << 10 << false << true;
        QTest::newRow("thousand") << 1000 << false << false;
    }
    void everyChart()
    {
        QFETCH(int, items);
        QFETCH(bool, german);
        QFETCH(bool, negative);
        const test::SampleShape shape{static_cast<std::size_t>(items), german, negative};
        const QString row = QString::fromLatin1(QTest::currentDataTag());
        shootAll<BarChart>(row, QStringLiteral("bars"), {560, 320},
            [&](BarChart& c) { c.show(test::sampleBars(shape, BarShape::Ranked)); });
        shootAll<BarChart>(row, QStringLiteral("columns"), {720, 320},
            [&](BarChart& c) { c.show(test::sampleBars(shape, BarShape::Columns)); });
        shootAll<BulletChart>(row, QStringLiteral("bullets"), {640, 320},
            [&](BulletChart& c) { c.show(test::sampleBullets(shape)); });
        shootAll<WaterfallChart>(row, QStringLiteral("waterfall"), {1000, 280},
            [&](WaterfallChart& c) { c.show(test::sampleWaterfall(shape)); });
        shootAll<CalendarHeatMap>(row, QStringLiteral("calendar"), {760, 260},
            [&](CalendarHeatMap& c) { c.show(test::sampleHeat(shape)); });
        shootAll<ParetoChart>(row, QStringLiteral("pareto"), {720, 340},
            [&](ParetoChart& c) { c.show(test::samplePareto(shape)); });
        shootAll<TrendChart>(row, QStringLiteral("trend"), {900, 340},
            [&](TrendChart& c) { c.show(test::sampleTrend(shape)); });
        shootAll<TrendChart>(row, QStringLiteral("fan"), {900, 340},
            [&](TrendChart& c) { c.show(test::sampleFan(shape)); });
        shootAll<Treemap>(row, QStringLiteral("coverage"), {900, 480}, [&](Treemap& map) {
            map.setColour(TreemapColour::Coverage);
            map.show(test::sampleTiles(shape), test::dollarTexts().shown);
        });
    }

    void coverageLegend()
    {
        CoverageLegend legend;
        legend.resize(legend.sizeHint());
        for (const bool dark : {false, true})
            shoot(legend, QStringLiteral("coverage-legend"), dark);
    }

private:
    template <class Chart, class Fill>
    void shootAll(const QString& row, const QString& name, const QSize& size, Fill fill)
    {
        for (const bool dark : {false, true}) {
            applyTheme(*qApp, dark ? ThemeChoice::Dark : ThemeChoice::Light, {});
            Chart chart;
            chart.setReducedMotion(true);
            chart.resize(size);
            fill(chart);
            if (chart.shapeCount() > 2)
                chart.setCurrent(2);
            shoot(chart, name + u'-' + row, dark);
        }
    }
    void shoot(QWidget& widget, const QString& name, bool dark)
    {
        applyTheme(*qApp, dark ? ThemeChoice::Dark : ThemeChoice::Light, {});
        const QPixmap picture = widget.grab();
        QVERIFY(!picture.isNull());
        if (!m_folder.isEmpty())
            QVERIFY(picture.save(
                QStringLiteral("%1/chart-%2-%3.png")
                    .arg(m_folder, name, dark ? QStringLiteral("dark") : QStringLiteral("light"))));
    }

    QString m_folder;
};

QTEST_MAIN(ChartGallery)
#include "tst_ChartGallery.moc"
