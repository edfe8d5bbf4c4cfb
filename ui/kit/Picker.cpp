// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/Picker.h"

#include <QKeyEvent>
#include <QMenu>
#include <QVariant>

#include <algorithm>

namespace sluice::ui {

Picker::Picker(const QString& objectName, const QString& caption, QWidget* parent)
    : QToolButton{parent}
    , m_caption{caption}
    , m_choices{new QMenu{this}}
{
    setObjectName(objectName);
    setProperty("role", QStringLiteral("picker"));
    setAccessibleName(caption);
    setFocusPolicy(Qt::StrongFocus);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_choices->setToolTipsVisible(true);
    m_choices->setObjectName(objectName + QStringLiteral("Choices"));
    connect(this, &QToolButton::clicked, this, &Picker::open);
    connect(m_choices, &QMenu::triggered, this,
        [this](const QAction* action) { emit chosen(action->data().toInt()); });
}

void Picker::setChoices(const std::vector<Choice>& choices)
{
    m_choices->clear();
    for (const Choice& choice : choices) {
        if (choice.startsGroup)
            m_choices->addSeparator();
        QAction* action = m_choices->addAction(choice.text);
        action->setData(choice.value);
        action->setCheckable(true);
        action->setToolTip(choice.toolTip);
    }
}

void Picker::setCurrent(int value, const QString& text)
{
    setText((m_showsCaption ? m_caption + QStringLiteral(": ") : QString{}) + text
        + QStringLiteral(" \u25BE"));
    setAccessibleName(m_caption + QStringLiteral(": ") + text);
    for (QAction* action : m_choices->actions())
        action->setChecked(!action->isSeparator() && action->data().toInt() == value);
}

void Picker::open()
{
    m_choices->popup(mapToGlobal(rect().bottomLeft()));
    const QList<QAction*> actions = m_choices->actions();
    const auto checked = std::find_if(
        actions.begin(), actions.end(), [](const QAction* action) { return action->isChecked(); });
    if (checked != actions.end())
        m_choices->setActiveAction(*checked); // where arrow keys start
}

void Picker::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Down || event->key() == Qt::Key_Return
        || event->key() == Qt::Key_Enter)
        open();
    else
        QToolButton::keyPressEvent(event);
}

} // namespace sluice::ui
