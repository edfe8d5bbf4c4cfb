// SPDX-License-Identifier: GPL-3.0-or-later
// An import whose ledger lies on a disk that is full, or in a folder that may not be written: the
// error names the file and what to do, the ledger is as it was, and once there is room the same
// import works.
#include "tests/support/FocusRows.h"
#include "tests/support/LedgerFacts.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/support/TempLedger.h"
#include "tests/support/Unprivileged.h"

#include <sqlite3.h>

#include <atomic>
#include <cerrno>
#include <filesystem>
#include <unistd.h>

using namespace sluice;
using sluice::test::FocusHeader;
using sluice::test::focusRow;
using sluice::test::ledgerFacts;
using sluice::test::TempLedger;
using sluice::test::Unprivileged;

namespace {

// Bytes that SQLite may still write in this process.
std::atomic<std::int64_t> room{0};
std::atomic<int> refusal{ENOSPC}; // what the disk says then

ssize_t writeWhileThereIsRoom(int file, const void* bytes, std::size_t size, off_t offset)
{
    if (room.fetch_sub(static_cast<std::int64_t>(size)) >= static_cast<std::int64_t>(size))
        return ::pwrite(file, bytes, size, offset);
    errno = refusal;
    return -1;
}

// While it lives, the disk has so much room for ledgers and no more.
class SmallDisk {
public:
    explicit SmallDisk(std::int64_t bytes, int says = ENOSPC)
    {
        room = bytes;
        refusal = says;
        set(reinterpret_cast<sqlite3_syscall_ptr>(writeWhileThereIsRoom));
    }
    ~SmallDisk() { set(nullptr); }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

private:
    static void set(sqlite3_syscall_ptr call)
    {
        sqlite3_vfs* const disk = sqlite3_vfs_find("unix");
        for (const char* name : {"pwrite", "pwrite64"})
            SLUICE_CHECK(disk->xSetSystemCall(disk, name, call) == SQLITE_OK
                || std::string_view{name} == "pwrite64");
    }
};

std::string manyRows(int rows)
{
    std::string text = FocusHeader;
    for (int i = 0; i < rows; ++i)
        text += focusRow(std::to_string(i) + ".25", "Service " + std::to_string(i % 97));
    return text;
}

} // namespace

