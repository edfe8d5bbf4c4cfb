// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/Company.h"
#include "tests/gui/Journey.h"
#include "ui/charts/Treemap.h"
#include "ui/kit/FigureButton.h"
#include "ui/shell/CommandPalette.h"
#include "ui/shell/FilterBar.h"
#include "ui/shell/Sidebar.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTableView>

using namespace sluice;
using namespace sluice::test;
using namespace sluice::ui;

// Narrowing what one looks at, finding anything, and going back, by keyboard alone.
class TestFindJourney : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_journey = std::make_unique<Journey>();
        const QString path = m_journey->unwatched([this] {
            return (*m_journey)->makeLedger(QStringLiteral("marlow.sluice"), test::fillCompany);
        });
        m_journey->openLedger(path);
        m_total = m_journey->find<FigureButton>("totalFigure");
        m_filter = m_journey->find<FilterBar>("filterBar");
        m_palette = m_journey->find<CommandPalette>("palette");
        QTRY_COMPARE_WITH_TIMEOUT(m_total->value(), Whole, PatienceMs);
    }
    void init()
    {
        test::failOnWarnings();
        m_journey->watchdog().reset();
    }
    void cleanup() { QCOMPARE(m_journey->watchdog().complaint(), QString{}); }
    void cleanupTestCase() { m_journey.reset(); }

    void aFilterNarrowsEveryPage()
    {
        type(QStringLiteral("owner:\"Bo Lindqvist\""));
        QTRY_COMPARE_WITH_TIMEOUT(m_total->value(), QStringLiteral("USD\u00A0846.50"), PatienceMs);
        QVERIFY(sentence("spendMapPage")
                    .startsWith(QStringLiteral(
                        "The whole company \u00B7 owner:\"Bo Lindqvist\" \u00B7 Oct 2026")));
        QVERIFY(sentence("spendMapPage").endsWith(QStringLiteral("against Sep 2026")));
        m_journey->press(Qt::Key_3, Qt::ControlModifier);
        auto* charges = m_journey->find<QTableView>("chargesTable");
        QTRY_COMPARE_WITH_TIMEOUT(charges->model()->rowCount(), 4, PatienceMs);
        QVERIFY(charges->hasFocus());
        QVERIFY(sentence("chargesPage").contains(QStringLiteral("owner:\"Bo Lindqvist\"")));
    }

    void aPeriodInItMovesThePeriod()
    {
        type(QStringLiteral("2026-09 service:Inference amount:>=200"));
        QTRY_COMPARE_WITH_TIMEOUT(
            view().filter().text, QStringLiteral("service:Inference amount:>=200"), PatienceMs);
        QCOMPARE(view().periodName(), QStringLiteral("Sep 2026"));
        auto* charges = m_journey->find<QTableView>("chargesTable");
        QTRY_COMPARE_WITH_TIMEOUT(charges->model()->rowCount(), 2, PatienceMs);
    }

    void whatCannotBeUnderstoodIsSaidAndChangesNothing()
    {
        const QString before = view().filter().text;
        type(QStringLiteral("amount:>=lots"));
        QVERIFY2(!m_filter->problem().isEmpty(), "nothing is said");
        QCOMPARE(view().filter().text, before);
        m_journey->press(Qt::Key_Escape); // gives it up
        QCOMPARE(m_filter->text(), before);
        QVERIFY(m_filter->problem().isEmpty());
        QVERIFY(!m_filter->hasFocus());
    }

    void backAndForwardGoTheWayOneCame()
    {
        QCOMPARE(window().page(), PageId::Charges);
        m_journey->press(Qt::Key_Left, Qt::AltModifier); // before the filter of September
        QCOMPARE(view().filter().text, QStringLiteral("owner:\"Bo Lindqvist\""));
        m_journey->press(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(window().page(), PageId::Map);
        m_journey->press(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(view().filter().text, QString{});
        QTRY_COMPARE_WITH_TIMEOUT(m_total->value(), Whole, PatienceMs);
        m_journey->press(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(window().page(), PageId::Today);
        QVERIFY(!action(ActionId::GoBack)->isEnabled());
        for (int i = 0; i < 4; ++i)
            m_journey->press(Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(view().filter().text, QStringLiteral("service:Inference amount:>=200"));
        QVERIFY(!action(ActionId::GoForward)->isEnabled());
        type({});
        QTRY_VERIFY(view().filter().text.isEmpty());
    }

    void whatOneTypesIsCompleted()
    {
        m_journey->press(Qt::Key_F, Qt::ControlModifier);
        QVERIFY(m_filter->hasFocus());
        auto* popup = m_filter->findChild<QCompleter*>()->popup();
        QTest::keyClicks(m_filter, QStringLiteral("owner:bo"));
        QTRY_VERIFY_WITH_TIMEOUT(popup->model()->rowCount() == 1, PatienceMs);
        QVERIFY(
            popup->model()->index(0, 0).data().toString().contains(QStringLiteral("Bo Lindqvist")));
        QTest::keyClick(popup, Qt::Key_Down);
        QTest::keyClick(popup, Qt::Key_Return);
        QCOMPARE(m_filter->text(), QStringLiteral("owner:bo "));
        m_journey->comeBack();
        m_filter->setFocus();
        QTest::keyClick(m_filter, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(view().filter().text, QStringLiteral("owner:bo"), PatienceMs);
        type({});
        QTRY_VERIFY(view().filter().text.isEmpty());
    }

    void thePaletteDoesAndGoes()
    {
        m_journey->press(Qt::Key_K, Qt::ControlModifier);
        QVERIFY(m_palette->isOpen());
        auto* list = m_journey->find<QListView>("paletteList");
        QVERIFY2(list->model()->rowCount() >= 5, "an empty box proposes nothing");
        find(QStringLiteral("imports"));
        m_journey->press(Qt::Key_Return);
        QVERIFY(!m_palette->isOpen());
        QCOMPARE(window().page(), PageId::Imports);

        m_journey->press(Qt::Key_K, Qt::ControlModifier);
        find(QStringLiteral("@lindq"));
        QCOMPARE(list->model()->rowCount(), 1);
        QVERIFY(list->model()
                    ->index(0, 0)
                    .data(Qt::AccessibleTextRole)
                    .toString()
                    .startsWith(QStringLiteral("Owner: Bo Lindqvist")));
        m_journey->press(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(view().filter().text, QStringLiteral("owner:bo"), PatienceMs);
        QCOMPARE(window().page(), PageId::Map);
    }

    void itFindsSettingsAndHelp()
    {
        m_journey->press(Qt::Key_K, Qt::ControlModifier);
        find(QStringLiteral("lock when idle"));
        m_journey->press(Qt::Key_Return);
        QCOMPARE(window().page(), PageId::Settings);
        QCOMPARE(
            m_journey->find<QLineEdit>("settingsSearch")->text(), QStringLiteral("Lock when idle"));
        m_journey->press(Qt::Key_K, Qt::ControlModifier);
        find(QStringLiteral("help spend map"));
        m_journey->press(Qt::Key_Return);
        QCOMPARE(window().page(), PageId::Help);
    }

    // From a page that looks at nothing of the view straight to what was found, as one step.
    void whatIsFoundElsewhereIsOnePlace()
    {
        m_journey->press(Qt::Key_K, Qt::ControlModifier);
        find(QStringLiteral("@marsh"));
        m_journey->press(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(window().page(), PageId::Map, PatienceMs);
        QCOMPARE(view().filter().text, QStringLiteral("owner:ana"));
        QTest::qWait(10); // the place is kept when the gesture is over
        m_journey->press(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(window().page(), PageId::Help);
        QCOMPARE(view().filter().text, QStringLiteral("owner:bo"));
        m_journey->press(Qt::Key_2, Qt::ControlModifier);
    }

    // An import in the meantime does not take away what somebody is typing.
    void whatIsTypedStaysWhenTheLedgerChanges()
    {
        m_journey->press(Qt::Key_F, Qt::ControlModifier);
        m_filter->clear();
        QTest::keyClicks(m_filter, QStringLiteral("serv"));
        QSignalSpy changed{&view(), &ViewContext::changed};
        view().setFacts(window().session().facts()); // as after an import
        QTRY_VERIFY_WITH_TIMEOUT(changed.size() >= 2, PatienceMs); // it was looked up again
        QCOMPARE(m_filter->text(), QStringLiteral("serv"));
        m_journey->press(Qt::Key_Escape);
        QCOMPARE(m_filter->text(), view().filter().text);
    }

    void escapeLeavesThePaletteWhereOneWas()
    {
        auto* map = m_journey->find<Treemap>("treemap");
        map->setFocus();
        m_journey->press(Qt::Key_K, Qt::ControlModifier);
        m_journey->press(Qt::Key_Escape);
        QVERIFY(!m_palette->isOpen());
        QVERIFY(map->hasFocus());
    }

    void theSidebarFolds()
    {
        auto* sidebar = m_journey->find<Sidebar>("sidebar");
        QVERIFY(!sidebar->isCollapsed());
        window().resize(1024, 640);
        QTRY_VERIFY(sidebar->isCollapsed());
        QCOMPARE(sidebar->width(), 52);
        window().resize(1280, 800);
        QTRY_VERIFY(!sidebar->isCollapsed());
    }

    void lockingEmptiesThem()
    {
        window().lock();
        QCOMPARE(m_filter->text(), QString{});
        QCOMPARE(m_journey->find<QListView>("paletteList")->model()->rowCount(), 0);
        QVERIFY(!action(ActionId::GoBack)->isEnabled());
        m_journey->press(Qt::Key_K, Qt::ControlModifier);
        find(QStringLiteral("open"));
        m_journey->press(Qt::Key_Escape);
    }

private:
    inline static const QString Whole = QStringLiteral("USD\u00A01,297.25");

    MainWindow& window() { return m_journey->window(); }
    ViewContext& view() { return window().view(); }
    QAction* action(ActionId id) { return (*m_journey)->action(id); }
    QString sentence(const char* page)
    {
        return m_journey->find<QWidget>(page)
            ->findChild<QLabel*>(QStringLiteral("viewSentence"))
            ->text();
    }
    void type(const QString& text)
    {
        m_journey->press(Qt::Key_F, Qt::ControlModifier);
        QVERIFY(m_filter->hasFocus());
        m_filter->setText(text);
        QTest::keyClick(m_filter, Qt::Key_Return);
        if (m_filter->problem().isEmpty())
            QTest::keyClick(m_filter, Qt::Key_Escape);
    }
    void find(const QString& text)
    {
        QVERIFY(m_palette->isOpen());
        QSignalSpy answered{m_palette, &CommandPalette::answered};
        m_journey->find<QLineEdit>("paletteEdit")->setText(text);
        QTRY_VERIFY_WITH_TIMEOUT(!answered.isEmpty(), PatienceMs);
    }

    std::unique_ptr<Journey> m_journey;
    FigureButton* m_total{nullptr};
    FilterBar* m_filter{nullptr};
    CommandPalette* m_palette{nullptr};
};

QTEST_MAIN(TestFindJourney)
#include "tst_FindJourney.moc"
