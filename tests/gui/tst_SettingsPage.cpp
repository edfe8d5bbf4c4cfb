// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/Company.h"
#include "tests/gui/Journey.h"
#include "tests/gui/LongWords.h"
#include "ui/kit/FigureButton.h"
#include "ui/kit/ShortcutButton.h"
#include "ui/pages/settings/SettingRow.h"
#include "ui/pages/settings/SettingsPage.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>

using namespace sluice;
using namespace sluice::ui;
using sluice::test::Journey;
using sluice::test::messageOf;
using sluice::test::PatienceMs;

// Settings in a real window: found by typing, in force at once, taken back, without a mouse.
class TestSettingsPage : public QObject {
    Q_OBJECT

private slots:
    void init() { test::failOnWarnings(); }
    void cleanup()
    {
        const QString complaint = m_journey ? m_journey->watchdog().complaint() : QString{};
        m_journey.reset();
        QCOMPARE(complaint, QString{});
    }

    void reachableOnTheWayInAndBack()
    {
        start();
        m_journey->press(Qt::Key_Comma, Qt::ControlModifier);
        QCOMPARE(window().page(), PageId::Settings);
        QCOMPARE(window().windowTitle(), QStringLiteral("Sluice"));
        QTRY_VERIFY(search()->hasFocus());
        // of a ledger there is nothing, and nothing leads to its pages
        QVERIFY(!m_journey->find<QWidget>("lockButton")->isVisible());
        QVERIFY(!m_journey->find<QWidget>("topBar")->isVisible());
        for (const ActionId id : {ActionId::GoMap, ActionId::GoCharges, ActionId::LockLedger})
            QVERIFY(!(*m_journey)->action(id)->isEnabled());
        auto* back = m_journey->find<QPushButton>("wayBack");
        QVERIFY(back->isVisible());
        back->setFocus();
        m_journey->press(Qt::Key_Return);
        QCOMPARE(window().page(), PageId::Start);

        // the unlock page is still there afterwards
        window().askToUnlock(QStringLiteral("/nowhere/first.sluice"));
        m_journey->press(Qt::Key_Comma, Qt::ControlModifier);
        QTest::mouseClick(back, Qt::LeftButton);
        QCOMPARE(window().page(), PageId::Unlock);
    }

    void typingFindsRowsByNameHelpAndGroup()
    {
        start();
        goTo();
        QTest::keyClicks(search(), QStringLiteral("IDLE lock"));
        QCOMPARE(shownRows(), QStringList{QStringLiteral("security/idleMinutes")});
        search()->selectAll();
        QTest::keyClicks(search(), QStringLiteral("accounting")); // of its help
        QCOMPARE(shownRows(), QStringList{QStringLiteral("formats/negative")});
        search()->selectAll();
        QTest::keyClicks(search(), QStringLiteral("appearance"));
        QCOMPARE(shownRows().size(), 4);
        search()->selectAll();
        QTest::keyClicks(search(), QStringLiteral("no such thing"));
        QVERIFY(shownRows().isEmpty());
        QVERIFY(m_journey->text("settingsNothing").contains(QStringLiteral("no such thing")));
        m_journey->press(Qt::Key_Escape);
        QVERIFY(search()->text().isEmpty());
        QVERIFY(shownRows().size() > static_cast<qsizetype>(SettingCount + ActionCount));
    }

    void aChoiceHoldsAtOnceAndIsTakenBack()
    {
        start();
        goTo();
        QTest::keyClicks(search(), QStringLiteral("colours light"));
        m_journey->press(Qt::Key_Down);
        auto* box = m_journey->find<QComboBox>("appearance/theme_editor");
        QVERIFY(box->hasFocus());
        const auto resetButton
            = [this] { return m_journey->find<QPushButton>("appearance/theme_reset"); };
        QVERIFY(!resetButton());
        m_journey->watchdog().pause(); // to colour the whole window anew is one call of Qt
        const bool wasDark = themeOf(window().palette()).isDark();
        QVERIFY(!wasDark);
        m_journey->press(Qt::Key_End);
        QVERIFY(themeOf(window().palette()).isDark());
        QVERIFY((*m_journey)->action(ActionId::ThemeDark)->isChecked());
        QCOMPARE(m_journey->text("snackbarText"), QStringLiteral("Colours: Dark"));
        QVERIFY(m_journey->find<QPushButton>("snackbarUndo")->isVisible());
        QCOMPARE(
            (*m_journey)->action(ActionId::Undo)->text(), QStringLiteral("&Undo: Colours: Dark"));
        auto* reset = resetButton();
        QVERIFY(reset->isVisible());
        m_journey->press(Qt::Key_Tab);
        QVERIFY(reset->hasFocus());
        m_journey->press(Qt::Key_Space);
        QVERIFY(!themeOf(window().palette()).isDark());
        QVERIFY(!reset->isVisible());
        QVERIFY(box->hasFocus());
        m_journey->press(Qt::Key_Z, Qt::ControlModifier); // the reset
        QVERIFY(themeOf(window().palette()).isDark());
        QCOMPARE(m_journey->text("snackbarText"),
            QStringLiteral("Taken back: Colours: Like the system"));
        m_journey->press(Qt::Key_Z, Qt::ControlModifier); // the choice
        QVERIFY(!themeOf(window().palette()).isDark());
        QVERIFY(!(*m_journey)->action(ActionId::Undo)->isEnabled());
        (*m_journey)->action(ActionId::Redo)->trigger();
        QVERIFY(themeOf(window().palette()).isDark());
        QTest::mouseClick(m_journey->find<QPushButton>("snackbarUndo"), Qt::LeftButton);
        QVERIFY(!themeOf(window().palette()).isDark());

        // the menu is another view of the same setting
        (*m_journey)->action(ActionId::ThemeDark)->trigger();
        QCOMPARE(box->currentText(), QStringLiteral("Dark"));
        QCOMPARE(window().settings().value(SettingId::Theme), QStringLiteral("dark"));
        (*m_journey)->action(ActionId::ThemeSystem)->trigger();
        QTest::qWait(10);
        m_journey->watchdog().resume();
    }

