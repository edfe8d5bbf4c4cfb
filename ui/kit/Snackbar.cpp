// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/Snackbar.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVariant>

namespace sluice::ui {

namespace {

constexpr int StaysMs = 8000;
constexpr int Margin = 16;

} // namespace

Snackbar::Snackbar(QWidget* parent)
    : QFrame{parent}
    , m_text{new QLabel{this}}
    , m_undo{new QPushButton{tr("Undo"), this}}
{
    setObjectName(QStringLiteral("snackbar"));
    setProperty("role", QStringLiteral("snackbar"));
    m_text->setObjectName(QStringLiteral("snackbarText"));
    m_undo->setObjectName(QStringLiteral("snackbarUndo"));
    m_undo->setProperty("role", QStringLiteral("link"));
    auto* row = new QHBoxLayout{this};
    row->setContentsMargins(14, 8, 10, 8);
    row->setSpacing(14);
    row->addWidget(m_text);
    row->addWidget(m_undo);
    connect(m_undo, &QPushButton::clicked, this, [this] {
        dismiss();
        emit undoWanted();
    });
    m_goes.setSingleShot(true);
    m_goes.setInterval(StaysMs);
    connect(&m_goes, &QTimer::timeout, this, [this] {
        if (m_undo->hasFocus())
            m_goes.start(); // somebody is about to press it
        else
            dismiss();
    });
    parent->installEventFilter(this);
    hide();
}

void Snackbar::say(const QString& text, bool canUndo)
{
    m_text->setText(text);
    m_undo->setVisible(canUndo);
    m_undo->setAccessibleName(tr("Undo: %1").arg(text));
    setAccessibleName(text);
    place();
    show();
    raise();
    m_goes.start();
    QAccessibleEvent alert{this, QAccessible::Alert};
    QAccessible::updateAccessibility(&alert);
}

void Snackbar::dismiss()
{
    m_goes.stop();
    hide();
    m_text->clear(); // it may name something of the ledger
    setAccessibleName({});
    m_undo->setAccessibleName({});
}

QString Snackbar::text() const
{
    return m_text->text();
}

void Snackbar::place()
{
    const QSize room = parentWidget()->size();
    const QSize wanted = sizeHint().boundedTo(room - QSize{2 * Margin, 2 * Margin});
    setGeometry({QPoint{Margin, room.height() - wanted.height() - Margin}, wanted});
}

bool Snackbar::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize && isVisible())
        place();
    return QFrame::eventFilter(watched, event);
}

void Snackbar::enterEvent(QEnterEvent* event)
{
    QFrame::enterEvent(event);
    m_goes.stop();
}

void Snackbar::leaveEvent(QEvent* event)
{
    QFrame::leaveEvent(event);
    if (isVisible())
        m_goes.start();
}

} // namespace sluice::ui
