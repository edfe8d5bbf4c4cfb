// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/Company.h"
#include "tests/gui/Journey.h"

#include <QCheckBox>
#include <QDir>
#include <QFileInfo>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QScopeGuard>

using namespace sluice;
using namespace sluice::ui;
using sluice::test::Journey;
using sluice::test::messageOf;
using sluice::test::Passphrase;
using sluice::test::PatienceMs;

// A ledger is made: what its form asks and says, what is dropped on it, and how one gets past the
// recovery code, or away from it.
class TestNewLedger : public QObject {
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

    void aPassphraseThatIsWeakOrDiffersMakesNone()
    {
        (*m_journey)->action(ActionId::NewLedger)->trigger();
        const auto* create = m_journey->find<QPushButton>("createButton");
        auto* first = m_journey->find<QLineEdit>("createPassphrase");
        auto* second = m_journey->find<QLineEdit>("createPassphraseAgain");
        QVERIFY(first->hasFocus());
        QTest::keyClicks(first, QStringLiteral("aaaaaaaaaa"));
        QTest::keyClicks(second, QStringLiteral("aaaaaaaaaa"));
        QVERIFY(!create->isEnabled());
        first->setText(Passphrase);
        QVERIFY(!create->isEnabled());
        QVERIFY(m_journey->text("createStrength").contains(QStringLiteral("differ")));
        second->setText(Passphrase);
        QTRY_VERIFY(create->isEnabled());
        QTest::mouseClick(m_journey->find<QPushButton>("createCancel"), Qt::LeftButton);
        QCOMPARE(window().page(), PageId::Start);
        QVERIFY(first->text().isEmpty());
    }

    // The place that is proposed exists, and one that does not is named.
    void aPlaceThatIsThereIsProposed()
    {
        const QString home = (*m_journey)->path(QStringLiteral("home"));
        QVERIFY(QDir{}.mkpath(home));
        const QByteArray before = qgetenv("HOME");
        qputenv("HOME", QFile::encodeName(home));
        const auto restore = qScopeGuard([&before] { qputenv("HOME", before); });
        auto* path = m_journey->find<QLineEdit>("createPath");
        (*m_journey)->action(ActionId::NewLedger)->trigger();
        QTRY_COMPARE(path->text(), home + QStringLiteral("/AI spend.sluice"));
        QVERIFY(QDir{home}.mkdir(QStringLiteral("Documents")));
        (*m_journey)->action(ActionId::NewLedger)->trigger();
        QTRY_COMPARE(path->text(), home + QStringLiteral("/Documents/AI spend.sluice"));

        path->setText(home + QStringLiteral("/nowhere/first.sluice"));
        fillPassphrases();
        m_journey->press(Qt::Key_Return);
        const auto* page = m_journey->find<QWidget>("createPage");
        QTRY_VERIFY_WITH_TIMEOUT(!messageOf(page).isEmpty(), PatienceMs);
        const QString detail = page->findChild<InfoBar*>()->detail();
        QVERIFY2(detail.startsWith(QStringLiteral("The folder ") + home
                     + QStringLiteral("/nowhere does not exist.")),
            qPrintable(detail));
    }

    // What was dropped for a new ledger comes into that ledger or into none.
    void aBillForANewLedgerIsForgottenWithIt()
    {
        const QString path = m_journey->unwatched([this] {
            return (*m_journey)->makeLedger(QStringLiteral("other.sluice"), [](Workspace&) {});
        });
        m_journey->drop({billFile()});
        QCOMPARE(window().page(), PageId::Create);
        QCOMPARE(m_journey->text("createThen"), QStringLiteral("Then bill.csv is imported."));
        QTest::mouseClick(m_journey->find<QPushButton>("createCancel"), Qt::LeftButton);
        QCOMPARE(window().page(), PageId::Start);
        m_journey->openLedger(path);
        QTest::qWait(50); // an import would have begun
        QVERIFY(!(*m_journey)->action(ActionId::CancelJob)->isEnabled());
        QCOMPARE(window().page(), PageId::Map);
        QCOMPARE(window().session().workspace()->revision(), std::uint64_t{1});
    }

    // It takes a moment, in which nobody gets away from the recovery code.
    void whileALedgerIsMadeThereIsNoWayBack()
    {
        (*m_journey)->action(ActionId::NewLedger)->trigger();
        m_journey->find<QLineEdit>("createPath")
            ->setText((*m_journey)->path(QStringLiteral("first.sluice")));
        fillPassphrases();
        m_journey->press(Qt::Key_Return);
        QVERIFY(window().session().isOpening());
        QVERIFY(!m_journey->find<QPushButton>("createCancel")->isEnabled());
        for (const ActionId id : {ActionId::NewLedger, ActionId::OpenLedger, ActionId::OpenSample})
            QVERIFY(!(*m_journey)->action(id)->isEnabled());
        m_journey->drop({(*m_journey)->path(QStringLiteral("other.sluice"))});
        QCOMPARE(window().page(), PageId::Create);
        QTRY_VERIFY_WITH_TIMEOUT(!m_journey->text("recoveryCode").isEmpty(), PatienceMs);
        QVERIFY((*m_journey)->action(ActionId::NewLedger)->isEnabled());
    }

