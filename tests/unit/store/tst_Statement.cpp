// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Statement.h"

#include "core/store/Transaction.h"
#include "tests/support/Qt.h"
#include "tests/unit/store/StoreFixture.h"

#include <QTest>

#include <array>
#include <csignal>
#include <limits>
#include <string>

#include <spawn.h>
#include <sys/wait.h>

using namespace sluice;
using namespace sluice::test;

extern char** environ;

class tst_Statement : public QObject {
    Q_OBJECT

    StoreFolder m_folder;
    std::optional<Connection> m_connection;

private slots:
    void initTestCase()
    {
        auto opened = Connection::open(m_folder.file(), testKey(), {.mode = OpenMode::Create});
        QVERIFY_OK(opened);
        m_connection.emplace(*std::move(opened));
        QVERIFY_OK(m_connection->execute(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, i INTEGER, s TEXT, b BLOB) STRICT; -- end"));
    }

    void carriesEveryKindOfValue()
    {
        auto insert = m_connection->prepare("INSERT INTO t VALUES (?1, ?2, ?3, ?4)");
        QVERIFY_OK(insert);
        const std::string text{"a\0b\xC3\xA9", 5};
        const std::array<std::uint8_t, 4> blob{0, 1, 0, 255};
        QVERIFY_OK(insert->bind(1, 1)
                       .bind(2, std::numeric_limits<std::int64_t>::min())
                       .bindText(3, text)
                       .bindBlob(4, blob)
                       .run());
        QVERIFY_OK(insert->bind(1, 2).bindNull(2).bindTextRef(3, {}).bindBlobRef(4, {}).run());
        QVERIFY_OK(insert->bind(1, 3)
                       .bind(2, std::optional<std::int64_t>{7})
                       .bindTextRef(3, text)
                       .bindBlobRef(4, blob)
                       .run());
        QCOMPARE(m_connection->lastInsertId(), 3);
        QCOMPARE(m_connection->changes(), 1);

        auto select = m_connection->prepare("SELECT i, s, b FROM t ORDER BY id");
        QVERIFY_OK(select);
        QCOMPARE(select->columnCount(), 3);
        QCOMPARE(select->columnName(2), std::string_view{"b"});
        QVERIFY(*select->step());
        QCOMPARE(select->columnInt(0), std::numeric_limits<std::int64_t>::min());
        QCOMPARE(select->columnText(1), std::string_view{text});
        QVERIFY(std::ranges::equal(select->columnBlob(2), blob));
        QVERIFY(*select->step());
        QVERIFY(select->isNull(0) && !select->isNull(1) && !select->isNull(2)); // empty is not null
        QCOMPARE(select->columnInt(0), 0);
        QCOMPARE(select->columnOptionalInt(0), std::nullopt);
        QVERIFY(select->columnText(1).empty() && select->columnBlob(2).empty());
        QVERIFY(*select->step());
        QCOMPARE(select->columnOptionalInt(0), std::optional<std::int64_t>{7});
        QVERIFY(!*select->step());
        select->reset();
        QVERIFY(*select->step());
        QVERIFY_OK(m_connection->execute("DELETE FROM t"));
    }

    void aFailedBindIsReportedByTheStep()
    {
        auto insert = m_connection->prepare("INSERT INTO t(i) VALUES (?1)");
        QVERIFY(!insert->bind(2, 5).run().ok());
        QVERIFY_OK(insert->bind(1, 5).run()); // and forgotten with the reset
        QVERIFY_OK(m_connection->execute("DELETE FROM t"));
    }

    void messagesHoldNoValues()
    {
        QVERIFY_OK(m_connection->execute("CREATE TABLE u(s TEXT UNIQUE) STRICT"));
        auto insert = m_connection->prepare("INSERT INTO u VALUES (?1)");
        QVERIFY_OK(insert->bindText(1, "salary of Ada").run());
        const auto status = insert->bindText(1, "salary of Ada").run();
        QCOMPARE(status.error().code, ErrorCode::AlreadyExists);
        QVERIFY(errorSentence(status.error()).find("Ada") == std::string::npos);
    }

    void strictTablesRefuseTheWrongKind()
    {
        auto insert = m_connection->prepare("INSERT INTO t(i) VALUES (?1)");
        QVERIFY(!insert->bindText(1, "seven").run().ok());
    }

    void transactionsRollBackUnlessCommitted()
    {
        {
            auto transaction = Transaction::begin(*m_connection);
            QVERIFY_OK(transaction);
            QVERIFY_OK(m_connection->execute("INSERT INTO t(i) VALUES (1)"));
        }
        QCOMPARE(*m_connection->queryInt("SELECT count(*) FROM t"), 0);
        const Status failed = inTransaction(*m_connection, [](Connection& connection) -> Status {
            SLUICE_TRY_DO(connection.execute("INSERT INTO t(i) VALUES (1)"));
            return Error{ErrorCode::BadInput, {}, "no", {}};
        });
        QCOMPARE(failed.error().code, ErrorCode::BadInput);
        QCOMPARE(*m_connection->queryInt("SELECT count(*) FROM t"), 0);
        const Result<int> kept
            = inTransaction(*m_connection, [](Connection& connection) -> Result<int> {
                  SLUICE_TRY_DO(connection.execute("INSERT INTO t(i) VALUES (1)"));
                  return 42;
              });
        QCOMPARE(*kept, 42);
        QCOMPARE(*m_connection->queryInt("SELECT count(*) FROM t"), 1);
        QVERIFY(!m_connection->inTransaction());
    }

    void theForbiddenThreadStopsTheProgram()
    {
        // In a child: the check ends the program.
        std::string self = QCoreApplication::applicationFilePath().toStdString();
        std::string argument = "--forbidden";
        std::array<char*, 3> arguments{self.data(), argument.data(), nullptr};
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", 1, 0);
        pid_t child = 0;
        QCOMPARE(
            posix_spawn(&child, self.c_str(), &actions, nullptr, arguments.data(), environ), 0);
        posix_spawn_file_actions_destroy(&actions);
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    }
};

static int stepOnTheForbiddenThread()
{
    const StoreFolder folder;
    auto connection = Connection::open(folder.file(), testKey(), {.mode = OpenMode::Create});
    if (!connection.ok())
        return 1;
    Statement::setForbiddenThread(std::this_thread::get_id());
    return connection->queryInt("SELECT 1").ok() ? 2 : 3;
}

int main(int argc, char* argv[])
{
    QCoreApplication application{argc, argv};
    if (application.arguments().contains(QStringLiteral("--forbidden")))
        return stepOnTheForbiddenThread();
    tst_Statement test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_Statement.moc"
