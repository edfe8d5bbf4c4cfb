// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/BigBill.h"
#include "tests/gui/Journey.h"

#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>

using namespace sluice;
using namespace sluice::ui;
using sluice::test::Journey;
using sluice::test::PatienceMs;

// Locking while an import runs: whoever does it is asked, and nobody's absence ends it.
class TestLockJourney : public QObject {
    Q_OBJECT

private slots:
    void init() { test::failOnWarnings(); }
    void cleanup()
    {
        const QString complaint = m_journey->watchdog().complaint();
        m_journey.reset();
        QCOMPARE(complaint, QString{});
    }

    void lockingAsksBeforeItStopsAnImport()
    {
        const QString ledger = startBigImport({});
        m_journey->press(Qt::Key_L, Qt::ControlModifier);
        auto* box = m_journey->find<QMessageBox>("leaveQuestion");
        QVERIFY(box);
        QVERIFY(box->text().startsWith(QStringLiteral("An import is running: ")));
        auto* stop = box->findChild<QPushButton*>(QStringLiteral("questionGoOn"));
        QCOMPARE(stop->text(), QStringLiteral("Stop it and lock"));
        QTest::keyClick(box, Qt::Key_Escape);
        QVERIFY(window().session().isOpen());
        QVERIFY(isImporting());

        m_journey->comeBack();
        (*m_journey)->action(ActionId::LockLedger)->trigger();
        box = m_journey->find<QMessageBox>("leaveQuestion");
        QVERIFY(box);
        QTest::mouseClick(
            box->findChild<QPushButton*>(QStringLiteral("questionGoOn")), Qt::LeftButton);
        QCOMPARE(window().page(), PageId::Unlock);
        QVERIFY(!window().session().isOpen());
        QTRY_COMPARE_WITH_TIMEOUT(acceptedIn(ledger).value_or(-1), 0, PatienceMs);

        // without an import there is nothing to ask
        m_journey->openLedger(ledger);
        (*m_journey)->action(ActionId::LockLedger)->trigger();
        QVERIFY(!window().session().isOpen());
    }

    // What one has gone away from comes in, and then the ledger is locked.
    void theIdleLockWaitsForAnImport()
    {
        const QString ledger = startBigImport({.idleTime = std::chrono::milliseconds{300}});
        QTRY_VERIFY_WITH_TIMEOUT(!window().session().isOpen(), PatienceMs);
        QCOMPARE(window().page(), PageId::Unlock);
        QVERIFY(!m_journey->find<QMessageBox>("leaveQuestion"));
        QTRY_COMPARE_WITH_TIMEOUT(acceptedIn(ledger).value_or(-1), test::BigRows, PatienceMs);
    }

    // So does the desktop's lock; a machine that goes to sleep cannot.
    void theSessionsLockWaitsForAnImportAndSleepDoesNot()
    {
        SessionWatch watch;
        QString ledger = startBigImport({.sessionWatch = &watch});
        emit watch.sessionLocked();
        QVERIFY(window().session().isOpen());
        QTRY_VERIFY_WITH_TIMEOUT(!window().session().isOpen(), PatienceMs);
        QCOMPARE(window().page(), PageId::Unlock);
        QTRY_COMPARE_WITH_TIMEOUT(acceptedIn(ledger).value_or(-1), test::BigRows, PatienceMs);
        const QString complaint = m_journey->watchdog().complaint();
        m_journey.reset();
        QCOMPARE(complaint, QString{});

        ledger = startBigImport({.sessionWatch = &watch});
        emit watch.goingToSleep();
        QVERIFY(!window().session().isOpen());
        QTRY_COMPARE_WITH_TIMEOUT(acceptedIn(ledger).value_or(-1), 0, PatienceMs);
    }

private:
    MainWindow& window() { return m_journey->window(); }
    bool isImporting() const { return (*m_journey)->action(ActionId::CancelJob)->isEnabled(); }
    // Into a ledger of its own, whose path this is.
    QString startBigImport(const test::WindowFixture::Options& options)
    {
        m_journey = std::make_unique<Journey>(options);
        const auto [ledger, bill] = m_journey->unwatched([this] {
            return std::pair{
                (*m_journey)->makeLedger(QStringLiteral("big.sluice"), [](Workspace&) {}),
                (*m_journey)->write(QStringLiteral("big.csv"), test::bigBill())};
        });
        m_journey->openLedger(ledger);
        m_journey->drop({bill});
        return QTest::qWaitFor([&] { return m_journey->isJobOnItsWay(); }, PatienceMs) ? ledger
                                                                                       : QString{};
    }
    // All rows of the ledger, looked at from outside; nothing while somebody has it open.
    std::optional<int> acceptedIn(const QString& ledger)
    {
        return m_journey->unwatched([&]() -> std::optional<int> {
            const auto opened = Workspace::open(
                ledger.toStdString(), test::rawKey(), (*m_journey)->environment());
            const auto batches = opened.ok() ? ImportService{**opened}.batches(Principal::owner())
                                             : Result<std::vector<Batch>>{opened.error()};
            if (!batches.ok())
                return std::nullopt;
            int accepted = 0;
            for (const Batch& batch : *batches)
                accepted += static_cast<int>(batch.rowsAccepted);
            return accepted;
        });
    }

    std::unique_ptr<Journey> m_journey;
};

QTEST_MAIN(TestLockJourney)
#include "tst_LockJourney.moc"
