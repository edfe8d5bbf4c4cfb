// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/MineralStyle.h"

#include "ui/kit/Comfort.h"
#include "ui/kit/Theme.h"

#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>

namespace sluice::ui {

namespace {

void drawCheckBox(const QStyleOption& option, QPainter& painter)
{
    const Theme& theme = themeOf(option.palette);
    const bool checked = option.state & QStyle::State_On;
    const bool focused = option.state & QStyle::State_HasFocus;
    const QRectF box = QRectF{option.rect}.adjusted(0.5, 0.5, -0.5, -0.5);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen{theme.color(checked || focused ? Token::Accent : Token::BorderStrong),
        focused ? 2.0 : 1.0});
    painter.setBrush(theme.color(checked ? Token::Accent : Token::Surface));
    painter.drawRoundedRect(box, 3, 3);
    if (checked) {
        painter.setPen(
            QPen{theme.color(Token::OnAccent), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin});
        const auto at = [&box](double x, double y) {
            return QPointF{box.x() + x * box.width(), box.y() + y * box.height()};
        };
        painter.drawPolyline(QPolygonF{{at(0.24, 0.54), at(0.43, 0.72), at(0.77, 0.31)}});
    }
    painter.restore();
}

} // namespace

MineralStyle::MineralStyle()
    : QProxyStyle{QStyleFactory::create(QStringLiteral("Fusion"))}
{
}

void MineralStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
    QPainter* painter, const QWidget* widget) const
{
    switch (element) {
    case PE_IndicatorCheckBox:
        drawCheckBox(*option, *painter);
        return;
    case PE_FrameFocusRect:
    case PE_PanelItemViewRow:
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

int MineralStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
    QStyleHintReturn* answer) const
{
    if (hint == SH_Widget_Animation_Duration && reducedMotion())
        return 0;
    return QProxyStyle::styleHint(hint, option, widget, answer);
}

} // namespace sluice::ui
