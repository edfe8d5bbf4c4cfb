// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/WaterfallChart.h"

#include "ui/charts/ChartParts.h"
#include "ui/charts/TsvText.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace sluice::ui {

namespace {

constexpr double ColumnLeast = 64;
constexpr double TriangleSide = 8;

QString tr(const char* text)
{
    return QCoreApplication::translate("WaterfallChart", text);
}

std::vector<WaterfallStep> wholeSteps(const WaterfallData& data)
{
    std::vector<WaterfallStep> steps = data.steps;
    Int128 rest = data.end.amount - data.start->amount;
    for (const WaterfallStep& step : steps)
        rest -= step.delta;
    if (rest != 0) {
        WaterfallStep open;
        open.key = QStringLiteral("/residual");
        open.name = tr("Not explained");
        open.delta = rest;
        steps.push_back(std::move(open));
    }
    return steps;
}

std::vector<WaterfallStep> folded(std::vector<WaterfallStep> steps, std::size_t room)
{
    if (steps.size() <= room || room == 0)
        return steps;
    WaterfallStep other;
    other.key = otherKey();
    other.name = tr("Other (%1)").arg(steps.size() - (room - 1));
    for (std::size_t i = room - 1; i < steps.size(); ++i)
        other.delta += steps[i].delta;
    steps.resize(room - 1);
    steps.push_back(std::move(other));
    return steps;
}

class WaterfallWriter {
public:
    WaterfallWriter(const WaterfallData& data, const QSizeF& size, const QFont& font)
        : m_data{data}
        , m_ruler{font}
        , m_area{chartArea(size)}
    {
        m_scene.size = size;
        m_steps = folded(wholeSteps(data),
            static_cast<std::size_t>(std::max(1.0, std::floor(m_area.width() / ColumnLeast) - 2)));
    }

