// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ParetoChart.h"

#include "ui/charts/ChartParts.h"
#include "ui/charts/TsvText.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace sluice::ui {

namespace {

constexpr int Reach = 80; // percent
constexpr double ColumnLeast = 48;

QString tr(const char* text)
{
    return QCoreApplication::translate("ParetoChart", text);
}

struct ParetoBar {
    const ParetoItem* item{nullptr}; // null: Other
    QString name;
    Int128 amount{0};
    Int128 running{0}; // with all before it
};

class ParetoWriter {
public:
    ParetoWriter(const ParetoData& data, const QSizeF& size, const QFont& font)
        : m_data{data}
        , m_ruler{font}
        , m_area{chartArea(size)}
        , m_order{paretoOrder(data.items)}
    {
        m_scene.size = size;
        for (const ParetoItem* item : m_order)
            m_whole += item->amount;
    }

    ChartScene write()
    {
        if (m_order.empty())
            return std::move(m_scene);
        const double text = m_ruler.height(TextRole::Axis);
        notes();
        const double shares = m_ruler.width(QStringLiteral("100 %"), TextRole::Axis) + 8;
        const QRectF area = m_area.adjusted(0, text + 10, -shares, -2 * text - 8);
        // One scale for both: the bars' axis ends at the whole, the line's at 100 %.
        const ValueAxis axis = niceAxis(
            0, m_order[0]->amount, static_cast<int>(std::clamp(area.height() / 44, 3.0, 6.0)));
        const AxisFrame frame = addValueAxis(m_scene, area, axis, m_data.texts.shown, m_ruler);
        fold(frame.plot.width());
        m_share = {0, m_whole, std::round(frame.plot.bottom()), std::round(frame.plot.top())};
        const double slot = frame.plot.width() / double(m_bars.size());
        const double percent = m_share.from + (m_share.to - m_share.from) * double(Reach) / 100;
        std::vector<QPointF> line{};
        for (std::size_t i = 0; i < m_bars.size(); ++i) {
            const QRectF column{frame.plot.left() + slot * double(i), frame.plot.top(), slot,
                m_area.bottom() - frame.plot.top()};
            bar(m_bars[i], column, frame.scale);
            line.emplace_back(column.center().x(), m_share.at(m_bars[i].running));
        }
        m_scene.add(SceneLine{{frame.plot.left(), std::round(percent) + 0.5, frame.plot.right(),
                                  std::round(percent) + 0.5},
            {Token::Muted}, 1, Stroke::Dashed});
        shareLabels(frame.plot);
        m_scene.add(ScenePath{line, {Token::Accent}, 2});
        for (const QPointF& point : line) {
            if (slot >= 14)
                m_scene.add(SceneFill{crisp(QRectF{point.x() - 3, point.y() - 3, 6, 6}),
                    {Token::Accent}, FillStyle::Solid});
        }
        return std::move(m_scene);
    }

private:
    void notes()
    {
        const std::size_t reach = paretoReach(m_order, Reach);
        QString note = tr("%1 of %2 make %3 % \u00B7 line: running share")
                           .arg(QString::number(reach), QString::number(m_order.size()),
                               QString::number(Reach));
        Int128 credits = 0;
        std::size_t count = 0;
        for (const ParetoItem& item : m_data.items) {
            if (item.amount < 0) {
                credits += item.amount;
                ++count;
            }
        }
        if (count > 0)
            note += QStringLiteral(" \u00B7 ")
                + tr("not drawn: credits %1 (%2)")
                      .arg(m_data.texts.inPicture(credits), QString::number(count));
        m_scene.add(
            SceneText{{m_area.left(), m_area.top(), m_area.width(), m_ruler.height(TextRole::Axis)},
                m_ruler.elided(note, TextRole::Axis, m_area.width()), TextRole::Axis,
                Qt::AlignLeft | Qt::AlignVCenter, {Token::Muted}, {}});
    }
    void fold(double width)
    {
        const auto room = static_cast<std::size_t>(std::max(2.0, std::floor(width / ColumnLeast)));
        const std::size_t kept = m_order.size() <= room ? m_order.size() : room - 1;
        Int128 running = 0;
        for (std::size_t i = 0; i < kept; ++i) {
            running += m_order[i]->amount;
            m_bars.push_back({m_order[i], m_order[i]->name, m_order[i]->amount, running});
        }
        if (kept < m_order.size())
            m_bars.push_back(
                {nullptr, tr("Other (%1)").arg(m_order.size() - kept), m_whole - running, m_whole});
    }
    void bar(const ParetoBar& bar, const QRectF& column, const PixelScale& scale)
    {
        const double zero = std::round(scale.at(0));
        const double width = std::min(64.0, column.width() * 0.7);
        // The remainder may be more than the largest: it ends at the top, hatched, and its value is
        // in the card.
        const double top = std::max(scale.to, std::round(scale.at(bar.amount)));
        const QRectF rect = crisp({column.center().x() - width / 2, top, width, zero - top});
        if (bar.item)
            addBar(m_scene, rect, Scenario::Actual);
        else
            m_scene.add(SceneFill{rect, {Token::BorderStrong}, FillStyle::Hatch});
        const double text = m_ruler.height(TextRole::Axis);
        double y = zero + 5;
        for (const QString& line :
            m_ruler.wrapped(bar.name, TextRole::Axis, column.width() - 4, 2)) {
            m_scene.add(SceneText{{column.left() + 2, y, column.width() - 4, text}, line,
                TextRole::Axis, Qt::AlignCenter, {Token::Muted}, {}});
            y += text;
        }
        ChartItem item;
        if (bar.item)
            item = *bar.item;
        else
            item = {otherKey(), bar.name, {}, {}};
        const QString share = percentText(bar.running);
        const QString value = m_data.texts.inPicture(bar.amount);
        if (item.card.empty())
            item.card = {{tr("Amount"), value}, {tr("Running share"), share}};
        m_scene.shapes.push_back(
            shapeOf(item, tr("%1, running share %2").arg(value, share), column));
    }
    [[nodiscard]] QString percentText(Int128 part) const
    {
        const Int128 whole = part * 100 / m_whole;
        return tr("%1 %").arg(QString::number(static_cast<int>(whole)));
    }
    void shareLabels(const QRectF& plot)
    {
        const double text = m_ruler.height(TextRole::Axis);
        for (const int percent : {0, 20, 40, 60, 80, 100}) {
            if (plot.height() < 6 * text && percent % 80 != 0)
                continue;
            const double y = m_share.from + (m_share.to - m_share.from) * percent / 100;
            m_scene.add(
                SceneText{{plot.right() + 6, y - text / 2, m_area.right() - plot.right() - 6, text},
                    tr("%1 %").arg(QString::number(percent)), TextRole::Axis,
                    Qt::AlignLeft | Qt::AlignVCenter,
                    {percent == Reach ? Token::Text : Token::Accent}, {}});
        }
    }

