// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/ActionRegistry.h"

#include "ui/kit/Icons.h"

#include <QKeySequence>
#include <QMenu>

namespace sluice::ui {

namespace {

struct ActionLine {
    ActionId id;
    const char* objectName;
    const char* text;
    const char* icon; // null: none
    QKeySequence shortcut;
    bool checkable{false};
};

std::array<ActionLine, ActionCount> actionTable()
{
    using enum ActionId;
    return {{
        {NewLedger, "newLedger", QT_TRANSLATE_NOOP("ActionRegistry", "&New ledger…"), "new",
            QKeySequence::New},
        {OpenLedger, "openLedger", QT_TRANSLATE_NOOP("ActionRegistry", "&Open ledger…"), "open",
            QKeySequence::Open},
        {OpenSample, "openSample", QT_TRANSLATE_NOOP("ActionRegistry", "Open the &sample"),
            "sample", {}},
        {ImportFiles, "importFiles", QT_TRANSLATE_NOOP("ActionRegistry", "&Import files…"),
            "imports", QKeySequence{Qt::CTRL | Qt::Key_I}},
        {ImportFolder, "importFolder", QT_TRANSLATE_NOOP("ActionRegistry", "Import a &folder…"),
            nullptr, QKeySequence{Qt::CTRL | Qt::SHIFT | Qt::Key_I}},
        {LockLedger, "lockLedger", QT_TRANSLATE_NOOP("ActionRegistry", "&Lock"), "lock",
            QKeySequence{Qt::CTRL | Qt::Key_L}},
        {Quit, "quit", QT_TRANSLATE_NOOP("ActionRegistry", "&Quit"), "quit", QKeySequence::Quit},
        {GoMap, "goMap", QT_TRANSLATE_NOOP("ActionRegistry", "Spend &map"), "map",
            QKeySequence{Qt::CTRL | Qt::Key_1}, true},
        {GoCharges, "goCharges", QT_TRANSLATE_NOOP("ActionRegistry", "&Charges"), "charges",
            QKeySequence{Qt::CTRL | Qt::Key_2}, true},
        {GoImports, "goImports", QT_TRANSLATE_NOOP("ActionRegistry", "&Imports"), "imports",
            QKeySequence{Qt::CTRL | Qt::Key_3}, true},
        {GoUp, "goUp", QT_TRANSLATE_NOOP("ActionRegistry", "&Up one level"), "up",
            QKeySequence{Qt::ALT | Qt::Key_Up}},
        {PreviousPeriod, "previousPeriod", QT_TRANSLATE_NOOP("ActionRegistry", "&Previous period"),
            "back", QKeySequence{Qt::CTRL | Qt::Key_BracketLeft}},
        {NextPeriod, "nextPeriod", QT_TRANSLATE_NOOP("ActionRegistry", "&Next period"), "forward",
            QKeySequence{Qt::CTRL | Qt::Key_BracketRight}},
        {ToggleTable, "toggleTable", QT_TRANSLATE_NOOP("ActionRegistry", "Show as &table"), "table",
            QKeySequence{Qt::CTRL | Qt::SHIFT | Qt::Key_T}, true},
        {ShowSource, "showSource",
            QT_TRANSLATE_NOOP("ActionRegistry", "&Where does this come from?"), "source",
            QKeySequence{Qt::CTRL | Qt::Key_E}},
        {ShowCharges, "showCharges",
            QT_TRANSLATE_NOOP("ActionRegistry", "Show the &charges behind it"), "charges",
            QKeySequence{Qt::CTRL | Qt::Key_Return}},
        {ToggleDrawer, "toggleDrawer", QT_TRANSLATE_NOOP("ActionRegistry", "&Details"), nullptr,
            QKeySequence{Qt::Key_F8}, true},
        {CopyPicture, "copyPicture", QT_TRANSLATE_NOOP("ActionRegistry", "Copy &picture"), "copy",
            QKeySequence{Qt::CTRL | Qt::SHIFT | Qt::Key_C}},
        {CopyData, "copyData", QT_TRANSLATE_NOOP("ActionRegistry", "Copy &data"), nullptr, {}},
        {ThemeSystem, "themeSystem", QT_TRANSLATE_NOOP("ActionRegistry", "Like the &system"),
            "theme", {}, true},
        {ThemeLight, "themeLight", QT_TRANSLATE_NOOP("ActionRegistry", "&Light"), nullptr, {},
            true},
        {ThemeDark, "themeDark", QT_TRANSLATE_NOOP("ActionRegistry", "&Dark"), nullptr, {}, true},
        {CancelJob, "cancelJob", QT_TRANSLATE_NOOP("ActionRegistry", "&Cancel the job"), "close",
            {}},
        {About, "about", QT_TRANSLATE_NOOP("ActionRegistry", "&About Sluice"), "info", {}},
    }};
}

} // namespace

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
    // What one will never be able to press says why.
    const QString why = state.ledgerOpen && !state.mayChange
        ? tr("Your roles do not permit imports: they are for Finance and Admin.")
        : QString{};
    for (const ActionId id : {ActionId::ImportFiles, ActionId::ImportFolder})
        action(id)->setToolTip(why); // without one of its own an action shows its text
}

void ActionRegistry::fill(QMenu& menu, std::initializer_list<ActionId> ids) const
{
    for (const ActionId id : ids)
        menu.addAction(action(id));
}

} // namespace sluice::ui
