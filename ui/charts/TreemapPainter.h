// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/Treemap.h"
#include "ui/kit/Theme.h"

#include <QFont>

class QPainter;

namespace sluice::ui {

// How a tile of the map looks: fill, hatch, ink by contrast, labels that fit or are left out, focus
// ring.
class TreemapPainter {
public:
    TreemapPainter(QPainter& painter, const Theme& theme, const QFont& font, TreemapColour colour);

    void tile(const Treemap::Tile& tile);
    void hover(const Treemap::Tile& tile);
    void cursor(const QRectF& rect, bool focused);

private:
    [[nodiscard]] QColor fillOf(const Treemap::Tile& tile) const;
    [[nodiscard]] bool isHatched(const Treemap::Tile& tile) const;
    void group(const Treemap::Tile& tile);
    void hatch(const QRectF& rect, const QColor& fill);
    void labels(const Treemap::Tile& tile, const QColor& ink);

    QPainter& m_painter;
    const Theme& m_theme;
    QFont m_nameFont;
    QFont m_valueFont;
    TreemapColour m_colour;
};

} // namespace sluice::ui