    void numbersAreWrittenAnewAtOnce()
    {
        start();
        m_journey->openLedger(company());
        auto* total = m_journey->find<FigureButton>("totalFigure");
        QTRY_COMPARE_WITH_TIMEOUT(total->value(), QStringLiteral("USD\u00A01,297.25"), PatienceMs);
        goTo();
        choose("formats/numbers_editor", QStringLiteral("de_DE"));
        (*m_journey)->action(ActionId::GoMap)->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(total->value(), QStringLiteral("USD\u00A01.297,25"), PatienceMs);
        QVERIFY(m_journey->text("freshness").contains(QStringLiteral("Nov. 2026")));
        goTo();
        choose("formats/negative_editor", QStringLiteral("parentheses"));
        (*m_journey)->action(ActionId::GoCharges)->trigger();
        auto* table = m_journey->find<QAbstractItemView>("chargesTable");
        const auto anyCell = [table](const QString& text) {
            for (int row = 0; row < table->model()->rowCount(); ++row) {
                for (int column = 0; column < table->model()->columnCount(); ++column) {
                    if (table->model()->index(row, column).data().toString().contains(text))
                        return true;
                }
            }
            return false;
        };
        QTRY_VERIFY_WITH_TIMEOUT(anyCell(QStringLiteral("(20,50)")), PatienceMs);
    }

    void everyKindOfSettingIsChosenByKeyboard()
    {
        start();
        goTo();
        auto* motion = m_journey->find<QCheckBox>("appearance/reducedMotion_editor");
        motion->setFocus();
        m_journey->press(Qt::Key_Space);
        QVERIFY(window().settings().flag(SettingId::ReducedMotion));
        QCOMPARE(motion->text(), QStringLiteral("on"));
        auto* idle = m_journey->find<QSpinBox>("security/idleMinutes_editor");
        idle->setFocus();
        idle->selectAll();
        QTest::keyClicks(idle, QStringLiteral("25"));
        m_journey->press(Qt::Key_Tab);
        QCOMPARE(window().settings().number(SettingId::IdleMinutes), 25);
        const QString before = window().font().toString();
        const qreal size = window().font().pointSizeF();
        choose("appearance/textSize_editor", QStringLiteral("130"));
        QTRY_VERIFY(qAbs(window().font().pointSizeF() - 1.3 * size) < 0.1);
        window().settings().reset(SettingId::TextSize);
        QCOMPARE(window().font().toString(), before);
        window().settings().reset(SettingId::ReducedMotion);
        QCOMPARE(QSettings((*m_journey)->path(QStringLiteral("settings.ini")), QSettings::IniFormat)
                     .value(QStringLiteral("security/idleMinutes"))
                     .toInt(),
            25);
    }

    void aShortcutOfOnesOwn()
    {
        start();
        m_journey->openLedger(company());
        goTo();
        auto* button = m_journey->find<ShortcutButton>("shortcut_lockLedger_editor");
        QCOMPARE(button->text(), QStringLiteral("Ctrl+L"));
        button->setFocus();
        m_journey->press(Qt::Key_Return);
        QVERIFY(button->isListening());
        m_journey->press(Qt::Key_1, Qt::ControlModifier); // nobody goes anywhere
        QCOMPARE(window().page(), PageId::Settings);
        QVERIFY(!button->isListening());
        QCOMPARE(m_journey->text("shortcut_lockLedger_remark"),
            QStringLiteral(
                "Ctrl+1 is the shortcut of \u201CToday\u201D. Give that one another shortcut first, or choose other keys."));
        QCOMPARE(button->text(), QStringLiteral("Ctrl+L"));
        m_journey->press(Qt::Key_Return);
        m_journey->press(Qt::Key_Escape); // leaves it as it was
        QCOMPARE(button->text(), QStringLiteral("Ctrl+L"));
        m_journey->press(Qt::Key_Return);
        m_journey->press(Qt::Key_F9);
        QCOMPARE(button->text(), QStringLiteral("F9"));
        QVERIFY(!m_journey->find<QLabel>("shortcut_lockLedger_remark")->isVisible());
        QVERIFY(m_journey->find<QPushButton>("shortcut_lockLedger_reset")->isVisible());
        QVERIFY(m_journey->find<QPushButton>("lockButton")->text().contains(QStringLiteral("F9")));
        m_journey->press(Qt::Key_L, Qt::ControlModifier);
        QVERIFY(window().session().isOpen());
        m_journey->press(Qt::Key_F9);
        QVERIFY(!window().session().isOpen());
        QCOMPARE(window().page(), PageId::Unlock);
    }

