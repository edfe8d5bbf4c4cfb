// SPDX-License-Identifier: GPL-3.0-or-later
// Every disk operation of a session fails once, in every way; and disks that are full or may not be
// written.
#include "core/store/Connection.h"
#include "core/store/Migrator.h"
#include "core/store/Transaction.h"
#include "tests/store/MemoryFs.h"
#include "tests/store/Workload.h"
#include "tests/support/Qt.h"
#include "tests/support/Unprivileged.h"
#include "tests/unit/store/StoreFixture.h"

#include <QTest>

#include <sqlite3.h>

using namespace sluice;
using namespace sluice::test;

namespace {

constexpr const char* LedgerPath = "/disk/company.sluice";
constexpr int OperationsMax = 5000; // far more than any session here needs

enum class Session : std::uint8_t { Transfers, Checkpoint, Migration };

} // namespace

class tst_StoreFaults : public QObject {
    Q_OBJECT

    MemoryFs m_disk{"faults"};
    MemoryFs::Files m_fresh;
    static constexpr std::int64_t FreshCount = 5;

    Result<Connection> open(OpenMode mode = OpenMode::ReadWrite)
    {
        return Connection::open(
            LedgerPath, bankKey(), {.mode = mode, .salt = bankSalt(), .vfs = m_disk.name()});
    }

    // One session on the faulty disk; returns how many transfers were acknowledged.
    Status work(Session session, std::int64_t& acknowledged)
    {
        SeededRandom random{3};
        SLUICE_TRY(Connection connection, open());
        if (session == Session::Migration) {
            constexpr std::string_view Step
                = "CREATE TABLE more(id INTEGER PRIMARY KEY, text TEXT) STRICT;"
                  "INSERT INTO more SELECT number, text FROM entry";
            const Migrator migrator{{.migrations = {{1, "bank", Step}}, .applicationId = 0}};
            SLUICE_TRY_DO(migrator.migrate(connection, bankKey(), {}));
        }
        for (int i = 0; i < 3; ++i) {
            SLUICE_TRY_DO(transfer(connection, acknowledged + 1, random));
            ++acknowledged;
        }
        return session == Session::Checkpoint ? connection.checkpoint() : Status::success();
    }

    void addFaults()
    {
        QTest::addColumn<int>("session");
        QTest::addColumn<int>("code");
        QTest::addColumn<bool>("persistent");
        QTest::addColumn<bool>("shortRead");
        const std::pair<const char*, Session> sessions[]{{"transfers", Session::Transfers},
            {"checkpoint", Session::Checkpoint}, {"migration", Session::Migration}};
        for (const auto& [name, session] : sessions) {
            const auto row = [&, title = name, number = static_cast<int>(session)](
                                 const char* kind, int code, bool persistent, bool shortRead) {
                QTest::addRow("%s, %s", title, kind) << number << code << persistent << shortRead;
            };
            row("I/O error once", SQLITE_IOERR, false, false);
            row("I/O error from then on", SQLITE_IOERR, true, false);
            row("disk full once", SQLITE_FULL, false, false);
            row("disk full from then on", SQLITE_FULL, true, false);
            row("read-only", SQLITE_READONLY, true, false);
            row("cannot open", SQLITE_CANTOPEN, false, false);
            row("no memory", SQLITE_IOERR_NOMEM, false, false);
            row("short read", SQLITE_IOERR_SHORT_READ, false, true);
        }
    }

private slots:
    void initTestCase()
    {
        SeededRandom random{7};
        {
            auto connection = open(OpenMode::Create);
            QVERIFY_OK(connection);
            QVERIFY_OK(createBank(*connection));
            for (std::int64_t i = 1; i <= FreshCount; ++i)
                QVERIFY_OK(transfer(*connection, i, random));
        }
        m_fresh = m_disk.files();
    }

    void everyOperationFailsOnce_data() { addFaults(); }
    void everyOperationFailsOnce()
    {
        QFETCH(int, session);
        QFETCH(int, code);
        QFETCH(bool, persistent);
        QFETCH(bool, shortRead);
        int failed = 0;
        int operation = 1;
        for (; operation < OperationsMax; ++operation) {
            m_disk.reset(m_fresh);
            m_disk.setFault({.atOperation = operation,
                .code = code,
                .persistent = persistent,
                .shortRead = shortRead});
            std::int64_t acknowledged = FreshCount;
            const Status status = work(static_cast<Session>(session), acknowledged);
            if (!m_disk.faultHappened()) {
                QVERIFY_OK(status);
                break;
            }
            m_disk.setFault({});
            failed += status.ok() ? 0 : 1;
            QVERIFY(status.ok() || status.error().code != ErrorCode::Internal);
            // Retried without the fault: everything acknowledged is there, and whole.
            auto connection = open();
            QVERIFY2(connection.ok(), qPrintable(QStringLiteral("operation %1").arg(operation)));
            const auto count = checkBank(*connection);
            QVERIFY_OK(count);
            QVERIFY(*count >= acknowledged && *count <= acknowledged + 1);
            SeededRandom random{9};
            QVERIFY_OK(transfer(*connection, *count + 1, random));
        }
        QVERIFY(operation < OperationsMax);
        QVERIFY(failed > 0 || shortRead);
        qInfo("%d operations, %d of them ended the session", operation - 1, failed);
    }

