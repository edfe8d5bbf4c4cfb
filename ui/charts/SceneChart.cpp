// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/SceneChart.h"

namespace sluice::ui {

void SceneChart::rebuild()
{
    m_scene = layOut(QSizeF{size()}, font());
    setShapes(m_scene.shapes);
}

void SceneChart::paintOn(
    QPainter& painter, const QSizeF& size, const Theme& theme, const QFont& font) const
{
    if (size == m_scene.size && font == this->font())
        paintScene(painter, m_scene, theme, font);
    else
        paintScene(painter, layOut(size, font), theme, font);
}

} // namespace sluice::ui
