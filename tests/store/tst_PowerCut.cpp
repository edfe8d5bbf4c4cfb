// SPDX-License-Identifier: GPL-3.0-or-later
// Ten thousand power cuts. The ledger works on a disk in memory until the power goes at some sync;
// what survived is written to a real file and opened by the product's own way: salt guard, then
// connection.
#include "core/store/Connection.h"
#include "core/store/Migrator.h"
#include "core/store/SaltGuard.h"
#include "tests/store/MemoryFs.h"
#include "tests/store/SecondEngine.h"
#include "tests/store/Workload.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace sluice;
using namespace sluice::test;

namespace {

constexpr const char* LedgerPath = "/disk/company.sluice";

// How the product works; the tests of the simulation itself take one part away.
struct Setup {
    bool fullSync{true};
    bool saltGuard{true};
};

struct Totals {
    int cuts{0};
    int torn{0};
    int dropped{0};
    int repairedSalts{0};
    int lost{0}; // acknowledged transfers that are gone
    int unreadable{0};
};

} // namespace

class tst_PowerCut : public QObject {
    Q_OBJECT

    MemoryFs m_disk{"powercut"};
    MemoryFs::Files m_fresh;
    std::int64_t m_freshCount{0};
    std::unique_ptr<QTemporaryDir> m_folder;

    Result<Connection> open(OpenMode mode = OpenMode::ReadWrite)
    {
        return Connection::open(
            LedgerPath, bankKey(), {.mode = mode, .salt = bankSalt(), .vfs = m_disk.name()});
    }

    // Transfers until the power goes; returns the number of the last acknowledged one.
    std::int64_t workUntilTheCut(SeededRandom& random, const Setup& setup)
    {
        std::int64_t acknowledged = m_freshCount;
        if (auto connection = open(); connection.ok()) {
            // Often enough that checkpoints, the dangerous writes, are cut too.
            (void)connection->execute(
                "PRAGMA wal_autocheckpoint=" + std::to_string(random.between(2, 40)));
            if (!setup.fullSync)
                (void)connection->execute("PRAGMA synchronous=NORMAL");
            // As the writer of an open ledger works: the log is moved between the commits.
            const bool deferred = random.chance(1, 2);
            if (deferred)
                connection->deferCheckpoints();
            const std::int64_t last = acknowledged + random.between(1, 25);
            while (acknowledged < last && transfer(*connection, acknowledged + 1, random).ok()) {
                ++acknowledged;
                if (deferred && random.chance(1, 5))
                    (void)connection->checkpoint();
            }
            if (random.chance(1, 4))
                (void)connection->checkpoint();
            // else it is closed first, with its checkpoint
            if (!m_disk.isOff() && random.chance(1, 2))
                m_disk.cutPowerNow();
        }
        if (!m_disk.isOff())
            m_disk.cutPowerNow();
        return acknowledged;
    }

    // The disk's files as real ones.
    std::string writeOut()
    {
        const std::string path = m_folder->filePath(QStringLiteral("company.sluice")).toStdString();
        for (const char* suffix : {"", "-wal", "-shm", ".pre-repair", ".pre-repair-wal"})
            QFile::remove(QString::fromStdString(path + suffix));
        for (const auto& [name, bytes] : m_disk.files()) {
            QFile file{QString::fromStdString(path + name.substr(std::string{LedgerPath}.size()))};
            SLUICE_CHECK(file.open(QIODevice::WriteOnly));
            file.write(
                reinterpret_cast<const char*>(bytes.data()), static_cast<qint64>(bytes.size()));
        }
        return path;
    }

    void runOne(std::uint64_t runSeed, const Setup& setup, Totals& totals)
    {
        SeededRandom random{runSeed};
        m_disk.reset(m_fresh);
        m_disk.setPowerCut({.atSync = static_cast<int>(random.between(1, 40)),
            .chance = SeededRandom{random.next()},
            .sectorSize = random.chance(1, 2) ? 512U : 4096U,
            .safeOverwrite = random.chance(1, 2)});
        const std::int64_t acknowledged = workUntilTheCut(random, setup);
        ++totals.cuts;
        totals.torn += m_disk.tornWrites();
        totals.dropped += m_disk.droppedWrites();

        const std::string path = writeOut();
        if (setup.saltGuard) {
            const auto lock = LedgerLock::acquire(path, "test");
            QVERIFY_OK(lock);
            const auto repaired = restoreSalt(*lock, bankSalt(), bankKey());
            QVERIFY_OK(repaired);
            totals.repairedSalts += *repaired ? 1 : 0;
        }
        const bool elsewhere = setup.saltGuard && totals.cuts % 100 == 0 && hasSecondEngine();
        const QByteArray theirs = elsewhere
            ? runSecondEngine(path, bankKey(), {QStringLiteral("SELECT count(*) FROM entry")})
            : QByteArray{};
        auto connection = Connection::open(path, bankKey(), {});
        if (!connection.ok()) {
            ++totals.unreadable;
            return;
        }
        const auto count = checkBank(*connection);
        QVERIFY_OK(count);
        QVERIFY2(*count <= acknowledged + 1, "a transfer came from nowhere");
        totals.lost += *count < acknowledged ? 1 : 0;
        if (elsewhere)
            QCOMPARE(theirs, QByteArray::number(static_cast<qlonglong>(*count)) + '\n');
        QVERIFY_OK(transfer(*connection, *count + 1, random)); // and it goes on
    }

