// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/BulletChart.h"

#include "ui/charts/ChartParts.h"
#include "ui/charts/TsvText.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace sluice::ui {

namespace {

constexpr double Gap = 12;

QString tr(const char* text)
{
    return QCoreApplication::translate("BulletChart", text);
}

void addBullet(ChartScene& scene, const QRectF& rect, const BulletMeasure& measure)
{
    const Int128 low = std::min(measure.scale.low, Int128{0});
    const PixelScale scale{low, std::max(measure.scale.high, low + 1), rect.left(), rect.right()};
    const auto x
        = [&](Int128 amount) { return std::clamp(scale.at(amount), rect.left(), rect.right()); };
    const auto span = [&](Int128 from, Int128 to, double height) {
        return crisp(QRectF{QPointF{x(std::min(from, to)), rect.center().y() - height / 2},
            QPointF{x(std::max(from, to)), rect.center().y() + height / 2}});
    };
    const double band = std::min(14.0, rect.height() * 0.6);
    const double bar = std::max(3.0, std::round(band * 0.5));
    const Int128 plan = measure.plan.value_or(0);
    if (measure.plan && plan != 0)
        scene.add(SceneFill{span(0, plan, band), {Token::BorderStrong, 0.4}, FillStyle::Solid});
    const Int128 within
        = measure.plan && plan >= 0 ? std::min(measure.actual, plan) : measure.actual;
    if (within != 0)
        scene.add(SceneFill{span(0, within, bar), {Token::Text, 0.88}, FillStyle::Solid});
    if (measure.plan && measure.actual > plan)
        scene.add(SceneFill{span(std::max(plan, within), measure.actual, bar),
            {Token::Unfavourable}, FillStyle::Solid});
    if (measure.plan) {
        const double at = std::clamp(std::round(x(plan)), rect.left() + 1, rect.right() - 1);
        const double tall = std::min(rect.height(), band + 6);
        scene.add(SceneFill{crisp(QRectF{at - 1, rect.center().y() - tall / 2, 2, tall}),
            {Token::Text}, FillStyle::Solid});
    }
}

// Over in the unfavourable ink; the word says the same.
Ink wordsInk(const BulletMeasure& measure)
{
    return measure.plan && measure.actual > *measure.plan ? Ink{Token::Unfavourable}
                                                          : Ink{Token::Muted};
}

std::vector<BulletItem> folded(const std::vector<BulletItem>& items, std::size_t room)
{
    if (items.size() <= room || room == 0)
        return items;
    std::vector<BulletItem> shown{
        items.begin(), items.begin() + static_cast<std::ptrdiff_t>(room - 1)};
    BulletItem other;
    other.key = otherKey();
    other.name = tr("Other (%1)").arg(items.size() - shown.size());
    for (std::size_t i = shown.size(); i < items.size(); ++i) {
        other.actual += items[i].actual;
        if (items[i].plan)
            other.plan = other.plan.value_or(0) + *items[i].plan;
    }
    shown.push_back(std::move(other));
    return shown;
}

} // namespace

BulletScale bulletScale(std::span<const BulletItem> items)
{
    BulletScale scale;
    for (const BulletItem& item : items) {
        scale.low = std::min({scale.low, item.actual, item.plan.value_or(0)});
        scale.high = std::max({scale.high, item.actual, item.plan.value_or(0)});
    }
    return scale;
}

void paintBullet(QPainter& painter, const QRectF& rect, const BulletMeasure& measure,
    const Theme& theme, Token ground)
{
    ChartScene scene{rect.size(), ground, {}, {}};
    addBullet(scene, rect, measure);
    painter.save();
    paintMarks(painter, scene, theme, painter.font());
    painter.restore();
}

QString bulletWords(const BulletMeasure& measure, const AmountTexts& texts, bool closed)
{
    if (!measure.plan)
        return tr("no plan");
    const Int128 rest = *measure.plan - measure.actual;
    if (rest == 0)
        return tr("on plan");
    if (rest < 0)
        return tr("%1 over").arg(texts.inPicture(-rest));
    return (closed ? tr("%1 under") : tr("%1 left")).arg(texts.inPicture(rest));
}

ChartScene layOutBullets(const BulletData& data, const QSizeF& size, const QFont& font)
{
    ChartScene scene{size, Token::Surface, {}, {}};
    const QRectF area = chartArea(size);
    if (data.items.empty() || area.isEmpty())
        return scene;
    const TextRuler ruler{font};
    const double least = ruler.height(TextRole::Name) + 10;
    const std::vector<BulletItem> items = folded(
        data.items, static_cast<std::size_t>(std::max(1.0, std::floor(area.height() / least))));
    const double row = std::min(least * 1.25, area.height() / double(items.size()));
    const BulletScale scale = bulletScale(items);
    double names = 0;
    double values = 0;
    double words = 0;
    const auto measureOf = [&scale](const BulletItem& item) {
        return BulletMeasure{item.actual, item.plan, scale};
    };
    for (const BulletItem& item : items) {
        names = std::max(names, ruler.width(item.name, TextRole::Name));
        values = std::max(values, ruler.width(data.texts.inPicture(item.actual), TextRole::Value));
        words = std::max(words,
            ruler.width(bulletWords(measureOf(item), data.texts, data.closed), TextRole::Name));
    }
    names = std::min(names, area.width() * 0.3);
    const double left = area.left() + names + values + 2 * Gap;
    const double right = area.right() - words - Gap;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const BulletItem& item = items[i];
        const BulletMeasure measure = measureOf(item);
        const QRectF place{area.left(), area.top() + row * double(i), area.width(), row};
        const QString value = data.texts.inPicture(item.actual);
        const QString said = bulletWords(measure, data.texts, data.closed);
        scene.add(SceneText{{place.left(), place.top(), names, row},
            ruler.elided(item.name, TextRole::Name, names), TextRole::Name,
            Qt::AlignLeft | Qt::AlignVCenter, {Token::Text}, {}});
        scene.add(SceneText{{place.left() + names + Gap, place.top(), values, row}, value,
            TextRole::Value, Qt::AlignRight | Qt::AlignVCenter, {Token::Text}, {}});
        if (right - left >= 24)
            addBullet(scene, {left, place.top(), right - left, row}, measure);
        scene.add(SceneText{{area.right() - words, place.top(), words, row}, said, TextRole::Name,
            Qt::AlignLeft | Qt::AlignVCenter, wordsInk(measure), {}});
        scene.shapes.push_back(shapeOf(item, tr("%1, %2").arg(value, said), place));
    }
    return scene;
}

BulletChart::BulletChart(QWidget* parent)
    : SceneChart{parent}
{
    setObjectName(QStringLiteral("bulletChart"));
    setAccessibleName(tr("Actual against plan"));
}

void BulletChart::show(BulletData shown)
{
    m_data = std::move(shown);
    rebuild();
}

ChartScene BulletChart::layOut(const QSizeF& size, const QFont& font) const
{
    return layOutBullets(m_data, size, font);
}

QString BulletChart::dataText() const
{
    QString out = tsvLine({m_data.nameTitle, tr("Actual"), tr("Plan"), tr("Actual \u2212 plan")});
    for (const BulletItem& item : m_data.items)
        out += tsvLine({item.name, m_data.texts.inData(item.actual),
            item.plan ? m_data.texts.inData(*item.plan) : QString{},
            item.plan ? m_data.texts.inData(item.actual - *item.plan) : QString{}});
    return out;
}

} // namespace sluice::ui
