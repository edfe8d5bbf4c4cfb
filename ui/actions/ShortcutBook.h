// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/ActionRegistry.h"

#include <QKeySequence>
#include <QObject>

#include <optional>

class QSettings;

namespace sluice::ui {

// Why a shortcut is not given to an action, and what helps.
struct ShortcutRefusal {
    QString why;
    QString wayOut;
    std::optional<ActionId> owner; // which has it; nothing: nobody may have it
};

// The shortcut of each action: that of ActionTable.h unless the person chose another, kept under
// shortcuts/OBJECTNAME (empty: none). No two actions ever have the same one. GUI thread.
class ShortcutBook : public QObject {
    Q_OBJECT

public:
    // Gives the actions of the registry what is kept; what clashes there stays as in the table.
    ShortcutBook(QSettings& settings, ActionRegistry& actions, QObject* parent = nullptr);

    [[nodiscard]] QKeySequence shortcut(ActionId id) const;
    [[nodiscard]] static QKeySequence standard(ActionId id);
    [[nodiscard]] bool isChanged(ActionId id) const { return shortcut(id) != standard(id); }
    // Nothing: it may have it.
    [[nodiscard]] std::optional<ShortcutRefusal> refusal(
        ActionId id, const QKeySequence& shortcut) const;
    // Nothing: done, and the action has it.
    std::optional<ShortcutRefusal> set(ActionId id, const QKeySequence& shortcut);
    // Refused where another action has been given it in the meantime.
    std::optional<ShortcutRefusal> reset(ActionId id) { return set(id, standard(id)); }

signals:
    void changed(sluice::ui::ActionId id);

private:
    void load();

    QSettings& m_settings;
    ActionRegistry& m_actions;
};

// "Lock", without its mnemonic and dots.
[[nodiscard]] QString actionName(const QAction& action);

} // namespace sluice::ui