    void aLedgerWhoseMakingIsGivenUpLeavesNoFiles()
    {
        const QString path = (*m_journey)->path(QStringLiteral("given-up.sluice"));
        m_journey->unwatched([&] {
            TaskPool pools;
            {
                const auto environment = (*m_journey)->environment();
                Session session{pools, environment, {}};
                session.create(path, {},
                    {Credential::Kind::Passphrase, SecureBytes::copyOf("four simple words")});
            } // as when the window goes
            pools.io().waitForDone();
        });
        QCOMPARE(
            QDir{QFileInfo{path}.path()}.entryList({QStringLiteral("given-up*")}), QStringList{});
    }

    void whatIsDroppedMeanwhileIsImportedOnceTheLedgerIsThere()
    {
        m_journey->drop({billFile()});
        startMaking();
        QVERIFY(m_journey->find<QLabel>("recoveryThen")->isVisible());
        m_journey->drop({(*m_journey)->write(QStringLiteral("more.csv"), test::companyBill(9))});
        QCOMPARE(m_journey->text("recoveryThen"),
            QStringLiteral("Then bill.csv and 1 more are imported."));
        QVERIFY(!m_journey->text("recoveryCode").isEmpty());
        m_journey->find<QCheckBox>("recoveryKept")->setChecked(true);
        QTest::mouseClick(m_journey->find<QPushButton>("recoveryDone"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(messageOf(m_journey->find<QWidget>("importsPage")),
            QStringLiteral("Imported 16 rows."), PatienceMs);
    }

    void theRecoveryCodeIsLeftOnlyWhenInsistedOn()
    {
        (*m_journey)->action(ActionId::NewLedger)->trigger();
        startMaking();
        const QString code = m_journey->text("recoveryCode");
        QVERIFY(!code.isEmpty());
        m_journey->drop({billFile()});
        const auto stays = [&] {
            return window().page() == PageId::Create && m_journey->text("recoveryCode") == code
                && window().isVisible() && window().session().isOpen();
        };
        QVERIFY(stays());
        for (const ActionId id : {ActionId::NewLedger, ActionId::OpenSample, ActionId::Quit}) {
            (*m_journey)->action(id)->trigger();
            answer("questionStay");
            QVERIFY(stays());
        }
        const QString other = m_journey->unwatched([this] {
            return (*m_journey)->makeLedger(QStringLiteral("other.sluice"), [](Workspace&) {});
        });
        m_journey->drop({other});
        QVERIFY(stays());
        answer("questionGoOn");
        QCOMPARE(window().page(), PageId::Unlock);
        QVERIFY(m_journey->text("recoveryCode").isEmpty());
        QVERIFY(!window().session().isOpen());
    }

    // From the form past the recovery code with nothing but keys.
    void theKeyboardGetsPastTheRecoveryCode()
    {
        (*m_journey)->action(ActionId::NewLedger)->trigger();
        m_journey->find<QLineEdit>("createPath")
            ->setText((*m_journey)->path(QStringLiteral("keys.sluice")));
        fillPassphrases();
        m_journey->press(Qt::Key_Return);
        auto* kept = m_journey->find<QCheckBox>("recoveryKept");
        QTRY_VERIFY_WITH_TIMEOUT(kept->isVisible(), PatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(window().session().isOpen(), PatienceMs);
        QVERIFY(kept->hasFocus());
        m_journey->press(Qt::Key_Space);
        m_journey->press(Qt::Key_Tab);
        QVERIFY(m_journey->find<QPushButton>("recoveryDone")->hasFocus());
        m_journey->press(Qt::Key_Return);
        QCOMPARE(window().page(), PageId::Today);
    }

private:
    MainWindow& window() { return m_journey->window(); }

    QString billFile() const
    {
        return (*m_journey)->write(QStringLiteral("bill.csv"), test::companyBill(10));
    }
    void answer(const char* button)
    {
        auto* box = m_journey->find<QMessageBox>("leaveQuestion");
        QVERIFY(box);
        QVERIFY(!box->text().isEmpty());
        QTest::mouseClick(box->findChild<QPushButton*>(QLatin1StringView{button}), Qt::LeftButton);
        QTRY_VERIFY(!m_journey->find<QMessageBox>("leaveQuestion"));
        m_journey->comeBack();
    }
    // Fills in the form that is shown and waits for the recovery code.
    void startMaking()
    {
        m_journey->find<QLineEdit>("createPath")
            ->setText((*m_journey)->path(QStringLiteral("first.sluice")));
        fillPassphrases();
        m_journey->press(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(window().session().isOpen(), PatienceMs);
    }
    void fillPassphrases()
    {
        QTest::keyClicks(m_journey->find<QLineEdit>("createPassphrase"), Passphrase);
        auto* again = m_journey->find<QLineEdit>("createPassphraseAgain");
        again->setFocus();
        QTest::keyClicks(again, Passphrase);
    }

    std::unique_ptr<Journey> m_journey;
};

QTEST_MAIN(TestNewLedger)
#include "tst_NewLedger.moc"
