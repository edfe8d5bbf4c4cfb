// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/WindowFixture.h"
#include "tests/support/Gui.h"
#include "ui/charts/Treemap.h"
#include "ui/kit/DataTable.h"
#include "ui/shell/CommandPalette.h"
#include "ui/kit/Picker.h"
#include "ui/kit/Roles.h"
#include "ui/kit/ShortcutButton.h"
#include "ui/models/ChargesModel.h"
#include "ui/pages/create/CreatePage.h"

#include <QDir>
#include <QFontDatabase>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QToolButton>

using namespace sluice;
using namespace sluice::ui;

// Renders every page in both themes with the sample's data. Where SLUICE_SHOTS_DIR is set the
// pictures are kept there as PAGE-THEME[@2x].png; QT_SCALE_FACTOR=2 makes those of twice the size.
class Gallery : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale{QLocale::English, QLocale::UnitedStates});
        m_folder = qEnvironmentVariable("SLUICE_SHOTS_DIR");
        if (!m_folder.isEmpty())
            QVERIFY(QDir{}.mkpath(m_folder));
        if (QFontDatabase::hasFamily(QStringLiteral("Open Sans")))
            QApplication::setFont(QFont{QStringLiteral("Open Sans"), 10});
        m_fixture = std::make_unique<test::WindowFixture>();
        m_fixture->window().resize(1440, 900);
        m_fixture->window().show();
    }
    void init() { test::failOnWarnings(); }
    void cleanupTestCase() { m_fixture.reset(); }

    void start() { shoot("start"); }

    void create()
    {
        m_fixture->action(ActionId::NewLedger)->trigger();
        m_fixture->find<QLineEdit>("createPassphrase")
            ->setText(QStringLiteral("harbour violin seventeen moss"));
        m_fixture->find<QLineEdit>("createPassphraseAgain")
            ->setText(QStringLiteral("harbour violin seventeen moss"));
        m_fixture->find<QLineEdit>("createPath")
            ->setText(QStringLiteral("/home/ana/Documents/AI spend.sluice"));
        shoot("create");
        m_fixture->find<CreatePage>("createPage")
            ->showRecoveryCode(QStringLiteral("4QK7M-X2D9T-9RWHC-VB31N-Z8TEP-6JYGA-M0CF5-H7WKD"));
        shoot("recovery-code");
    }

    void settingsAndHelpOnTheWayIn()
    {
        m_fixture->action(ActionId::GoSettings)->trigger();
        settle();
        shoot("settings-way-in");
        m_fixture->action(ActionId::GoHelp)->trigger();
        settle();
        shoot("help-way-in");
    }

    void unlock()
    {
        m_fixture->window().askToUnlock(QStringLiteral("/home/ana/Documents/AI spend.sluice"));
        shoot("unlock");
    }

    void today()
    {
        m_fixture->window().openSample();
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->window().session().isOpen(), 240'000);
        auto* table = m_fixture->find<DataTable>("findingsTable");
        QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() > 0, 60'000);
        settle();
        shoot("today");
        m_fixture->action(ActionId::ShowPalette)->trigger();
        auto* palette = m_fixture->find<CommandPalette>("palette");
        QSignalSpy answered{palette, &CommandPalette::answered};
        m_fixture->find<QLineEdit>("paletteEdit")->setText(QStringLiteral("se"));
        QTRY_VERIFY_WITH_TIMEOUT(!answered.isEmpty(), 60'000);
        settle();
        shoot("palette");
        palette->close();
    }

    void spendMap()
    {
        m_fixture->action(ActionId::GoMap)->trigger();
        auto* map = m_fixture->find<Treemap>("treemap");
        QTRY_VERIFY_WITH_TIMEOUT(!map->tiles().empty(), 60'000);
        map->setFocus();
        map->setCurrent(4);
        shoot("spend-map");
        trigger("colourPicker", 1);
        shoot("spend-map-change");
        m_fixture->action(ActionId::ToggleTable)->trigger();
        shoot("spend-map-table");
        m_fixture->action(ActionId::ShowSource)->trigger();
        settle();
        shoot("spend-map-table-where-from");
        m_fixture->action(ActionId::ToggleDrawer)->trigger();
        m_fixture->action(ActionId::ToggleTable)->trigger();
        trigger("colourPicker", 0);
        map->setCurrent(0);
        QTest::keyClick(map, Qt::Key_Return);
        QTRY_VERIFY(
            map->shapes()[0].key != QString{} && !m_fixture->window().view().drill().empty());
        settle();
        shoot("spend-map-drilled");
    }

    void charges()
    {
        m_fixture->action(ActionId::GoCharges)->trigger();
        auto* table = m_fixture->find<DataTable>("chargesTable");
        QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() > 0, 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(!table->model()->index(0, 0).data(LoadingRole).toBool(), 60'000);
        table->selectRow(2);
        shoot("charges");
        emit table->rowActivated(2);
        auto* raw = m_fixture->find<QPlainTextEdit>("rawLine");
        QTRY_VERIFY_WITH_TIMEOUT(!raw->toPlainText().isEmpty(), 60'000);
        shoot("where-from");
    }

    void imports()
    {
        m_fixture->action(ActionId::ToggleDrawer)->trigger();
        m_fixture->action(ActionId::GoImports)->trigger();
        auto* table = m_fixture->find<DataTable>("batchTable");
        QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() > 0, 60'000);
        settle();
        shoot("imports");
        m_fixture->find<QTabWidget>("batchDetails")->setCurrentIndex(2);
        shoot("imports-control-totals");
    }

    void settings()
    {
        m_fixture->action(ActionId::GoSettings)->trigger();
        auto* row = m_fixture->find<ShortcutButton>("shortcut_lockLedger_editor");
        emit row->wanted(QKeySequence{Qt::CTRL | Qt::Key_1});
        m_fixture->window().settings().set(SettingId::RowHeight, QStringLiteral("compact"));
        settle();
        shoot("settings");
        m_fixture->find<QLineEdit>("settingsSearch")->setText(QStringLiteral("lock"));
        settle();
        shoot("settings-search");
        m_fixture->find<QLineEdit>("settingsSearch")->clear();
        m_fixture->window().settings().reset(SettingId::RowHeight);
    }

    void help()
    {
        m_fixture->action(ActionId::GoMap)->trigger();
        m_fixture->action(ActionId::GoHelp)->trigger();
        settle();
        shoot("help-spend-map");
        auto* search = m_fixture->find<QLineEdit>("helpSearch");
        for (const auto& [words, picture] : {std::pair{"swap hibernation", "help-threats"},
                 std::pair{"keyboard", "help-keyboard"}}) {
            search->setText(QString::fromLatin1(words));
            settle();
            shoot(picture);
        }
        search->clear();
    }

    // At the least size of the window nothing is cut off either.
    void atTheLeastSize()
    {
        m_fixture->window().resize(1024, 640); // on a smaller screen it may be less
        m_fixture->action(ActionId::GoToday)->trigger();
        settle();
        shoot("least-today");
        m_fixture->action(ActionId::GoMap)->trigger();
        settle();
        shoot("least-spend-map");
        trigger("colourPicker", 1);
        shoot("least-spend-map-change");
        m_fixture->action(ActionId::ShowSource)->trigger();
        settle();
        shoot("least-spend-map-where-from");
        m_fixture->action(ActionId::GoCharges)->trigger();
        settle();
        shoot("least-charges");
        m_fixture->action(ActionId::GoImports)->trigger();
        settle();
        shoot("least-imports");
        m_fixture->action(ActionId::GoSettings)->trigger();
        settle();
        shoot("least-settings");
        m_fixture->action(ActionId::GoHelp)->trigger();
        settle();
        shoot("least-help");
    }

private:
    // A button or a label in one line has room for its text.
    void nothingIsCutOff() const
    {
        for (const QWidget* widget : m_fixture->window().findChildren<QWidget*>()) {
            const auto* label = qobject_cast<const QLabel*>(widget);
            const bool reads = qobject_cast<const QPushButton*>(widget)
                || qobject_cast<const QToolButton*>(widget) || (label && !label->wordWrap());
            const bool inField = qobject_cast<const QLineEdit*>(widget->parentWidget())
                != nullptr; // an icon without a frame
            if (reads && !inField && widget->isVisible())
                QVERIFY2(widget->width() >= widget->sizeHint().width(),
                    qPrintable(widget->objectName() + u' ' + widget->property("text").toString()));
        }
    }
    // Lets answers that are under way arrive.
    void settle() const { QTest::qWait(400); }
    void trigger(const char* picker, int choice) const
    {
        // The choice may fill the menu anew, so nothing of it is looked at afterwards.
        for (QAction* action : m_fixture->find<Picker>(picker)->choices()->actions()) {
            if (action->data().toInt() == choice && !action->isSeparator()) {
                action->trigger();
                break;
            }
        }
        settle();
    }
    void shoot(const char* page) const
    {
        for (const ThemeChoice theme : {ThemeChoice::Dark, ThemeChoice::Light}) {
            m_fixture->window().setThemeChoice(theme);
            QTest::qWait(50);
            const QPixmap picture = m_fixture->window().grab();
            QVERIFY(!picture.isNull());
            nothingIsCutOff();
            if (m_folder.isEmpty())
                continue;
            const QString name
                = QStringLiteral("%1/%2-%3%4.png")
                      .arg(m_folder, QLatin1StringView{page},
                          theme == ThemeChoice::Dark ? QStringLiteral("dark")
                                                     : QStringLiteral("light"),
                          picture.devicePixelRatio() > 1 ? QStringLiteral("@2x") : QString{});
            QVERIFY(picture.save(name));
        }
    }

    QString m_folder;
    std::unique_ptr<test::WindowFixture> m_fixture;
};

QTEST_MAIN(Gallery)
#include "tst_Gallery.moc"
