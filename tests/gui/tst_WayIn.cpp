// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/security/KeyEnvelope.h"
#include "tests/gui/Company.h"
#include "tests/gui/Journey.h"
#include "ui/kit/FigureButton.h"
#include "ui/kit/InfoBar.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QScreen>

using namespace sluice;
using namespace sluice::ui;
using sluice::test::Journey;
using sluice::test::messageOf;
using sluice::test::Passphrase;
using sluice::test::PatienceMs;

namespace {

// Everything that the window's widgets say or hold, hidden ones included.
QString everythingIn(const QWidget& window)
{
    QString all;
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        all += widget->accessibleName() + u'\n' + widget->toolTip() + u'\n';
        if (const auto* label = qobject_cast<const QLabel*>(widget))
            all += label->text() + u'\n';
        if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
            all += button->text() + u'\n';
        if (const auto* line = qobject_cast<const QLineEdit*>(widget))
            all += line->text() + u'\n';
        if (const auto* text = qobject_cast<const QPlainTextEdit*>(widget))
            all += text->toPlainText() + u'\n';
        const auto* view = qobject_cast<const QAbstractItemView*>(widget);
        for (int row = 0; view && view->model() && row < view->model()->rowCount(); ++row) {
            for (int column = 0; column < view->model()->columnCount(); ++column)
                all += view->model()->index(row, column).data().toString() + u'\n';
        }
    }
    return all;
}

// What the small company's map shows.
constexpr std::array Secrets{"1.3k", "Product inference", "8 charges", "Oct 2026"};

} // namespace

// Make a ledger, lock it, come back; and what is said to who comes with something else.
class TestWayIn : public QObject {
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

    void theFirstWindowFitsTheScreen()
    {
        QCOMPARE(MainWindow::firstSize({1920, 1080}), QSize(1440, 900));
        QCOMPARE(MainWindow::firstSize({1366, 728}), QSize(1366, 692));
        QVERIFY(MainWindow::firstSize({1280, 720}).height() < 720); // room for the title bar
        const auto [room, size] = m_journey->unwatched([] {
            test::WindowFixture fresh;
            return std::pair{fresh.window().screen()->availableSize(), fresh.window().size()};
        });
        QVERIFY2(size.width() <= room.width() && size.height() <= room.height(),
            qPrintable(QStringLiteral("%1 x %2").arg(size.width()).arg(size.height())));
    }

