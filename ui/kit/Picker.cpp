// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/Picker.h"

#include <QActionGroup>
#include <QMenu>
#include <QVariant>

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
    setPopupMode(InstantPopup);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_choices->setToolTipsVisible(true);
    setMenu(m_choices);
    connect(m_choices, &QMenu::triggered, this, [this](const QAction* action) { emit chosen(action->data().toInt()); });
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
    setText(m_caption + QStringLiteral(": ") + text + QStringLiteral(" \u25BE"));
    setAccessibleName(m_caption + QStringLiteral(": ") + text);
    for (QAction* action : m_choices->actions())
        action->setChecked(!action->isSeparator() && action->data().toInt() == value);
}

} // namespace sluice::ui
