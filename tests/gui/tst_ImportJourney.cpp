// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/BigBill.h"
#include "tests/gui/Journey.h"
#include "ui/kit/DataTable.h"
#include "ui/kit/InfoBar.h"
#include "ui/pages/provenance/ProvenancePanel.h"

#include <QElapsedTimer>
#include <QHeaderView>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QTabWidget>

using namespace sluice;
using namespace sluice::ui;
using sluice::test::Journey;
using sluice::test::PatienceMs;

namespace {

// 100 ms; five times as much under sanitizers
constexpr int CancelMs = 100 * (test::GuiWatchdog::allowedMs() / 50);

} // namespace

// A bill comes in by menu, by drop and a second time; is cancelled; is broken.
class TestImportJourney : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_journey = std::make_unique<Journey>();
        const QString path = m_journey->unwatched([this] {
            return (*m_journey)->makeLedger(QStringLiteral("empty.sluice"), [](Workspace&) {});
        });
        m_journey->openLedger(path);
        m_batches = m_journey->find<DataTable>("batchTable");
    }
    void init()
    {
        test::failOnWarnings();
        m_journey->watchdog().reset();
    }
    void cleanup() { QCOMPARE(m_journey->watchdog().complaint(), QString{}); }
    void cleanupTestCase() { m_journey.reset(); }

    void byMenuIntoAnEmptyLedger()
    {
        const QString path = write(QStringLiteral("october.csv"), test::companyBill(10));
        (*m_journey)->action(ActionId::ImportFiles)->trigger();
        m_journey->choose("importFilesDialog", path);
        QTRY_COMPARE_WITH_TIMEOUT(message(), QStringLiteral("Imported 8 rows."), PatienceMs);
        QVERIFY(detail().contains(
            QStringLiteral("Billed cost USD\u00A01,297.25: equal to the file's.")));
        QCOMPARE(window().page(), PageId::Imports);
        QTRY_COMPARE_WITH_TIMEOUT(m_batches->model()->rowCount(), 1, PatienceMs);
        QCOMPARE(cell(m_batches, 0, QStringLiteral("File")), QStringLiteral("october.csv"));
        QCOMPARE(cell(m_batches, 0, QStringLiteral("Accepted")), QStringLiteral("8"));
        QCOMPARE(cell(m_batches, 0, QStringLiteral("Quarantined")), QStringLiteral("0"));
        auto* totals = m_journey->find<DataTable>("controlTotalTable");
        QCOMPARE(totals->model()->rowCount(), 4);
        QCOMPARE(cell(totals, 0, QStringLiteral("Column")), QStringLiteral("BilledCost"));
        QCOMPARE(
            cell(totals, 0, QStringLiteral("All rows of the file")), QStringLiteral("1,297.25"));
        QCOMPARE(cell(totals, 0, QStringLiteral("In the ledger")), QStringLiteral("1,297.25"));
        QCOMPARE(cell(totals, 0, QStringLiteral("Rounding residual")), QStringLiteral("0"));
    }

    void theSameFileAgainIsUnchanged()
    {
        const std::uint64_t revision = window().session().workspace()->revision();
        m_journey->drop({(*m_journey)->path(QStringLiteral("october.csv"))});
        QTRY_COMPARE_WITH_TIMEOUT(
            message(), QStringLiteral("Nothing new: this is in the ledger already."), PatienceMs);
        QCOMPARE(window().session().workspace()->revision(), revision);
        QCOMPARE(m_batches->model()->rowCount(), 1);
    }

    void byDropWithRowsThatCannotBeCharges()
    {
        QByteArray bill = test::companyBill(9);
        bill += test::billRow(9, {"1e", "Inference", "in-large", "ranking", 3}); // no amount
        bill += test::billRow(9, {"", "Inference", "in-large", "ranking", 3});
        m_journey->drop({write(QStringLiteral("september.csv"), bill)});
        QTRY_COMPARE_WITH_TIMEOUT(message(), QStringLiteral("Imported 8 rows."), PatienceMs);
        QVERIFY(
            detail().contains(QStringLiteral("2 rows cannot be charges and are in quarantine.")));
        auto* tabs = m_journey->find<QTabWidget>("batchDetails");
        QTRY_COMPARE_WITH_TIMEOUT(tabs->tabText(1), QStringLiteral("Quarantine (2)"), PatienceMs);
        auto* quarantine = m_journey->find<DataTable>("quarantineTable");
        QTRY_COMPARE_WITH_TIMEOUT(quarantine->model()->rowCount(), 2, PatienceMs);
        QCOMPARE(cell(quarantine, 0, QStringLiteral("Line")), QStringLiteral("10"));
        QCOMPARE(cell(quarantine, 0, QStringLiteral("Column")), QStringLiteral("BilledCost"));
        QCOMPARE(cell(quarantine, 0, QStringLiteral("Value")), QStringLiteral("1e"));
        QVERIFY(!cell(quarantine, 0, QStringLiteral("Why")).isEmpty());
        QVERIFY(cell(quarantine, 0, QStringLiteral("As in the file"))
                    .startsWith(QStringLiteral("1e,1e,")));
        auto* verdicts = m_journey->find<DataTable>("verdictTable");
        QVERIFY(verdicts->model()->rowCount() > 0);
        // the worst first
        QVERIFY(cell(verdicts, 0, QStringLiteral("Level")).contains(QStringLiteral("quarantined")));
        QVERIFY(!cell(verdicts, 0, QStringLiteral("What helps")).isEmpty());
        // all of it, however narrow its column
        QCOMPARE(m_journey->text("whatHelps"), cell(verdicts, 0, QStringLiteral("What helps")));
    }

    // What came in and what did not can be seen without scrolling.
    void theCountsAreSeenInANarrowWindow()
    {
        window().resize(1024, 640);
        QTest::qWait(50);
        QVERIFY(m_batches->isVisible());
        for (const char* title : {"File", "Accepted", "Quarantined"}) {
            const int column = columnOf(m_batches, QLatin1StringView{title});
            QVERIFY(column >= 0);
            const int width = m_batches->columnWidth(column);
            QVERIFY2(
                m_batches->columnViewportPosition(column) + width <= m_batches->viewport()->width(),
                title);
            QVERIFY2(width >= m_batches->horizontalHeader()->sectionSizeHint(column), title);
        }
        window().resize(1280, 800);
    }

    void aLongOneIsCancelledAndLeavesNoTrace()
    {
        const QString path = write(
            QStringLiteral("big.csv"), m_journey->unwatched([] { return test::bigBill(); }));
        const std::uint64_t revision = window().session().workspace()->revision();
        m_journey->drop({path});
        QTRY_VERIFY2_WITH_TIMEOUT(
            m_journey->isJobShown(), qPrintable(message() + detail()), PatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(m_journey->isJobOnItsWay(), PatienceMs);
        static const QRegularExpression FarText{QStringLiteral("^[\\d.]+ of [\\d.]+ MB")};
        QVERIFY2(FarText.match(m_journey->text("jobFar")).hasMatch(),
            qPrintable(m_journey->text("jobFar")));
        QVERIFY(m_journey->text("jobWhat").contains(QStringLiteral("big.csv")));
        QVERIFY((*m_journey)->action(ActionId::CancelJob)->isEnabled());
        QElapsedTimer since;
        since.start();
        QTest::mouseClick(m_journey->find<QPushButton>("jobCancel"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!m_journey->isJobShown(), PatienceMs);
        const qint64 took = since.elapsed();
        QVERIFY2(took <= CancelMs, qPrintable(QStringLiteral("cancelled after %1 ms").arg(took)));
        QCOMPARE(message(), QStringLiteral("Cancelled. Nothing was changed."));
        QVERIFY2(detail().isEmpty(), qPrintable(detail()));
        QCOMPARE(window().session().workspace()->revision(), revision);
        QCOMPARE(m_batches->model()->rowCount(), 2);
        QVERIFY(!(*m_journey)->action(ActionId::CancelJob)->isEnabled());
    }

    // Quitting, locking, or a ledger dropped over the window ends an import only when one insists.
    void anImportIsNotStoppedUnasked()
    {
        const QString big = (*m_journey)->path(QStringLiteral("big.csv"));
        const std::uint64_t revision = window().session().workspace()->revision();
        m_journey->drop({big});
        QTRY_VERIFY_WITH_TIMEOUT(m_journey->isJobOnItsWay(), PatienceMs);
        const auto answer = [this](const char* button) {
            auto* box = m_journey->find<QMessageBox>("leaveQuestion");
            QVERIFY(box);
            static const QRegularExpression HowFar{
                QStringLiteral("^An import is running: \\d+ % of big\\.csv\\.$")};
            QVERIFY2(HowFar.match(box->text()).hasMatch(), qPrintable(box->text()));
            QTest::mouseClick(
                box->findChild<QPushButton*>(QLatin1StringView{button}), Qt::LeftButton);
        };
        QVERIFY(!window().close());
        answer("questionStay");
        QVERIFY(window().isVisible() && window().session().isOpen());
        m_journey->drop({(*m_journey)->path(QStringLiteral("empty.sluice"))});
        answer("questionStay");
        (*m_journey)->action(ActionId::LockLedger)->trigger();
        answer("questionStay");
        QVERIFY(window().session().isOpen());
        QVERIFY((*m_journey)->action(ActionId::CancelJob)->isEnabled());

        (*m_journey)->action(ActionId::Quit)->trigger();
        answer("questionGoOn");
        QVERIFY(!window().isVisible() && !window().session().isOpen());
        window().show();
        m_journey->comeBack();
        m_journey->openLedger((*m_journey)->path(QStringLiteral("empty.sluice")));
        QCOMPARE(window().session().workspace()->revision(), revision);
        (*m_journey)->action(ActionId::GoImports)->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(m_batches->model()->rowCount(), 2, PatienceMs);
    }

    void aBrokenFileIsRefusedWithPlaceAndHelp_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("headline");
        const QString unusable
            = QStringLiteral("The file cannot be used as it is. Nothing was changed.");
        QByteArray torn = test::companyBill(11);
        torn.chop(30);
        QTest::newRow("ends within a record")
            << torn + "\"cut" << QStringLiteral("broken.csv, line 9") << unusable;
        QTest::newRow("empty") << QByteArray{} << QStringLiteral("broken.csv") << unusable;
        QTest::newRow("no money column")
            << QByteArray{"Name,Value\na,1\n"} << QStringLiteral("broken.csv")
            << QStringLiteral("The file's columns are not known. Nothing was changed.");
    }
    void aBrokenFileIsRefusedWithPlaceAndHelp()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, where);
        QFETCH(QString, headline);
        const std::uint64_t revision = window().session().workspace()->revision();
        (*m_journey)->action(ActionId::GoMap)->trigger();
        m_journey->drop({write(QStringLiteral("broken.csv"), text)});
        QTRY_COMPARE_WITH_TIMEOUT(window().page(), PageId::Imports, PatienceMs);
        QCOMPARE(message(), headline);
        QVERIFY2(detail().contains(where), qPrintable(detail()));
        QVERIFY2(detail().count(u'.') >= 3, qPrintable(detail())); // file, what, and what to do
        QCOMPARE(window().session().workspace()->revision(), revision);
    }

    void aRestatedMonthReplacesTheOneBefore()
    {
        QByteArray bill = test::companyBill(10);
        bill.replace("400.5,", "500.5,");
        m_journey->drop({write(QStringLiteral("october-again.csv"), bill)});
        QTRY_VERIFY_WITH_TIMEOUT(detail().contains(QStringLiteral("restated")), PatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(m_batches->model()->rowCount(), 3, PatienceMs);
        auto* scopes = m_journey->find<DataTable>("scopeTable");
        QVERIFY2(cell(scopes, 0, QStringLiteral("Replaces batch")).startsWith(QStringLiteral("b-")),
            qPrintable(cell(m_batches, 0, QStringLiteral("File"))
                + cell(scopes, 0, QStringLiteral("Period"))));
    }

    void aMuchSmallerOneIsTakenOnlyWhenInsistedOn()
    {
        const QByteArray bill = test::companyBill(10);
        // one row
        m_journey->drop({write(QStringLiteral("october-torn.csv"),
            bill.first(bill.indexOf('\n', bill.indexOf('\n') + 1) + 1))});
        QTRY_VERIFY2_WITH_TIMEOUT(
            message().startsWith(QStringLiteral("This file may not bring all")),
            qPrintable(message()), PatienceMs);
        // no word of the command line in the window
        QVERIFY(!detail().contains(QStringLiteral("--")));
        QCOMPARE(m_batches->model()->rowCount(), 3);
        QTest::mouseClick(
            bar()->findChild<QPushButton*>(QStringLiteral("infoBarAction")), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(message(), QStringLiteral("Imported 1 row."), PatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(m_batches->model()->rowCount(), 4, PatienceMs);
    }

    // Foreign columns are no dead end: the window takes a mapping for them and shows how one looks.
    void aFileWithForeignColumnsComesInUnderAMapping()
    {
        const QString bill
            = write(QStringLiteral("foreign.csv"), "Day,Net cost\n03/08/2026,\"1.234,5\"\n");
        const QString mapping = write(QStringLiteral("foreign.json"),
            R"({"columns": {"BilledCost": ["Net cost"], "EffectiveCost": ["Net cost"], "ChargePeriodStart": ["Day"]},
                "constants": {"BillingCurrency": "USD"}, "billing_period_from_charge": true, "charge_is_one_day": true,
                "dates": "day_first", "decimal": ",", "thousands": "."})");
        m_journey->drop({bill});
        auto* offer = bar()->findChild<QPushButton*>(QStringLiteral("infoBarAction"));
        QTRY_VERIFY2_WITH_TIMEOUT(detail().contains(QStringLiteral("no column for BilledCost")),
            qPrintable(detail()), PatienceMs);
        QVERIFY2(!detail().contains(QStringLiteral("--")), qPrintable(detail()));
        QCOMPARE(offer->text(), QStringLiteral("Import with a mapping\u2026"));
        QTest::mouseClick(offer, Qt::LeftButton);
        chooseMapping(mapping);
        QTRY_COMPARE_WITH_TIMEOUT(message(), QStringLiteral("Imported 1 row."), PatienceMs);
        QVERIFY2(detail().contains(QStringLiteral("1,234.5:")), qPrintable(detail()));
    }

    // The one that was refused, not the one that runs meanwhile.
    void whatIsInsistedOnIsWhatWasRefused()
    {
        const QByteArray bill = test::companyBill(9);
        m_journey->drop({write(QStringLiteral("part.csv"),
            bill.first(bill.indexOf('\n', bill.indexOf('\n') + 1) + 1))});
        QTRY_VERIFY2_WITH_TIMEOUT(
            message().startsWith(QStringLiteral("This file may not bring all")),
            qPrintable(message()), PatienceMs);
        m_journey->drop({write(QStringLiteral("july.csv"), test::companyBill(7))});
        QTest::mouseClick(
            bar()->findChild<QPushButton*>(QStringLiteral("infoBarAction")), Qt::LeftButton);
        const auto files = [this] {
            QStringList names;
            for (int row = 0; row < m_batches->model()->rowCount(); ++row)
                names << cell(m_batches, row, QStringLiteral("File"));
            return names;
        };
        QTRY_VERIFY2_WITH_TIMEOUT(files().count(QStringLiteral("part.csv")) == 1
                && files().count(QStringLiteral("july.csv")) == 1,
            qPrintable(files().join(u' ')), PatienceMs);
    }

    // What is held back is shown row by row, is tried again in vain with the reason said, and
    // comes in under a mapping that reads it.
    void whatIsHeldBackIsShownAndTriedAgain()
    {
        QByteArray bill = test::companyBill(8);
        const QByteArray row = test::billRow(8, {"1e", "Inference", "in-small", "ranking", 3});
        bill += QByteArray{row}.replace("1e", "\"1,234.50\"");
        m_journey->drop({write(QStringLiteral("august.csv"), bill)});
        auto* quarantine = m_journey->find<DataTable>("quarantineTable");
        QTRY_VERIFY2_WITH_TIMEOUT(detail().contains(QStringLiteral("One row cannot be a charge")),
            qPrintable(message() + detail()), PatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(quarantine->model()->rowCount(), 1, PatienceMs);

        m_journey->find<QTabWidget>("batchDetails")->setCurrentWidget(quarantine);
        m_journey->comeBack(); // from the dialogs of the tests before
        auto* panel = m_journey->find<ProvenancePanel>("provenancePanel");
        const auto askAboutTheRow = [&] { // the table may be filled anew once more meanwhile
            quarantine->setFocus();
            quarantine->selectRow(0);
            m_journey->press(Qt::Key_E, Qt::ControlModifier);
            return panel->isVisible() && panel->wholeText().contains(QStringLiteral("Line 10 of"));
        };
        QTRY_VERIFY_WITH_TIMEOUT(askAboutTheRow(), PatienceMs);
        const QString all = panel->wholeText();
        for (const char* part : {"Line 10 of august.csv", "\"1,234.50\",", "Column\tBilledCost",
                 "Value\t1,234.50", "Why\tThe cost cannot be read.", "Rule\tBilledCost-C-001-M"})
            QVERIFY2(all.contains(QLatin1StringView{part}), qPrintable(all));

        QTest::mouseClick(m_journey->find<QPushButton>("retryButton"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(
            message(), QStringLiteral("One row still cannot be a charge."), PatienceMs);
        QVERIFY2(
            detail().contains(QStringLiteral(
                "Line 10: BilledCost is \"1,234.50\". The row is kept in quarantine: the cost cannot be read.")),
            qPrintable(detail()));

        const QString mapping = write(QStringLiteral("thousands.json"), R"({"thousands": ","})");
        QTest::mouseClick(m_journey->find<QPushButton>("retryMappedButton"), Qt::LeftButton);
        chooseMapping(mapping);
        QTRY_COMPARE_WITH_TIMEOUT(message(), QStringLiteral("Imported 9 rows."), PatienceMs);
        verifyTheNewestAttemptIsShown();
    }

private:
    // Both attempts have one id: the newest is shown, the older one contradicts nothing.
    void verifyTheNewestAttemptIsShown()
    {
        const auto* tabs = m_journey->find<QTabWidget>("batchDetails");
        auto* retry = m_journey->find<QPushButton>("retryButton");
        auto* panel = m_journey->find<ProvenancePanel>("provenancePanel");
        QTRY_COMPARE_WITH_TIMEOUT(tabs->tabText(1), QStringLiteral("Quarantine (0)"), PatienceMs);
        QCOMPARE(m_batches->currentIndex().row(), 0);
        QCOMPARE(cell(m_batches, 0, QStringLiteral("Accepted")), QStringLiteral("9"));
        QVERIFY(!retry->isEnabled());
        QTRY_COMPARE_WITH_TIMEOUT(window().session().facts().revision,
            window().session().workspace()->revision(), PatienceMs);
        QTest::qWait(50); // the table is filled once more
        m_journey->comeBack();
        m_batches->setFocus();
        m_batches->selectRow(1);
        QCOMPARE(cell(m_batches, 1, QStringLiteral("File")), QStringLiteral("august.csv"));
        QCOMPARE(cell(m_batches, 1, QStringLiteral("Quarantined")), QStringLiteral("tried again"));
        QCOMPARE(tabs->tabText(1), QStringLiteral("Quarantine"));
        QVERIFY(!retry->isEnabled());
        m_journey->press(Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(
            panel->isVisible() && panel->wholeText().contains(QStringLiteral("9 rows accepted")),
            PatienceMs);
    }
    MainWindow& window() { return m_journey->window(); }
    InfoBar* bar() const { return m_journey->find<QWidget>("importsPage")->findChild<InfoBar*>(); }
    QString message() const { return bar()->isHidden() ? QString{} : bar()->text(); }
    QString detail() const { return bar()->detail(); }
    QString write(const QString& name, const QByteArray& text) const
    {
        return m_journey->unwatched([&] { return (*m_journey)->write(name, text); });
    }
    void chooseMapping(const QString& path)
    {
        auto* question = m_journey->find<QMessageBox>("mappingQuestion");
        QVERIFY(question);
        QVERIFY(question->informativeText().contains(QStringLiteral("\"BilledCost\": [\"Cost\"]")));
        QTest::mouseClick(
            question->findChild<QPushButton*>(QStringLiteral("questionGoOn")), Qt::LeftButton);
        m_journey->choose("mappingDialog", path);
    }
    static int columnOf(const QTableView* table, const QString& title)
    {
        for (int column = 0; column < table->model()->columnCount(); ++column) {
            if (table->model()->headerData(column, Qt::Horizontal).toString() == title)
                return column;
        }
        return -1;
    }
    static QString cell(const QTableView* table, int row, const QString& title)
    {
        return table->model()->index(row, columnOf(table, title)).data().toString();
    }

    std::unique_ptr<Journey> m_journey;
    DataTable* m_batches{nullptr};
};

QTEST_MAIN(TestImportJourney)
#include "tst_ImportJourney.moc"
