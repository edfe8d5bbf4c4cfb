// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/Comfort.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QEvent>
#include <QFontMetrics>

#include <array>

namespace sluice::ui {

namespace {

struct State {
    RowRoom room{RowRoom::Normal};
    bool reducedMotion{false};
    int textPercent{100};
    int cursorFlashMs{-1}; // of the system; not asked yet
};

State& state()
{
    static State theOne;
    return theOne;
}

} // namespace

int heightOfRow(const QFontMetrics& metrics)
{
    static constexpr std::array<int, 3> Pads{8, 14, 22};
    return metrics.height() + Pads[static_cast<std::size_t>(state().room)];
}

void setRowRoom(RowRoom room)
{
    if (room == state().room)
        return;
    state().room = room;
    const QWidgetList widgets = QApplication::allWidgets();
    for (QWidget* widget : widgets) {
        if (qobject_cast<QAbstractItemView*>(widget)) {
            QEvent change{QEvent::StyleChange};
            QCoreApplication::sendEvent(widget, &change);
        }
    }
}

bool reducedMotion()
{
    return state().reducedMotion;
}

void setReducedMotion(bool reduced)
{
    if (state().cursorFlashMs < 0)
        state().cursorFlashMs = QApplication::cursorFlashTime();
    state().reducedMotion = reduced;
    QApplication::setCursorFlashTime(reduced ? 0 : state().cursorFlashMs);
}

void setTextSize(int percent)
{
    const qreal factor = static_cast<qreal>(percent) / state().textPercent;
    if (percent == state().textPercent)
        return;
    state().textPercent = percent;
    const auto scaled = [factor](QFont font) {
        if (font.pixelSize() > 0)
            font.setPixelSize(qRound(font.pixelSize() * factor));
        else
            font.setPointSizeF(font.pointSizeF() * factor);
        return font;
    };
    QApplication::setFont(scaled(QApplication::font()));
    // Those with a size of their own do not inherit the new one.
    const QWidgetList widgets = QApplication::allWidgets();
    for (QWidget* widget : widgets) {
        const bool own = widget->testAttribute(Qt::WA_SetFont)
            && (widget->font().resolveMask() & QFont::SizeResolved) != 0;
        if (own)
            widget->setFont(scaled(widget->font()));
        else if (widget->isWindow() && !widget->testAttribute(Qt::WA_SetFont))
            widget->setFont({}); // takes the program's anew; Qt 6.4 does so only later
    }
}

} // namespace sluice::ui
