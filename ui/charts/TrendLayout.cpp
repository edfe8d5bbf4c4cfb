// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/TrendLayout.h"

#include "ui/charts/CalendarTicks.h"
#include "ui/charts/ChartParts.h"
#include "ui/charts/Decimation.h"
#include "ui/charts/LabelSpread.h"
#include "ui/charts/PixelWeight.h"
#include "ui/kit/DateText.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace sluice::ui {

namespace {

constexpr double Swatch = 14;
constexpr double MarkerSide = 10;

QString tr(const char* text)
{
    return QCoreApplication::translate("TrendLayout", text);
}

double xOf(BusinessDate day)
{
    return day.daysSinceEpoch();
}

// A run of days without a gap that could be seen.
using Run = std::vector<QPointF>;

std::vector<Run> runsOf(const TrendSeries& series, double pixelsPerDay)
{
    std::vector<Run> runs;
    bool open = false;
    for (const TrendPoint& point : series.points) {
        if (!point.amount) {
            open = false;
            continue;
        }
        const QPointF at{xOf(point.day), pixelWeight(*point.amount)};
        // A gap of less than a pixel is none on this picture.
        const double apart = runs.empty() ? 0 : at.x() - runs.back().back().x();
        const bool joins = !runs.empty()
            && ((open && (series.gapDays == 0 || apart <= series.gapDays))
                || apart * pixelsPerDay < 1);
        if (!joins)
            runs.emplace_back();
        runs.back().push_back(at);
        open = true;
    }
    return runs;
}

struct EndLabel {
    QString text;
    double y{0};
    std::optional<PlotLine> line; // else a band
    Ink band;
};

class TrendWriter {
public:
    TrendWriter(const TrendData& data, const QSizeF& size, const QFont& font)
        : m_data{data}
        , m_ruler{font}
        , m_area{chartArea(size)}
        , m_text{m_ruler.height(TextRole::Axis)}
    {
        m_layout.under.size = m_layout.grid.size = m_layout.over.size = size;
    }

