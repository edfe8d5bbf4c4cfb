// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/IdleLock.h"

#include <QCoreApplication>
#include <QEvent>

namespace sluice::ui {

IdleLock::IdleLock(std::chrono::milliseconds after, QObject* parent)
    : QObject{parent}
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(after);
    connect(&m_timer, &QTimer::timeout, this, &IdleLock::idle);
    QCoreApplication::instance()->installEventFilter(this);
}

void IdleLock::setActive(bool active)
{
    if (active)
        m_timer.start();
    else
        m_timer.stop();
}

void IdleLock::setAfter(std::chrono::milliseconds after)
{
    m_timer.setInterval(after); // a timer that runs begins anew
}

bool IdleLock::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::Wheel:
    case QEvent::TouchBegin:
        if (m_timer.isActive())
            m_timer.start();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace sluice::ui
