// SPDX-License-Identifier: GPL-3.0-or-later
// A ledger is a SQLCipher 4 file: the genuine engine reads and writes it, and ours reads what that
// wrote.
#include "tests/store/SecondEngine.h"
#include "tests/store/Workload.h"
#include "tests/support/Qt.h"
#include "tests/unit/store/StoreFixture.h"

#include <QTest>

using namespace sluice;
using namespace sluice::test;

class tst_SecondEngine : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (!hasSecondEngine())
            QSKIP("SQLCipher's source could not be fetched when this was configured");
    }

    void readsAndWritesALedger()
    {
        const StoreFolder folder;
        const std::string path = folder.file();
        SeededRandom random{1};
        {
            auto connection = Connection::open(path, bankKey(), {.mode = OpenMode::Create});
            QVERIFY_OK(connection);
            QVERIFY_OK(createBank(*connection));
            for (int i = 1; i <= 100; ++i)
                QVERIFY_OK(transfer(*connection, i, random));
        }
        QCOMPARE(runSecondEngine(path, bankKey(),
                     {QStringLiteral("SELECT count(*) FROM entry"),
                         QStringLiteral("PRAGMA integrity_check"),
                         // a row per page that is wrong
                         QStringLiteral("PRAGMA cipher_integrity_check"),
                         QStringLiteral("UPDATE account SET balance = balance")}),
            QByteArray{"100\nok\n"});
        auto connection = Connection::open(path, bankKey(), {});
        QVERIFY_OK(connection);
        QCOMPARE(*checkBank(*connection), 100);
    }

    // With the log still there, as after a crash.
    void readsALedgerWithItsLog()
    {
        const StoreFolder folder;
        const std::string path = folder.file();
        const std::string copy = folder.file("copy.sluice");
        SeededRandom random{2};
        {
            auto connection = Connection::open(path, bankKey(), {.mode = OpenMode::Create});
            QVERIFY_OK(connection);
            QVERIFY_OK(createBank(*connection));
            QVERIFY_OK(connection->checkpoint());
            for (int i = 1; i <= 10; ++i)
                QVERIFY_OK(transfer(*connection, i, random));
            QVERIFY(writeBytes(copy, fileBytes(path))
                && writeBytes(copy + "-wal", fileBytes(path + "-wal")));
        }
        QVERIFY(!fileBytes(copy + "-wal").isEmpty());
        QCOMPARE(runSecondEngine(copy, bankKey(), {QStringLiteral("SELECT count(*) FROM entry")}),
            QByteArray{"10\n"});
    }

    void needsTheKey()
    {
        const StoreFolder folder;
        {
            auto connection
                = Connection::open(folder.file(), bankKey(), {.mode = OpenMode::Create});
            QVERIFY_OK(connection);
            QVERIFY_OK(createBank(*connection));
        }
        QVERIFY(runSecondEngine(folder.file(), testKey(), {QStringLiteral("SELECT 1 FROM entry")})
                    .startsWith("failed: file is not a database"));
    }
};

QTEST_GUILESS_MAIN(tst_SecondEngine)
#include "tst_SecondEngine.moc"
