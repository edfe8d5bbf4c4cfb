// SPDX-License-Identifier: GPL-3.0-or-later
// Every call to the disk that a command makes through SQLite fails once, or from then on. Whatever
// came of the command, the ledger is sound afterwards and stands before or behind it, and once the
// disk is well the same command brings it to where it would have been.
#include "core/services/OwnershipService.h"
#include "tests/support/FailingDisk.h"
#include "tests/support/FocusRows.h"
#include "tests/support/LedgerFacts.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/support/TempLedger.h"

#include <QFile>

#include <cerrno>
#include <filesystem>

using namespace sluice;
using namespace sluice::test;

namespace {

// Where a command fails to find its end there are fewer calls than this.
constexpr int CallsMax = 20'000;

const std::string Organisation
    = "kind,id,name,parent,owner,roles,scope\nunit,search,Search,,,,\nperson,bo,Bo,,,Department,search\n";
constexpr const char* Rules
    = R"({"name": "r", "effective_from": "2026-01-01", "rules": [{"id": "team", "when": [{"field": "tag:team", "equals": "search"}],
         "assign": {"unit": "search"}}]})";
constexpr const char* Mapping
    = R"({"values": {"BilledCost": {"1,5": "1.5"}, "EffectiveCost": {"1,5": "1.5"},
                                               "ListCost": {"1,5": "1.5"}}})";

std::string august(int rows)
{
    std::string text = FocusHeader;
    for (int i = 0; i < rows; ++i)
        text += focusRow(std::to_string(i) + ".125", "Service " + std::to_string(i % 7));
    return text + focusRow("\"1,5\"", "Decimal comma");
}

template <typename T>
Status statusOf(const Result<T>& result)
{
    return result.ok() ? Status::success() : Status{result.error()};
}

struct Command {
    const char* name;
    Status (*run)(TempLedger&);
};

Status import(TempLedger& ledger)
{
    return statusOf(
        ledger.import("more.csv", FocusHeader + focusRow("9", "New", "2026-09-05", "b")));
}
Status restate(TempLedger& ledger)
{
    return statusOf(ledger.import("again.csv", august(45)));
}
Status retry(TempLedger& ledger)
{
    ImportService service{ledger.workspace()};
    SLUICE_TRY(const std::vector<Batch> batches, service.batches(Principal::owner()));
    return statusOf(service.retry(
        batches.front().publicId, ledger.file(QStringLiteral("map.json")), Principal::owner(), {}));
}
Status publish(TempLedger& ledger)
{
    return statusOf(OwnershipService{ledger.workspace()}.publishRuleset(
        Rules, "rules.json", std::nullopt, Principal::owner(), {}));
}
Status organise(TempLedger& ledger)
{
    return statusOf(OwnershipService{ledger.workspace()}.importOrganisation(
        Organisation, "org.csv", Principal::owner(), {}));
}
Status backUp(TempLedger& ledger)
{
    const std::string path = ledger.file(QStringLiteral("copy.sluice"));
    Status done = MaintenanceService{ledger.workspace()}.backup(path, Principal::owner(), {});
    // What is there after an error is no backup; after a success it is one.
    if (std::filesystem::exists(path) != done.ok())
        return Error{ErrorCode::Internal, path, "it is half of a backup", {}};
    return done.ok() ? Workspace::remove(path) : done;
}
Status reopen(TempLedger& ledger)
{
    return ledger.unlock();
}

constexpr std::array Commands{Command{"import", import}, Command{"restate", restate},
    Command{"retry", retry}, Command{"publish", publish}, Command{"organise", organise},
    Command{"back up", backUp}, Command{"reopen", reopen}};

// Without the revision: a command that had been saved and was told off has been run twice.
std::string figures(TempLedger& ledger)
{
    const std::string facts = ledgerFacts(ledger.workspace());
    return facts.substr(facts.find('\n') + 1);
}

} // namespace

