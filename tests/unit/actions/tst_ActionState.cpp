// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Gui.h"
#include "ui/actions/ActionRegistry.h"

#include <set>

using namespace sluice;
using namespace sluice::ui;

class TestActionState : public QObject {
    Q_OBJECT

private slots:
    void init() { test::failOnWarnings(); }

    void table_data()
    {
        QTest::addColumn<int>("id");
        QTest::addColumn<QString>("on"); // states in which the action is possible
        const auto row = [](const char* name, ActionId id, const char* on) {
            QTest::newRow(name) << static_cast<int>(id) << QString::fromLatin1(on);
        };
        row("new", ActionId::NewLedger,
            "start map map-figure map-drilled charges charges-drilled imports auditor");
        row("open", ActionId::OpenLedger,
            "start map map-figure map-drilled charges charges-drilled imports auditor");
        row("import", ActionId::ImportFiles,
            "map map-figure map-drilled charges charges-drilled imports importing");
        row("lock", ActionId::LockLedger,
            "map map-figure map-drilled charges charges-drilled imports importing auditor");
        row("up", ActionId::GoUp, "map-drilled charges-drilled");
        row("table", ActionId::ToggleTable, "map map-figure map-drilled importing auditor");
        row("source", ActionId::ShowSource, "map-figure");
        row("charges", ActionId::ShowCharges, "map-figure");
        row("period", ActionId::NextPeriod,
            "map map-figure map-drilled charges charges-drilled importing auditor");
        row("filter", ActionId::FocusFilter,
            "map map-figure map-drilled charges charges-drilled importing auditor");
        row("back", ActionId::GoBack, "charges charges-drilled");
        row("forward", ActionId::GoForward, "imports");
        row("undo", ActionId::Undo, "imports");
        row("palette", ActionId::ShowPalette,
            "start making map map-figure map-drilled charges charges-drilled imports importing "
            "auditor");
        row("cancel", ActionId::CancelJob, "importing");
        row("quit", ActionId::Quit,
            "start making map map-figure map-drilled charges charges-drilled imports importing "
            "auditor");
    }
    void table()
    {
        QFETCH(int, id);
        QFETCH(QString, on);
        const AppState start;
        AppState making;
        making.page = PageId::Create;
        making.makingLedger = true;
        AppState map;
        map.page = PageId::Map;
        map.ledgerOpen = true;
        map.mayChange = true;
        map.hasChart = true;
        map.leadsToCharges = true;
        AppState figure = map;
        figure.hasFigure = true;
        AppState drilled = map;
        drilled.canGoUp = true;
        AppState charges = map;
        charges.page = PageId::Charges;
        charges.hasChart = false;
        charges.canGoBack = true;
        AppState chargesDrilled = charges;
        chargesDrilled.canGoUp = true;
        AppState imports = map;
        imports.page = PageId::Imports;
        imports.hasChart = false;
        imports.canGoForward = true;
        imports.undo = QStringLiteral("Deleted the view Q3");
        AppState importing = map;
        importing.jobRunning = true;
        AppState auditor = map;
        auditor.mayChange = false;
        const std::vector<std::pair<QString, AppState>> states{{QStringLiteral("start"), start},
            {QStringLiteral("making"), making}, {QStringLiteral("map"), map},
            {QStringLiteral("map-figure"), figure}, {QStringLiteral("map-drilled"), drilled},
            {QStringLiteral("charges"), charges},
            {QStringLiteral("charges-drilled"), chargesDrilled},
            {QStringLiteral("imports"), imports}, {QStringLiteral("importing"), importing},
            {QStringLiteral("auditor"), auditor}};
        const QStringList wanted = on.split(u' ');
        for (const auto& [name, state] : states)
            QVERIFY2(
                actionState(state).isEnabled(static_cast<ActionId>(id)) == wanted.contains(name),
                qPrintable(name));
    }

    void oneThemeAndOnePageAreChecked()
    {
        AppState app;
        app.page = PageId::Charges;
        app.ledgerOpen = true;
        app.theme = ThemeChoice::Dark;
        const ActionState state = actionState(app);
        QVERIFY(state.isChecked(ActionId::GoCharges));
        QVERIFY(!state.isChecked(ActionId::GoMap));
        QVERIFY(state.isChecked(ActionId::ThemeDark));
        QVERIFY(!state.isChecked(ActionId::ThemeLight));
    }

    void everyActionHasTextNameAndItsOwnShortcut()
    {
        const ActionRegistry registry;
        std::set<QString> names;
        std::set<QKeySequence> shortcuts;
        for (std::size_t i = 0; i < ActionCount; ++i) {
            const QAction* action = registry.action(static_cast<ActionId>(i));
            QVERIFY(action != nullptr);
            QVERIFY(!action->text().isEmpty());
            QVERIFY2(action->text().contains(u'&'), qPrintable(action->text()));
            QVERIFY(names.insert(action->objectName()).second);
            if (!action->shortcut().isEmpty())
                QVERIFY2(shortcuts.insert(action->shortcut()).second, qPrintable(action->text()));
        }
    }
};

QTEST_MAIN(TestActionState)
#include "tst_ActionState.moc"
