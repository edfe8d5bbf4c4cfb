// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartParts.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace sluice::ui {

namespace {

constexpr double Margin = 12;

} // namespace

QRectF chartArea(const QSizeF& size)
{
    return QRectF{{0, 0}, size}.adjusted(Margin, Margin, -Margin, -Margin);
}

QString otherKey()
{
    return QStringLiteral("/\u2026");
}

ChartShape shapeOf(const ChartItem& item, const QString& value, const QRectF& rect)
{
    ChartShape shape{item.key, item.name, item.spoken, rect, item.card};
    if (shape.spoken.isEmpty())
        shape.spoken = QCoreApplication::translate("ChartParts", "%1, %2").arg(item.name, value);
    if (shape.card.empty())
        shape.card = {{QCoreApplication::translate("ChartParts", "Amount"), value}};
    return shape;
}

AxisFrame addValueAxis(ChartScene& scene, const QRectF& area, const ValueAxis& axis,
    const ValueText& text, const TextRuler& ruler)
{
    const std::vector<Int128> ticks = axis.ticks();
    double labels = 0;
    for (const Int128 tick : ticks)
        labels = std::max(labels, ruler.width(text ? text(tick) : QString{}, TextRole::Axis));
    const double height = ruler.height(TextRole::Axis);
    AxisFrame frame;
    frame.plot = area.adjusted(std::min(labels + 8, area.width() / 2), 0, 0, 0);
    frame.scale
        = {axis.low, axis.high, std::round(frame.plot.bottom()), std::round(frame.plot.top())};
    double lastTop = frame.plot.bottom() + 2 * height;
    for (const Int128 tick : ticks) {
        const double y = std::round(frame.scale.at(tick));
        scene.add(
            SceneLine{{frame.plot.left(), y + 0.5, frame.plot.right(), y + 0.5}, {Token::Border}});
        const QRectF label{area.left(), y - height / 2, labels, height};
        if (label.bottom() > lastTop)
            continue; // no room between two marks
        lastTop = label.top();
        scene.add(SceneText{label, text ? text(tick) : QString{}, TextRole::Axis,
            Qt::AlignRight | Qt::AlignVCenter, {Token::Muted}, {}});
    }
    return frame;
}

QString signedText(Int128 amount, const AmountTexts& texts)
{
    return amount > 0 ? u'+' + texts.inPicture(amount) : texts.inPicture(amount);
}

} // namespace sluice::ui
