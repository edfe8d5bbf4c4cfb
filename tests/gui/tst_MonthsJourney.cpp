// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/Company.h"
#include "tests/gui/Journey.h"
#include "ui/charts/Treemap.h"
#include "ui/kit/DataTable.h"
#include "ui/kit/FigureButton.h"
#include "ui/kit/RowTree.h"
#include "ui/pages/spendmap/SpendMapPage.h"

#include <QApplication>
#include <QClipboard>
#include <QPushButton>

using namespace sluice;
using namespace sluice::ui;
using sluice::test::Journey;
using sluice::test::PatienceMs;

namespace {

// August: three currencies, of which the ledger's has the smallest number. September: refunds
// alone. October: no list cost.
void fillMonths(Workspace& workspace)
{
    const auto bill = [](int month, const test::BillRow& row) {
        return test::BillHeader + test::billRow(month, row);
    };
    QByteArray dollars = bill(8, {"45.000000001", "Inference", "in-small", nullptr, 3});
    dollars += test::billRow(8, {"-5", "Refunds", "refund", nullptr, 4});
    test::importText(workspace, "usd.csv", dollars);
    QByteArray euros = bill(8, {"100", "Inference", "in-small", nullptr, 3});
    test::importText(workspace, "eur.csv", euros.replace(",USD,1000,", ",EUR,2000,"));
    QByteArray yen = bill(8, {"300", "Inference", "in-small", nullptr, 3});
    test::importText(workspace, "jpy.csv", yen.replace(",USD,1000,", ",JPY,3000,"));
    QByteArray refunds = bill(9, {"-20.5", "Refunds", "refund", nullptr, 3});
    refunds += test::billRow(9, {"-4.5", "Inference", "in-small", nullptr, 4});
    test::importText(workspace, "refunds.csv", refunds);
    QByteArray unlisted = bill(10, {"10.25", "Inference", "in-small", nullptr, 3});
    unlisted += test::billRow(10, {"10.25", "Inference", "in-small", nullptr, 4});
    test::importText(workspace, "unlisted.csv",
        unlisted.replace("10.25,10.25,10.25,10.25", "10.25,10.25,,10.25"));
}

} // namespace