    TrendLayout write()
    {
        const double right = std::min(endRoom(), m_area.width() * 0.34);
        const ValueAxis axis = axisOf();
        const QRectF area = m_area.adjusted(0, m_text + 6, -right, -m_text - 8);
        const AxisFrame frame
            = addValueAxis(m_layout.grid, area, axis, m_data.texts.shown, m_ruler);
        PlotContent& content = m_layout.content;
        content.plot = frame.plot.adjusted(4, 0, -4, 0).toRect();
        content.yLow = pixelWeight(axis.low);
        content.yHigh = pixelWeight(axis.high);
        content.xLow = xOf(m_data.period.first);
        content.xHigh = xOf(m_data.period.end) - 1;
        if (content.xHigh <= content.xLow) { // one day stands in the middle
            content.xLow -= 1;
            content.xHigh += 1;
        }
        ticks();
        stale();
        areas();
        for (const TrendSeries& series : m_data.series)
            lines(series);
        today();
        markers();
        endLabels();
        return std::move(m_layout);
    }

private:
    [[nodiscard]] QPointF pixelOf(BusinessDate day, Int128 amount) const
    {
        return m_layout.content.pixelOf({xOf(day), pixelWeight(amount)});
    }
    [[nodiscard]] double pixelX(BusinessDate day) const
    {
        return std::round(m_layout.content.pixelOf({xOf(day), 0}).x()) + 0.5;
    }
    [[nodiscard]] double endRoom() const
    {
        double room = 0;
        for (const TrendSeries& series : m_data.series)
            room = std::max(room, m_ruler.width(series.name, TextRole::Name));
        for (const TrendBand& band : m_data.bands)
            room = std::max(room, m_ruler.width(band.name, TextRole::Name));
        return room + Swatch + 14;
    }
    [[nodiscard]] ValueAxis axisOf() const
    {
        Int128 low = 0;
        Int128 high = 0;
        const auto reach = [&](Int128 amount) {
            low = std::min(low, amount);
            high = std::max(high, amount);
        };
        for (const TrendSeries& series : m_data.series) {
            for (const TrendPoint& point : series.points)
                reach(point.amount.value_or(0));
        }
        for (const TrendBand& band : m_data.bands) {
            for (const TrendBandPoint& point : band.points) {
                reach(point.low);
                reach(point.high);
            }
        }
        for (const TrendMarker& marker : m_data.markers)
            reach(marker.amount);
        return niceAxis(low, high, static_cast<int>(std::clamp(m_area.height() / 48, 3.0, 8.0)));
    }
    void ticks()
    {
        const QRectF& plot = m_layout.content.plot;
        const double room = m_ruler.width(QStringLiteral("00 Mmm"), TextRole::Axis) + 14;
        double free = 0;
        for (const CalendarTick& tick :
            calendarTicks(m_data.period, plot.width(), room, m_data.calendar)) {
            const double x = pixelX(tick.day);
            m_layout.grid.add(
                SceneLine{{x, plot.bottom(), x, plot.bottom() + 4}, {Token::BorderStrong}});
            const double width = m_ruler.width(tick.label, TextRole::Axis);
            const double left = std::clamp(
                x - width / 2, m_area.left(), std::max(m_area.left(), m_area.right() - width));
            if (left < free)
                continue;
            free = left + width + 4;
            m_layout.grid.add(SceneText{{left, plot.bottom() + 6, width, m_text}, tick.label,
                TextRole::Axis, Qt::AlignCenter, {Token::Muted}, {}});
        }
    }
    // What is not complete yet is hatched, behind a dashed edge that says to when data go.
    void stale()
    {
        if (!m_data.freshEnd || !m_data.period.contains(*m_data.freshEnd))
            return;
        const QRectF& plot = m_layout.content.plot;
        BusinessDate last = *m_data.freshEnd;
        for (const TrendSeries& series : m_data.series) {
            if (series.scenario == Scenario::Actual && !series.points.empty())
                last = std::max(last, series.points.back().day);
        }
        const double from = pixelX(*m_data.freshEnd);
        const double to = std::min(plot.right(), pixelX(last));
        if (to > from)
            m_layout.under.add(SceneFill{
                {from, plot.top(), to - from, plot.height()}, {Token::Border}, FillStyle::Hatch});
        m_layout.under.add(SceneLine{
            {from, plot.top(), from, plot.bottom()}, {Token::BorderStrong}, 1, Stroke::Dashed});
        topLabel(tr("data to %1").arg(dateText(m_data.freshEnd->plusDays(-1))), from, true);
    }
    void today()
    {
        if (!m_data.today || !m_data.period.contains(*m_data.today))
            return;
        const QRectF& plot = m_layout.content.plot;
        const double x = pixelX(*m_data.today);
        m_layout.over.add(SceneLine{{x, plot.top() - 2, x, plot.bottom()}, {Token::Text}});
        topLabel(tr("today"), x, false);
    }
    // Above the plot, at the left of `x` or at its right; nothing where another stands.
    void topLabel(const QString& text, double x, bool before)
    {
        const double width = m_ruler.width(text, TextRole::Axis);
        double left = before ? x - width - 4 : x + 4;
        left = std::clamp(left, m_area.left(), std::max(m_area.left(), m_area.right() - width));
        const QRectF rect{left, m_area.top(), width, m_text};
        if (std::ranges::any_of(
                m_taken, [&](const QRectF& other) { return other.intersects(rect); }))
            return;
        m_taken.push_back(rect);
        m_layout.over.add(SceneText{
            rect, text, TextRole::Axis, Qt::AlignLeft | Qt::AlignVCenter, {Token::Text}, {}});
    }
    [[nodiscard]] Ink bandInk(std::size_t at) const
    {
        const double step = m_data.bands.size() > 1 ? 0.26 / double(m_data.bands.size() - 1) : 0;
        return {Token::Accent, 0.18 + step * double(at)};
    }
    void areas()
    {
        PlotContent& content = m_layout.content;
        const int pixels = static_cast<int>(content.plot.width());
        for (std::size_t i = 0; i < m_data.bands.size(); ++i) {
            std::vector<QPointF> upper;
            std::vector<QPointF> lower;
            for (const TrendBandPoint& point : m_data.bands[i].points) {
                upper.emplace_back(xOf(point.day), pixelWeight(point.high));
                lower.emplace_back(xOf(point.day), pixelWeight(point.low));
            }
            if (upper.size() < 2)
                continue;
            m_ends.push_back(
                {m_data.bands[i].name, content.pixelOf(upper.back()).y(), {}, bandInk(i)});
            content.areas.push_back({decimated(upper, content.xLow, content.xHigh, pixels),
                decimated(lower, content.xLow, content.xHigh, pixels), bandInk(i)});
        }
    }
    void lines(const TrendSeries& series)
    {
        PlotContent& content = m_layout.content;
        const double perDay = content.plot.width() / (content.xHigh - content.xLow);
        const PlotLine style = lineStyle(series);
        const double fresh = m_data.freshEnd && series.scenario == Scenario::Actual
            ? xOf(*m_data.freshEnd)
            : content.xHigh + 1;
        std::optional<QPointF> last;
        PlotDots alone{{}, style.ink, 5};
        for (const Run& run : runsOf(series, perDay)) {
            last = run.back();
            if (run.size() == 1) {
                alone.points.push_back(run[0]);
                continue;
            }
            // The part that is not complete starts at the last complete point.
            const auto partial = std::ranges::lower_bound(run, fresh, {}, &QPointF::x);
            const auto join
                = partial == run.begin() || partial == run.end() ? partial : partial - 1;
            addLine(style, {run.begin(), partial}, style.dashed);
            addLine(style, {join, run.end()}, true);
        }
        if (!alone.points.empty()) {
            alone.points = decimated(
                alone.points, content.xLow, content.xHigh, static_cast<int>(content.plot.width()));
            content.dots.push_back(std::move(alone));
        }
        if (last)
            m_ends.push_back({series.name, content.pixelOf(*last).y(), style, {}});
    }
    void addLine(const PlotLine& style, std::span<const QPointF> points, bool dashed)
    {
        PlotContent& content = m_layout.content;
        if (points.size() < 2)
            return;
        content.lines.push_back(
            {decimated(points, content.xLow, content.xHigh, static_cast<int>(content.plot.width())),
                style.ink, style.width, dashed});
    }
    void markers()
    {
        const QRectF& plot = m_layout.content.plot;
        for (const TrendMarker& marker : m_data.markers) {
            if (!m_data.period.contains(marker.day))
                continue;
            const QPointF at = pixelOf(marker.day, marker.amount);
            const double y = std::max(plot.top() + MarkerSide / 2, at.y() - MarkerSide);
            addTriangle(m_layout.over, {at.x(), y}, MarkerSide, true, {Token::Critical});
            const double width = m_ruler.width(marker.text, TextRole::Axis);
            const bool right = at.x() + MarkerSide + width <= plot.right();
            const QRectF rect{right ? at.x() + MarkerSide : at.x() - MarkerSide - width,
                y - m_text / 2, width, m_text};
            const bool taken = std::ranges::any_of(
                m_taken, [&](const QRectF& other) { return other.intersects(rect); });
            if (marker.text.isEmpty() || taken || rect.left() < plot.left())
                continue; // the card says it
            m_taken.push_back(rect);
            m_layout.over.add(SceneText{rect, marker.text, TextRole::Axis,
                Qt::AlignLeft | Qt::AlignVCenter, {Token::Critical}, {}});
        }
    }
    // Names stand where the lines end, with a piece of the line before them.
    void endLabels()
    {
        const QRectF& plot = m_layout.content.plot;
        // Lines before bands: when there is no room, a shade is left without its name.
        std::ranges::stable_partition(
            m_ends, [](const EndLabel& label) { return label.line.has_value(); });
        std::vector<double> wanted;
        std::ranges::transform(m_ends, std::back_inserter(wanted), &EndLabel::y);
        const double height = m_ruler.height(TextRole::Name);
        const auto places = spreadLabels(wanted, height, m_area.top() + m_text, m_area.bottom());
        const double left = plot.right() + 10;
        const double text = left + Swatch + 4;
        for (std::size_t i = 0; i < m_ends.size(); ++i) {
            if (!places[i])
                continue;
            const EndLabel& label = m_ends[i];
            const double y = std::round(*places[i]);
            if (label.line)
                m_layout.over.add(SceneLine{{left, y, left + Swatch, y}, label.line->ink,
                    label.line->width + 0.5, label.line->dashed ? Stroke::Dashed : Stroke::Solid});
            else
                m_layout.over.add(
                    SceneFill{{left, y - 5, Swatch, 10}, label.band, FillStyle::Solid});
            const double room = m_area.right() - text;
            m_layout.over.add(SceneText{{text, y - height / 2, room, height},
                m_ruler.elided(label.text, TextRole::Name, room), TextRole::Name,
                Qt::AlignLeft | Qt::AlignVCenter, {Token::Text}, {}});
        }
    }