    Totals run(std::uint64_t base, int count, const Setup& setup)
    {
        Totals totals;
        for (int i = 0; i < count; ++i) {
            const std::uint64_t runSeed = base * 1'000'003 + static_cast<std::uint64_t>(i);
            const int before = totals.lost + totals.unreadable;
            runOne(runSeed, setup, totals);
            const bool whole = setup.fullSync && setup.saltGuard;
            if (QTest::currentTestFailed()
                || (whole && totals.lost + totals.unreadable != before)) {
                qCritical("power cut %d, seed of the run %llu", i,
                    static_cast<unsigned long long>(runSeed));
                break;
            }
        }
        qInfo(
            "%d power cuts: %d torn and %d dropped writes, %d salts repaired, %d with lost transfers, %d unreadable",
            totals.cuts, totals.torn, totals.dropped, totals.repairedSalts, totals.lost,
            totals.unreadable);
        return totals;
    }

private slots:
    void initTestCase()
    {
        // In memory where the system has such a folder: ten thousand real syncs would measure the
        // disk.
        const QString memory = QStringLiteral("/dev/shm");
        const bool fast = QFileInfo{memory}.isWritable();
        m_folder = std::make_unique<QTemporaryDir>(
            (fast ? memory : QDir::tempPath()) + QStringLiteral("/sluice-XXXXXX"));
        QVERIFY(m_folder->isValid());
        m_disk.reset({});
        SeededRandom random{7};
        {
            auto connection = open(OpenMode::Create);
            QVERIFY_OK(connection);
            QVERIFY_OK(createBank(*connection));
            while (m_freshCount < 20)
                QVERIFY_OK(transfer(*connection, ++m_freshCount, random));
        }
        m_fresh = m_disk.files();
        QVERIFY(m_fresh.contains(LedgerPath));
    }

    void losesNothing_property()
    {
        const Totals totals = run(seed(20260701), rounds(10'000), {});
        QCOMPARE(totals.lost, 0);
        QCOMPARE(totals.unreadable, 0);
        QVERIFY(totals.torn > 0 && totals.dropped > 0);
    }

    // Without full syncs, or without the guard, the same simulation does find losses.
    void theSimulationCanSeeLoss() { QVERIFY(run(1, rounds(400), {.fullSync = false}).lost > 0); }
    void theSimulationCanSeeALostSalt()
    {
        Totals totals;
        for (std::uint64_t base = 2; totals.unreadable == 0 && base < 40; ++base)
            totals = run(base, 200, {.saltGuard = false});
        QVERIFY(totals.unreadable > 0);
    }

    // A cut while the schema is raised leaves a whole version, old or new, and the next start goes
    // on.
    void aCutDuringMigration_property()
    {
        constexpr std::string_view First
            = "CREATE TABLE more(number INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;"
              "INSERT INTO more SELECT number, text FROM entry; DROP INDEX account_balance";
        constexpr std::string_view Renew
            = "CREATE TABLE renewed(id INTEGER PRIMARY KEY, balance INTEGER NOT NULL) STRICT;"
              "INSERT INTO renewed SELECT id, balance FROM account; DROP TABLE account;"
              "ALTER TABLE renewed RENAME TO account";
        const Migrator migrator{
            {.migrations = {{1, "more", First}, {2, "renew", Renew}}, .applicationId = 0}};
        SeededRandom random{seed(20260703)};
        for (int i = 0; i < rounds(500); ++i) {
            m_disk.reset(m_fresh);
            m_disk.setPowerCut({.atSync = 1 + i % 12, .chance = SeededRandom{random.next()}});
            int acknowledged = 0;
            if (auto connection = open(); connection.ok()) {
                (void)connection->execute("PRAGMA wal_autocheckpoint=5");
                if (const auto report = migrator.migrate(*connection, bankKey(), {}); report.ok())
                    acknowledged = report->to;
                if (!m_disk.isOff())
                    m_disk.cutPowerNow();
            }
            const std::string path = writeOut();
            const auto lock = LedgerLock::acquire(path, "test");
            QVERIFY_OK(restoreSalt(*lock, bankSalt(), bankKey()));
            auto connection = Connection::open(path, bankKey(), {});
            QVERIFY_OK(connection);
            QCOMPARE(*checkBank(*connection), m_freshCount);
            QVERIFY(*connection->queryInt("PRAGMA user_version") >= acknowledged);
            const auto report = migrator.migrate(*connection, bankKey(), {});
            QVERIFY_OK(report);
            QCOMPARE(report->to, 2);
            QCOMPARE(*checkBank(*connection), m_freshCount);
            if (!report->backupPath.empty())
                QVERIFY(QFile::remove(QString::fromStdString(report->backupPath)));
        }
    }

    // A cut while the ledger is made leaves none, or a whole one: never one that looks whole and is
    // not.
    void aCutDuringCreation_property()
    {
        SeededRandom random{seed(20260702)};
        for (int i = 0; i < rounds(500); ++i) {
            m_disk.reset({});
            m_disk.setPowerCut({.atSync = 1 + i % 12, .chance = SeededRandom{random.next()}});
            bool acknowledged = false;
            {
                auto connection = open(OpenMode::Create);
                acknowledged = connection.ok() && createBank(*connection).ok();
            }
            const std::string path = writeOut();
            if (!QFile::exists(QString::fromStdString(path))) {
                QVERIFY(!acknowledged);
                continue;
            }
            const auto lock = LedgerLock::acquire(path, "test");
            QVERIFY_OK(restoreSalt(*lock, bankSalt(), bankKey()));
            auto connection = Connection::open(path, bankKey(), {});
            if (acknowledged)
                QVERIFY_OK(connection);
            if (!connection.ok())
                continue;
            const auto tables = connection->queryInt("SELECT count(*) FROM sqlite_schema");
            QVERIFY_OK(tables);
            if (acknowledged || *tables > 0)
                QVERIFY_OK(checkBank(*connection));
        }
    }
};

QTEST_GUILESS_MAIN(tst_PowerCut)
#include "tst_PowerCut.moc"
