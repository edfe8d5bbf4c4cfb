// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/SaltGuard.h"

#include "core/store/Connection.h"
#include "core/store/Transaction.h"
#include "tests/support/Qt.h"
#include "tests/unit/store/StoreFixture.h"

#include <QTest>

using namespace sluice;
using namespace sluice::test;

namespace {

constexpr FileSalt Salt{9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 11, 12, 13, 14, 15, 16};

Status createLedger(const std::string& path, const FileSalt& salt = Salt)
{
    SLUICE_TRY(Connection connection,
        Connection::open(path, testKey(), {.mode = OpenMode::Create, .salt = salt}));
    return connection.execute("CREATE TABLE t(i INTEGER) STRICT; INSERT INTO t VALUES (42)");
}

} // namespace

class tst_SaltGuard : public QObject {
    Q_OBJECT

private slots:
    void aTornStartIsRepaired()
    {
        const StoreFolder folder;
        const std::string path = folder.file();
        QVERIFY_OK(createLedger(path));
        const QByteArray good = fileBytes(path);
        QByteArray torn = good;
        torn.replace(0, 16, QByteArray(16, '\xA5'));
        QVERIFY(writeBytes(path, torn));
        QCOMPARE(Connection::open(path, testKey(), {}).error().code, ErrorCode::Damaged);
        const auto lock = LedgerLock::acquire(path, "test");
        QVERIFY_OK(lock);
        for (const bool expected : {true, false}) { // the second time there is nothing to do
            const auto repaired = restoreSalt(*lock, Salt, testKey());
            QVERIFY_OK(repaired);
            QCOMPARE(*repaired, expected);
            QCOMPARE(fileBytes(path), good);
        }
        QCOMPARE(fileBytes(path + ".pre-repair"), torn);
        auto connection = Connection::open(path, testKey(), {});
        QVERIFY_OK(connection);
        QCOMPARE(*connection->queryInt("SELECT i FROM t"), 42);
    }

    void theLogSurvivesTheRepair()
    {
        const StoreFolder folder;
        const std::string path = folder.file();
        QVERIFY_OK(createLedger(path));
        QByteArray main;
        QByteArray log;
        {
            auto connection = Connection::open(path, testKey(), {});
            QVERIFY_OK(connection->execute("UPDATE t SET i = 43"));
            main = fileBytes(path);
            log = fileBytes(path + "-wal");
        }
        QVERIFY(!log.isEmpty());
        main.replace(0, 4, "torn");
        QVERIFY(writeBytes(path, main));
        QVERIFY(writeBytes(path + "-wal", log));
        const auto lock = LedgerLock::acquire(path, "test");
        const auto repaired = restoreSalt(*lock, Salt, testKey());
        QVERIFY_OK(repaired);
        QVERIFY(*repaired);
        QCOMPARE(fileBytes(path + ".pre-repair-wal"), log);
        auto connection = Connection::open(path, testKey(), {});
        QVERIFY_OK(connection);
        QCOMPARE(*connection->queryInt("SELECT i FROM t"), 43);
    }

    void aLedgerThatOpensIsLeftAlone()
    {
        const StoreFolder folder;
        QVERIFY_OK(createLedger(folder.file(), FileSalt{1}));
        const QByteArray before = fileBytes(folder.file());
        const auto lock = LedgerLock::acquire(folder.file(), "test");
        const auto repaired = restoreSalt(*lock, Salt, testKey());
        QVERIFY_OK(repaired);
        QVERIFY(!*repaired);
        QCOMPARE(fileBytes(folder.file()), before);
    }

    void whatIsNoLedgerIsLeftAlone()
    {
        const StoreFolder folder;
        for (const QByteArray& content : {QByteArray{}, QByteArray{"short"},
                 QByteArray{"SQLite format 3\0", 16} + QByteArray(5000, 'x')}) {
            QVERIFY(writeBytes(folder.file(), content));
            const auto lock = LedgerLock::acquire(folder.file(), "test");
            const auto repaired = restoreSalt(*lock, Salt, testKey());
            QVERIFY_OK(repaired);
            QVERIFY(!*repaired);
            QCOMPARE(fileBytes(folder.file()), content);
        }
        const auto lock = LedgerLock::acquire(folder.file("none.sluice"), "test");
        QCOMPARE(restoreSalt(*lock, Salt, testKey()).error().code, ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(tst_SaltGuard)
#include "tst_SaltGuard.moc"
