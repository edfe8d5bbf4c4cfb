// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/TrendPlot.h"

#include <QAreaSeries>
#include <QChart>
#include <QGraphicsScene>
#include <QLineSeries>
#include <QPainter>
#include <QScatterSeries>
#include <QValueAxis>

namespace sluice::ui {

namespace {

// Around the plot, so that a line on its edge is not cut in half.
constexpr double Bleed = 4;

QList<QPointF> listOf(const std::vector<QPointF>& points)
{
    return {points.begin(), points.end()};
}

} // namespace

// One chart without axes, legend or ground. Series are kept and filled anew; those that are not
// needed are hidden: adding one to a chart is what costs.
class TrendPlot::Layer {
public:
    Layer()
        : m_chart{new QChart}
        , m_x{new QValueAxis}
        , m_y{new QValueAxis}
    {
        m_chart->legend()->hide();
        m_chart->setBackgroundVisible(false);
        m_chart->setPlotAreaBackgroundVisible(false);
        m_chart->setMargins({});
        m_chart->setAnimationOptions(QChart::NoAnimation);
        m_chart->addAxis(m_x, Qt::AlignBottom);
        m_chart->addAxis(m_y, Qt::AlignLeft);
        m_x->setVisible(false);
        m_y->setVisible(false);
        m_scene.addItem(m_chart);
    }

    void place(const PlotContent& content, const QSizeF& size)
    {
        m_scene.setSceneRect({{0, 0}, size});
        m_chart->setGeometry({{0, 0}, size});
        m_chart->setPlotArea(content.plot.adjusted(-Bleed, -Bleed, Bleed, Bleed));
        const double x = (content.xHigh - content.xLow) / std::max(1.0, content.plot.width());
        const double y = (content.yHigh - content.yLow) / std::max(1.0, content.plot.height());
        m_x->setRange(content.xLow - Bleed * x, content.xHigh + Bleed * x);
        m_y->setRange(content.yLow - Bleed * y, content.yHigh + Bleed * y);
    }

    void setAreas(const std::vector<PlotArea>& areas, const Theme& theme)
    {
        for (std::size_t i = 0; i < std::max(areas.size(), m_areas.size()); ++i) {
            if (i == m_areas.size()) {
                auto* area = new QAreaSeries;
                area->setUpperSeries(new QLineSeries{area});
                area->setLowerSeries(new QLineSeries{area});
                area->setPen(Qt::NoPen);
                add(area);
                m_areas.push_back(area);
            }
            QAreaSeries* area = m_areas[i];
            area->setVisible(i < areas.size());
            if (i >= areas.size())
                continue;
            area->upperSeries()->replace(listOf(areas[i].upper));
            area->lowerSeries()->replace(listOf(areas[i].lower));
            area->setBrush(colorOf(areas[i].ink, theme, Token::Surface));
        }
    }
    void setLines(const std::vector<PlotLine>& lines, const Theme& theme)
    {
        for (std::size_t i = 0; i < std::max(lines.size(), m_lines.size()); ++i) {
            if (i == m_lines.size()) {
                m_lines.push_back(new QLineSeries);
                add(m_lines.back());
            }
            QLineSeries* series = m_lines[i];
            series->setVisible(i < lines.size());
            if (i >= lines.size())
                continue;
            series->replace(listOf(lines[i].points));
            QPen pen{colorOf(lines[i].ink, theme, Token::Surface), lines[i].width};
            pen.setJoinStyle(Qt::RoundJoin);
            pen.setCapStyle(Qt::FlatCap);
            if (lines[i].dashed)
                pen.setDashPattern({4, 2.5});
            series->setPen(pen);
        }
    }
    void setDots(const std::vector<PlotDots>& dots, const Theme& theme)
    {
        for (std::size_t i = 0; i < std::max(dots.size(), m_dots.size()); ++i) {
            if (i == m_dots.size()) {
                m_dots.push_back(new QScatterSeries);
                m_dots.back()->setMarkerShape(QScatterSeries::MarkerShapeRectangle);
                m_dots.back()->setPen(Qt::NoPen);
                add(m_dots.back());
            }
            QScatterSeries* series = m_dots[i];
            series->setVisible(i < dots.size());
            if (i >= dots.size())
                continue;
            series->setMarkerSize(dots[i].side);
            series->setBrush(colorOf(dots[i].ink, theme, Token::Surface));
            series->replace(listOf(dots[i].points));
        }
    }
    void paint(QPainter& painter)
    {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF all = m_scene.sceneRect();
        m_scene.render(&painter, all, all, Qt::IgnoreAspectRatio);
        painter.restore();
    }

private:
    void add(QAbstractSeries* series)
    {
        m_chart->addSeries(series);
        series->attachAxis(m_x);
        series->attachAxis(m_y);
    }

    QGraphicsScene m_scene;
    QChart* m_chart; // the scene's
    QValueAxis* m_x; // the chart's, as all below
    QValueAxis* m_y;
    std::vector<QAreaSeries*> m_areas;
    std::vector<QLineSeries*> m_lines;
    std::vector<QScatterSeries*> m_dots;
};

TrendPlot::TrendPlot()
    : m_bands{std::make_unique<Layer>()}
    , m_lines{std::make_unique<Layer>()}
{
}

TrendPlot::~TrendPlot() = default;

void TrendPlot::update(const PlotContent& content, const QSizeF& size, const Theme& theme)
{
    m_size = size;
    m_theme = &theme;
    m_bands->place(content, size);
    m_bands->setAreas(content.areas, theme);
    m_lines->place(content, size);
    m_lines->setLines(content.lines, theme);
    m_lines->setDots(content.dots, theme);
}

bool TrendPlot::isFor(const QSizeF& size, const Theme& theme) const
{
    return m_theme == &theme && m_size == size;
}

void TrendPlot::paintBands(QPainter& painter)
{
    m_bands->paint(painter);
}

void TrendPlot::paintLines(QPainter& painter)
{
    m_lines->paint(painter);
}

} // namespace sluice::ui