class tst_CommandFaults : public QObject {
    Q_OBJECT

    // A ledger's files as they were, to begin from again.
    using Files = std::map<std::string, std::string>;

    static Files filesOf(const TempLedger& ledger)
    {
        Files files;
        const auto folder = std::filesystem::path{ledger.path()}.parent_path();
        for (const auto& entry : std::filesystem::directory_iterator{folder}) {
            QFile file{QString::fromStdString(entry.path().string())};
            SLUICE_CHECK(file.open(QIODevice::ReadOnly));
            files[entry.path().string()] = file.readAll().toStdString();
        }
        return files;
    }
    static void putBack(TempLedger& ledger, const Files& files)
    {
        ledger.lock();
        const auto folder = std::filesystem::path{ledger.path()}.parent_path();
        for (const auto& entry : std::filesystem::directory_iterator{folder})
            std::filesystem::remove(entry.path());
        for (const auto& [path, bytes] : files) {
            QFile file{QString::fromStdString(path)};
            SLUICE_CHECK(file.open(QIODevice::WriteOnly));
            file.write(bytes.data(), static_cast<qint64>(bytes.size()));
        }
    }

private slots:
    void everyCallFailsOnce_data()
    {
        QTest::addColumn<int>("command");
        QTest::addColumn<int>("error");
        QTest::addColumn<bool>("persistent");
        for (std::size_t i = 0; i < Commands.size(); ++i) {
            const auto row = [i](const char* kind, int error, bool persistent) {
                QTest::addRow("%s, %s", Commands[i].name, kind)
                    << static_cast<int>(i) << error << persistent;
            };
            row("I/O error once", EIO, false);
            row("I/O error from then on", EIO, true);
            row("disk full from then on", ENOSPC, true);
        }
    }
    void everyCallFailsOnce()
    {
        QFETCH(int, command);
        QFETCH(int, error);
        QFETCH(bool, persistent);
        const auto run = Commands.at(static_cast<std::size_t>(command)).run;
        TempLedger ledger;
        QFile map{QString::fromStdString(ledger.file(QStringLiteral("map.json")))};
        QVERIFY(map.open(QIODevice::WriteOnly));
        map.write(Mapping);
        map.close();
        QVERIFY_OK(ledger.import("first.csv", august(40)));
        const std::string before = figures(ledger);
        ledger.lock();
        const Files files = filesOf(ledger);
        QVERIFY_OK(ledger.unlock());
        QVERIFY_OK(run(ledger));
        const std::string after = figures(ledger);
        QVERIFY2(after.find("FAILED") == std::string::npos, after.c_str());

        // Under sanitizers every twentieth call, each run another one.
        const int step = rounds(20) == 20 ? 1 : 20;
        int failures = 0;
        int call = 1;
        for (bool failed = true; failed; call += step) {
            QVERIFY(call < CallsMax);
            putBack(ledger, files);
            QVERIFY_OK(ledger.unlock());
            Status told;
            {
                const FailingDisk disk{call, error, persistent};
                told = run(ledger);
                failed = FailingDisk::failed();
                failures += told.ok() ? 0 : 1;
                if (!told.ok())
                    QVERIFY2(told.error().code != ErrorCode::Internal,
                        errorSentence(told.error()).c_str());
                ledger.lock();
            }
            QVERIFY_OK(ledger.unlock());
            const std::string found = figures(ledger);
            const auto where = "call " + std::to_string(call) + ": "
                + (told.ok() ? "saved" : errorSentence(told.error())) + "\n" + found;
            QVERIFY2(found == after || (!told.ok() && found == before), where.c_str());
            QVERIFY_OK(run(ledger));
            QCOMPARE(figures(ledger), after);
        }
        qInfo("%d calls, %d of them ended the command", call - step, failures);
        QVERIFY(failures > 0);
    }
};

QTEST_GUILESS_MAIN(tst_CommandFaults)
#include "tst_CommandFaults.moc"
