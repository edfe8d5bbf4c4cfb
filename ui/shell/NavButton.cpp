// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/NavButton.h"

#include "ui/kit/Theme.h"

#include <QAction>
#include <QPainter>

namespace sluice::ui {

namespace {

constexpr int IconSize = 18;

} // namespace

NavButton::NavButton(QAction* action, QWidget* parent)
    : QAbstractButton{parent}
    , m_action{action}
{
    setObjectName(QStringLiteral("nav_") + action->objectName());
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(action, &QAction::changed, this, &NavButton::follow);
    connect(this, &QAbstractButton::clicked, action, &QAction::trigger);
    follow();
}

void NavButton::follow()
{
    setText(m_action->text().remove(u'&'));
    setAccessibleName(text());
    setEnabled(m_action->isEnabled());
    setToolTip(m_action->shortcut().toString(QKeySequence::NativeText));
    update();
}

QSize NavButton::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(text()) + IconSize + 34, fontMetrics().height() + 13};
}

void NavButton::paintEvent(QPaintEvent*)
{
    QPainter painter{this};
    const Theme& theme = themeOf(palette());
    const bool here = m_action && m_action->isChecked();
    if (here || m_hovered)
        painter.fillRect(rect(), theme.color(here ? Token::Selection : Token::Sunken));
    if (here)
        painter.fillRect(QRect{0, 0, 3, height()}, theme.color(Token::Accent));
    if (hasFocus()) {
        painter.setPen(QPen{theme.color(Token::Accent), 2});
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
    QFont font{this->font()};
    font.setWeight(here ? QFont::DemiBold : QFont::Normal);
    painter.setFont(font);
    m_action->icon().paint(&painter, QRect{10, (height() - IconSize) / 2, IconSize, IconSize},
        Qt::AlignCenter, isEnabled() ? QIcon::Normal : QIcon::Disabled);
    painter.setPen(theme.color(isEnabled() ? Token::Text : Token::Faint));
    painter.drawText(rect().adjusted(IconSize + 20, 0, -6, 0), Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(text(), Qt::ElideRight, width() - IconSize - 26));
}

void NavButton::enterEvent(QEnterEvent* event)
{
    QAbstractButton::enterEvent(event);
    m_hovered = true;
    update();
}

void NavButton::leaveEvent(QEvent* event)
{
    QAbstractButton::leaveEvent(event);
    m_hovered = false;
    update();
}

} // namespace sluice::ui
