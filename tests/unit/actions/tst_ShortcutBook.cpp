// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Random.h"
#include "tests/support/Gui.h"
#include "tests/support/Seed.h"
#include "ui/actions/ActionTable.h"
#include "ui/actions/ShortcutBook.h"

#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <set>

using namespace sluice;
using namespace sluice::ui;

class TestShortcutBook : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        test::failOnWarnings();
        m_settings = std::make_unique<QSettings>(
            m_folder.filePath(QStringLiteral("%1.ini").arg(++m_files)), QSettings::IniFormat);
    }

    void aShortcutIsGivenKeptAndReset()
    {
        const QKeySequence mine{Qt::CTRL | Qt::SHIFT | Qt::Key_L};
        {
            ActionRegistry actions;
            ShortcutBook book{*m_settings, actions};
            QSignalSpy changed{&book, &ShortcutBook::changed};
            QVERIFY(!book.set(ActionId::LockLedger, mine));
            QCOMPARE(actions.action(ActionId::LockLedger)->shortcut(), mine);
            QVERIFY(book.isChanged(ActionId::LockLedger));
            QCOMPARE(changed.size(), 1);
            QCOMPARE(m_settings->value(QStringLiteral("shortcuts/lockLedger")).toString(),
                QStringLiteral("Ctrl+Shift+L"));
        }
        ActionRegistry actions;
        ShortcutBook book{*m_settings, actions};
        QCOMPARE(book.shortcut(ActionId::LockLedger), mine);
        QVERIFY(!book.reset(ActionId::LockLedger));
        QCOMPARE(book.shortcut(ActionId::LockLedger), QKeySequence{Qt::CTRL | Qt::Key_L});
        QVERIFY(m_settings->allKeys().isEmpty());
        QVERIFY(!book.set(ActionId::LockLedger, {})); // none at all
        QVERIFY(ShortcutBook(*m_settings, actions).shortcut(ActionId::LockLedger).isEmpty());
    }

    void whatAnotherActionHasIsRefusedByName()
    {
        ActionRegistry actions;
        ShortcutBook book{*m_settings, actions};
        const QKeySequence keys{Qt::CTRL | Qt::Key_L};
        const auto refused = book.set(ActionId::GoMap, keys);
        QVERIFY(refused.has_value());
        QCOMPARE(refused->owner, std::optional{ActionId::LockLedger});
        QCOMPARE(refused->why, QStringLiteral("Ctrl+L is the shortcut of \u201CLock\u201D."));
        QVERIFY(!refused->wayOut.isEmpty());
        QCOMPARE(book.shortcut(ActionId::GoMap), QKeySequence{Qt::CTRL | Qt::Key_2});

        // the way out: the other one first
        QVERIFY(!book.set(ActionId::LockLedger, QKeySequence{Qt::Key_F9}));
        QVERIFY(!book.set(ActionId::GoMap, keys));
        QVERIFY(book.reset(ActionId::LockLedger)->owner == ActionId::GoMap);
        QVERIFY(!book.reset(ActionId::GoMap));
        QVERIFY(!book.reset(ActionId::LockLedger));
    }

    void keysThatOthersNeedAreRefused_data()
    {
        QTest::addColumn<QString>("keys");
        QTest::addColumn<bool>("fine");
        for (const char* keys :
            {"A", "Shift+A", "Return", "Tab", "Left", "Backspace", "Delete", "Ctrl+Alt+E", "Meta+E",
                "Alt+F", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+A", "Ctrl+B, Ctrl+C"})
            QTest::newRow(keys) << QString::fromLatin1(keys) << false;
        for (const char* keys :
            {"Ctrl+B", "Ctrl+Shift+B", "F7", "Shift+F7", "Alt+Home", "Ctrl+Return"})
            QTest::newRow(keys) << QString::fromLatin1(keys) << true;
    }
    void keysThatOthersNeedAreRefused()
    {
        QFETCH(QString, keys);
        QFETCH(bool, fine);
        ActionRegistry actions;
        ShortcutBook book{*m_settings, actions};
        (void)book.set(ActionId::ShowCharges, {}); // has Ctrl+Return
        const auto refused = book.set(ActionId::About, QKeySequence{keys});
        QCOMPARE(!refused.has_value(), fine);
        if (refused) {
            QVERIFY(!refused->owner.has_value());
            QVERIFY(!refused->why.isEmpty() && !refused->wayOut.isEmpty());
        }
    }

    // Whatever somebody wrote into the file, no two actions answer to the same keys.
    void whatIsKeptNeverClashes()
    {
        SeededRandom random{test::seed(31)};
        static constexpr std::array Keys{"Ctrl+1", "Ctrl+2", "Ctrl+L", "F8", "", "A", "nonsense"};
        for (int round = 0; round < 200; ++round) {
            m_settings->clear();
            for (const ActionLine& line : actionTable()) {
                if (random.chance(1, 3))
                    m_settings->setValue(
                        QStringLiteral("shortcuts/") + QLatin1StringView{line.objectName},
                        QString::fromLatin1(Keys[random.below(Keys.size())]));
            }
            ActionRegistry actions;
            const ShortcutBook book{*m_settings, actions};
            std::set<QKeySequence> taken;
            for (const ActionLine& line : actionTable()) {
                const QKeySequence keys = book.shortcut(line.id);
                QVERIFY2(keys.isEmpty() || taken.insert(keys).second, qPrintable(keys.toString()));
                QVERIFY(keys != QKeySequence{Qt::Key_A});
            }
        }
    }

private:
    QTemporaryDir m_folder;
    int m_files{0};
    std::unique_ptr<QSettings> m_settings;
};

QTEST_MAIN(TestShortcutBook)
#include "tst_ShortcutBook.moc"
