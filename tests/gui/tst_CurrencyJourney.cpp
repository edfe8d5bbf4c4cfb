// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/Company.h"
#include "tests/gui/Journey.h"
#include "ui/charts/Treemap.h"
#include "ui/kit/DataTable.h"
#include "ui/kit/FigureButton.h"
#include "ui/kit/Picker.h"
#include "ui/pages/spendmap/SpendMapPage.h"

#include <QPushButton>
#include <QSignalSpy>

using namespace sluice;
using namespace sluice::ui;
using sluice::test::Journey;
using sluice::test::PatienceMs;

namespace {

// The small company, and a second account in October that is billed in euros.
void fillTwoCurrencies(Workspace& workspace)
{
    test::fillCompany(workspace);
    QByteArray bill{test::BillHeader};
    for (const test::BillRow& row : {test::BillRow{"40.25", "Inference", "in-large", "ranking", 3},
             test::BillRow{"10.50", "Inference", "in-small", "answers", 4},
             test::BillRow{"9.25", "GPU Hours", "gpu", nullptr, 5}})
        bill += test::billRow(10, row, "INV-E10");
    bill.replace(",USD,1000,", ",EUR,2000,");
    test::importText(workspace, "october-eur.csv", bill);
}

} // namespace

// A ledger with two currencies: what is picked holds on every page, and counts tie.
class TestCurrencyJourney : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_journey = std::make_unique<Journey>();
        const QString path = m_journey->unwatched([this] {
            return (*m_journey)->makeLedger(QStringLiteral("two.sluice"), fillTwoCurrencies);
        });
        m_journey->openLedger(path);
        m_total = m_journey->find<FigureButton>("totalFigure");
        m_charges = m_journey->find<DataTable>("chargesTable");
        QTRY_VERIFY_WITH_TIMEOUT(
            !m_journey->find<Treemap>("treemap")->shapes().empty(), PatienceMs);
    }
    void init()
    {
        test::failOnWarnings();
        m_journey->watchdog().reset();
    }
    void cleanup() { QCOMPARE(m_journey->watchdog().complaint(), QString{}); }
    void cleanupTestCase() { m_journey.reset(); }

    void theLargestUntilOneIsPicked()
    {
        QCOMPARE(m_total->value(), QStringLiteral("USD\u00A01,297.25"));
        goToCharges(8);
        QCOMPARE(m_journey->text("chargesSummary"),
            QStringLiteral(
                "8 charges \u00B7 USD\u00A01,297.25 \u00B7 Oct 2026 \u00B7 3 more in EUR"));
    }

    void thePickedOneHoldsOnTheCharges()
    {
        goToMap();
        pick(QStringLiteral("EUR"));
        QTRY_COMPARE_WITH_TIMEOUT(m_total->value(), QStringLiteral("EUR\u00A060.00"), PatienceMs);
        QVERIFY(m_total->note().contains(QStringLiteral("3 charges")));
        goToCharges(3);
        QVERIFY(m_journey->text("chargesSummary")
                    .startsWith(QStringLiteral("3 charges \u00B7 EUR\u00A060.00")));
        // and is picked there as well
        pick(QStringLiteral("USD"));
        QTRY_COMPARE_WITH_TIMEOUT(m_charges->model()->rowCount(), 8, PatienceMs);
        goToMap();
        QTRY_COMPARE_WITH_TIMEOUT(
            m_total->value(), QStringLiteral("USD\u00A01,297.25"), PatienceMs);
    }

    void belowADrillToo()
    {
        window().view().setDrill(
            {{"category", "product_inference", QStringLiteral("Product inference")}});
        QTRY_COMPARE_WITH_TIMEOUT(m_total->value(), QStringLiteral("USD\u00A0771.50"), PatienceMs);
        goToCharges(3);
        pick(QStringLiteral("EUR"));
        QTRY_COMPARE_WITH_TIMEOUT(m_charges->model()->rowCount(), 2, PatienceMs);
        window().view().setDrill({});
        QTRY_COMPARE_WITH_TIMEOUT(m_charges->model()->rowCount(), 3, PatienceMs);
        goToMap();
    }

    // A figure brings its currency along to its charges, as what is picked and not as a filter.
    void allChargesBehindAFigureAreOfItsCurrency()
    {
        QTRY_COMPARE_WITH_TIMEOUT(m_total->value(), QStringLiteral("EUR\u00A060.00"), PatienceMs);
        m_total->click();
        auto* all = m_journey->find<QPushButton>("allCharges");
        QTRY_VERIFY_WITH_TIMEOUT(all->isEnabled(), PatienceMs);
        all->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_charges->model()->rowCount(), 3, PatienceMs);
        QVERIFY(window().view().drill().empty());
        pick(QStringLiteral("USD"));
        QTRY_COMPARE_WITH_TIMEOUT(m_charges->model()->rowCount(), 8, PatienceMs);
    }

    // Unknown is not the same as none, and the way out leads to what there is.
    void aPeriodWithoutDataSaysSo()
    {
        window().view().setPeriod(
            Period{*BusinessDate::parseIso("2026-12-01"), *BusinessDate::parseIso("2027-01-01")});
        const auto* empty = m_journey->find<QWidget>("chargesPage")
                                ->findChild<QWidget*>(QStringLiteral("emptyState"));
        QTRY_VERIFY_WITH_TIMEOUT(empty->isVisible(), PatienceMs);
        QCOMPARE(
            empty->findChildren<QLabel*>().at(0)->text(), QStringLiteral("No data for Dec 2026"));
        QCOMPARE(empty->findChildren<QLabel*>().at(1)->text(),
            QStringLiteral("The ledger has data for 3 Sep \u2013 10 Nov 2026."));
        empty->findChild<QPushButton*>(QStringLiteral("emptyPrimary"))->click();
        QCOMPARE(window().view().periodName(), QStringLiteral("Nov 2026"));
        QTRY_COMPARE_WITH_TIMEOUT(m_charges->model()->rowCount(), 8, PatienceMs);
    }

private:
    MainWindow& window() { return m_journey->window(); }
    void goToMap() { (*m_journey)->action(ActionId::GoMap)->trigger(); }
    void goToCharges(int count)
    {
        (*m_journey)->action(ActionId::GoCharges)->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(m_charges->model()->rowCount(), count, PatienceMs);
    }
    void pick(const QString& code)
    {
        const auto* picker = m_journey->find<Picker>("currencyPicker");
        QTRY_VERIFY_WITH_TIMEOUT(picker->isVisible(), PatienceMs);
        const auto actions = picker->choices()->actions();
        const auto found = std::ranges::find(
            actions, code, [](const QAction* action) { return action->text(); });
        QVERIFY(found != actions.end());
        (*found)->trigger();
    }

    std::unique_ptr<Journey> m_journey;
    FigureButton* m_total{nullptr};
    DataTable* m_charges{nullptr};
};

QTEST_MAIN(TestCurrencyJourney)
#include "tst_CurrencyJourney.moc"
