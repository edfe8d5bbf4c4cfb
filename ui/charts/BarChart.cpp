// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/BarChart.h"

#include "ui/charts/ChartParts.h"
#include "ui/charts/NiceTicks.h"
#include "ui/charts/TsvText.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace sluice::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("BarChart", text);
}

// The items that have room, the rest summed up part by part.
std::vector<BarItem> folded(const std::vector<BarItem>& items, std::size_t room)
{
    if (items.size() <= room || room == 0)
        return items;
    std::vector<BarItem> shown{
        items.begin(), items.begin() + static_cast<std::ptrdiff_t>(room - 1)};
    BarItem other;
    other.key = otherKey();
    other.name = tr("Other (%1)").arg(items.size() - shown.size());
    for (std::size_t i = shown.size(); i < items.size(); ++i) {
        const std::vector<BarPart>& parts = items[i].parts;
        for (std::size_t p = 0; p < parts.size(); ++p) {
            if (p == other.parts.size())
                other.parts.push_back({0, parts[p].scenario});
            other.parts[p].amount += parts[p].amount;
        }
    }
    shown.push_back(std::move(other));
    return shown;
}

struct Extent {
    Int128 low{0};
    Int128 high{0};
    std::size_t parts{1};
};

Extent extentOf(const std::vector<BarItem>& items)
{
    Extent extent;
    for (const BarItem& item : items) {
        extent.parts = std::max(extent.parts, item.parts.size());
        for (const BarPart& part : item.parts) {
            extent.low = std::min(extent.low, part.amount);
            extent.high = std::max(extent.high, part.amount);
        }
    }
    if (extent.low == extent.high)
        extent.high = 1;
    return extent;
}

class BarWriter {
public:
    BarWriter(const BarData& data, const QSizeF& size, const QFont& font)
        : m_data{data}
        , m_ruler{font}
        , m_area{chartArea(size)}
    {
        m_scene.size = size;
    }

    ChartScene ranked()
    {
        const double text = m_ruler.height(TextRole::Name);
        const double least = std::max(text + 8, 9.0 * double(extentOf(m_data.items).parts) + 8);
        m_items = folded(m_data.items,
            static_cast<std::size_t>(std::max(1.0, std::floor(m_area.height() / least))));
        const double row = std::min(least * 1.3, m_area.height() / double(m_items.size()));
        const Extent extent = extentOf(m_items);
        double names = 0;
        double values = 0;
        for (const BarItem& item : m_items) {
            names = std::max(names, m_ruler.width(item.name, TextRole::Name));
            values = std::max(values, m_ruler.width(valueOf(item), TextRole::Value));
        }
        names = std::min(names, m_area.width() * 0.36);
        const double before = extent.low < 0 ? values + Gap : 0;
        const double after = extent.high > 0 ? values + Gap : 0;
        const double left = m_area.left() + names + 2 * Gap + before;
        const PixelScale scale{
            extent.low, extent.high, left, std::max(left + 1, m_area.right() - after)};
        const double zero = std::round(scale.at(0));
        for (std::size_t i = 0; i < m_items.size(); ++i)
            rankedRow(m_items[i],
                {m_area.left(), m_area.top() + row * double(i), m_area.width(), row}, names, scale,
                zero);
        m_scene.add(SceneLine{{zero + 0.5, m_area.top(), zero + 0.5,
                                  std::round(m_area.top() + row * double(m_items.size()))},
            {Token::BorderStrong}});
        return std::move(m_scene);
    }

    ChartScene columns()
    {
        m_items = m_data.items;
        const Extent extent = extentOf(m_items);
        const double value = m_ruler.height(TextRole::Value);
        const QRectF plot = m_area.adjusted(
            0, value + 4, 0, -m_ruler.height(TextRole::Axis) - 6 - (extent.low < 0 ? value : 0));
        const ValueAxis axis = niceAxis(
            extent.low, extent.high, static_cast<int>(std::clamp(plot.height() / 44, 3.0, 7.0)));
        const AxisFrame frame = addValueAxis(m_scene, plot, axis, m_data.texts.shown, m_ruler);
        const double slot = frame.plot.width() / double(m_items.size());
        bool labelled = true;
        double names = 0;
        for (const BarItem& item : m_items) {
            labelled = labelled && m_ruler.width(valueOf(item), TextRole::Value) + 4 <= slot;
            names = std::max(names, m_ruler.width(item.name, TextRole::Axis));
        }
        // Names that have no room stand at every second, third … column.
        const auto every = static_cast<std::size_t>(
            std::max(1.0, std::ceil((std::min(names, 90.0) + 8) / slot)));
        for (std::size_t i = 0; i < m_items.size(); ++i) {
            const QRectF column{
                frame.plot.left() + slot * double(i), frame.plot.top(), slot, frame.plot.height()};
            this->column(m_items[i], column, frame.scale, labelled);
            const bool fits = column.left() + double(every) * slot <= m_area.right() + 1;
            if (i % every == 0 && fits)
                m_scene.add(SceneText{nameRect(column, double(every) * slot),
                    m_ruler.elided(m_items[i].name, TextRole::Axis, double(every) * slot - 4),
                    TextRole::Axis, every == 1 ? Qt::AlignCenter : Qt::AlignLeft | Qt::AlignVCenter,
                    {Token::Muted}, {}});
        }
        const double zero = std::round(frame.scale.at(0)) + 0.5;
        m_scene.add(
            SceneLine{{frame.plot.left(), zero, frame.plot.right(), zero}, {Token::BorderStrong}});
        return std::move(m_scene);
    }

private:
    static constexpr double Gap = 8;

