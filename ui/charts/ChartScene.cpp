// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartScene.h"

#include "ui/kit/Fonts.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace sluice::ui {

namespace {

constexpr double HatchStep = 6;

QFont fontOf(TextRole role, const QFont& base)
{
    switch (role) {
    case TextRole::Axis:
        return sized(base, TextSize::Caption);
    case TextRole::Name:
        return sized(base, TextSize::Meta);
    case TextRole::Value:
        break;
    }
    return sized(base, TextSize::Meta, QFont::DemiBold);
}

template <class Mark>
std::vector<Mark> only(const std::vector<SceneMark>& marks)
{
    std::vector<Mark> found;
    for (const SceneMark& mark : marks) {
        if (const auto* one = std::get_if<Mark>(&mark))
            found.push_back(*one);
    }
    return found;
}

class ScenePainter {
public:
    ScenePainter(QPainter& painter, const Theme& theme, const QFont& font, Token ground)
        : m_painter{painter}
        , m_theme{theme}
        , m_fonts{fontOf(TextRole::Axis, font), fontOf(TextRole::Name, font),
              fontOf(TextRole::Value, font)}
        , m_ground{ground}
    {
    }

    void operator()(const SceneFill& fill)
    {
        const QColor color = colorOf(fill.ink, m_theme, m_ground);
        m_painter.setRenderHint(QPainter::Antialiasing, false);
        switch (fill.style) {
        case FillStyle::Solid:
            m_painter.fillRect(fill.rect, color);
            break;
        case FillStyle::Outline:
            outline(fill.rect, color, m_theme.color(m_ground));
            break;
        case FillStyle::Hatch:
            hatch(fill.rect, color);
            outline(fill.rect, color, std::nullopt);
            break;
        case FillStyle::Missing:
            m_painter.setRenderHint(QPainter::Antialiasing);
            m_painter.setPen(QPen{color, 1});
            m_painter.drawLine(fill.rect.bottomLeft(), fill.rect.topRight());
            break;
        }
    }
    void operator()(const SceneLine& line)
    {
        QPen pen{colorOf(line.ink, m_theme, m_ground), line.width};
        pen.setCapStyle(Qt::FlatCap);
        if (line.stroke == Stroke::Dotted)
            pen.setDashPattern({1, 2});
        else if (line.stroke == Stroke::Dashed)
            pen.setDashPattern({5, 3});
        const bool straight = line.line.dx() == 0 || line.line.dy() == 0;
        m_painter.setRenderHint(QPainter::Antialiasing, !straight || line.width != 1);
        m_painter.setPen(pen);
        m_painter.drawLine(line.line);
    }
    void operator()(const ScenePath& path)
    {
        m_painter.setRenderHint(QPainter::Antialiasing);
        const QPolygonF polygon{QList<QPointF>{path.points.begin(), path.points.end()}};
        const QColor color = colorOf(path.ink, m_theme, m_ground);
        if (path.width > 0) {
            QPen pen{color, path.width};
            pen.setJoinStyle(Qt::RoundJoin);
            m_painter.setPen(pen);
            m_painter.drawPolyline(polygon);
        } else {
            m_painter.setPen(Qt::NoPen);
            m_painter.setBrush(color);
            m_painter.drawPolygon(polygon);
            m_painter.setBrush(Qt::NoBrush);
        }
    }
    void operator()(const SceneText& text)
    {
        m_painter.setFont(m_fonts[static_cast<std::size_t>(text.role)]);
        m_painter.setPen(text.on ? m_theme.inkOn(colorOf(*text.on, m_theme, m_ground))
                                 : colorOf(text.ink, m_theme, m_ground));
        m_painter.drawText(text.rect,
            static_cast<int>(text.align) | Qt::TextSingleLine | Qt::TextDontClip, text.text);
    }

private:
    void outline(const QRectF& rect, const QColor& color, const std::optional<QColor>& inside)
    {
        if (inside)
            m_painter.fillRect(rect, *inside);
        // Four thin fills: a pen's rectangle is a pixel larger on some devices.
        const double thick = std::min({1.5, rect.width() / 2, rect.height() / 2});
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.fillRect(QRectF{rect.x(), rect.y(), rect.width(), thick}, color);
        m_painter.fillRect(QRectF{rect.x(), rect.bottom() - thick, rect.width(), thick}, color);
        m_painter.fillRect(QRectF{rect.x(), rect.y(), thick, rect.height()}, color);
        m_painter.fillRect(QRectF{rect.right() - thick, rect.y(), thick, rect.height()}, color);
    }
    void hatch(const QRectF& rect, const QColor& color)
    {
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.setPen(QPen{color, 1.25});
        for (const QLineF& line : hatchLines(rect, HatchStep))
            m_painter.drawLine(line);
    }

