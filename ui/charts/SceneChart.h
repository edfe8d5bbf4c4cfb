// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartCanvas.h"
#include "ui/charts/ChartScene.h"

namespace sluice::ui {

// A chart that is a scene: subclasses lay it out with a pure function, all else is here.
class SceneChart : public ChartCanvas {
    Q_OBJECT

public:
    using ChartCanvas::ChartCanvas;

    [[nodiscard]] const ChartScene& scene() const { return m_scene; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 120}; }

protected:
    [[nodiscard]] virtual ChartScene layOut(const QSizeF& size, const QFont& font) const = 0;
    void rebuild() override;
    void paintOn(QPainter& painter, const QSizeF& size, const Theme& theme,
        const QFont& font) const override;

private:
    ChartScene m_scene;
};

} // namespace sluice::ui