    const ParetoData& m_data;
    TextRuler m_ruler;
    QRectF m_area;
    std::vector<const ParetoItem*> m_order;
    Int128 m_whole{0};
    PixelScale m_share;
    ChartScene m_scene;
    std::vector<ParetoBar> m_bars;
};

} // namespace

std::vector<const ParetoItem*> paretoOrder(std::span<const ParetoItem> items)
{
    std::vector<const ParetoItem*> order;
    for (const ParetoItem& item : items) {
        if (item.amount > 0)
            order.push_back(&item);
    }
    std::ranges::stable_sort(
        order, [](const ParetoItem* a, const ParetoItem* b) { return a->amount > b->amount; });
    return order;
}

std::size_t paretoReach(std::span<const ParetoItem* const> ordered, int percent)
{
    Int128 whole = 0;
    for (const ParetoItem* item : ordered)
        whole += item->amount;
    Int128 running = 0;
    for (std::size_t i = 0; i < ordered.size(); ++i) {
        running += ordered[i]->amount;
        if (running * 100 >= whole * percent)
            return i + 1;
    }
    return ordered.size();
}

ChartScene layOutPareto(const ParetoData& data, const QSizeF& size, const QFont& font)
{
    if (data.items.empty() || chartArea(size).isEmpty())
        return {size, Token::Surface, {}, {}};
    return ParetoWriter{data, size, font}.write();
}

ParetoChart::ParetoChart(QWidget* parent)
    : SceneChart{parent}
{
    setObjectName(QStringLiteral("paretoChart"));
    setAccessibleName(tr("Who makes most of it"));
}

void ParetoChart::show(ParetoData shown)
{
    m_data = std::move(shown);
    rebuild();
}

ChartScene ParetoChart::layOut(const QSizeF& size, const QFont& font) const
{
    return layOutPareto(m_data, size, font);
}

QString ParetoChart::dataText() const
{
    QString out = tsvLine({m_data.nameTitle, tr("Amount"), tr("Running total")});
    Int128 running = 0;
    for (const ParetoItem* item : paretoOrder(m_data.items)) {
        running += item->amount;
        out += tsvLine(
            {item->name, m_data.texts.inData(item->amount), m_data.texts.inData(running)});
    }
    for (const ParetoItem& item : m_data.items) {
        if (item.amount <= 0)
            out += tsvLine({item.name, m_data.texts.inData(item.amount), {}});
    }
    return out;
}

} // namespace sluice::ui
