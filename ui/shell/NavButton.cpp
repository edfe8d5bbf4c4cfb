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
    setAccessibleName(m_count == 0 ? text() : tr("%1, %2").arg(text(), m_meaning));
    setEnabled(m_action->isEnabled());
    QStringList tip;
    if (m_collapsed)
        tip << text();
    if (m_count > 0)
        tip << m_meaning;
    tip << m_action->shortcut().toString(QKeySequence::NativeText);
    tip.removeAll(QString{});
    setToolTip(tip.join(QStringLiteral(" \u00B7 ")));
    update();
}

void NavButton::setCount(std::size_t count, const QString& meaning)
{
    m_count = count;
    m_meaning = count == 0 ? QString{} : meaning;
    follow();
}

void NavButton::setCollapsed(bool collapsed)
{
    m_collapsed = collapsed;
    follow();
    updateGeometry();
}

QSize NavButton::sizeHint() const
{
    if (m_collapsed)
        return {IconSize + 20, fontMetrics().height() + 13};
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
    const int iconAt = m_collapsed ? (width() - IconSize) / 2 : 10;
    m_action->icon().paint(&painter, QRect{iconAt, (height() - IconSize) / 2, IconSize, IconSize},
        Qt::AlignCenter, isEnabled() ? QIcon::Normal : QIcon::Disabled);
    painter.setPen(theme.color(isEnabled() ? Token::Text : Token::Faint));
    if (m_collapsed) {
        if (m_count > 0) {
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.color(Token::Accent));
            painter.drawEllipse(QPointF{iconAt + IconSize - 1.0, height() / 2.0 - 8.0}, 3.5, 3.5);
        }
        return;
    }
    const QString count = m_count == 0 ? QString{} : QString::number(m_count);
    const int countWidth = painter.fontMetrics().horizontalAdvance(count);
    painter.drawText(rect().adjusted(0, 0, -8, 0), Qt::AlignRight | Qt::AlignVCenter, count);
    painter.drawText(rect().adjusted(IconSize + 20, 0, -6, 0), Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(
            text(), Qt::ElideRight, width() - IconSize - 30 - countWidth));
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
