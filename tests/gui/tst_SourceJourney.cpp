// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/Company.h"
#include "tests/gui/Journey.h"
#include "ui/charts/Treemap.h"
#include "ui/kit/DataTable.h"
#include "ui/kit/FigureButton.h"
#include "ui/kit/Roles.h"
#include "ui/kit/RowTree.h"
#include "ui/models/ChargesModel.h"
#include "ui/pages/provenance/ProvenancePanel.h"

#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QToolButton>

using namespace sluice;
using namespace sluice::ui;
using sluice::test::Journey;
using sluice::test::PatienceMs;

// "Where does this come from?", asked of every kind of figure, down to the raw line.
class TestSourceJourney : public QObject {
    Q_OBJECT

private slots:
    void init() { test::failOnWarnings(); }
    void cleanup()
    {
        const QString complaint = m_journey ? m_journey->watchdog().complaint() : QString{};
        m_journey.reset();
        QCOMPARE(complaint, QString{});
    }

    void figuresOfTheMap()
    {
        open({});
        // The total, by keyboard.
        auto* total = m_journey->find<FigureButton>("totalFigure");
        total->setFocus();
        m_journey->press(Qt::Key_Return);
        waitForCharges(8);
        QCOMPARE(m_journey->text("provenanceValue"), total->value());
        walkToTheLine();

        // Coverage: what has none.
        QTest::mouseClick(m_journey->find<FigureButton>("coverage_workflow"), Qt::LeftButton);
        waitForCharges(4); // GPU, storage, mystery, refund
        // the refund counts against it
        QCOMPARE(m_journey->text("provenanceValue"), QStringLiteral("USD\u00A0445.25"));
        walkToTheLine();

        // A tile, with Ctrl+E.
        auto* map = m_journey->find<Treemap>("treemap");
        map->setFocus();
        QTest::keyClicks(map, QStringLiteral("Product inference"));
        m_journey->press(Qt::Key_E, Qt::ControlModifier);
        waitForCharges(3);
        QCOMPARE(m_journey->text("provenanceValue"), QStringLiteral("USD\u00A0771.50"));
        walkToTheLine();

        // A row of the table twin.
        (*m_journey)->action(ActionId::ToggleTable)->trigger();
        auto* table = m_journey->find<RowTree>("spendTable");
        table->setCurrentIndex(rowOf(table, QStringLiteral("Infrastructure")));
        m_journey->press(Qt::Key_E, Qt::ControlModifier);
        waitForCharges(2);
        walkToTheLine();
    }

    void theMapWithNothingSelectedIsAboutItsTotal()
    {
        open({});
        m_journey->find<Treemap>("treemap")->setCurrent(std::nullopt);
        m_journey->find<FigureButton>("totalFigure")->setFocus();
        (*m_journey)->action(ActionId::GoMap)->trigger();
        QVERIFY((*m_journey)->action(ActionId::ShowSource)->isEnabled());
    }

