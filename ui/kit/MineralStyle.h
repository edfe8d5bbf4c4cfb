// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace sluice::ui {

// Fusion, but for the few marks that a style sheet cannot draw in a theme's colours: check marks,
// the focus frame of item views, and the ground of selected rows (our delegates draw that); and for
// motion, where less of it is wanted.
class MineralStyle : public QProxyStyle {
    Q_OBJECT

public:
    MineralStyle();
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
        const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
        QStyleHintReturn* answer) const override;
};

} // namespace sluice::ui