    void lockingOnThePageLeavesNothing()
    {
        start();
        m_journey->openLedger(company());
        goTo();
        QVERIFY(m_journey->find<QWidget>("lockButton")->isVisible());
        window().lock();
        QCOMPARE(window().page(), PageId::Unlock);
        goTo(); // again, without a ledger
        QVERIFY(!m_journey->find<QWidget>("lockButton")->isVisible());
        QVERIFY(m_journey->find<QWidget>("wayBack")->isVisible());
        QVERIFY(!(*m_journey)->action(ActionId::GoMap)->isEnabled());
    }

    void theLedgerIsLockedWithTheDesktop()
    {
        SessionWatch watch;
        start({.sessionWatch = &watch});
        const QString ledger = company();
        m_journey->openLedger(ledger);
        emit watch.sessionLocked();
        QVERIFY(!window().session().isOpen());
        QCOMPARE(window().page(), PageId::Unlock);
        m_journey->openLedger(ledger);
        emit watch.goingToSleep();
        QVERIFY(!window().session().isOpen());

        // unless the person does not want it
        window().settings().set(SettingId::LockWithSession, QStringLiteral("false"));
        m_journey->openLedger(ledger);
        emit watch.sessionLocked();
        emit watch.goingToSleep();
        QVERIFY(window().session().isOpen());
    }

    void everythingHasAName()
    {
        start();
        goTo();
        int named = 0;
        for (const QWidget* widget : page()->findChildren<QWidget*>()) {
            const bool inside = qobject_cast<const QAbstractSpinBox*>(widget->parentWidget())
                || qobject_cast<const QComboBox*>(widget->parentWidget())
                || qobject_cast<const QLineEdit*>(widget->parentWidget());
            const bool interactive = qobject_cast<const QAbstractButton*>(widget)
                || qobject_cast<const QComboBox*>(widget) || qobject_cast<const QLineEdit*>(widget)
                || qobject_cast<const QAbstractSpinBox*>(widget);
            if (inside || !interactive || widget->objectName().startsWith(QStringLiteral("info")))
                continue;
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
            ++named;
        }
        QVERIFY(named >= static_cast<int>(SettingCount + ActionCount));
    }

    // The rows have room where the window is smallest and the words are long.
    void longWordsInASmallWindow()
    {
        const test::LongWords language;
        start();
        window().resize(1024, 640);
        goTo();
        window().settings().set(SettingId::TextSize, QStringLiteral("115"));
        QTest::qWait(50);
        const auto* area = m_journey->find<QScrollArea>("settingsArea");
        QVERIFY2(area->widget()->minimumSizeHint().width() <= area->viewport()->width(),
            qPrintable(QStringLiteral("%1 of %2")
                           .arg(area->widget()->minimumSizeHint().width())
                           .arg(area->viewport()->width())));
        for (const QLabel* label : area->findChildren<QLabel*>()) {
            if (label->isVisible())
                QVERIFY2(label->height() >= label->heightForWidth(label->width()),
                    qPrintable(label->text()));
        }
        QVERIFY(window().width() <= 1024);
        window().settings().reset(SettingId::TextSize);
    }

private:
    void start(const test::WindowFixture::Options& options = {})
    {
        m_journey = std::make_unique<Journey>(options);
    }
    MainWindow& window() { return m_journey->window(); }
    QWidget* page() { return m_journey->find<QWidget>("settingsPage"); }
    QLineEdit* search() { return m_journey->find<QLineEdit>("settingsSearch"); }
    QString company()
    {
        return m_journey->unwatched([this] {
            return (*m_journey)->makeLedger(QStringLiteral("company.sluice"), test::fillCompany);
        });
    }
    void goTo()
    {
        (*m_journey)->action(ActionId::GoSettings)->trigger();
        QCOMPARE(window().page(), PageId::Settings);
        QTRY_VERIFY(search()->hasFocus());
        QTRY_VERIFY(m_journey->find<SettingsPage>("settingsPage")->isComplete());
    }
    void choose(const char* editor, const QString& value)
    {
        auto* box = m_journey->find<QComboBox>(editor);
        box->setCurrentIndex(box->findData(value));
    }
    QStringList shownRows()
    {
        QStringList names;
        for (const SettingRow* row : page()->findChildren<SettingRow*>()) {
            if (row->isVisible())
                names << row->objectName();
        }
        return names;
    }

    std::unique_ptr<Journey> m_journey;
};

QTEST_MAIN(TestSettingsPage)
#include "tst_SettingsPage.moc"
