// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/Menus.h"

#include "ui/actions/ActionRegistry.h"

#include <QCoreApplication>
#include <QMenuBar>

namespace sluice::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Menus", text);
}

} // namespace

void fillMenuBar(QMenuBar& bar, const ActionRegistry& actions)
{
    using enum ActionId;
    QMenu* file = bar.addMenu(tr("&File"));
    actions.fill(*file, {NewLedger, OpenLedger, OpenSample});
    file->addSeparator();
    actions.fill(*file, {ImportFiles, ImportFolder, CancelJob});
    file->addSeparator();
    actions.fill(*file, {LockLedger, Quit});
    QMenu* edit = bar.addMenu(tr("&Edit"));
    actions.fill(*edit, {CopyPicture, CopyData});
    QMenu* view = bar.addMenu(tr("&View"));
    actions.fill(*view, {ToggleTable, ToggleDrawer});
    view->addSeparator();
    actions.fill(*view, {PreviousPeriod, NextPeriod});
    view->addSeparator();
    QMenu* theme = view->addMenu(tr("&Colours"));
    actions.fill(*theme, {ThemeSystem, ThemeLight, ThemeDark});
    QMenu* go = bar.addMenu(tr("&Go"));
    actions.fill(*go, {GoMap, GoCharges, GoImports});
    go->addSeparator();
    actions.fill(*go, {GoUp, ShowCharges, ShowSource});
    QMenu* help = bar.addMenu(tr("&Help"));
    actions.fill(*help, {About});
}

} // namespace sluice::ui
