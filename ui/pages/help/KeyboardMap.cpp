// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/help/KeyboardMap.h"

#include "ui/actions/ActionTable.h"
#include "ui/actions/ShortcutBook.h"

#include <QCoreApplication>

#include <array>

namespace sluice::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("KeyboardMap", text);
}

struct MenuName {
    MenuId menu;
    const char* text;
};

constexpr std::array Menus{MenuName{MenuId::File, QT_TRANSLATE_NOOP("KeyboardMap", "File")},
    MenuName{MenuId::Edit, QT_TRANSLATE_NOOP("KeyboardMap", "Edit")},
    MenuName{MenuId::View, QT_TRANSLATE_NOOP("KeyboardMap", "View")},
    MenuName{MenuId::Comparing, QT_TRANSLATE_NOOP("KeyboardMap", "Compare")},
    MenuName{MenuId::Colours, QT_TRANSLATE_NOOP("KeyboardMap", "Colours")},
    MenuName{MenuId::Go, QT_TRANSLATE_NOOP("KeyboardMap", "Go")},
    MenuName{MenuId::Help, QT_TRANSLATE_NOOP("KeyboardMap", "Help")},
    MenuName{MenuId::None, QT_TRANSLATE_NOOP("KeyboardMap", "Elsewhere")}};

// Signs that Markdown would take for its own.
QString escaped(QString text)
{
    for (const QChar sign : {u'\\', u'|', u'*', u'_', u'[', u']', u'`', u'<', u'#'})
        text.replace(sign, QStringLiteral("\\") + sign);
    return text;
}

} // namespace

QString keyboardMap(const ActionRegistry& actions)
{
    QString text;
    for (const MenuName& menu : Menus) {
        QString rows;
        for (const ActionLine& line : actionTable()) {
            if (line.menu != menu.menu)
                continue;
            const QAction& action = *actions.action(line.id);
            const QString keys = action.shortcut().toString(QKeySequence::NativeText);
            rows += QStringLiteral("| [%1](action:%2) | %3 |\n")
                        .arg(escaped(actionName(action)), action.objectName(),
                            keys.isEmpty() ? QStringLiteral("\u2013") : escaped(keys));
        }
        if (!rows.isEmpty())
            text += QStringLiteral("## %1\n\n| %2 | %3 |\n|---|---|\n%4\n")
                        .arg(tr(menu.text), tr("What it does"), tr("Keys"), rows);
    }
    return text;
}

} // namespace sluice::ui