    ChartScene write()
    {
        const ValueAxis axis = axisOf();
        const double name = m_ruler.height(TextRole::Axis);
        const double value = m_ruler.height(TextRole::Value);
        const double note = m_broken ? name + 4 : 0;
        if (m_broken)
            m_scene.add(SceneText{{m_area.left(), m_area.top(), m_area.width(), name},
                m_ruler.elided(tr("axis starts at %1").arg(m_data.texts.inPicture(axis.low)),
                    TextRole::Axis, m_area.width()),
                TextRole::Axis, Qt::AlignLeft | Qt::AlignVCenter, {Token::Muted}, {}});
        m_plot = m_area.adjusted(0, note + value + 4, 0, -2 * name - 8);
        m_scale = {axis.low, axis.high, std::round(m_plot.bottom()), std::round(m_plot.top())};
        for (const Int128 tick : axis.ticks())
            m_scene.add(SceneLine{{m_plot.left(), std::round(m_scale.at(tick)) + 0.5,
                                      m_plot.right(), std::round(m_scale.at(tick)) + 0.5},
                {Token::Border}});
        m_slot = m_plot.width() / double(m_steps.size() + 2);
        total(*m_data.start, 0);
        Int128 level = m_data.start->amount;
        for (std::size_t i = 0; i < m_steps.size(); ++i) {
            connector(i, level);
            step(m_steps[i], i + 1, level);
            level += m_steps[i].delta;
        }
        connector(m_steps.size(), level);
        total(m_data.end, m_steps.size() + 1);
        return std::move(m_scene);
    }

private:
    ValueAxis axisOf()
    {
        Int128 low = std::min(m_data.start->amount, m_data.end.amount);
        Int128 high = std::max(m_data.start->amount, m_data.end.amount);
        Int128 level = m_data.start->amount;
        for (const WaterfallStep& step : m_steps) {
            level += step.delta;
            low = std::min(low, level);
            high = std::max(high, level);
        }
        const int ticks = static_cast<int>(std::clamp(m_area.height() / 50, 3.0, 6.0));
        // Steps that take less than a third of the height are read from a broken axis.
        if (low > 0 && high > low && (high - low) * 3 < high) {
            const ValueAxis axis = niceAxis(low - (high - low) / 2, high, ticks);
            m_broken = axis.low > 0;
            if (m_broken)
                return axis;
        }
        return niceAxis(std::min(Int128{0}, low), std::max(Int128{0}, high), ticks);
    }
    [[nodiscard]] QRectF slotRect(std::size_t place) const
    {
        return {m_plot.left() + m_slot * double(place), m_area.top(), m_slot, m_area.height()};
    }
    [[nodiscard]] QRectF bar(std::size_t place, Int128 from, Int128 to) const
    {
        const QRectF slot = slotRect(place);
        const double width = std::min(90.0, m_slot * 0.64);
        return crisp(QRectF{
            QPointF{slot.center().x() - width / 2, std::round(m_scale.at(std::max(from, to)))},
            QPointF{slot.center().x() + width / 2, std::round(m_scale.at(std::min(from, to)))}});
    }
    void nameBelow(const QString& name, std::size_t place)
    {
        const double height = m_ruler.height(TextRole::Axis);
        const QRectF slot = slotRect(place);
        double y = m_plot.bottom() + 6;
        for (const QString& line : m_ruler.wrapped(name, TextRole::Axis, m_slot - 6, 2)) {
            m_scene.add(SceneText{{slot.left() + 3, y, m_slot - 6, height}, line, TextRole::Axis,
                Qt::AlignCenter, {Token::Muted}, {}});
            y += height;
        }
    }
    // Above the bar, with the sign's triangle before it where there is room.
    void valueAbove(const QString& text, const QRectF& bar, std::size_t place, const Ink& ink,
        std::optional<bool> up)
    {
        const double height = m_ruler.height(TextRole::Value);
        const QRectF slot = slotRect(place);
        const double width = m_ruler.width(text, TextRole::Value);
        const double sign = up && width + TriangleSide + 4 <= m_slot ? TriangleSide + 4 : 0;
        if (width > m_slot)
            return; // half a number would be a wrong number
        const double left = slot.center().x() - (width + sign) / 2;
        const double top = bar.top() - height - 2;
        if (sign > 0)
            addTriangle(
                m_scene, {left + TriangleSide / 2, top + height / 2}, TriangleSide, *up, ink);
        m_scene.add(SceneText{{left + sign, top, width, height}, text, TextRole::Value,
            Qt::AlignLeft | Qt::AlignVCenter, ink, {}});
    }
    void total(const WaterfallTotal& item, std::size_t place)
    {
        const QRectF rect = bar(place, m_broken ? m_scale.low : Int128{0}, item.amount);
        addBar(m_scene, rect, item.scenario);
        if (m_broken) { // a cut through the bar, where the axis is broken
            const double y = rect.bottom() - std::min(10.0, rect.height() / 2);
            for (const double off : {0.0, 4.0})
                m_scene.add(SceneLine{{rect.left() - 3, y + 3 - off, rect.right() + 3, y - 3 - off},
                    {Token::Surface}, 2});
        }
        const QString text = m_data.texts.inPicture(item.amount);
        valueAbove(text, rect, place, {Token::Text}, {});
        nameBelow(item.name, place);
        m_scene.shapes.push_back(shapeOf(item, text, slotRect(place)));
    }
    void step(const WaterfallStep& item, std::size_t place, Int128 level)
    {
        const QRectF rect = bar(place, level, level + item.delta);
        const bool worse = (item.delta > 0) == m_data.moreIsWorse;
        const Ink ink = item.delta == 0 ? Ink{Token::Muted}
                                        : Ink{worse ? Token::Unfavourable : Token::Favourable};
        m_scene.add(SceneFill{rect, ink, FillStyle::Solid});
        const QString text = signedText(item.delta, m_data.texts);
        valueAbove(
            text, rect, place, ink, item.delta == 0 ? std::nullopt : std::optional{item.delta > 0});
        nameBelow(item.name, place);
        m_scene.shapes.push_back(shapeOf(item, text, slotRect(place)));
    }
    void connector(std::size_t after, Int128 level)
    {
        const double y = std::round(m_scale.at(level)) + 0.5;
        m_scene.add(
            SceneLine{{bar(after, level, level).right(), y, bar(after + 1, level, level).left(), y},
                {Token::Muted}, 1, Stroke::Dotted});
    }

    const WaterfallData& m_data;
    TextRuler m_ruler;
    QRectF m_area;
    QRectF m_plot;
    PixelScale m_scale;
    double m_slot{0};
    bool m_broken{false};
    ChartScene m_scene;
    std::vector<WaterfallStep> m_steps;
};

} // namespace

ChartScene layOutWaterfall(const WaterfallData& data, const QSizeF& size, const QFont& font)
{
    if (!data.start || chartArea(size).isEmpty())
        return {size, Token::Surface, {}, {}};
    return WaterfallWriter{data, size, font}.write();
}

WaterfallChart::WaterfallChart(QWidget* parent)
    : SceneChart{parent}
{
    setObjectName(QStringLiteral("waterfallChart"));
    setAccessibleName(tr("Bridge"));
}

void WaterfallChart::show(WaterfallData shown)
{
    m_data = std::move(shown);
    rebuild();
}

ChartScene WaterfallChart::layOut(const QSizeF& size, const QFont& font) const
{
    return layOutWaterfall(m_data, size, font);
}

QString WaterfallChart::dataText() const
{
    QString out = tsvLine({m_data.nameTitle, tr("Amount"), tr("Change")});
    if (!m_data.start)
        return out;
    out += tsvLine({m_data.start->name, m_data.texts.inData(m_data.start->amount), {}});
    for (const WaterfallStep& step : wholeSteps(m_data))
        out += tsvLine({step.name, {}, m_data.texts.inData(step.delta)});
    return out + tsvLine({m_data.end.name, m_data.texts.inData(m_data.end.amount), {}});
}

} // namespace sluice::ui
