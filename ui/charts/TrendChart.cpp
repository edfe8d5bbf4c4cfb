// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/TrendChart.h"

#include "ui/charts/PixelWeight.h"
#include "ui/charts/TrendPlot.h"
#include "ui/charts/TsvText.h"
#include "ui/kit/DateText.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <map>

namespace sluice::ui {

namespace {

constexpr double Reach = 7; // half the side of the square around a point

} // namespace

TrendChart::TrendChart(QWidget* parent)
    : ChartCanvas{parent}
    , m_plot{std::make_unique<TrendPlot>()}
{
    setObjectName(QStringLiteral("trendChart"));
    setAccessibleName(tr("Trend"));
}

TrendChart::~TrendChart() = default;

void TrendChart::show(TrendData shown)
{
    const QString key = current() ? shape(*current()).key : QString{};
    m_data = std::move(shown);
    m_starts.clear();
    m_count = 0;
    for (const TrendSeries& series : m_data.series) {
        m_starts.push_back(m_count);
        m_count += series.points.size();
    }
    shapesChanged(key.isEmpty() ? std::nullopt : indexOfKey(key));
    rebuild();
}

void TrendChart::rebuild()
{
    m_laidOutFont = font();
    m_layout = layOutTrend(m_data, QSizeF{size()}, m_laidOutFont);
    if (!m_layout.content.plot.isEmpty())
        m_plot->update(m_layout.content, QSizeF{size()}, themeOf(palette()));
    repaintPicture();
}

void TrendChart::paintOn(
    QPainter& painter, const QSizeF& size, const Theme& theme, const QFont& font) const
{
    const bool sameLayout = size == m_layout.under.size && font == m_laidOutFont;
    const TrendLayout other = sameLayout ? TrendLayout{} : layOutTrend(m_data, size, font);
    const TrendLayout& layout = sameLayout ? m_layout : other;
    paintScene(painter, layout.under, theme, font);
    if (layout.content.plot.isEmpty())
        return;
    std::unique_ptr<TrendPlot> own;
    if (!sameLayout || !m_plot->isFor(size, theme)) {
        own = std::make_unique<TrendPlot>();
        own->update(layout.content, size, theme);
    }
    TrendPlot& plot = own ? *own : *m_plot;
    plot.paintBands(painter);
    paintMarks(painter, layout.grid, theme, font);
    plot.paintLines(painter);
    paintMarks(painter, layout.over, theme, font);
}

std::size_t TrendChart::shapeCount() const
{
    return m_count;
}

TrendChart::Place TrendChart::placeOf(std::size_t index) const
{
    const auto after = std::ranges::upper_bound(m_starts, index);
    const auto series = static_cast<std::size_t>(after - m_starts.begin()) - 1;
    return {series, index - m_starts[series]};
}

std::size_t TrendChart::indexOf(const Place& place) const
{
    return m_starts[place.series] + place.point;
}

const TrendPoint& TrendChart::pointOf(const Place& place) const
{
    return m_data.series[place.series].points[place.point];
}

QPointF TrendChart::pixelOf(const Place& place) const
{
    const TrendPoint& point = pointOf(place);
    const double x = point.day.daysSinceEpoch();
    return m_layout.content.pixelOf(
        {x, point.amount ? pixelWeight(*point.amount) : m_layout.content.yLow});
}

ChartShape TrendChart::shape(std::size_t index) const
{
    const Place place = placeOf(index);
    const TrendSeries& series = m_data.series[place.series];
    const TrendPoint& point = pointOf(place);
    const QString day = dateText(point.day);
    const QString value = point.amount ? m_data.texts.inPicture(*point.amount) : tr("no data");
    QString spoken = tr("%1, %2, %3").arg(series.name, day, value);
    for (const TrendMarker& marker : m_data.markers) {
        if (marker.day == point.day && !marker.text.isEmpty())
            spoken += tr(", %1").arg(marker.text);
    }
    if (m_data.freshEnd && point.day >= *m_data.freshEnd && series.scenario == Scenario::Actual)
        spoken += tr(", not complete");
    const QPointF at = pixelOf(place);
    return {series.key + u'@' + QString::fromStdString(point.day.toIso()), day, spoken,
        QRectF{at.x() - Reach, at.y() - Reach, 2 * Reach, 2 * Reach}, cardOf(point.day)};
}

std::vector<CardLine> TrendChart::cardOf(BusinessDate day) const
{
    std::vector<CardLine> card;
    for (const TrendSeries& series : m_data.series) {
        const auto at = std::ranges::lower_bound(series.points, day, {}, &TrendPoint::day);
        if (at == series.points.end() || at->day != day)
            continue;
        card.push_back(
            {series.name, at->amount ? m_data.texts.inPicture(*at->amount) : tr("no data")});
    }
    for (const TrendBand& band : m_data.bands) {
        const auto at = std::ranges::lower_bound(band.points, day, {}, &TrendBandPoint::day);
        if (at != band.points.end() && at->day == day)
            card.push_back({band.name,
                tr("%1 to %2")
                    .arg(m_data.texts.inPicture(at->low), m_data.texts.inPicture(at->high))});
    }
    for (const TrendMarker& marker : m_data.markers) {
        if (marker.day == day)
            card.push_back({tr("Marked"), marker.text});
    }
    return card;
}

std::optional<std::size_t> TrendChart::nearest(std::size_t series, double day) const
{
    const std::vector<TrendPoint>& points = m_data.series[series].points;
    if (points.empty())
        return std::nullopt;
    const auto dayOf = [](const TrendPoint& point) { return double(point.day.daysSinceEpoch()); };
    const auto after = std::ranges::lower_bound(points, day, {}, dayOf);
    if (after == points.begin())
        return 0;
    const auto before = after - 1;
    const bool takeAfter = after != points.end() && dayOf(*after) - day < day - dayOf(*before);
    return static_cast<std::size_t>((takeAfter ? after : before) - points.begin());
}

std::optional<std::size_t> TrendChart::shapeAt(const QPointF& point) const
{
    const PlotContent& content = m_layout.content;
    if (!content.plot.adjusted(-Reach, -Reach, Reach, Reach).contains(point))
        return std::nullopt;
    std::optional<std::size_t> best;
    double bestAway = 0;
    for (std::size_t s = 0; s < m_data.series.size(); ++s) {
        const auto at = nearest(s, content.dayAt(point.x()));
        if (!at)
            continue;
        // The nearest in x counts first: a line that ended long ago is not meant.
        const QPointF there = pixelOf({s, *at});
        const double away = std::abs(there.x() - point.x()) * 100 + std::abs(there.y() - point.y());
        if (!best || away < bestAway) {
            best = indexOf({s, *at});
            bestAway = away;
        }
    }
    return best;
}

std::optional<std::size_t> TrendChart::nextFrom(std::size_t from, Direction direction) const
{
    const Place place = placeOf(from);
    const std::size_t count = m_data.series[place.series].points.size();
    if (direction == Direction::Left)
        return place.point > 0 ? std::optional{from - 1} : std::nullopt;
    if (direction == Direction::Right)
        return place.point + 1 < count ? std::optional{from + 1} : std::nullopt;
    // Lines as they lie above each other on this day; equals in the caller's order.
    const BusinessDate day = pointOf(place).day;
    std::vector<Place> there;
    for (std::size_t s = 0; s < m_data.series.size(); ++s) {
        if (s == place.series)
            there.push_back(place);
        else if (const auto at = nearest(s, day.daysSinceEpoch()))
            there.push_back({s, *at});
    }
    std::ranges::stable_sort(
        there, [this](const Place& a, const Place& b) { return pixelOf(a).y() < pixelOf(b).y(); });
    const auto self = std::ranges::find(there, place.series, &Place::series);
    if (direction == Direction::Up)
        return self == there.begin() ? std::nullopt : std::optional{indexOf(*(self - 1))};
    return self + 1 == there.end() ? std::nullopt : std::optional{indexOf(*(self + 1))};
}

std::size_t TrendChart::edgeFrom(std::optional<std::size_t> from, bool last) const
{
    const std::size_t series = placeOf(from.value_or(0)).series;
    return indexOf({series, last ? m_data.series[series].points.size() - 1 : 0});
}

std::optional<std::size_t> TrendChart::found(const QString& typed, std::size_t) const
{
    for (std::size_t s = 0; s < m_data.series.size(); ++s) {
        const TrendSeries& series = m_data.series[s];
        if (!series.points.empty() && series.name.startsWith(typed, Qt::CaseInsensitive))
            return indexOf({s, series.points.size() - 1});
    }
    return std::nullopt;
}

std::optional<std::size_t> TrendChart::indexOfKey(const QString& key) const
{
    const qsizetype at = key.lastIndexOf(u'@');
    const auto day = BusinessDate::parseIso(key.mid(at + 1).toStdString());
    if (at < 0 || !day)
        return std::nullopt;
    for (std::size_t s = 0; s < m_data.series.size(); ++s) {
        const TrendSeries& series = m_data.series[s];
        if (series.key != key.left(at))
            continue;
        const auto found = std::ranges::lower_bound(series.points, *day, {}, &TrendPoint::day);
        if (found != series.points.end() && found->day == *day)
            return indexOf({s, static_cast<std::size_t>(found - series.points.begin())});
    }
    return std::nullopt;
}

void TrendChart::paintRing(
    QPainter& painter, const Theme& theme, std::size_t index, double width) const
{
    const Place place = placeOf(index);
    const QPointF at = pixelOf(place);
    const QRectF& plot = m_layout.content.plot;
    const double x = std::round(at.x()) + 0.5;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen{theme.color(Token::BorderStrong), 1});
    painter.drawLine(QPointF{x, plot.top()}, QPointF{x, plot.bottom()});
    painter.setBrush(theme.color(Token::Surface));
    painter.setPen(QPen{theme.color(Token::Text), width});
    painter.drawEllipse(at, 4.5, 4.5);
}

