// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/ActionRegistry.h"

#include "ui/actions/ActionTable.h"
#include "ui/kit/Icons.h"

namespace sluice::ui {

ActionRegistry::ActionRegistry(QObject* parent)
    : QObject{parent}
{
    for (const ActionLine& line : actionTable()) {
        auto* action = new QAction{tr(line.text), this};
        action->setObjectName(QLatin1StringView{line.objectName});
        if (line.icon)
            action->setIcon(icon(line.icon));
        action->setShortcut(line.shortcut);
        action->setCheckable(line.checkable);
        m_actions[static_cast<std::size_t>(line.id)] = action;
    }
    apply({});
}

void ActionRegistry::apply(const AppState& state)
{
    const ActionState now = actionState(state);
    for (std::size_t i = 0; i < ActionCount; ++i) {
        m_actions[i]->setEnabled(now.enabled[i]);
        if (m_actions[i]->isCheckable())
            m_actions[i]->setChecked(now.checked[i]);
    }
    const auto named = [this](ActionId id, const QString& plain, const QString& what) {
        action(id)->setText(what.isEmpty()
                ? plain
                : tr("%1: %2").arg(
                    plain, QString{what}.replace(QStringLiteral("&"), QStringLiteral("&&"))));
    };
    named(ActionId::Undo, tr("&Undo"), state.undo);
    named(ActionId::Redo, tr("&Redo"), state.redo);
    // What one will never be able to press says why.
    const QString why = state.ledgerOpen && !state.mayChange
        ? tr("Your roles do not permit imports: they are for Finance and Admin.")
        : QString{};
    for (const ActionId id : {ActionId::ImportFiles, ActionId::ImportFolder})
        action(id)->setToolTip(why); // without one of its own an action shows its text
}

} // namespace sluice::ui