    // What a creation leaves behind that failed at any of its operations is a ledger or is refused
    // as none; the next one of that name succeeds.
    void everyOperationOfACreationFailsOnce_data()
    {
        QTest::addColumn<int>("code");
        for (const auto& [name, code] :
            {std::pair{"I/O error", SQLITE_IOERR}, std::pair{"disk full", SQLITE_FULL},
                std::pair{"read-only", SQLITE_READONLY}, std::pair{"cannot open", SQLITE_CANTOPEN}})
            QTest::newRow(name) << code;
    }
    void everyOperationOfACreationFailsOnce()
    {
        QFETCH(int, code);
        const auto create = [this]() -> Status {
            SLUICE_TRY(Connection connection, open(OpenMode::Create));
            return createBank(connection);
        };
        int failed = 0;
        int operation = 1;
        for (; operation < OperationsMax; ++operation) {
            m_disk.reset({});
            m_disk.setFault({.atOperation = operation, .code = code, .persistent = true});
            const Status status = create();
            const bool happened = m_disk.faultHappened();
            m_disk.setFault({});
            if (!happened) {
                QVERIFY_OK(status);
                break;
            }
            failed += status.ok() ? 0 : 1;
            QVERIFY(status.ok() || status.error().code != ErrorCode::Internal);
            if (m_disk.files().contains(LedgerPath)) {
                auto left = open();
                if (status.ok())
                    QVERIFY_OK(checkBank(*left));
                else if (!left.ok())
                    QVERIFY2(left.error().code == ErrorCode::NotALedger
                            || left.error().code == ErrorCode::Damaged,
                        errorSentence(left.error()).c_str());
            }
            m_disk.reset({});
            QVERIFY_OK(create());
        }
        QVERIFY(operation < OperationsMax);
        QVERIFY(failed > 0);
        qInfo("%d operations, %d of them ended the creation", operation - 1, failed);
    }

    void fullAndReadOnlyAreNamedSo()
    {
        SeededRandom random{5};
        for (const auto& [code, expected] : {std::pair{SQLITE_FULL, ErrorCode::DiskFull},
                 std::pair{SQLITE_IOERR_WRITE, ErrorCode::Io}}) {
            m_disk.reset(m_fresh);
            auto connection = open();
            QVERIFY_OK(connection);
            m_disk.setFault({.atOperation = 1, .code = code, .persistent = true});
            QCOMPARE(transfer(*connection, FreshCount + 1, random).error().code, expected);
            m_disk.setFault({}); // room again, while the ledger is open
            QVERIFY_OK(transfer(*connection, FreshCount + 1, random));
            QCOMPARE(*checkBank(*connection), FreshCount + 1);
        }
    }

    void aReadOnlyFolderIsNamedSo()
    {
        const StoreFolder folder;
        constexpr auto ReadAll
            = QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther;
        {
            auto connection
                = Connection::open(folder.file(), bankKey(), {.mode = OpenMode::Create});
            QVERIFY_OK(connection);
            QVERIFY_OK(createBank(*connection));
        }
        QVERIFY(QFile::setPermissions(
            QString::fromStdString(folder.file()), QFile::ReadOwner | QFile::ReadOther));
        QVERIFY(QFile::setPermissions(folder.path(), ReadAll));
        ErrorCode opening{};
        ErrorCode creating{};
        {
            const Unprivileged unprivileged;
            opening = Connection::open(folder.file(), bankKey(), {}).error().code;
            creating
                = Connection::open(folder.file("new.sluice"), bankKey(), {.mode = OpenMode::Create})
                      .error()
                      .code;
        }
        QVERIFY(QFile::setPermissions(folder.path(), ReadAll | QFile::WriteOwner));
        QCOMPARE(opening, ErrorCode::ReadOnly);
        QCOMPARE(creating, ErrorCode::ReadOnly);
    }
};

QTEST_GUILESS_MAIN(tst_StoreFaults)
#include "tst_StoreFaults.moc"