void TrendChart::paintHover(QPainter& painter, const Theme& theme, std::size_t index) const
{
    paintRing(painter, theme, index, 1.5);
}

void TrendChart::paintCursor(QPainter& painter, const Theme& theme, std::size_t index) const
{
    paintRing(painter, theme, index, hasFocus() ? 3 : 1.5);
}

QString TrendChart::dataText() const
{
    const std::size_t columns = m_data.series.size() + 2 * m_data.bands.size();
    QStringList heads{tr("Day")};
    std::map<BusinessDate, std::vector<QString>> rows;
    const auto cell = [&](BusinessDate day, std::size_t column) -> QString& {
        std::vector<QString>& row = rows[day];
        row.resize(columns);
        return row[column];
    };
    std::size_t column = 0;
    for (const TrendSeries& series : m_data.series) {
        heads << series.name;
        for (const TrendPoint& point : series.points)
            cell(point.day, column) = point.amount ? m_data.texts.inData(*point.amount) : QString{};
        ++column;
    }
    for (const TrendBand& band : m_data.bands) {
        heads << tr("%1 low").arg(band.name) << tr("%1 high").arg(band.name);
        for (const TrendBandPoint& point : band.points) {
            cell(point.day, column) = m_data.texts.inData(point.low);
            cell(point.day, column + 1) = m_data.texts.inData(point.high);
        }
        column += 2;
    }
    QString out = tsvLine(heads);
    for (const auto& [day, cells] : rows)
        out += tsvLine(QStringList{QString::fromStdString(day.toIso())}
            + QStringList{cells.begin(), cells.end()});
    return out;
}

} // namespace sluice::ui
