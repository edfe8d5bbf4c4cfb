// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/ShortcutButton.h"

#include <QKeyEvent>

namespace sluice::ui {

namespace {

bool isModifier(int key)
{
    return key == Qt::Key_Control || key == Qt::Key_Shift || key == Qt::Key_Alt
        || key == Qt::Key_AltGr || key == Qt::Key_Meta || key == Qt::Key_CapsLock
        || key == Qt::Key_unknown || key == 0;
}

} // namespace

ShortcutButton::ShortcutButton(const QString& objectName, const QString& what, QWidget* parent)
    : QPushButton{parent}
    , m_what{what}
{
    setObjectName(objectName);
    connect(this, &QPushButton::clicked, this, [this] { listen(true); });
    follow();
}

void ShortcutButton::setShortcut(const QKeySequence& shortcut)
{
    m_shown = shortcut;
    follow();
}

void ShortcutButton::listen(bool listening)
{
    m_listening = listening;
    follow();
}

void ShortcutButton::follow()
{
    const QString keys
        = m_shown.isEmpty() ? tr("none") : m_shown.toString(QKeySequence::NativeText);
    setText(m_listening ? tr("Press the keys\u2026") : keys);
    setAccessibleName(m_listening ? tr("Press the keys for \u201C%1\u201D").arg(m_what)
                                  : tr("Shortcut of \u201C%1\u201D: %2").arg(m_what, keys));
}

// While it listens no shortcut of the window acts, and Tab is a key like any other.
bool ShortcutButton::event(QEvent* event)
{
    if (m_listening && event->type() == QEvent::ShortcutOverride) {
        event->accept();
        return true;
    }
    if (m_listening && event->type() == QEvent::KeyPress) {
        keyPressEvent(static_cast<QKeyEvent*>(event));
        return true;
    }
    return QPushButton::event(event);
}

void ShortcutButton::keyPressEvent(QKeyEvent* event)
{
    if (!m_listening)
        return QPushButton::keyPressEvent(event);
    event->accept();
    const int key = event->key();
    const Qt::KeyboardModifiers modifiers = event->modifiers()
        & (Qt::ControlModifier | Qt::ShiftModifier | Qt::AltModifier | Qt::MetaModifier);
    if (isModifier(key))
        return; // more is coming
    listen(false);
    if (key == Qt::Key_Escape && modifiers == Qt::NoModifier)
        return;
    const bool away
        = modifiers == Qt::NoModifier && (key == Qt::Key_Backspace || key == Qt::Key_Delete);
    emit wanted(away ? QKeySequence{} : QKeySequence{static_cast<int>(modifiers.toInt()) | key});
}

void ShortcutButton::focusOutEvent(QFocusEvent* event)
{
    QPushButton::focusOutEvent(event);
    if (m_listening)
        listen(false);
}

} // namespace sluice::ui
