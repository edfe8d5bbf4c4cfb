// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/ActionTable.h"

#include "core/base/Check.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>
#include <vector>

namespace sluice::ui {

namespace {

QKeySequence ctrl(Qt::Key key)
{
    return QKeySequence{Qt::CTRL | key};
}

QKeySequence ctrlShift(Qt::Key key)
{
    return QKeySequence{Qt::CTRL | Qt::SHIFT | key};
}

QKeySequence alt(Qt::Key key)
{
    return QKeySequence{Qt::ALT | key};
}

constexpr bool Checkable = true;
constexpr bool Group = true;

std::vector<ActionLine> fileAndEdit()
{
    using enum ActionId;
    using enum MenuId;
    return {
        {NewLedger, "newLedger", QT_TRANSLATE_NOOP("ActionRegistry", "&New ledger…"), "new",
            QKeySequence::New, File},
        {OpenLedger, "openLedger", QT_TRANSLATE_NOOP("ActionRegistry", "&Open ledger…"), "open",
            QKeySequence::Open, File},
        {OpenSample, "openSample", QT_TRANSLATE_NOOP("ActionRegistry", "Open the &sample"),
            "sample", {}, File},
        {ImportFiles, "importFiles", QT_TRANSLATE_NOOP("ActionRegistry", "&Import files…"),
            "imports", ctrl(Qt::Key_I), File, false, Group},
        {ImportFolder, "importFolder", QT_TRANSLATE_NOOP("ActionRegistry", "Import a &folder…"),
            nullptr, ctrlShift(Qt::Key_I), File},
        {CancelJob, "cancelJob", QT_TRANSLATE_NOOP("ActionRegistry", "&Cancel the job"), "close",
            {}, File},
        {LockLedger, "lockLedger", QT_TRANSLATE_NOOP("ActionRegistry", "&Lock"), "lock",
            ctrl(Qt::Key_L), File, false, Group},
        {Quit, "quit", QT_TRANSLATE_NOOP("ActionRegistry", "&Quit"), "quit", QKeySequence::Quit,
            File},
        {Undo, "undo", QT_TRANSLATE_NOOP("ActionRegistry", "&Undo"), "undo", QKeySequence::Undo,
            Edit},
        {Redo, "redo", QT_TRANSLATE_NOOP("ActionRegistry", "&Redo"), nullptr, QKeySequence::Redo,
            Edit},
        {CopyPicture, "copyPicture", QT_TRANSLATE_NOOP("ActionRegistry", "Copy &picture"), "copy",
            ctrlShift(Qt::Key_C), Edit, false, Group},
        {CopyData, "copyData", QT_TRANSLATE_NOOP("ActionRegistry", "Copy &data"), nullptr, {},
            Edit},
        {FocusFilter, "focusFilter", QT_TRANSLATE_NOOP("ActionRegistry", "&Filter…"), "filter",
            QKeySequence::Find, Edit, false, Group},
        {GoSettings, "goSettings", QT_TRANSLATE_NOOP("ActionRegistry", "&Settings"), "settings",
            ctrl(Qt::Key_Comma), Edit, Checkable, Group},
    };
}

std::vector<ActionLine> viewAndGo()
{
    using enum ActionId;
    using enum MenuId;
    return {
        {ToggleTable, "toggleTable", QT_TRANSLATE_NOOP("ActionRegistry", "Show as &table"), "table",
            ctrlShift(Qt::Key_T), View, Checkable},
        {ToggleDrawer, "toggleDrawer", QT_TRANSLATE_NOOP("ActionRegistry", "&Details"), nullptr,
            QKeySequence{Qt::Key_F8}, View, Checkable},
        {PreviousPeriod, "previousPeriod", QT_TRANSLATE_NOOP("ActionRegistry", "&Previous period"),
            "back", ctrl(Qt::Key_BracketLeft), View, false, Group},
        {NextPeriod, "nextPeriod", QT_TRANSLATE_NOOP("ActionRegistry", "&Next period"), "forward",
            ctrl(Qt::Key_BracketRight), View},
        {ComparePreviousPeriod, "comparePreviousPeriod",
            QT_TRANSLATE_NOOP("ActionRegistry", "With the period &before"), nullptr, {}, Comparing,
            Checkable},
        {ComparePreviousYear, "comparePreviousYear",
            QT_TRANSLATE_NOOP("ActionRegistry", "With the same period a &year before"), nullptr, {},
            Comparing, Checkable},
        {CompareNothing, "compareNothing", QT_TRANSLATE_NOOP("ActionRegistry", "With &nothing"),
            nullptr, {}, Comparing, Checkable},
        {ThemeSystem, "themeSystem", QT_TRANSLATE_NOOP("ActionRegistry", "Like the &system"),
            "theme", {}, Colours, Checkable},
        {ThemeLight, "themeLight", QT_TRANSLATE_NOOP("ActionRegistry", "&Light"), nullptr, {},
            Colours, Checkable},
        {ThemeDark, "themeDark", QT_TRANSLATE_NOOP("ActionRegistry", "&Dark"), nullptr, {}, Colours,
            Checkable},
        {GoToday, "goToday", QT_TRANSLATE_NOOP("ActionRegistry", "&Today"), "today",
            ctrl(Qt::Key_1), Go, Checkable},
        {GoMap, "goMap", QT_TRANSLATE_NOOP("ActionRegistry", "Spend &map"), "map", ctrl(Qt::Key_2),
            Go, Checkable},
        {GoCharges, "goCharges", QT_TRANSLATE_NOOP("ActionRegistry", "&Charges"), "charges",
            ctrl(Qt::Key_3), Go, Checkable},
        {GoImports, "goImports", QT_TRANSLATE_NOOP("ActionRegistry", "&Imports"), "imports",
            ctrl(Qt::Key_4), Go, Checkable},
        {ShowPalette, "showPalette", QT_TRANSLATE_NOOP("ActionRegistry", "&Find anything…"),
            "search", ctrl(Qt::Key_K), Go, false, Group},
        {GoBack, "goBack", QT_TRANSLATE_NOOP("ActionRegistry", "&Back"), "back", alt(Qt::Key_Left),
            Go, false, Group},
        {GoForward, "goForward", QT_TRANSLATE_NOOP("ActionRegistry", "F&orward"), "forward",
            alt(Qt::Key_Right), Go},
        {GoUp, "goUp", QT_TRANSLATE_NOOP("ActionRegistry", "&Up one level"), "up", alt(Qt::Key_Up),
            Go},
        {ShowCharges, "showCharges",
            QT_TRANSLATE_NOOP("ActionRegistry", "Show the &charges behind it"), "charges",
            ctrl(Qt::Key_Return), Go},
        {ShowSource, "showSource",
            QT_TRANSLATE_NOOP("ActionRegistry", "&Where does this come from?"), "source",
            ctrl(Qt::Key_E), Go},
        {GoHelp, "goHelp", QT_TRANSLATE_NOOP("ActionRegistry", "&Help"), "help",
            QKeySequence{Qt::Key_F1}, MenuId::Help, Checkable},
        {About, "about", QT_TRANSLATE_NOOP("ActionRegistry", "&About Sluice"), "info", {},
            MenuId::Help},
    };
}

std::vector<ActionLine> makeTable()
{
    std::vector<ActionLine> table = fileAndEdit();
    std::ranges::move(viewAndGo(), std::back_inserter(table));
    SLUICE_CHECK(table.size() == ActionCount);
    return table;
}

} // namespace

std::span<const ActionLine> actionTable()
{
    static const std::vector<ActionLine> table = makeTable();
    return table;
}

} // namespace sluice::ui