    [[nodiscard]] QString valueOf(const BarItem& item) const
    {
        return item.parts.empty() ? QString{} : m_data.texts.inPicture(item.parts[0].amount);
    }
    [[nodiscard]] QRectF nameRect(const QRectF& column, double room) const
    {
        const double height = m_ruler.height(TextRole::Axis);
        return {column.left() + 2, m_area.bottom() - height, room - 4, height};
    }

    void rankedRow(
        const BarItem& item, const QRectF& row, double names, const PixelScale& scale, double zero)
    {
        m_scene.add(SceneText{{row.left(), row.top(), names, row.height()},
            m_ruler.elided(item.name, TextRole::Name, names), TextRole::Name,
            Qt::AlignLeft | Qt::AlignVCenter, {Token::Text}, {}});
        const double thick
            = std::min(16.0, (row.height() - 6) / std::max(1.0, double(item.parts.size())));
        double y = row.center().y() - thick * double(item.parts.size()) / 2;
        double end = zero;
        double begin = zero;
        for (const BarPart& part : item.parts) {
            const double x = scale.at(part.amount);
            begin = std::min(begin, x);
            end = std::max(end, x);
            if (part.amount != 0)
                addBar(m_scene, crisp(QRectF{std::min(x, zero), y, std::abs(x - zero), thick - 1}),
                    part.scenario, item.slot, item.partial);
            y += thick;
        }
        const bool negative = !item.parts.empty() && item.parts[0].amount < 0;
        const double width = m_ruler.width(valueOf(item), TextRole::Value);
        m_scene.add(SceneText{
            {negative ? begin - Gap + 2 - width : end + Gap - 2, row.top(), width, row.height()},
            valueOf(item), TextRole::Value,
            (negative ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter, {Token::Text}, {}});
        m_scene.shapes.push_back(shapeOf(item, valueOf(item), row));
    }

    void column(const BarItem& item, const QRectF& column, const PixelScale& scale, bool labelled)
    {
        const double margin = column.width() > 8 ? column.width() * 0.16 : 0;
        const double thick = std::min(
            56.0, (column.width() - 2 * margin) / std::max(1.0, double(item.parts.size())));
        double x = column.center().x() - thick * double(item.parts.size()) / 2;
        const double zero = std::round(scale.at(0));
        for (const BarPart& part : item.parts) {
            const double y = scale.at(part.amount);
            const QRectF bar{x, std::min(y, zero), thick, std::abs(y - zero)};
            if (part.amount != 0)
                addBar(m_scene, thick > 3 ? crisp(bar.adjusted(0, 0, -1, 0)) : bar, part.scenario,
                    item.slot, item.partial);
            x += thick;
        }
        if (labelled && !item.parts.empty()) {
            const double height = m_ruler.height(TextRole::Value);
            // Above all bars of the column, below them where the amount is negative.
            double high = zero;
            double low = zero;
            for (const BarPart& part : item.parts) {
                high = std::min(high, scale.at(part.amount));
                low = std::max(low, scale.at(part.amount));
            }
            const double top = item.parts[0].amount < 0 ? low + 2 : high - height - 2;
            m_scene.add(SceneText{{column.left(), top, column.width(), height}, valueOf(item),
                TextRole::Value, Qt::AlignCenter, {Token::Text}, {}});
        }
        m_scene.shapes.push_back(shapeOf(item, valueOf(item), column));
    }

    const BarData& m_data;
    TextRuler m_ruler;
    QRectF m_area;
    ChartScene m_scene;
    std::vector<BarItem> m_items;
};

} // namespace

ChartScene layOutBars(const BarData& data, const QSizeF& size, const QFont& font)
{
    if (data.items.empty() || chartArea(size).isEmpty())
        return {size, Token::Surface, {}, {}};
    BarWriter writer{data, size, font};
    return data.shape == BarShape::Ranked ? writer.ranked() : writer.columns();
}

BarChart::BarChart(QWidget* parent)
    : SceneChart{parent}
{
    setObjectName(QStringLiteral("barChart"));
    setAccessibleName(tr("Bar chart"));
}

void BarChart::show(BarData shown)
{
    m_data = std::move(shown);
    rebuild();
}

ChartScene BarChart::layOut(const QSizeF& size, const QFont& font) const
{
    return layOutBars(m_data, size, font);
}

QString BarChart::dataText() const
{
    QString out = tsvLine(QStringList{m_data.nameTitle} + m_data.partTitles);
    for (const BarItem& item : m_data.items) {
        QStringList cells{item.name};
        for (const BarPart& part : item.parts)
            cells << m_data.texts.inData(part.amount);
        out += tsvLine(std::move(cells));
    }
    return out;
}

} // namespace sluice::ui
