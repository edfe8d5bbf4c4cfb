// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/IconLabel.h"

#include <QPainter>

namespace sluice::ui {

IconLabel::IconLabel(QIcon icon, int size, QWidget* parent)
    : QWidget{parent}
    , m_icon{std::move(icon)}
{
    setFixedSize(size, size);
}

void IconLabel::setIcon(const QIcon& icon)
{
    m_icon = icon;
    update();
}

void IconLabel::paintEvent(QPaintEvent*)
{
    QPainter painter{this};
    m_icon.paint(&painter, rect());
}

} // namespace sluice::ui