// Months that are not like others: what a map cannot draw is said in words.
class TestMonthsJourney : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        test::failOnWarnings();
        m_journey = std::make_unique<Journey>();
    }
    void cleanup()
    {
        const QString complaint = m_journey->watchdog().complaint();
        m_journey.reset();
        QCOMPARE(complaint, QString{});
    }

    void theLedgersCurrencyComesFirst()
    {
        open(8);
        QTRY_COMPARE_WITH_TIMEOUT(total()->value(), QStringLiteral("USD\u00A040.00"), PatienceMs);
        QVERIFY2(total()->note().contains(QStringLiteral("2 charges and 2 charges in EUR, JPY")),
            qPrintable(total()->note()));
        (*m_journey)->action(ActionId::GoCharges)->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(
            m_journey->find<DataTable>("chargesTable")->model()->rowCount(), 2, PatienceMs);
        QVERIFY(m_journey->text("chargesSummary").startsWith(QStringLiteral("2 charges")));
    }

    // With currency and period, and to the last digit.
    void whatIsCopiedIsExact()
    {
        open(8);
        QTRY_COMPARE_WITH_TIMEOUT(total()->value(), QStringLiteral("USD\u00A040.00"), PatienceMs);
        (*m_journey)->action(ActionId::CopyData)->trigger();
        const QStringList lines = QApplication::clipboard()->text().split(u'\n');
        QVERIFY2(lines.size() == 4, qPrintable(lines.join(u'\n')));
        QCOMPARE(
            lines[0], QStringLiteral("Aug 2026 \u00B7 Billed cost \u00B7 USD 40.000000001 in all"));
        QVERIFY2(
            lines[1].endsWith(QStringLiteral("\tCurrency\tAmount\tCharges")), qPrintable(lines[1]));
        QCOMPARE(lines[2], QStringLiteral("Infrastructure\tNorthcloud\tUSD\t40.000000001\t2"));
    }

    void creditsAloneAreSaid()
    {
        open(9);
        QTRY_COMPARE_WITH_TIMEOUT(
            emptyText(0), QStringLiteral("Nothing to draw in Sep 2026"), PatienceMs);
        QVERIFY2(emptyText(1).contains(QStringLiteral("credits alone")), qPrintable(emptyText(1)));
        auto* table = m_journey->find<RowTree>("spendTable");
        auto* show = empty()->findChild<QPushButton*>(QStringLiteral("emptyPrimary"));
        QCOMPARE(show->text(), QStringLiteral("Show as table"));
        show->click();
        QVERIFY(table->isVisible());
        QVERIFY(table->model()->rowCount() > 0);
        (*m_journey)->action(ActionId::ToggleTable)->trigger();
        QVERIFY(empty()->isVisible());
    }

    // Neither the map nor a charge makes a zero of what is not in the file.
    void aCostThatIsNotInTheFileIsNoZero()
    {
        open(10);
        QTRY_COMPARE_WITH_TIMEOUT(total()->value(), QStringLiteral("USD\u00A020.50"), PatienceMs);
        view().setMeasure(Measure::ListCost);
        QTRY_COMPARE_WITH_TIMEOUT(emptyText(1),
            QStringLiteral("The list cost of all its 2 charges is 0 or not in the file."),
            PatienceMs);
        total()->click();
        auto* charges = m_journey->find<DataTable>("figureCharges");
        QTRY_COMPARE_WITH_TIMEOUT(charges->model()->rowCount(), 2, PatienceMs);
        QCOMPARE(charges->model()->index(0, 2).data().toString(), QString{});
        emit charges->rowActivated(0);
        QTRY_COMPARE_WITH_TIMEOUT(m_journey->text("provenanceValue"),
            QStringLiteral("List cost: not in the file"), PatienceMs);
    }

    // Between the word that an import is done and its facts nothing is known to be missing.
    void whatIsNotReadYetIsNotCalledMissing()
    {
        const QString path = m_journey->unwatched([this] {
            return (*m_journey)->makeLedger(QStringLiteral("empty.sluice"), [](Workspace&) {});
        });
        m_journey->openLedger(path);
        QTRY_COMPARE_WITH_TIMEOUT(
            emptyText(0), QStringLiteral("Import a bill to draw your map"), PatienceMs);
        view().expect(view().facts().revision + 1);
        QCOMPARE(emptyText(0), QStringLiteral("Reading\u2026"));
        (*m_journey)->action(ActionId::GoCharges)->trigger();
        const auto* label = m_journey->find<QWidget>("chargesPage")
                                ->findChild<QWidget*>(QStringLiteral("emptyState"))
                                ->findChild<QLabel*>();
        QTRY_COMPARE_WITH_TIMEOUT(label->text(), QStringLiteral("Reading\u2026"), PatienceMs);
        LedgerFacts facts = view().facts();
        ++facts.revision;
        view().setFacts(facts);
        QTRY_COMPARE_WITH_TIMEOUT(label->text(), QStringLiteral("No charges yet"), PatienceMs);
    }

private:
    ViewContext& view() { return m_journey->window().view(); }
    FigureButton* total() const { return m_journey->find<FigureButton>("totalFigure"); }
    QWidget* empty() const
    {
        return m_journey->find<QWidget>("spendMapPage")
            ->findChild<QWidget*>(QStringLiteral("emptyState"));
    }
    QString emptyText(int line) const
    {
        return empty()->isVisible() ? empty()->findChildren<QLabel*>().at(line)->text() : QString{};
    }
    void open(int month)
    {
        const QString path = m_journey->unwatched([this] {
            return (*m_journey)->makeLedger(QStringLiteral("months.sluice"), fillMonths);
        });
        m_journey->openLedger(path);
        const auto first = [](int of) {
            return *BusinessDate::parseIso(
                "2026-" + std::string{of < 10 ? "0" : ""} + std::to_string(of) + "-01");
        };
        view().setPeriod(Period{first(month), first(month + 1)});
    }

    std::unique_ptr<Journey> m_journey;
};

QTEST_MAIN(TestMonthsJourney)
#include "tst_MonthsJourney.moc"