    void allChargesBehindAFigure()
    {
        open({});
        QTest::mouseClick(m_journey->find<FigureButton>("totalFigure"), Qt::LeftButton);
        waitForCharges(8);
        QTest::mouseClick(m_journey->find<QPushButton>("allCharges"), Qt::LeftButton);
        QCOMPARE(window().page(), PageId::Charges);
        auto* charges = m_journey->find<DataTable>("chargesTable");
        QTRY_COMPARE_WITH_TIMEOUT(charges->model()->rowCount(), 8, PatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(
            !charges->model()->index(0, 0).data().toString().startsWith(QChar{u'\u2026'}),
            PatienceMs);
        charges->setFocus();
        charges->selectRow(0);
        m_journey->press(Qt::Key_Return); // a charge
        waitForLine();
        QVERIFY(rawLine().startsWith(QStringLiteral("400.5,")));
        // by name, as on the map; the id beside it, and what gave it
        const QString all = m_journey->find<ProvenancePanel>("provenancePanel")->wholeText();
        for (const char* part : {"Unit\tSearch, search (rule ranking)",
                 "Owner\tBo Lindqvist, bo (the organisation, through rule ranking)",
                 "Category\tProduct inference (rule ranking)"})
            QVERIFY2(all.contains(QLatin1StringView{part}), qPrintable(all));
        const QModelIndex unit = charges->model()->index(0, ChargesModel::UnitColumn);
        QCOMPARE(unit.data().toString(), QStringLiteral("Search"));
        QCOMPARE(unit.data(Qt::ToolTipRole).toString(), QStringLiteral("Search (search)"));
    }

    // A charge that was opened by itself leads back to no figure that was open before it, and
    // what the drawer says goes with the page it was about.
    void aChargeByItselfHasNoFigureBehindIt()
    {
        open({});
        auto* drawer = m_journey->find<QWidget>("provenancePanel");
        QTest::mouseClick(m_journey->find<FigureButton>("coverage_workflow"), Qt::LeftButton);
        waitForCharges(4);
        (*m_journey)->action(ActionId::GoCharges)->trigger();
        QVERIFY(!drawer->isVisible());
        auto* charges = m_journey->find<DataTable>("chargesTable");
        QTRY_COMPARE_WITH_TIMEOUT(charges->model()->rowCount(), 8, PatienceMs);
        (*m_journey)->action(ActionId::ToggleDrawer)->trigger();
        QVERIFY(drawer->isVisible());
        QCOMPARE(m_journey->find<DataTable>("figureCharges")->model()->rowCount(), 0);
        QTRY_VERIFY_WITH_TIMEOUT(
            !charges->model()->index(0, 0).data(LoadingRole).toBool(), PatienceMs);
        charges->setFocus();
        charges->selectRow(0);
        m_journey->press(Qt::Key_Return);
        waitForLine();
        QVERIFY(!m_journey->find<QPushButton>("provenanceBack")->isVisible());
        m_journey->find<QWidget>("rawLine")->setFocus();
        m_journey->press(Qt::Key_Backspace); // nothing to go back to
        QVERIFY(m_journey->find<QPlainTextEdit>("rawLine")->isVisible());
        (*m_journey)->action(ActionId::GoMap)->trigger();
        QVERIFY(!drawer->isVisible());
        QVERIFY(rawLine().isEmpty());
    }

    void figuresOfAnImport()
    {
        open({});
        (*m_journey)->action(ActionId::GoImports)->trigger();
        auto* batches = m_journey->find<DataTable>("batchTable");
        QTRY_COMPARE_WITH_TIMEOUT(batches->model()->rowCount(), 3, PatienceMs);
        batches->setFocus();
        batches->selectRow(1); // october
        QVERIFY((*m_journey)->action(ActionId::ShowSource)->isEnabled());
        m_journey->press(Qt::Key_E, Qt::ControlModifier);
        waitForCharges(8);
        QCOMPARE(m_journey->text("provenanceValue"), QStringLiteral("8 rows accepted"));

        auto* tabs = m_journey->find<QTabWidget>("batchDetails");
        tabs->setCurrentIndex(2);
        auto* totals = m_journey->find<DataTable>("controlTotalTable");
        totals->setFocus();
        for (int row = 0; row < totals->model()->rowCount(); ++row) {
            if (totals->model()->index(row, 0).data().toString() == QStringLiteral("ListCost"))
                totals->selectRow(row);
        }
        m_journey->press(Qt::Key_Return);
        waitForCharges(8);
        QCOMPARE(m_journey->text("provenanceValue"), QStringLiteral("USD\u00A01,297.305"));
        walkToTheLine();

        tabs->setCurrentIndex(3);
        auto* scopes = m_journey->find<DataTable>("scopeTable");
        scopes->setFocus();
        scopes->selectRow(0);
        m_journey->press(Qt::Key_E, Qt::ControlModifier);
        waitForCharges(8);
        QCOMPARE(m_journey->text("provenanceValue"), QStringLiteral("USD\u00A01,297.25"));
        QTest::mouseClick(m_journey->find<QPushButton>("allCharges"), Qt::LeftButton);
        auto* charges = m_journey->find<DataTable>("chargesTable");
        QTRY_COMPARE_WITH_TIMEOUT(charges->model()->rowCount(), 8, PatienceMs);
    }

    // A department head: their own charges alone, of a shared one their share, and its line not at
    // all, with the reason.
    void aDepartmentHeadSeesTheirOwn()
    {
        open({.person = "bo"});
        QVERIFY(m_journey->find<QWidget>("spendMapPage")
                    ->findChild<QLabel*>(QStringLiteral("viewSentence"))
                    ->text()
                    .startsWith(QStringLiteral("Search \u00B7 ")));
        QVERIFY(m_journey->text("sidebarWho").contains(QStringLiteral("Bo Lindqvist")));
        auto* total = m_journey->find<FigureButton>("totalFigure");
        // 771.50 and three quarters of 100
        QCOMPARE(total->value(), QStringLiteral("USD\u00A0846.50"));
        QTRY_COMPARE_WITH_TIMEOUT(
            m_journey->text("periodFreshness"), QStringLiteral("Final"), PatienceMs);
        QTest::mouseClick(total, Qt::LeftButton);
        waitForCharges(4);
        auto* charges = m_journey->find<DataTable>("figureCharges");
        for (int row = 0; row < 4; ++row) {
            const bool shared = charges->model()->index(row, 1).data().toString()
                == QStringLiteral("Object Storage");
            charges->selectRow(row);
            emit charges->rowActivated(row);
            waitForLine();
            if (shared) {
                QCOMPARE(rawLine(),
                    QStringLiteral(
                        "The row is shared with other units: its text is for those who see all of it."));
                QCOMPARE(m_journey->text("provenanceValue"), QStringLiteral("USD\u00A075.00"));
            } else {
                QVERIFY(rawLine().contains(QStringLiteral("Inference")));
            }
            QTest::mouseClick(m_journey->find<QPushButton>("provenanceBack"), Qt::LeftButton);
            waitForCharges(4);
        }
        (*m_journey)->action(ActionId::GoImports)->trigger();
        QVERIFY(!(*m_journey)->action(ActionId::ImportFiles)->isEnabled());
        auto* page = m_journey->find<QWidget>("importsPage");
        auto* empty = page->findChild<QWidget*>(QStringLiteral("emptyState"));
        QTRY_VERIFY_WITH_TIMEOUT(empty->isVisible(), PatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(
            empty->findChild<QLabel*>()->text().contains(QStringLiteral("roles")), PatienceMs);
        for (const auto* label : empty->findChildren<QLabel*>()) // said to the end
            QTRY_VERIFY2_WITH_TIMEOUT(label->height() >= label->heightForWidth(label->width()),
                qPrintable(label->text()), PatienceMs);
        QVERIFY(m_journey->find<QToolButton>("importButton")
                    ->toolTip()
                    .contains(QStringLiteral("roles")));
        QVERIFY(!empty->findChild<QPushButton*>(QStringLiteral("emptyPrimary"))->isVisible());
    }

    void somebodyUnknownOpensNothing()
    {
        m_journey = std::make_unique<Journey>(test::WindowFixture::Options{.person = "zoe"});
        const QString path = m_journey->unwatched([this] {
            return (*m_journey)->makeLedger(QStringLiteral("marlow.sluice"), test::fillCompany);
        });
        m_journey->drop({path});
        (*m_journey)->openLedger(path);
        QTRY_VERIFY_WITH_TIMEOUT(!window().session().isOpening(), PatienceMs);
        QVERIFY(!window().session().isOpen());
        QCOMPARE(window().page(), PageId::Unlock);
    }

private:
    MainWindow& window() { return m_journey->window(); }
    void open(const test::WindowFixture::Options& options)
    {
        m_journey = std::make_unique<Journey>(options);
        const QString path = m_journey->unwatched([this] {
            return (*m_journey)->makeLedger(QStringLiteral("marlow.sluice"), test::fillCompany);
        });
        m_journey->openLedger(path);
        QTRY_VERIFY_WITH_TIMEOUT(
            !m_journey->find<Treemap>("treemap")->shapes().empty(), PatienceMs);
    }
    void waitForCharges(int count)
    {
        auto* charges = m_journey->find<DataTable>("figureCharges");
        QTRY_VERIFY_WITH_TIMEOUT(
            charges->isVisible() && charges->model()->rowCount() == count, PatienceMs);
        QVERIFY(m_journey->text("provenanceNote").contains(QStringLiteral("charges")));
    }
    QString rawLine() const { return m_journey->find<QPlainTextEdit>("rawLine")->toPlainText(); }
    void waitForLine()
    {
        QTRY_VERIFY_WITH_TIMEOUT(
            m_journey->find<QPlainTextEdit>("rawLine")->isVisible() && !rawLine().isEmpty(),
            PatienceMs);
    }
    // From the charges of a figure to the first one's line: file, line, hash, rule and ruleset are
    // told.
    void walkToTheLine()
    {
        auto* charges = m_journey->find<DataTable>("figureCharges");
        QTRY_VERIFY(charges->hasFocus());
        m_journey->press(Qt::Key_Return);
        waitForLine();
        QVERIFY(rawLine().contains(QStringLiteral(",USD,1000,2026-10-01T00:00:00Z")));
        const QString all = m_journey->find<ProvenancePanel>("provenancePanel")->wholeText();
        for (const char* part :
            {"october.csv", "SHA-256\t", "Line\t", "Ruleset\tversion 2", "Batch\tb-"})
            QVERIFY2(all.contains(QLatin1StringView{part}), part);
        m_journey->press(Qt::Key_Backspace);
        QTRY_VERIFY_WITH_TIMEOUT(charges->isVisible(), PatienceMs);
    }
    static QModelIndex rowOf(const QTreeView* table, const QString& name)
    {
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            if (table->model()->index(row, 0).data().toString() == name)
                return table->model()->index(row, 0);
        }
        return {};
    }

    std::unique_ptr<Journey> m_journey;
};

QTEST_MAIN(TestSourceJourney)
#include "tst_SourceJourney.moc"
