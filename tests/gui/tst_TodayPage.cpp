// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/Company.h"
#include "tests/gui/Journey.h"
#include "ui/charts/TrendChart.h"
#include "ui/kit/DataTable.h"
#include "ui/kit/FigureButton.h"
#include "ui/kit/Roles.h"
#include "ui/pages/today/TodayQuestion.h"

#include <QAbstractItemView>
#include <QPlainTextEdit>

using namespace sluice;
using namespace sluice::test;
using namespace sluice::ui;

// What one sees first, and how one gets from each finding to its proof, by keyboard.
class TestTodayPage : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_journey = std::make_unique<Journey>();
        const QString path = m_journey->unwatched([this] {
            return (*m_journey)->makeLedger(QStringLiteral("marlow.sluice"), [](Workspace& made) {
                test::fillCompany(made);
                // one of its rows has an amount that is none
                test::importText(made, "more.csv",
                    QByteArray{BillHeader}
                        + billRow(10, {"12.5", "Inference", "in-small", "ranking", 3})
                              .replace(",1000,", ",2000,")
                        + billRow(10, {"lots", "Inference", "in-small", "ranking", 4})
                              .replace(",1000,", ",2000,"));
            });
        });
        (*m_journey)->openLedger(path);
        QTRY_COMPARE_WITH_TIMEOUT(window().page(), PageId::Today, PatienceMs);
        m_table = m_journey->find<DataTable>("findingsTable");
        QTRY_VERIFY_WITH_TIMEOUT(m_table->model()->rowCount() > 0, PatienceMs);
    }
    void init()
    {
        test::failOnWarnings();
        m_journey->watchdog().reset();
    }
    void cleanup() { QCOMPARE(m_journey->watchdog().complaint(), QString{}); }
    void cleanupTestCase() { m_journey.reset(); }

    void theFiguresAreThoseOfThePeriod()
    {
        QCOMPARE(view().periodName(), QStringLiteral("Oct 2026"));
        QCOMPARE(figure("todaySpend")->value(), QStringLiteral("USD\u00A01,309.75"));
        QVERIFY(figure("todaySpend")->note().contains(QStringLiteral("against Sep 2026")));
        QCOMPARE(figure("todayHeldBack")->value(), QStringLiteral("1"));
        QVERIFY(figure("todayOwned")->value().endsWith(u'%'));
        const auto* trend = m_journey->find<TrendChart>("todayTrend");
        QVERIFY(trend->shapeCount() > 31);
        QVERIFY(trend->dataText().contains(QStringLiteral("2026-10-03\t413")));
    }

    // What waits for somebody stands first, and how much that is stands in the sidebar.
    void whatNeedsSomebodyComesFirst()
    {
        QVERIFY(rowOf(Mystery) >= 0);
        QVERIFY(rowOf(QStringLiteral("1 row of b-")) >= 0);
        bool before = true;
        int waiting = 0;
        for (int row = 0; row < m_table->model()->rowCount(); ++row) {
            const bool needs = chip(row).startsWith(QStringLiteral("\u25C6"))
                && !isKind(row, "Not assigned") && !isKind(row, "Rule");
            QVERIFY2(before || !needs, qPrintable(chip(row)));
            before = needs;
            waiting += needs ? 1 : 0;
        }
        QCOMPARE(figure("todayWaits")->value(), QString::number(waiting));
        const auto* nav = m_journey->find<QAbstractButton>("nav_goToday");
        QVERIFY2(nav->accessibleName().contains(QString::number(waiting)),
            qPrintable(nav->accessibleName()));
    }

    void enterGoesToTheProof()
    {
        select(rowOf(Mystery));
        m_journey->press(Qt::Key_Return);
        auto* proof = m_journey->find<QAbstractItemView>("figureCharges");
        QTRY_COMPARE_WITH_TIMEOUT(proof->model()->rowCount(), 1, PatienceMs);
        QTRY_VERIFY(proof->hasFocus());
        m_journey->press(Qt::Key_Return);
        auto* raw = m_journey->find<QPlainTextEdit>("rawLine");
        QTRY_VERIFY_WITH_TIMEOUT(raw->toPlainText().contains(QStringLiteral("55.5")), PatienceMs);
        m_journey->press(Qt::Key_F8);
    }

    void itsChargesAreShownUnderItsFilter()
    {
        m_table->setFocus();
        select(rowOf(Mystery));
        (*m_journey)->action(ActionId::ShowCharges)->trigger();
        QTRY_COMPARE(window().page(), PageId::Charges);
        auto* charges = m_journey->find<QTableView>("chargesTable");
        QTRY_COMPARE_WITH_TIMEOUT(charges->model()->rowCount(), 1, PatienceMs);
        QVERIFY2(view().filter().text.contains(QStringLiteral("Mystery")),
            qPrintable(view().filter().text));
        m_journey->press(Qt::Key_Left, Qt::AltModifier);
        QTRY_COMPARE(window().page(), PageId::Today);
        QCOMPARE(view().filter().text, QString{});
    }

    void whatIsHeldBackLeadsToItsImport()
    {
        QTRY_VERIFY_WITH_TIMEOUT(rowWithKind("Held back") >= 0, PatienceMs);
        select(rowWithKind("Held back"));
        m_journey->press(Qt::Key_Return);
        QTRY_COMPARE(window().page(), PageId::Imports);
        m_journey->press(Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(window().page(), PageId::Today);
    }

    void anotherPeriodIsAnotherToday()
    {
        m_journey->press(Qt::Key_BracketLeft, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(
            figure("todaySpend")->value(), QStringLiteral("USD\u00A01,297.25"), PatienceMs);
        view().setPeriod(
            Period{*BusinessDate::parseIso("2020-01-01"), *BusinessDate::parseIso("2020-02-01")});
        QTRY_COMPARE_WITH_TIMEOUT(
            figure("todaySpend")->value(), QStringLiteral("\u2014"), PatienceMs);
    }

    void lockingEmptiesIt()
    {
        window().lock();
        QCOMPARE(m_table->model()->rowCount(), 0);
        QCOMPARE(figure("todaySpend")->value(), QStringLiteral("\u2014"));
        QCOMPARE(m_journey->text("todaySources"), QString{});
        QCOMPARE(m_journey->find<TrendChart>("todayTrend")->shapeCount(), std::size_t{0});
    }

    void theTrendEndsWhereTheDataEnd()
    {
        const auto day = [](const char* iso) { return *BusinessDate::parseIso(iso); };
        LedgerFacts facts;
        facts.days = Period{day("2026-01-01"), day("2026-11-11")};
        const Period october{day("2026-10-01"), day("2026-11-01")};
        QCOMPARE(trendPeriod(october, facts), (Period{day("2026-08-02"), day("2026-11-01")}));
        QCOMPARE(trendPeriod(std::nullopt, facts), (Period{day("2026-08-12"), day("2026-11-11")}));
        const Period later{day("2027-01-01"), day("2027-02-01")};
        QCOMPARE(trendPeriod(later, facts).end, day("2026-11-11"));
        QCOMPARE(trendPeriod(october, LedgerFacts{}).days(), 0);
    }

private:
    inline static const QString Mystery = QStringLiteral("Northcloud, Mystery, account 1000");

    MainWindow& window() { return m_journey->window(); }
    ViewContext& view() { return window().view(); }
    FigureButton* figure(const char* name) { return m_journey->find<FigureButton>(name); }
    QString chip(int row) const { return m_table->model()->index(row, 0).data().toString(); }
    bool isKind(int row, const char* kind) const
    {
        return chip(row).endsWith(QString::fromLatin1(kind));
    }
    int rowWithKind(const char* kind) const
    {
        for (int row = 0; row < m_table->model()->rowCount(); ++row) {
            if (isKind(row, kind))
                return row;
        }
        return -1;
    }
    int rowOf(const QString& begins) const
    {
        for (int row = 0; row < m_table->model()->rowCount(); ++row) {
            if (m_table->model()->index(row, 1).data().toString().startsWith(begins))
                return row;
        }
        return -1;
    }
    void select(int row)
    {
        QVERIFY(row >= 0);
        m_table->setFocus();
        m_table->setCurrentIndex(m_table->model()->index(row, 0));
    }

    std::unique_ptr<Journey> m_journey;
    DataTable* m_table{nullptr};
};

QTEST_MAIN(TestTodayPage)
#include "tst_TodayPage.moc"
