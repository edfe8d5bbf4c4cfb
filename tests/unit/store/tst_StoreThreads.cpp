// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/ReadPool.h"
#include "core/store/StoreWriter.h"
#include "core/store/Transaction.h"

#include "tests/support/Qt.h"
#include "tests/unit/store/StoreFixture.h"

#include <QTest>

#include <atomic>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace sluice;
using namespace sluice::test;

namespace {

Status createTable(const std::string& path)
{
    SLUICE_TRY(
        Connection connection, Connection::open(path, testKey(), {.mode = OpenMode::Create}));
    return connection.execute(
        "CREATE TABLE t(a INTEGER NOT NULL, b INTEGER NOT NULL) STRICT; INSERT INTO t VALUES (0, 0)");
}

StoreWriter::Job insert(int value)
{
    return [value](Connection& connection) -> Status {
        SLUICE_TRY(Statement statement, connection.prepare("INSERT INTO t VALUES (?1, -?1)"));
        return statement.bind(1, value).run();
    };
}

} // namespace

class tst_StoreThreads : public QObject {
    Q_OBJECT

private slots:
    void runsJobsInOrderAndFinishesThemOnClose()
    {
        const StoreFolder folder;
        QVERIFY_OK(createTable(folder.file()));
        std::vector<std::future<Status>> futures;
        {
            StoreWriter writer{*Connection::open(folder.file(), testKey(), {})};
            for (int i = 1; i <= 100; ++i)
                futures.push_back(writer.submit(insert(i)));
        }
        for (auto& future : futures)
            QVERIFY_OK(future.get());
        auto connection = Connection::open(folder.file(), testKey(), {});
        QCOMPARE(*connection->queryInt("SELECT count(*) FROM t WHERE a = rowid - 1"), 101);
    }

    void aFailedOrThrowingJobChangesNothing()
    {
        const StoreFolder folder;
        QVERIFY_OK(createTable(folder.file()));
        StoreWriter writer{*Connection::open(folder.file(), testKey(), {})};
        auto failed = writer.submit([](Connection& connection) -> Status {
            SLUICE_TRY_DO(insert(1)(connection));
            return Error{ErrorCode::BadInput, {}, "no", {}};
        });
        auto thrown = writer.submit([](Connection& connection) -> Status {
            SLUICE_TRY_DO(insert(2)(connection));
            throw std::runtime_error{"bad day"};
        });
        auto good = writer.submit(insert(3));
        QCOMPARE(failed.get().error().code, ErrorCode::BadInput);
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, (void)thrown.get());
        QVERIFY_OK(good.get());
        auto outside = writer.maintain([](Connection& connection) -> Status {
            SLUICE_CHECK(!connection.inTransaction());
            return connection.checkpoint();
        });
        QVERIFY_OK(outside.get());
        auto connection = Connection::open(folder.file(), testKey(), {});
        QCOMPARE(*connection->queryInt("SELECT sum(a) FROM t"), 3);
    }

    void movesALongLogAfterTheAnswer()
    {
        const StoreFolder folder;
        QVERIFY_OK(createTable(folder.file()));
        StoreWriter writer{*Connection::open(folder.file(), testKey(), {})};
        const StopToken stop;
        QVERIFY_OK(
            writer
                .submit([&stop](Connection& connection) -> Status {
                    connection.setStopToken(stop);
                    return connection.execute(
                        "CREATE TABLE big(b BLOB) STRICT; INSERT INTO big VALUES (randomblob(8000000))");
                })
                .get());
        stop.requestStop(); // too late for that job, and no matter for the next
        QVERIFY_OK(writer.submit(insert(1)).get());
        QVERIFY(fileBytes(folder.file()).size() > 8'000'000);
        QVERIFY_OK(
            writer.maintain([](Connection& connection) { return connection.checkpoint(); }).get());
        QVERIFY(fileBytes(folder.file() + "-wal").isEmpty());
    }

    void aLeaseSeesOneCommit()
    {
        const StoreFolder folder;
        QVERIFY_OK(createTable(folder.file()));
        StoreWriter writer{*Connection::open(folder.file(), testKey(), {})};
        auto pool = ReadPool::open(folder.file(), testKey(), 2);
        QVERIFY_OK(pool);
        auto before = (*pool)->acquire();
        QVERIFY_OK(before);
        QVERIFY_OK(writer.submit(insert(1)).get());
        QCOMPARE(*before->connection().queryInt("SELECT count(*) FROM t"), 1);
        {
            auto after = (*pool)->acquire();
            QVERIFY_OK(after);
            QCOMPARE(*after->connection().queryInt("SELECT count(*) FROM t"), 2);
        }
        QCOMPARE(*before->connection().queryInt("SELECT count(*) FROM t"), 1);
        QVERIFY(!before->connection().execute("DELETE FROM t").ok());
    }

    void readersNeverSeeHalfATransaction()
    {
        const StoreFolder folder;
        QVERIFY_OK(createTable(folder.file()));
        auto pool = ReadPool::open(folder.file(), testKey(), 2);
        QVERIFY_OK(pool);
        std::atomic<bool> done{false};
        std::atomic<int> wrong{0};
        std::vector<std::jthread> readers;
        for (int i = 0; i < 3; ++i) { // more than there are connections
            readers.emplace_back([&] {
                while (!done) {
                    auto lease = (*pool)->acquire();
                    if (!lease.ok()
                        || lease->connection().queryInt("SELECT sum(a) + sum(b) FROM t").value()
                            != 0)
                        ++wrong;
                }
            });
        }
        {
            StoreWriter writer{*Connection::open(folder.file(), testKey(), {})};
            for (int i = 0; i < 200; ++i) {
                (void)writer.submit([i](Connection& connection) -> Status {
                    SLUICE_TRY_DO(connection.execute("INSERT INTO t VALUES (7, 0)"));
                    SLUICE_TRY_DO(insert(i)(connection));
                    return connection.execute("INSERT INTO t VALUES (0, -7)");
                });
            }
        }
        done = true;
        readers.clear();
        QCOMPARE(wrong.load(), 0);
    }
};

QTEST_GUILESS_MAIN(tst_StoreThreads)
#include "tst_StoreThreads.moc"
