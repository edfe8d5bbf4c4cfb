// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Connection.h"

#include "core/store/LedgerFile.h"
#include "core/store/Transaction.h"
#include "tests/support/Qt.h"
#include "tests/unit/store/StoreFixture.h"

#include <QDir>
#include <QFile>
#include <QTest>
#include <QtEndian>

#include <array>
#include <map>
#include <set>
#include <thread>

using namespace sluice;
using namespace sluice::test;

namespace {

constexpr std::string_view PlainText = "a sentence that nobody may find in the file";

Result<Connection> create(const std::string& path)
{
    return Connection::open(path, testKey(), {.mode = OpenMode::Create});
}

Status fill(Connection& connection, int rows)
{
    SLUICE_TRY_DO(
        connection.execute("CREATE TABLE note(id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT"));
    return inTransaction(connection, [rows](Connection& open) -> Status {
        SLUICE_TRY(Statement insert, open.prepare("INSERT INTO note(text) VALUES (?1)"));
        for (int i = 0; i < rows; ++i)
            SLUICE_TRY_DO(insert.bindText(1, PlainText).run());
        return Status::success();
    });
}

} // namespace

class tst_Connection : public QObject {
    Q_OBJECT

private slots:
    // As SQLCipher does it: what the log holds of a page is what the file holds of it afterwards,
    // byte by byte.
    void aCheckpointMovesPagesAsTheyAre()
    {
#ifndef SLUICE_PAGES_MOVE_AS_THEY_ARE
        QSKIP("this SQLite3MC is not the one whose checkpoints are known");
#endif
        constexpr int PageSize = 4'096;
        constexpr int LogHeader = 32;
        constexpr int FrameHeader = 24;
        const StoreFolder folder;
        auto connection = create(folder.file());
        QVERIFY_OK(connection);
        QVERIFY_OK(fill(*connection, 2'000));
        const QByteArray log = fileBytes(folder.file() + "-wal");
        std::map<quint32, QByteArray> last; // by page: the newest frame of it
        for (int at = LogHeader; at + FrameHeader + PageSize <= log.size();
             at += FrameHeader + PageSize)
            last[qFromBigEndian<quint32>(log.constData() + at)]
                = log.mid(at + FrameHeader, PageSize);
        QVERIFY(last.size() > 20);
        QVERIFY_OK(connection->checkpoint());
        const QByteArray file = fileBytes(folder.file());
        for (const auto& [page, bytes] : last)
            QVERIFY2(file.mid(static_cast<int>(page - 1) * PageSize, PageSize) == bytes,
                qPrintable(QString::number(page)));
        connection = Connection::open(folder.file(), testKey(), {});
        QVERIFY_OK(connection);
        auto count = connection->prepare("SELECT count(*) FROM note");
        QVERIFY_OK(count);
        QVERIFY(*count->step());
        QCOMPARE(count->columnInt(0), std::int64_t{2'000});
    }

    void createsEncryptedAndReopens()
    {
        const StoreFolder folder;
        {
            auto connection = create(folder.file());
            QVERIFY_OK(connection);
            QVERIFY_OK(fill(*connection, 100));
            QVERIFY(!fileBytes(folder.file() + "-wal").contains(PlainText.data()));
        }
        QVERIFY(!fileBytes(folder.file()).contains(PlainText.data()));
        QVERIFY(!fileBytes(folder.file()).startsWith("SQLite format 3"));
        QCOMPARE(QFile::permissions(QString::fromStdString(folder.file()))
                & (QFile::ReadGroup | QFile::ReadOther),
            QFile::Permissions{});
        auto again = Connection::open(folder.file(), testKey(), {});
        QVERIFY_OK(again);
        QCOMPARE(*again->queryInt("SELECT count(*) FROM note"), 100);
        QCOMPARE(again->path(),
            QFileInfo{QString::fromStdString(folder.file())}.canonicalFilePath().toStdString());
    }

    void keepsTheContract_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<qint64>("expected");
        QTest::newRow("synchronous") << QByteArray{"PRAGMA synchronous"} << qint64{2};
        QTest::newRow("foreign keys") << QByteArray{"PRAGMA foreign_keys"} << qint64{1};
        QTest::newRow("trusted schema") << QByteArray{"PRAGMA trusted_schema"} << qint64{0};
        QTest::newRow("cell size check") << QByteArray{"PRAGMA cell_size_check"} << qint64{1};
        QTest::newRow("secure delete") << QByteArray{"PRAGMA secure_delete"} << qint64{1};
        QTest::newRow("checkpoint") << QByteArray{"PRAGMA wal_autocheckpoint"} << qint64{1000};
        QTest::newRow("busy timeout") << QByteArray{"PRAGMA busy_timeout"} << qint64{5000};
        QTest::newRow("page size") << QByteArray{"PRAGMA page_size"} << qint64{4096};
        QTest::newRow("temp store")
            << QByteArray{"SELECT sqlite_compileoption_used('TEMP_STORE=3')"} << qint64{1};
        QTest::newRow("no plain double quotes")
            << QByteArray{"SELECT sqlite_compileoption_used('DQS=0')"} << qint64{1};
    }
    void keepsTheContract()
    {
        QFETCH(QByteArray, query);
        QFETCH(qint64, expected);
        const StoreFolder folder;
        auto connection = create(folder.file());
        QVERIFY_OK(connection);
        QCOMPARE(*connection->queryInt(query.toStdString()), expected);
    }

    void isDefensive()
    {
        const StoreFolder folder;
        auto connection = create(folder.file());
        QVERIFY_OK(connection);
        QVERIFY_OK(fill(*connection, 1));
        QVERIFY(!connection->execute("PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql='x'")
                     .ok());
        // text, and it stays "wal"
        QCOMPARE(*connection->queryInt("PRAGMA journal_mode=DELETE"), 0);
        QVERIFY(!connection->execute("SELECT \"no such column\" FROM note").ok());
    }

    void tellsTroubleApart()
    {
        const StoreFolder folder;
        QCOMPARE(Connection::open(folder.file("none.sluice"), testKey(), {}).error().code,
            ErrorCode::NotFound);
        QVERIFY(writeBytes(folder.file("empty.sluice"), {}));
        QCOMPARE(Connection::open(folder.file("empty.sluice"), testKey(), {}).error().code,
            ErrorCode::NotALedger);
        QVERIFY(writeBytes(folder.file("plain.sluice"),
            QByteArray{"SQLite format 3\0", 16} + QByteArray(5000, '\0')));
        QCOMPARE(Connection::open(folder.file("plain.sluice"), testKey(), {}).error().code,
            ErrorCode::NotALedger);
        QVERIFY(writeBytes(folder.file("noise.sluice"), QByteArray(8192, 'x')));
        QCOMPARE(Connection::open(folder.file("noise.sluice"), testKey(), {}).error().code,
            ErrorCode::Damaged);
        {
            auto connection = create(folder.file());
            QVERIFY_OK(connection);
            QVERIFY_OK(fill(*connection, 10));
            QCOMPARE(create(folder.file()).error().code, ErrorCode::AlreadyExists);
        }
        QCOMPARE(Connection::open(folder.file(), testKey(2), {}).error().code, ErrorCode::Damaged);
        QCOMPARE(Connection::open(
                     folder.file("no folder/x.sluice"), testKey(), {.mode = OpenMode::Create})
                     .error()
                     .code,
            ErrorCode::NotFound);
    }

    void networkFoldersAreKnown()
    {
        for (const std::uint64_t type : {0x6969ULL, 0xFF534D42ULL, 0xFE534D42ULL})
            QVERIFY(isNetworkFileSystem(type));
        // ext4, btrfs, xfs, tmpfs, overlay
        for (const std::uint64_t type :
            {0xEF53ULL, 0x9123683EULL, 0x58465342ULL, 0x01021994ULL, 0x794C7630ULL})
            QVERIFY(!isNetworkFileSystem(type));
        const StoreFolder folder;
        QVERIFY_OK(requireLocalDisk(folder.path().toStdString()));
    }

    void beginsWithTheGivenSalt()
    {
        const StoreFolder folder;
        const FileSalt salt{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
        auto connection
            = Connection::open(folder.file(), testKey(), {.mode = OpenMode::Create, .salt = salt});
        QVERIFY_OK(connection);
        QCOMPARE(connection->fileSalt(), salt);
        QCOMPARE(*readFileSalt(folder.file()), salt);
    }

    void twoLedgersShareNoPage()
    {
        const StoreFolder folder;
        std::set<QByteArray> pages;
        int count = 0;
        for (const char* name : {"a.sluice", "b.sluice"}) {
            {
                auto connection = create(folder.file(name));
                QVERIFY_OK(connection);
                QVERIFY_OK(fill(*connection, 2000));
            }
            const QByteArray bytes = fileBytes(folder.file(name));
            for (qsizetype at = 0; at < bytes.size(); at += 4096, ++count)
                pages.insert(bytes.mid(at, 4096));
        }
        QVERIFY(count > 50);
        QCOMPARE(static_cast<int>(pages.size()), count);
    }

    void cancelsARunningStatement()
    {
        const StoreFolder folder;
        auto connection = create(folder.file());
        QVERIFY_OK(connection);
        constexpr auto Endless
            = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
        StopToken token;
        connection->setStopToken(token);
        std::jthread stopper{[&token] { token.requestStop(); }};
        QCOMPARE(connection->queryInt(Endless).error().code, ErrorCode::Cancelled);
        connection->setStopToken(std::nullopt);
        QCOMPARE(*connection->queryInt("SELECT 7"), 7);
        std::atomic<bool> done{false};
        std::jthread interrupter{[&] {
            while (!done)
                connection->interrupt();
        }};
        QCOMPARE(connection->queryInt(Endless).error().code, ErrorCode::Cancelled);
        done = true;
    }

    void backsUpWhileOthersWrite()
    {
        const StoreFolder folder;
        auto connection = create(folder.file());
        QVERIFY_OK(connection);
        QVERIFY_OK(fill(*connection, 20000));
        auto writer = Connection::open(folder.file(), testKey(), {});
        QVERIFY_OK(writer);
        int steps = 0;
        const TaskContext task{StopToken{}, [&](const Progress&) {
                                   ++steps;
                                   QVERIFY_OK(
                                       writer->execute("INSERT INTO note(text) VALUES ('later')"));
                               }};
        QVERIFY_OK(connection->backupTo(folder.file("backup.sluice"), testKey(), task));
        QVERIFY(steps > 0);
        QCOMPARE(connection->backupTo(folder.file("backup.sluice"), testKey(), {}).error().code,
            ErrorCode::AlreadyExists);
        QVERIFY(!fileBytes(folder.file("backup.sluice")).contains(PlainText.data()));
        QCOMPARE(QDir{folder.path()}.entryList({QStringLiteral("backup*")}, QDir::Files).size(), 1);
        auto copy = Connection::open(folder.file("backup.sluice"), testKey(), {});
        QVERIFY_OK(copy);
        QCOMPARE(copy->fileSalt(), connection->fileSalt());
        QCOMPARE(*copy->queryInt("SELECT count(*) FROM note"), 20000);
        auto check = copy->prepare("PRAGMA integrity_check");
        QVERIFY_OK(check->step());
        QCOMPARE(check->columnText(0), std::string_view{"ok"});
    }

    void aStoppedBackupLeavesNothing()
    {
        const StoreFolder folder;
        auto connection = create(folder.file());
        QVERIFY_OK(connection);
        QVERIFY_OK(fill(*connection, 100));
        StopToken stop;
        stop.requestStop();
        const auto status
            = connection->backupTo(folder.file("backup.sluice"), testKey(), {stop, {}});
        QCOMPARE(status.error().code, ErrorCode::Cancelled);
        QCOMPARE(QDir{folder.path()}.entryList({QStringLiteral("backup*")}, QDir::Files).size(), 0);
        QVERIFY(!connection->inTransaction());
    }

    void readOnlyRefusesToWrite()
    {
        const StoreFolder folder;
        auto connection = create(folder.file());
        QVERIFY_OK(connection);
        QVERIFY_OK(fill(*connection, 1));
        auto reader = Connection::open(folder.file(), testKey(), {.mode = OpenMode::ReadOnly});
        QVERIFY_OK(reader);
        QCOMPARE(*reader->queryInt("SELECT count(*) FROM note"), 1);
        QCOMPARE(reader->execute("DELETE FROM note").error().code, ErrorCode::ReadOnly);
    }

    void mapsConstraintAndLock()
    {
        const StoreFolder folder;
        auto connection = create(folder.file());
        QVERIFY_OK(connection);
        QVERIFY_OK(fill(*connection, 1));
        const auto duplicate = connection->execute("INSERT INTO note VALUES (1, 'x')");
        QCOMPARE(duplicate.error().code, ErrorCode::AlreadyExists);
        auto second = Connection::open(folder.file(), testKey(), {.busyTimeoutMs = 0});
        QVERIFY_OK(second);
        auto transaction = Transaction::begin(*connection);
        QVERIFY_OK(transaction);
        QCOMPARE(Transaction::begin(*second).error().code, ErrorCode::Locked);
    }
};

QTEST_GUILESS_MAIN(tst_Connection)
#include "tst_Connection.moc"
