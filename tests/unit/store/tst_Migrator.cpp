// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Migrator.h"

#include "tests/support/Qt.h"
#include "tests/unit/store/StoreFixture.h"

#include <QDir>
#include <QTest>

using namespace sluice;
using namespace sluice::test;

namespace {

constexpr std::int32_t Application = 0x536C6369;
constexpr std::string_view First
    = "CREATE TABLE parent(id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;\n"
      "CREATE TABLE child(id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES parent) STRICT;\n"
      "-- a ';' in a comment, and in a trigger\n"
      "CREATE TRIGGER keep BEFORE DELETE ON child BEGIN SELECT RAISE(ABORT, 'append; only'); END;\n"
      "INSERT INTO parent VALUES (1, 'a;b'); INSERT INTO child VALUES (1, 1);";
// SQLite's way to change a table: a new one, copied, renamed.
constexpr std::string_view Second
    = "CREATE TABLE renewed(id INTEGER PRIMARY KEY, title TEXT NOT NULL) STRICT;"
      "INSERT INTO renewed SELECT id, name FROM parent; DROP TABLE parent;"
      "ALTER TABLE renewed RENAME TO parent;";

MigratorOptions options(std::vector<Migration> migrations)
{
    return {.migrations = std::move(migrations), .applicationId = Application};
}

Result<Connection> create(const std::string& path)
{
    return Connection::open(path, testKey(), {.mode = OpenMode::Create});
}

} // namespace

class tst_Migrator : public QObject {
    Q_OBJECT

private slots:
    void buildsANewLedgerWithoutABackup()
    {
        const StoreFolder folder;
        auto connection = create(folder.file());
        QVERIFY_OK(connection);
        const Migrator migrator{options({{1, "one", First}, {2, "two", Second}})};
        const auto report = migrator.migrate(*connection, testKey(), {});
        QVERIFY_OK(report);
        QCOMPARE(report->from, 0);
        QCOMPARE(report->to, 2);
        QVERIFY(report->backupPath.empty());
        QCOMPARE(*connection->queryInt("PRAGMA user_version"), 2);
        QCOMPARE(*connection->queryInt("PRAGMA application_id"), Application);
        QCOMPARE(*connection->queryInt("PRAGMA foreign_keys"), 1);
        QCOMPARE(*connection->queryInt("SELECT count(*) FROM child"), 1);
        const auto again = migrator.migrate(*connection, testKey(), {});
        QCOMPARE(again->from, 2);
        QCOMPARE(QDir{folder.path()}.entryList({QStringLiteral("*before*")}).size(), 0);
    }

    void backsUpAnExistingLedger()
    {
        const StoreFolder folder;
        auto connection = create(folder.file());
        QVERIFY_OK(Migrator{options({{1, "one", First}})}.migrate(*connection, testKey(), {}));
        auto withBackup = options({{1, "one", First}, {2, "two", Second}});
        std::string told;
        withBackup.beforeBackup = [&](const std::string& path) {
            told = path;
            return Status::success();
        };
        const auto report = Migrator{withBackup}.migrate(*connection, testKey(), {});
        QVERIFY_OK(report);
        QCOMPARE(QFileInfo{QString::fromStdString(report->backupPath)}.fileName(),
            QStringLiteral("company.before-0002.sluice"));
        QCOMPARE(told, report->backupPath);
        auto old = Connection::open(report->backupPath, testKey(), {});
        QVERIFY_OK(old);
        QCOMPARE(*old->queryInt("PRAGMA user_version"), 1);
        QCOMPARE(*old->queryInt("SELECT count(name) FROM parent"), 1);
    }

    void doesNotMigrateWithoutItsBackup()
    {
        const StoreFolder folder;
        auto connection = create(folder.file());
        QVERIFY_OK(Migrator{options({{1, "one", First}})}.migrate(*connection, testKey(), {}));
        auto failing = options({{1, "one", First}, {2, "two", Second}});
        failing.beforeBackup = [](const std::string&) -> Status {
            return Error{ErrorCode::DiskFull, {}, "full", {}};
        };
        QCOMPARE(Migrator{failing}.migrate(*connection, testKey(), {}).error().code,
            ErrorCode::DiskFull);
        QCOMPARE(*connection->queryInt("PRAGMA user_version"), 1);
        failing.beforeBackup = nullptr;
        const auto report = Migrator{failing}.migrate(*connection, testKey(), {});
        QCOMPARE(QFileInfo{QString::fromStdString(report->backupPath)}.fileName(),
            QStringLiteral("company.before-0002.sluice"));
    }

    void aFailingStepLeavesTheVersionBefore_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::newRow("syntax") << QByteArray{
            "CREATE TABLE more(id INTEGER) STRICT; CREATE NONSENSE"};
        QTest::newRow("constraint") << QByteArray{
            "CREATE TABLE more(id INTEGER) STRICT; INSERT INTO parent VALUES (1, 'x')"};
        QTest::newRow("reference")
            << QByteArray{"CREATE TABLE more(id INTEGER) STRICT; DELETE FROM parent"};
        QTest::newRow("append only")
            << QByteArray{"CREATE TABLE more(id INTEGER) STRICT; DELETE FROM child"};
    }
    void aFailingStepLeavesTheVersionBefore()
    {
        QFETCH(QByteArray, sql);
        const StoreFolder folder;
        auto connection = create(folder.file());
        const Migrator migrator{
            options({{1, "one", First}, {2, "two", std::string_view{sql.constData()}}})};
        QVERIFY(!migrator.migrate(*connection, testKey(), {}).ok());
        QCOMPARE(*connection->queryInt("PRAGMA user_version"), 1);
        QCOMPARE(*connection->queryInt("SELECT count(*) FROM sqlite_schema WHERE name='more'"), 0);
        QCOMPARE(*connection->queryInt("SELECT count(*) FROM parent"), 1);
        QCOMPARE(*connection->queryInt("PRAGMA foreign_keys"), 1);
    }

    void refusesANewerLedgerAndAStrangeOne()
    {
        const StoreFolder folder;
        auto connection = create(folder.file());
        QVERIFY_OK(Migrator{options({{1, "one", First}, {2, "two", Second}})}.migrate(
            *connection, testKey(), {}));
        const auto newer
            = Migrator{options({{1, "one", First}})}.migrate(*connection, testKey(), {});
        QCOMPARE(newer.error().code, ErrorCode::NewerSchema);
        QVERIFY_OK(connection->execute("PRAGMA application_id=7"));
        QCOMPARE(Migrator{options({{1, "one", First}})}.check(*connection).error().code,
            ErrorCode::NotALedger);
        auto foreign = create(folder.file("foreign.sluice"));
        QVERIFY_OK(foreign->execute("CREATE TABLE theirs(id INTEGER)"));
        QCOMPARE(Migrator{options({{1, "one", First}})}.check(*foreign).error().code,
            ErrorCode::NotALedger);
    }

    void theEmbeddedStepsAreInOrder()
    {
        const auto migrations = Migrator::embedded();
        QVERIFY_OK(migrations);
        for (const Migration& migration : *migrations)
            QVERIFY(!migration.sql.empty());
    }
};

QTEST_GUILESS_MAIN(tst_Migrator)
#include "tst_Migrator.moc"
