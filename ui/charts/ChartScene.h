// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartItem.h"
#include "ui/charts/ChartShape.h"
#include "ui/kit/Theme.h"

#include <QFont>
#include <QFontMetricsF>
#include <QLineF>

#include <optional>
#include <variant>
#include <vector>

class QPainter;

namespace sluice::ui {

// A token's colour, `strength` of it over the scene's ground: opaque, because archives and some
// printers know no transparency.
struct Ink {
    Token token{Token::Text};
    double strength{1};
    bool operator==(const Ink&) const = default;
};

enum class FillStyle : std::uint8_t { Solid, Outline, Hatch, Missing };
enum class Stroke : std::uint8_t { Solid, Dotted, Dashed };
enum class TextRole : std::uint8_t { Axis, Name, Value };

struct SceneFill {
    QRectF rect;
    Ink ink;
    FillStyle style{FillStyle::Solid};
};
struct SceneLine {
    QLineF line;
    Ink ink;
    double width{1};
    Stroke stroke{Stroke::Solid};
};
struct ScenePath {
    std::vector<QPointF> points;
    Ink ink;
    double width{0}; // zero: filled
};
struct SceneText {
    QRectF rect;
    QString text;
    TextRole role{TextRole::Axis};
    Qt::Alignment align{Qt::AlignLeft | Qt::AlignVCenter};
    Ink ink{Token::Muted};
    std::optional<Ink> on; // stands on this fill: black or white, whichever reads better
};
using SceneMark = std::variant<SceneFill, SceneLine, ScenePath, SceneText>;

// A laid out chart as a plain value without colours: what is where. Made by pure functions, painted
// by one, read by tests. Pixels at 1x.
struct ChartScene {
    QSizeF size;
    Token ground{Token::Surface};
    std::vector<SceneMark> marks; // from the back to the front
    std::vector<ChartShape> shapes;

    void add(SceneMark mark) { marks.push_back(std::move(mark)); }
    [[nodiscard]] std::vector<SceneText> texts() const;
    [[nodiscard]] std::vector<SceneFill> fills() const;
    [[nodiscard]] std::vector<SceneLine> lines() const;
};

// Measures and cuts the texts of a scene.
class TextRuler {
public:
    explicit TextRuler(const QFont& font);
    [[nodiscard]] double width(const QString& text, TextRole role) const;
    [[nodiscard]] double height(TextRole role) const;
    [[nodiscard]] QString elided(const QString& text, TextRole role, double room) const;
    // At most `lines` lines of at most `room` pixels, the last one elided.
    [[nodiscard]] QStringList wrapped(
        const QString& text, TextRole role, double room, int lines) const;

private:
    [[nodiscard]] const QFontMetricsF& of(TextRole role) const
    {
        return m_metrics[static_cast<std::size_t>(role)];
    }
    std::array<QFontMetricsF, 3> m_metrics;
};

void paintScene(QPainter& painter, const ChartScene& scene, const Theme& theme, const QFont& font);
// The marks alone, without the ground.
void paintMarks(QPainter& painter, const ChartScene& scene, const Theme& theme, const QFont& font);

// 45° lines that end at the edges of `rect`: no clipping, which SVG would lose.
[[nodiscard]] std::vector<QLineF> hatchLines(const QRectF& rect, double step);
[[nodiscard]] QColor colorOf(const Ink& ink, const Theme& theme, Token ground);
[[nodiscard]] Token categoryToken(int slot);

// A bar in the manner of its scenario; a category's colour only for actuals.
void addBar(ChartScene& scene, const QRectF& rect, Scenario scenario, std::optional<int> slot = {},
    bool partial = false);
// A filled triangle of `side` pixels, the sign of a variance.
void addTriangle(ChartScene& scene, const QPointF& centre, double side, bool up, const Ink& ink);
// On whole pixels, at least one thick in each direction: edges stay sharp and nothing vanishes.
[[nodiscard]] QRectF crisp(const QRectF& rect);

} // namespace sluice::ui