    const TrendData& m_data;
    TextRuler m_ruler;
    QRectF m_area;
    double m_text;
    TrendLayout m_layout;
    std::vector<EndLabel> m_ends;
    std::vector<QRectF> m_taken; // by texts over the plot
};

} // namespace

QPointF PlotContent::pixelOf(const QPointF& value) const
{
    return {plot.left() + (value.x() - xLow) / (xHigh - xLow) * plot.width(),
        plot.bottom() - (value.y() - yLow) / (yHigh - yLow) * plot.height()};
}

double PlotContent::dayAt(double pixelX) const
{
    return plot.width() <= 0 ? xLow : xLow + (pixelX - plot.left()) / plot.width() * (xHigh - xLow);
}

PlotLine lineStyle(const TrendSeries& series)
{
    switch (series.scenario) {
    case Scenario::Prior:
        return {{}, {Token::BorderStrong}, 1.5, false};
    case Scenario::Plan:
        return {{}, {Token::Text}, 1, false};
    case Scenario::Forecast:
        return {{}, series.slot ? Ink{categoryToken(*series.slot)} : Ink{Token::Text}, 2, true};
    case Scenario::Actual:
        break;
    }
    return {{}, series.slot ? Ink{categoryToken(*series.slot)} : Ink{Token::Text}, 2, false};
}

TrendLayout layOutTrend(const TrendData& data, const QSizeF& size, const QFont& font)
{
    const bool empty = std::ranges::all_of(
        data.series, [](const TrendSeries& series) { return series.points.empty(); });
    if (empty || data.period.days() <= 0 || chartArea(size).isEmpty()) {
        TrendLayout nothing;
        nothing.under.size = nothing.grid.size = nothing.over.size = size;
        return nothing;
    }
    return TrendWriter{data, size, font}.write();
}

} // namespace sluice::ui
