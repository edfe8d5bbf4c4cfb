// SPDX-License-Identifier: GPL-3.0-or-later
// What stands beside a ledger (its key envelope, its salt, its log, its name) is never lost,
// however it comes.
#include "core/security/KeyDerivation.h"
#include "core/security/KeyEnvelope.h"
#include "core/services/MaintenanceService.h"
#include "core/services/internal/WorkspaceState.h"
#include "tests/support/FocusRows.h"
#include "tests/support/LedgerFacts.h"
#include "tests/support/Qt.h"
#include "tests/support/TempLedger.h"

#include <thread>

using namespace sluice;
using sluice::test::FocusHeader;
using sluice::test::focusRow;
using sluice::test::rawKey;
using sluice::test::TempLedger;

class tst_Workspace : public QObject {
    Q_OBJECT

    static QByteArray bytesOf(const std::string& path)
    {
        QFile file{QString::fromStdString(path)};
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray{};
    }
    static void overwrite(const std::string& path, const QByteArray& bytes)
    {
        QFile file{QString::fromStdString(path)};
        QVERIFY(file.open(QIODevice::ReadWrite));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    static bool exists(const std::string& path)
    {
        return QFile::exists(QString::fromStdString(path));
    }
    static Status change(Workspace& workspace, const char* type)
    {
        const auto committed = workspace.state().commit(type, Principal::owner(),
            [](Connection&, std::uint64_t) -> Result<JsonValue> { return JsonValue::object(); });
        return committed.ok() ? Status::success() : Status{committed.error()};
    }
    static QString eventTypes(Workspace& workspace)
    {
        auto lease = workspace.state().readers->acquire();
        auto query = lease->connection().prepare("SELECT type FROM events ORDER BY seq");
        QStringList types;
        while (query.ok() && query->step().ok() && query->columnCount() > 0) {
            const auto type = query->columnText(0);
            if (type.empty())
                break;
            types << QString::fromUtf8(type.data(), static_cast<qsizetype>(type.size()));
        }
        return types.join(u' ');
    }

private slots:
    void aTornSaltIsMendedAndToldOf()
    {
        TempLedger ledger;
        QVERIFY_OK(ledger.import("a.csv", FocusHeader + focusRow("1.5")));
        const std::string facts = sluice::test::ledgerFacts(ledger.workspace());
        ledger.lock();
        overwrite(ledger.path(), QByteArray(16, '\x5A'));
        QVERIFY_OK(ledger.unlock());
        QVERIFY(eventTypes(ledger.workspace()).endsWith(QStringLiteral("RepairSalt")));
        QVERIFY(sluice::test::isSound(sluice::test::ledgerFacts(ledger.workspace())));
        const std::string mended = sluice::test::ledgerFacts(ledger.workspace());
        QCOMPARE(
            mended.substr(mended.find('\n')), facts.substr(facts.find('\n'))); // but the revision
    }

    void aDamagedEnvelopeIsMendedAndToldOf()
    {
        TempLedger ledger;
        ledger.lock();
        const std::string envelope = KeyEnvelope::pathFor(ledger.path());
        const QByteArray whole = bytesOf(envelope);
        overwrite(envelope, "damaged!");
        QVERIFY_OK(ledger.unlock());
        QVERIFY(eventTypes(ledger.workspace()).endsWith(QStringLiteral("RepairEnvelope")));
        QCOMPARE(bytesOf(envelope), whole);
        QVERIFY_OK(ledger.unlock());
        QCOMPARE(eventTypes(ledger.workspace()).count(QStringLiteral("RepairEnvelope")), 1);
    }

    void aBackupCarriesAnEnvelopeThatOpensIt_data()
    {
        QTest::addColumn<bool>("removed");
        QTest::newRow("damaged") << false;
        QTest::newRow("removed") << true;
    }
    void aBackupCarriesAnEnvelopeThatOpensIt()
    {
        QFETCH(bool, removed);
        TempLedger ledger;
        QVERIFY_OK(ledger.import("a.csv", FocusHeader + focusRow("1.5")));
        const std::string envelope = KeyEnvelope::pathFor(ledger.path());
        if (removed)
            QVERIFY(QFile::remove(QString::fromStdString(envelope)));
        else
            overwrite(envelope, "damaged!");
        const std::string copy = ledger.file(QStringLiteral("copy.sluice"));
        const MaintenanceService service{ledger.workspace()};
        QVERIFY_OK(service.backup(copy, Principal::owner(), {}));
        const auto opened = Workspace::open(copy, rawKey(), {ledger.clock(), nullptr});
        QVERIFY_OK(opened);
        QVERIFY(!eventTypes(**opened).contains(QStringLiteral("Repair")));
        QCOMPARE(
            service.backup(copy, Principal::owner(), {}).error().code, ErrorCode::AlreadyExists);
    }

    void aBackupThatFailsLeavesNothing()
    {
        TempLedger ledger;
        const StopToken stop;
        stop.requestStop();
        const std::string copy = ledger.file(QStringLiteral("copy.sluice"));
        const MaintenanceService service{ledger.workspace()};
        QCOMPARE(service.backup(copy, Principal::owner(), {stop, {}}).error().code,
            ErrorCode::Cancelled);
        QVERIFY(!exists(copy));
        for (const std::string& file : KeyEnvelope::filesFor(copy))
            QVERIFY(!exists(file));
        QVERIFY_OK(service.backup(copy, Principal::owner(), {}));
    }

    void theRevisionNeverGoesBack()
    {
        TempLedger ledger;
        Workspace& workspace = ledger.workspace();
        const std::uint64_t before = workspace.revision();
        constexpr int Threads = 4;
        constexpr int Changes = 40;
        std::atomic<bool> backwards{false};
        std::atomic<int> failed{0};
        {
            const std::jthread watcher{[&](const std::stop_token& stop) {
                for (std::uint64_t seen = 0; !stop.stop_requested();) {
                    const std::uint64_t now = workspace.revision();
                    backwards = backwards || now < seen;
                    seen = now;
                }
            }};
            std::vector<std::jthread> changers;
            for (int i = 0; i < Threads; ++i) {
                changers.emplace_back([&] {
                    for (int round = 0; round < Changes; ++round)
                        failed += change(workspace, "Test").ok() ? 0 : 1;
                });
            }
            changers.clear();
        }
        QCOMPARE(failed.load(), 0);
        QVERIFY(!backwards);
        QCOMPARE(workspace.revision(), before + Threads * Changes);
    }

    void anotherLedgersEnvelopeIsNeverOverwritten()
    {
        const QTemporaryDir folder;
        const FixedClock clock{Timestamp::fromSeconds(1'760'000'000)};
        const std::string path = folder.filePath(QStringLiteral("a.sluice")).toStdString();
        QVERIFY_OK(Workspace::create(path, {}, rawKey(), {clock, nullptr}));
        const std::string older = KeyEnvelope::filesFor(path)[1];
        for (const std::string& file : {path, KeyEnvelope::pathFor(path)})
            QVERIFY(QFile::remove(QString::fromStdString(file)));
        const QByteArray only = bytesOf(older);
        QVERIFY(!only.isEmpty());
        QCOMPARE(Workspace::create(path, {}, rawKey(), {clock, nullptr}).error().code,
            ErrorCode::AlreadyExists);
        QCOMPARE(bytesOf(older), only);
    }

    void aRenamedLedgerTakesItsLogAndBothEnvelopesAlong()
    {
        const QTemporaryDir folder;
        const FixedClock clock{Timestamp::fromSeconds(1'760'000'000)};
        const std::string from = folder.filePath(QStringLiteral("a.sluice")).toStdString();
        const std::string to = folder.filePath(QStringLiteral("b.sluice")).toStdString();
        QVERIFY_OK(Workspace::create(from, {}, rawKey(), {clock, nullptr}));
        // A log that could not be moved into the file: without it the ledger would be damaged.
        overwrite(from + "-wal", "committed");
        const QStringList before = QDir{folder.path()}.entryList(QDir::Files, QDir::Name);
        const auto refused = Workspace::rename(from, to);
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().where, from + "-wal");
        QCOMPARE(QDir{folder.path()}.entryList(QDir::Files, QDir::Name), before);
        QVERIFY(QFile::remove(QString::fromStdString(from + "-wal")));
        QVERIFY_OK(Workspace::rename(from, to));
        for (const std::string& file : KeyEnvelope::filesFor(to))
            QVERIFY2(exists(file), file.c_str());
        QVERIFY_OK(Workspace::open(to, rawKey(), {clock, nullptr}));
    }

    // What is called saved is found where the ledger is, or it is not called saved.
    void aLedgerThatIsMovedAwayTakesNothing_data()
    {
        QTest::addColumn<bool>("replaced");
        QTest::newRow("renamed") << false;
        QTest::newRow("another file in its place") << true;
    }
    void aLedgerThatIsMovedAwayTakesNothing()
    {
        QFETCH(bool, replaced);
        TempLedger ledger;
        QVERIFY_OK(ledger.import("a.csv", FocusHeader + focusRow("1.5")));
        const std::uint64_t before = ledger.workspace().revision();
        const QString path = QString::fromStdString(ledger.path());
        const QString away = path + QStringLiteral(".away");
        QVERIFY(QFile::rename(path, away));
        if (replaced)
            QVERIFY(QFile::copy(away, path));
        const std::string next = FocusHeader + focusRow("2", "Inference", "2026-09-03", "acc-2");
        for (const Error& error :
            {ledger.import("b.csv", next).error(), change(ledger.workspace(), "Test").error()}) {
            QCOMPARE(error.code, ErrorCode::Io);
            QVERIFY2(error.where.ends_with("test.sluice"), error.where.c_str());
            QVERIFY2(error.what.find("was renamed, replaced or removed") != std::string::npos,
                error.what.c_str());
            QVERIFY2(error.fix.starts_with("Move it back"), error.fix.c_str());
        }
        QCOMPARE(ledger.workspace().revision(), before);

        if (replaced)
            QVERIFY(QFile::remove(path));
        QVERIFY(QFile::rename(away, path));
        QVERIFY_OK(ledger.import("b.csv", next));
        QVERIFY_OK(ledger.unlock());
        QCOMPARE(ledger.workspace().revision(), before + 1);
        const std::string facts = sluice::test::ledgerFacts(ledger.workspace());
        QVERIFY2(sluice::test::isSound(facts), facts.c_str());
    }

    void anEventOfVeryManyFilesNamesTheirDigests()
    {
        TempLedger ledger;
        ImportRequest request;
        constexpr int Files = 90;
        for (int i = 0; i < Files; ++i) {
            const std::string name = std::to_string(i) + std::string(4'000, 'n') + ".csv";
            const std::string row
                = focusRow("1.5", "Inference", "2026-09-03", "acc-" + std::to_string(i));
            request.inMemory.push_back(
                {name, std::make_shared<const std::string>(FocusHeader + row)});
        }
        const auto report
            = ImportService{ledger.workspace()}.import(request, Principal::owner(), {});
        QVERIFY_OK(report);
        const auto facts = sluice::test::ledgerFacts(ledger.workspace());
        QVERIFY2(sluice::test::isSound(facts), facts.c_str());
        auto lease = ledger.workspace().state().readers->acquire();
        auto query = lease->connection().prepare("SELECT canonical FROM events ORDER BY seq DESC");
        QVERIFY_OK(query);
        QVERIFY(*query->step());
        const auto bytes = query->columnBlob(0);
        const std::string text{reinterpret_cast<const char*>(bytes.data()), bytes.size()};
        QVERIFY2(text.size() < 20'000, std::to_string(text.size()).c_str());
        QVERIFY(text.find("\"sha256\"") != std::string::npos);
    }

    // The log's texts are composed (NFC), the files' names are as they came: verify sees no fault.
    void aDecomposedNameIsVerified()
    {
        TempLedger ledger;
        QVERIFY_OK(ledger.import("Ka\u0308se.csv", FocusHeader + focusRow("1.5")));
        const auto facts = sluice::test::ledgerFacts(ledger.workspace());
        QVERIFY2(sluice::test::isSound(facts), facts.c_str());
    }

    void aCheaplyDerivedPassphraseIsWrappedAnew()
    {
        if (tuneKdfToThisMachine().memoryBytes < KdfParameters{}.memoryBytes)
            QSKIP("this machine is too slow or too small for the usual derivation");
        const QTemporaryDir folder;
        const FixedClock clock{Timestamp::fromSeconds(1'760'000'000)};
        const std::string path = folder.filePath(QStringLiteral("a.sluice")).toStdString();
        QVERIFY_OK(Workspace::create(path, {}, rawKey(), {clock, nullptr}));
        const std::string file = KeyEnvelope::pathFor(path);
        auto envelope = KeyEnvelope::load(file);
        QVERIFY_OK(envelope);
        const auto key = envelope->unlockWithKeyFile(rawKey().secret);
        QVERIFY_OK(key);
        Credential passphrase{
            Credential::Kind::Passphrase, SecureBytes::copyOf("four simple words")};
        QVERIFY_OK(envelope->setPassphrase(*key, passphrase.secret, KdfFloor));
        QVERIFY(envelope->hasWeakPassphraseWrap());
        QVERIFY_OK(envelope->save(file));
        QVERIFY_OK(Workspace::open(path, passphrase, {clock, nullptr}));
        const auto again = KeyEnvelope::load(file);
        QVERIFY_OK(again);
        // A machine that was just busy keeps the weaker one until the next time.
        if (tuneKdfToThisMachine().memoryBytes >= KdfParameters{}.memoryBytes)
            QVERIFY(!again->hasWeakPassphraseWrap());
        QVERIFY_OK(again->unlockWithPassphrase(passphrase.secret));
    }
};

QTEST_GUILESS_MAIN(tst_Workspace)
#include "tst_Workspace.moc"