class tst_FullDisk : public QObject {
    Q_OBJECT

private slots:
    void whereverTheImportStands()
    {
        TempLedger ledger;
        QVERIFY_OK(ledger.import(
            "good.csv", FocusHeader + focusRow("10", "Before", "2026-09-03", "acc-9")));
        const std::string before = ledgerFacts(ledger.workspace());
        const std::string text = manyRows(sluice::test::rounds(60'000));
        int failures = 0;
        for (std::int64_t bytes = 0;; bytes = bytes * 3 / 2 + 4'096) {
            {
                // a disk without room, or a file that has reached the size it may have
                const SmallDisk disk{bytes, failures % 2 == 0 ? ENOSPC : EFBIG};
                const auto outcome = ledger.import("big.csv", text);
                if (outcome.ok())
                    break;
                const QByteArray sentence
                    = QByteArray::fromStdString(errorSentence(outcome.error()));
                QVERIFY2(outcome.error().code == ErrorCode::DiskFull, sentence);
                QVERIFY2(QByteArray::fromStdString(outcome.error().where)
                        == QByteArray::fromStdString(ledger.path()),
                    sentence);
                QVERIFY2(sentence.contains("Free some space"), sentence);
                QVERIFY2(!sentence.contains("reading failed"), sentence);
                ++failures;
                // Also while the disk is full the ledger can be read.
                QCOMPARE(ledgerFacts(ledger.workspace()), before);
            }
            QCOMPARE(ledgerFacts(ledger.workspace()), before);
        }
        qInfo("%d imports met a full disk", failures);
        QVERIFY(failures >= 5);
        const std::string after = ledgerFacts(ledger.workspace());
        QVERIFY2(sluice::test::isSound(after) && after.starts_with("revision 3\n"), after.c_str());
        QVERIFY_OK(ledger.unlock());
        QCOMPARE(ledgerFacts(ledger.workspace()), after);
    }

    void theSameImportWorksOnceThereIsRoom()
    {
        TempLedger ledger;
        const std::string text = manyRows(2'000);
        {
            const SmallDisk disk{20'000};
            QVERIFY(!ledger.import("a.csv", text).ok());
        }
        QVERIFY_OK(ledger.import("a.csv", text));
        const std::string facts = ledgerFacts(ledger.workspace());
        QVERIFY2(sluice::test::isSound(facts) && facts.starts_with("revision 2\n"), facts.c_str());
    }

    void aFolderThatMayNotBeWritten()
    {
        TempLedger ledger;
        QVERIFY_OK(ledger.import("good.csv", FocusHeader + focusRow("10")));
        const std::string before = ledgerFacts(ledger.workspace());
        ledger.lock();
        const std::filesystem::path folder = std::filesystem::path{ledger.path()}.parent_path();
        std::filesystem::permissions(folder, std::filesystem::perms{0555});
        {
            const Unprivileged unprivileged;
            const Status opened = ledger.unlock();
            QVERIFY(!opened.ok());
            const QByteArray sentence = QByteArray::fromStdString(errorSentence(opened.error()));
            QVERIFY2(opened.error().code == ErrorCode::ReadOnly, sentence);
            QVERIFY2(
                sentence.contains(ledger.path().c_str()) && sentence.contains("Check the rights"),
                sentence);
        }
        std::filesystem::permissions(folder, std::filesystem::perms{0755});
        QVERIFY_OK(ledger.unlock());
        QCOMPARE(ledgerFacts(ledger.workspace()), before);
        QVERIFY_OK(ledger.import("next.csv", FocusHeader + focusRow("11")));
    }

    void aNewLedgerInAFolderThatMayNotBeWritten()
    {
        const QTemporaryDir folder;
        std::filesystem::permissions(folder.path().toStdString(), std::filesystem::perms{0555});
        const std::string path = folder.filePath(QStringLiteral("new.sluice")).toStdString();
        const FixedClock clock{Timestamp::fromSeconds(1'760'000'000)};
        {
            const Unprivileged unprivileged;
            const auto created
                = Workspace::create(path, {}, sluice::test::rawKey(), {clock, nullptr});
            QVERIFY(!created.ok());
            const QByteArray sentence = QByteArray::fromStdString(errorSentence(created.error()));
            QVERIFY2(created.error().code == ErrorCode::ReadOnly, sentence);
            QVERIFY2(
                sentence.contains(path.c_str()) && sentence.contains("Check the rights"), sentence);
        }
        std::filesystem::permissions(folder.path().toStdString(), std::filesystem::perms{0755});
        QVERIFY(QDir{folder.path()}.isEmpty());
        QVERIFY_OK(Workspace::create(path, {}, sluice::test::rawKey(), {clock, nullptr}));
    }

    void aNewLedgerOnAFullDiskLeavesNothing()
    {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("new.sluice")).toStdString();
        const FixedClock clock{Timestamp::fromSeconds(1'760'000'000)};
        int failures = 0;
        for (std::int64_t bytes = 0;; bytes += 3'000) { // less than a page
            const SmallDisk disk{bytes};
            const auto created
                = Workspace::create(path, {}, sluice::test::rawKey(), {clock, nullptr});
            if (created.ok())
                break;
            ++failures;
            QVERIFY2(created.error().code == ErrorCode::DiskFull,
                errorSentence(created.error()).c_str());
            const QStringList left = QDir{folder.path()}.entryList(QDir::Files | QDir::Hidden);
            QVERIFY2(left.isEmpty(),
                qPrintable(QStringLiteral("%1 bytes: %2").arg(bytes).arg(left.join(u' '))));
        }
        qInfo("%d creations met a full disk", failures);
        QVERIFY(failures > 100);
    }
};

QTEST_GUILESS_MAIN(tst_FullDisk)
#include "tst_FullDisk.moc"