    void aLedgerIsMadeLockedAndUnlocked()
    {
        const QString code = makeLedger();
        QCOMPARE(window().page(), PageId::Today);
        QCOMPARE(window().windowTitle(), QStringLiteral("first \u2014 Sluice"));

        (*m_journey)->action(ActionId::LockLedger)->trigger();
        QCOMPARE(window().page(), PageId::Unlock);
        QCOMPARE(window().windowTitle(), QStringLiteral("[Locked] first \u2014 Sluice"));

        // Wrong: said above the field, which keeps the focus and the text, ready to be typed over.
        auto* secret = m_journey->find<QLineEdit>("unlockSecret");
        QTRY_VERIFY(secret->hasFocus());
        QTest::keyClicks(secret, QStringLiteral("not this one"));
        m_journey->press(Qt::Key_Return);
        auto* page = m_journey->find<QWidget>("unlockPage");
        QTRY_COMPARE_WITH_TIMEOUT(
            messageOf(page), QStringLiteral("Passphrase not accepted."), PatienceMs);
        QVERIFY(secret->hasFocus());
        QCOMPARE(secret->selectedText(), QStringLiteral("not this one"));
        QVERIFY(window().windowTitle().startsWith(QStringLiteral("[Locked]")));

        QTest::keyClicks(secret, Passphrase);
        m_journey->press(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(window().page(), PageId::Today, PatienceMs);
        QVERIFY(messageOf(page).isEmpty());

        // The code opens it too.
        (*m_journey)->action(ActionId::LockLedger)->trigger();
        QTest::mouseClick(m_journey->find<QCheckBox>("useRecovery"), Qt::LeftButton, {}, {5, 5});
        QVERIFY(m_journey->find<QCheckBox>("useRecovery")->isChecked());
        QTest::keyClicks(secret, code);
        m_journey->press(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(window().page(), PageId::Today, PatienceMs);
    }

    // Alt and a letter opens a menu: no button may want the same letter.
    void noButtonTakesALetterFromTheMenus()
    {
        QStringList menus;
        for (const QAction* action : window().menuBar()->actions())
            menus << QKeySequence::mnemonic(action->text()).toString();
        for (const char* page : {"startPage", "createPage", "unlockPage"}) {
            QStringList texts;
            for (const auto* button :
                m_journey->find<QWidget>(page)->findChildren<QAbstractButton*>())
                texts << button->text();
            for (const auto* label : m_journey->find<QWidget>(page)->findChildren<QLabel*>())
                texts << (label->buddy() ? label->text() : QString{});
            for (const QString& text : texts) {
                const QKeySequence letter = QKeySequence::mnemonic(text);
                QVERIFY2(letter.isEmpty() || !menus.contains(letter.toString()), qPrintable(text));
            }
        }
    }

    // A ledger without a passphrase: the page says so and takes the key file instead.
    void aKeyFileOpensWhatHasNoPassphrase()
    {
        const QString path = m_journey->unwatched([this] {
            return (*m_journey)->makeLedger(QStringLiteral("keyed.sluice"), [](Workspace&) {});
        });
        const SecureBytes raw = test::rawKey().secret;
        const QString keyFile = (*m_journey)
                                    ->write(QStringLiteral("ledger.key"),
                                        QByteArray{reinterpret_cast<const char*>(raw.data()),
                                            static_cast<qsizetype>(raw.size())});
        const QString otherKey
            = (*m_journey)->write(QStringLiteral("other.key"), QByteArray(32, 'x'));
        window().openWithKeyFile(path, keyFile);
        QTRY_COMPARE_WITH_TIMEOUT(window().page(), PageId::Today, PatienceMs);
        (*m_journey)->action(ActionId::LockLedger)->trigger();
        const auto* page = m_journey->find<QWidget>("unlockPage");
        tryToUnlock();
        QTRY_COMPARE_WITH_TIMEOUT(
            messageOf(page), QStringLiteral("This ledger has no passphrase."), PatienceMs);
        QCOMPARE(page->findChild<InfoBar*>()->detail(),
            QStringLiteral("Unlock it another way: with its key file or recovery code."));

        const auto giveKey = [this](const QString& file) {
            m_journey->find<QPushButton>("keyFileButton")->setFocus();
            m_journey->press(Qt::Key_Return);
            m_journey->choose("keyFileDialog", file);
        };
        giveKey(otherKey);
        QTRY_COMPARE_WITH_TIMEOUT(
            messageOf(page), QStringLiteral("Key file not accepted."), PatienceMs);
        giveKey((*m_journey)->write(QStringLiteral("no.key"), "not a key"));
        QTRY_COMPARE_WITH_TIMEOUT(page->findChild<InfoBar*>()->detail(),
            QStringLiteral("It holds neither 32 bytes nor 64 hex digits. Check the file."),
            PatienceMs);
        QCOMPARE(messageOf(page), QStringLiteral("Key file not accepted."));
        giveKey(keyFile);
        QTRY_COMPARE_WITH_TIMEOUT(window().page(), PageId::Today, PatienceMs);
    }

    // What was tried the last time is not what is tried now.
    void eachWayInHasItsOwnWords()
    {
        const QString code = makeLedger();
        const QString path = (*m_journey)->path(QStringLiteral("first.sluice"));
        const auto* page = m_journey->find<QWidget>("unlockPage");
        auto* secret = m_journey->find<QLineEdit>("unlockSecret");
        auto* useCode = m_journey->find<QCheckBox>("useRecovery");
        (*m_journey)->action(ActionId::LockLedger)->trigger();
        useCode->setChecked(true);
        QString mistyped = code;
        mistyped[0] = mistyped[0] == u'7' ? u'8' : u'7';
        QTest::keyClicks(secret, mistyped);
        m_journey->press(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(
            messageOf(page), QStringLiteral("Recovery code not accepted."), PatienceMs);
        QCOMPARE(page->findChild<InfoBar*>()->detail(),
            QStringLiteral("Group 1 has a typing error. Compare it with the printed sheet."));
        useCode->setChecked(false);
        secret->clear();
        tryToUnlock();
        QTRY_COMPARE_WITH_TIMEOUT(window().page(), PageId::Today, PatienceMs);

        (*m_journey)->action(ActionId::LockLedger)->trigger();
        const QString otherKey
            = (*m_journey)->write(QStringLiteral("other.key"), QByteArray(32, 'x'));
        window().openWithKeyFile(path, otherKey);
        QTRY_COMPARE_WITH_TIMEOUT(
            messageOf(page), QStringLiteral("Key file not accepted."), PatienceMs);
        useCode->setChecked(true);
        QTest::keyClicks(secret, code);
        m_journey->press(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(window().page(), PageId::Today, PatienceMs);
        (*m_journey)->action(ActionId::LockLedger)->trigger();
        QVERIFY(!useCode->isChecked());
        QCOMPARE(secret->accessibleName(), QStringLiteral("Passphrase"));
    }

    void aLedgerWithoutItsKeyEnvelopeIsSaidToLackIt()
    {
        const QString path = m_journey->unwatched([this] {
            return (*m_journey)->makeLedger(QStringLiteral("bare.sluice"), [](Workspace&) {});
        });
        for (const std::string& envelope : KeyEnvelope::filesFor(path.toStdString()))
            QVERIFY(QFile::remove(QString::fromStdString(envelope)));
        window().askToUnlock(path);
        tryToUnlock();
        const auto* page = m_journey->find<QWidget>("unlockPage");
        QTRY_VERIFY2_WITH_TIMEOUT(
            messageOf(page).contains(QStringLiteral("bare.sluice.keys is not there")),
            qPrintable(messageOf(page)), PatienceMs);
        QCOMPARE(page->findChild<InfoBar*>()->detail(),
            QStringLiteral("Put the envelope back beside the ledger; each backup has a copy."));
    }

    // August, nothing, and the beginning of November: no month without charges is opened on.
    void itOpensOnTheNewestMonthThatHasCharges()
    {
        const QString path = m_journey->unwatched([this] {
            return (*m_journey)->makeLedger(QStringLiteral("gap.sluice"), [](Workspace& workspace) {
                test::importText(workspace, "august.csv", test::companyBill(8));
                test::importText(workspace, "november.csv", test::companyBill(11));
            });
        });
        m_journey->openLedger(path);
        QCOMPARE(window().view().periodName(), QStringLiteral("Nov 2026"));
        const LedgerFacts& facts = window().session().facts();
        QCOMPARE(facts.months.size(), std::size_t{2});
        QVERIFY(!hasCharges(facts, stepped(facts.months.back(), -1, facts.calendar)));
    }

    // A list that scrolls by two lines looks as if it ended before December.
    void theWholeYearIsInTheList()
    {
        (*m_journey)->action(ActionId::NewLedger)->trigger();
        auto* list = m_journey->find<QComboBox>("createFiscal");
        list->showPopup();
        QTRY_VERIFY(list->view()->isVisible());
        const QRect last = list->view()->visualRect(list->model()->index(11, 0));
        const QRect seen = list->view()->viewport()->rect();
        QVERIFY2(last.bottom() <= seen.bottom(),
            qPrintable(QStringLiteral("%1 of %2").arg(last.bottom()).arg(seen.bottom())));
        QVERIFY2(list->view()->sizeHintForColumn(0) <= seen.width(),
            qPrintable(QStringLiteral("%1 of %2, %3 to %4")
                           .arg(list->view()->sizeHintForColumn(0))
                           .arg(seen.width())
                           .arg(last.left())
                           .arg(last.right())));
        list->hidePopup();
    }

    void nobodyTouchesItAndItEmptiesItself()
    {
        m_journey = std::make_unique<Journey>(
            test::WindowFixture::Options{.idleTime = std::chrono::seconds{4}});
        const QString path = m_journey->unwatched([this] {
            return (*m_journey)->makeLedger(QStringLiteral("idle.sluice"), test::fillCompany);
        });
        m_journey->openLedger(path);
        auto* total = m_journey->find<FigureButton>("totalFigure");
        QTRY_VERIFY_WITH_TIMEOUT(total->isEnabled(), PatienceMs);
        const QString shown = m_journey->unwatched([this] { return everythingIn(window()); });
        for (const char* secret : Secrets)
            QVERIFY2(shown.contains(QLatin1StringView{secret}), secret);
        QTRY_VERIFY_WITH_TIMEOUT(!window().session().isOpen(), PatienceMs);
        QCOMPARE(window().page(), PageId::Unlock);
        const QString left = m_journey->unwatched([this] { return everythingIn(window()); });
        for (const char* secret : Secrets)
            QVERIFY2(!left.contains(QLatin1StringView{secret}), secret);
    }

    // A dialog that stays open while the ledger locks itself must not import into the next one.
    void whatIsChosenAfterTheLockIsImportedNowhere()
    {
        const auto [first, second, bill] = m_journey->unwatched([this] {
            return std::tuple{
                (*m_journey)->makeLedger(QStringLiteral("a.sluice"), [](Workspace&) {}),
                (*m_journey)->makeLedger(QStringLiteral("b.sluice"), [](Workspace&) {}),
                (*m_journey)->write(QStringLiteral("bill.csv"), test::companyBill(10))};
        });
        m_journey->openLedger(first);
        (*m_journey)->action(ActionId::ImportFiles)->trigger();
        const QPointer<QFileDialog> dialog = m_journey->find<QFileDialog>("importFilesDialog");
        QVERIFY(dialog);
        window().lock();
        QVERIFY(!dialog || !dialog->isVisible());
        ImportJob imports{window().session()};
        imports.importPaths({bill});
        QCOMPARE(imports.waiting(), std::size_t{0});
        m_journey->comeBack();
        m_journey->openLedger(second);
        QTest::qWait(50); // an import would have begun
        QVERIFY(!imports.isRunning());
        QCOMPARE(window().session().workspace()->revision(), std::uint64_t{1});
    }

    // Who goes elsewhere while the key is derived is not fetched back.
    void anUnlockingThatOneHasLeftOpensNothing()
    {
        const QString code = makeLedger();
        (*m_journey)->action(ActionId::LockLedger)->trigger();
        tryToUnlock();
        QVERIFY(window().session().isOpening());
        (*m_journey)->action(ActionId::NewLedger)->trigger();
        QVERIFY(!window().session().isOpening());
        const QString path = (*m_journey)->path(QStringLiteral("first.sluice"));
        window().askToUnlock(path);
        tryToUnlock();
        QTest::mouseClick(m_journey->find<QPushButton>("otherLedger"), Qt::LeftButton);
        QCOMPARE(window().page(), PageId::Start);
        QVERIFY(!window().session().isOpening());
        // Again at once: the openings that were given up do not stand in the way.
        window().askToUnlock(path);
        tryToUnlock();
        QTRY_COMPARE_WITH_TIMEOUT(window().page(), PageId::Today, PatienceMs);
        QVERIFY(!code.isEmpty());
    }

    void whatIsNoLedgerIsSaidToBeNone()
    {
        const QString notes = (*m_journey)->write(QStringLiteral("notes.sluice"), "some notes");
        (*m_journey)->action(ActionId::OpenLedger)->trigger();
        m_journey->choose("openLedgerDialog", notes);
        QTRY_COMPARE(window().page(), PageId::Unlock);
        tryToUnlock();
        QTRY_COMPARE_WITH_TIMEOUT(messageOf(m_journey->find<QWidget>("unlockPage")),
            QStringLiteral("The file is empty or too short to be a ledger."), PatienceMs);
    }

    void aDamagedOneIsSaidToBeDamaged()
    {
        const QString path = m_journey->unwatched([this] {
            const QString made
                = (*m_journey)->makeLedger(QStringLiteral("torn.sluice"), test::fillCompany);
            QFile file{made};
            if (!file.open(QIODevice::ReadWrite) || !file.seek(3 * 4096)
                || file.write(QByteArray(8192, 'x')) != 8192)
                qFatal("cannot damage the test's ledger");
            return made;
        });
        m_journey->drop({path}); // a ledger dropped on the window is asked for its passphrase
        QCOMPARE(window().page(), PageId::Unlock);
        (*m_journey)->openLedger(path);
        QTRY_COMPARE_WITH_TIMEOUT(messageOf(m_journey->find<QWidget>("unlockPage")),
            QStringLiteral("The file is damaged."), PatienceMs);
        QVERIFY(!window().session().isOpen());
    }

private:
    MainWindow& window() { return m_journey->window(); }

    // By keyboard; returns the recovery code.
    QString makeLedger()
    {
        (*m_journey)->action(ActionId::NewLedger)->trigger();
        m_journey->find<QLineEdit>("createPath")
            ->setText((*m_journey)->path(QStringLiteral("first.sluice")));
        QTest::keyClicks(m_journey->find<QLineEdit>("createPassphrase"), Passphrase);
        QTest::keyClicks(m_journey->find<QLineEdit>("createPassphraseAgain"), Passphrase);
        QTest::keyClick(m_journey->find<QLineEdit>("createPassphraseAgain"), Qt::Key_Return);
        const auto* code = m_journey->find<QLabel>("recoveryCode");
        if (!QTest::qWaitFor([code] { return !code->text().isEmpty(); }, PatienceMs))
            return {};
        auto* done = m_journey->find<QPushButton>("recoveryDone");
        const QString shown = code->text();
        const bool waited = !done->isEnabled() && code->isVisible();
        m_journey->find<QCheckBox>("recoveryKept")->setChecked(true);
        QTest::mouseClick(done, Qt::LeftButton);
        return waited && code->text().isEmpty() ? shown : QString{};
    }
    void tryToUnlock()
    {
        QTest::keyClicks(m_journey->find<QLineEdit>("unlockSecret"), Passphrase);
        m_journey->press(Qt::Key_Return);
    }

    std::unique_ptr<Journey> m_journey;
};

QTEST_MAIN(TestWayIn)
#include "tst_WayIn.moc"
