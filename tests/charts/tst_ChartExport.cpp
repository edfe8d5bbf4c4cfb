// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/charts/ChartSamples.h"
#include "tests/charts/TrendSamples.h"
#include "tests/support/Gui.h"
#include "tests/support/Unprivileged.h"
#include "ui/charts/ChartExport.h"
#include "ui/charts/TrendChart.h"

#include <QApplication>
#include <QPainter>
#include <QSvgRenderer>
#include <QTemporaryDir>

#include <optional>

using namespace sluice;
using namespace sluice::ui;

namespace {

ChartCaption caption()
{
    return {QStringLiteral("Where the money went"),
        QStringLiteral("All owners \u00B7 Q3 2026 \u00B7 USD \u00B7 vendor: Azure"),
        QStringLiteral("Data to 14 Sep 2026, preliminary")};
}

QByteArray readAll(const QString& path)
{
    QFile file{path};
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray{};
}

} // namespace

class TestChartExport : public QObject {
    Q_OBJECT

private slots:
    void cleanup()
    {
        m_bars.reset();
        m_trend.reset();
    }
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Dark, {}); }
    void init()
    {
        test::failOnWarnings();
        QVERIFY(m_folder.isValid());
        m_bars.emplace();
        m_trend.emplace();
        m_bars->resize(600, 300);
        m_bars->show(test::sampleBars({10, false, false}, BarShape::Ranked));
        m_trend->resize(700, 300);
        m_trend->show(test::sampleTrend({10, false, false}));
    }

    void theEndingNamesTheFormat()
    {
        QCOMPARE(pictureFormatOf(QStringLiteral("/a/b.PNG")), PictureFormat::Png);
        QCOMPARE(pictureFormatOf(QStringLiteral("b.svg")), PictureFormat::Svg);
        QCOMPARE(pictureFormatOf(QStringLiteral("b.pdf")), PictureFormat::Pdf);
        QVERIFY(!pictureFormatOf(QStringLiteral("b.jpg")));
        const Status refused = exportChart(*m_bars, caption(), path("b.jpg"));
        QCOMPARE(refused.error().code, ErrorCode::BadInput);
        QVERIFY(!QFile::exists(path("b.jpg")));
    }

    // Twice the size, in the colours of the screen, and the chart in it is the chart that is shown.
    void pngIsWhatIsShown()
    {
        const Result<QByteArray> bytes = chartPicture(*m_bars, {}, PictureFormat::Png);
        const QImage image = QImage::fromData(*bytes);
        QCOMPARE(image.size(), QSize(2 * (600 + 40), 2 * (300 + 40)));
        QCOMPARE(image.pixelColor(2, 2), Theme::dark().color(Token::Surface));
        QImage shown{1200, 600, QImage::Format_RGB32};
        shown.setDevicePixelRatio(2);
        QFont font = m_bars->font();
        font.setPixelSize(QFontInfo{font}.pixelSize());
        {
            QPainter painter{&shown};
            m_bars->paintChart(painter, {0, 0, 600, 300}, Theme::dark(), font);
        }
        shown.setDevicePixelRatio(1);
        QCOMPARE(image.copy(40, 40, 1200, 600).convertToFormat(QImage::Format_RGB32), shown);
        // The caption takes room of its own.
        const Result<QByteArray> captioned = chartPicture(*m_bars, caption(), PictureFormat::Png);
        QVERIFY(QImage::fromData(*captioned).height() > image.height() + 60);
    }

    // A cursor is no part of the figure.
    void theCursorIsNotExported()
    {
        const QByteArray before = *chartPicture(*m_bars, {}, PictureFormat::Png);
        m_bars->setCurrent(3);
        QCOMPARE(*chartPicture(*m_bars, {}, PictureFormat::Png), before);
        m_trend->setCurrent(3);
        QVERIFY(chartPicture(*m_trend, {}, PictureFormat::Png).ok());
    }

    void svgHasTextsAndDraws()
    {
        for (const ChartCanvas* chart :
            {static_cast<ChartCanvas*>(&*m_bars), static_cast<ChartCanvas*>(&*m_trend)}) {
            const QByteArray svg = *chartPicture(*chart, caption(), PictureFormat::Svg);
            QVERIFY(svg.contains("Where the money went"));
            QVERIFY(svg.contains("vendor: Azure"));
            QVERIFY(svg.contains("Support assistant"));
            QVERIFY(!svg.contains("<image")); // vectors all through
            QSvgRenderer renderer{svg};
            QVERIFY(renderer.isValid());
            QImage image{renderer.defaultSize(), QImage::Format_RGB32};
            image.fill(Theme::light().color(Token::Accent));
            QPainter painter{&image};
            renderer.render(&painter);
            QCOMPARE(image.pixelColor(3, 3), Theme::dark().color(Token::Surface));
        }
    }

    // For archives: PDF/A, fonts inside, light, and no picture made of pixels.
    void pdfIsForArchives()
    {
        for (const ChartCanvas* chart :
            {static_cast<ChartCanvas*>(&*m_bars), static_cast<ChartCanvas*>(&*m_trend)}) {
            const QByteArray pdf = *chartPicture(*chart, caption(), PictureFormat::Pdf);
            QVERIFY(pdf.startsWith("%PDF-1.4"));
            QVERIFY(pdf.contains("pdfaid"));
            QVERIFY(pdf.contains("/FontFile2") || pdf.contains("/FontFile"));
            QVERIFY(!pdf.contains("/Subtype /Image"));
            QVERIFY(pdf.size() < 400'000);
        }
    }

    void eachFormatIsWritten()
    {
        for (const char* name : {"trend.png", "trend.svg", "trend.pdf"}) {
            const Status done = exportChart(*m_trend, caption(), path(name));
            QVERIFY2(done.ok(), done.ok() ? "" : errorSentence(done.error()).c_str());
            QVERIFY(QFile{path(name)}.size() > 1000);
        }
        const QString keep = qEnvironmentVariable("SLUICE_SHOTS_DIR");
        if (!keep.isEmpty()) {
            for (const char* name : {"trend.svg", "trend.pdf", "trend.png"}) {
                QFile::remove(keep + QStringLiteral("/export-") + QLatin1StringView{name});
                QFile::copy(
                    path(name), keep + QStringLiteral("/export-") + QLatin1StringView{name});
            }
        }
    }

    void whatCannotBeWrittenLeavesTheOld()
    {
        const Status nowhere = savePicture(path("none/a.png"), "x");
        QCOMPARE(nowhere.error().code, ErrorCode::NotFound);
        QVERIFY(nowhere.error().where.ends_with("none/a.png"));
        QVERIFY(savePicture(path("kept.png"), "old").ok());
        QVERIFY(QFile::setPermissions(m_folder.path(),
            QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther));
        {
            const test::Unprivileged rights;
            const Status refused = savePicture(path("kept.png"), "new");
            QVERIFY(!refused.ok());
            QCOMPARE(refused.error().code, ErrorCode::ReadOnly);
        }
        QVERIFY(QFile::setPermissions(
            m_folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        QCOMPARE(readAll(path("kept.png")), QByteArray{"old"});
    }

private:
    [[nodiscard]] QString path(const char* name) const
    {
        return m_folder.filePath(QLatin1StringView{name});
    }

    QTemporaryDir m_folder;
    std::optional<BarChart> m_bars;
    std::optional<TrendChart> m_trend;
};

QTEST_MAIN(TestChartExport)
#include "tst_ChartExport.moc"
