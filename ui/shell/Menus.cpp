// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/Menus.h"

#include "ui/actions/ActionRegistry.h"
#include "ui/actions/ActionTable.h"

#include <QCoreApplication>
#include <QMenuBar>

namespace sluice::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Menus", text);
}

void fill(QMenu& menu, MenuId id, const ActionRegistry& actions)
{
    for (const ActionLine& line : actionTable()) {
        if (line.menu != id)
            continue;
        if (line.startsGroup)
            menu.addSeparator();
        menu.addAction(actions.action(line.id));
    }
}

} // namespace

void fillMenuBar(QMenuBar& bar, const ActionRegistry& actions)
{
    fill(*bar.addMenu(tr("&File")), MenuId::File, actions);
    fill(*bar.addMenu(tr("&Edit")), MenuId::Edit, actions);
    QMenu* view = bar.addMenu(tr("&View"));
    fill(*view, MenuId::View, actions);
    view->addSeparator();
    fill(*view->addMenu(tr("C&ompare")), MenuId::Comparing, actions);
    fill(*view->addMenu(tr("&Colours")), MenuId::Colours, actions);
    fill(*bar.addMenu(tr("&Go")), MenuId::Go, actions);
    fill(*bar.addMenu(tr("&Help")), MenuId::Help, actions);
}

} // namespace sluice::ui
