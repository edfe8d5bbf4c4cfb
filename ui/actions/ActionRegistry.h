// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/ActionState.h"

#include <QAction>
#include <QObject>

#include <array>

namespace sluice::ui {

// Makes each QAction once, from one table of id, text, icon and shortcut. Whoever shows an action
// takes it from here, so that its text, state and shortcut are the same everywhere. GUI thread.
class ActionRegistry : public QObject {
    Q_OBJECT

public:
    explicit ActionRegistry(QObject* parent = nullptr);

    [[nodiscard]] QAction* action(ActionId id) const
    {
        return m_actions[static_cast<std::size_t>(id)];
    }
    void apply(const AppState& state);
    template <class Receiver, class Slot>
    void on(ActionId id, Receiver* receiver, Slot slot) const
    {
        QObject::connect(action(id), &QAction::triggered, receiver, slot);
    }

private:
    std::array<QAction*, ActionCount> m_actions{};
};

} // namespace sluice::ui