    QPainter& m_painter;
    const Theme& m_theme;
    std::array<QFont, 3> m_fonts;
    Token m_ground;
};

} // namespace

std::vector<SceneText> ChartScene::texts() const
{
    return only<SceneText>(marks);
}

std::vector<SceneFill> ChartScene::fills() const
{
    return only<SceneFill>(marks);
}

std::vector<SceneLine> ChartScene::lines() const
{
    return only<SceneLine>(marks);
}

TextRuler::TextRuler(const QFont& font)
    : m_metrics{QFontMetricsF{fontOf(TextRole::Axis, font)},
        QFontMetricsF{fontOf(TextRole::Name, font)}, QFontMetricsF{fontOf(TextRole::Value, font)}}
{
}

double TextRuler::width(const QString& text, TextRole role) const
{
    return std::ceil(of(role).horizontalAdvance(text));
}

double TextRuler::height(TextRole role) const
{
    return std::ceil(of(role).height());
}

QString TextRuler::elided(const QString& text, TextRole role, double room) const
{
    return of(role).elidedText(text, Qt::ElideRight, std::max(0.0, room));
}

QStringList TextRuler::wrapped(const QString& text, TextRole role, double room, int lines) const
{
    QStringList out;
    QString line;
    for (const QString& word : text.split(u' ', Qt::SkipEmptyParts)) {
        const QString longer = line.isEmpty() ? word : line + u' ' + word;
        const bool last = out.size() + 1 == lines;
        if (line.isEmpty() || last || width(longer, role) <= room) {
            line = longer;
        } else {
            out.push_back(elided(line, role, room));
            line = word;
        }
    }
    if (!line.isEmpty())
        out.push_back(elided(line, role, room));
    return out;
}

void paintScene(QPainter& painter, const ChartScene& scene, const Theme& theme, const QFont& font)
{
    painter.fillRect(QRectF{{0, 0}, scene.size}, theme.color(scene.ground));
    paintMarks(painter, scene, theme, font);
}

void paintMarks(QPainter& painter, const ChartScene& scene, const Theme& theme, const QFont& font)
{
    ScenePainter paint{painter, theme, font, scene.ground};
    for (const SceneMark& mark : scene.marks)
        std::visit(paint, mark);
}

std::vector<QLineF> hatchLines(const QRectF& rect, double step)
{
    std::vector<QLineF> lines;
    if (rect.isEmpty() || step <= 0)
        return lines;
    // Each line rises: x + y = c. On a grid of the whole picture, so that neighbours' lines meet.
    const double first = std::floor((rect.left() + rect.top()) / step + 1) * step;
    for (double c = first; c < rect.right() + rect.bottom(); c += step) {
        const double left = std::max(rect.left(), c - rect.bottom());
        const double right = std::min(rect.right(), c - rect.top());
        if (right > left)
            lines.emplace_back(left, c - left, right, c - right);
    }
    return lines;
}

QColor colorOf(const Ink& ink, const Theme& theme, Token ground)
{
    const QColor color = theme.color(ink.token);
    return ink.strength >= 1 ? color : mixed(color, theme.color(ground), ink.strength);
}

Token categoryToken(int slot)
{
    return static_cast<Token>(
        static_cast<int>(Token::Category1) + static_cast<int>(unsigned(slot) % CategorySlots));
}

void addBar(
    ChartScene& scene, const QRectF& rect, Scenario scenario, std::optional<int> slot, bool partial)
{
    const Ink full = slot ? Ink{categoryToken(*slot)} : Ink{Token::Text, 0.88};
    switch (scenario) {
    case Scenario::Actual:
        scene.add(SceneFill{rect, full, partial ? FillStyle::Hatch : FillStyle::Solid});
        break;
    case Scenario::Prior:
        scene.add(SceneFill{rect, {Token::BorderStrong, 0.75}, FillStyle::Solid});
        break;
    case Scenario::Plan:
        scene.add(SceneFill{rect, {Token::Text}, FillStyle::Outline});
        break;
    case Scenario::Forecast:
        scene.add(SceneFill{rect, full, FillStyle::Hatch});
        break;
    }
}

void addTriangle(ChartScene& scene, const QPointF& centre, double side, bool up, const Ink& ink)
{
    const double half = side / 2;
    const double tip = up ? -half : half;
    scene.add(ScenePath{{{centre.x() - half, centre.y() - tip},
                            {centre.x() + half, centre.y() - tip}, {centre.x(), centre.y() + tip}},
        ink, 0});
}

QRectF crisp(const QRectF& rect)
{
    const double left = std::round(rect.left());
    const double top = std::round(rect.top());
    return {left, top, std::max(1.0, std::round(rect.right()) - left),
        std::max(1.0, std::round(rect.bottom()) - top)};
}

} // namespace sluice::ui
