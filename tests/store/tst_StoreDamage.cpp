// SPDX-License-Identifier: GPL-3.0-or-later
// A ledger with changed, missing or foreign bytes: an error or the right data, never wrong data,
// never a crash.
#include "core/store/Connection.h"
#include "tests/store/MemoryFs.h"
#include "tests/store/Workload.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"

#include <QTest>

using namespace sluice;
using namespace sluice::test;

namespace {

constexpr const char* LedgerPath = "/disk/company.sluice";
constexpr const char* LogPath = "/disk/company.sluice-wal";
constexpr std::int64_t Transfers = 60;
constexpr std::size_t PageSize = 4096;

} // namespace

class tst_StoreDamage : public QObject {
    Q_OBJECT

    MemoryFs m_disk{"damage"};
    MemoryFs::Files m_closed; // one file
    MemoryFs::Files m_open; // with a write-ahead log that holds the last transfers

    Result<Connection> open(OpenMode mode = OpenMode::ReadWrite)
    {
        return Connection::open(
            LedgerPath, bankKey(), {.mode = mode, .salt = bankSalt(), .vfs = m_disk.name()});
    }

    // Opens what is on the disk: how many transfers it gives, or that it is damaged.
    Result<std::int64_t> read()
    {
        SLUICE_TRY(Connection connection, open());
        return checkBank(connection);
    }

    static bool isHonest(const Error& error)
    {
        const bool found = error.code == ErrorCode::Damaged || error.code == ErrorCode::NotALedger;
        return found || error.what.starts_with("integrity_check")
            || error.code == ErrorCode::NotFound;
    }

private slots:
    void initTestCase()
    {
        SeededRandom random{7};
        {
            auto connection = open(OpenMode::Create);
            QVERIFY_OK(connection);
            QVERIFY_OK(createBank(*connection));
            for (std::int64_t i = 1; i <= Transfers; ++i) {
                QVERIFY_OK(transfer(*connection, i, random));
                if (i == Transfers / 2)
                    QVERIFY_OK(connection->checkpoint());
            }
            m_open = m_disk.files();
        }
        m_closed = m_disk.files();
        QVERIFY(m_open.contains(LogPath) && !m_closed.contains(LogPath));
    }

    void everyFlippedBitIsFound_property()
    {
        SeededRandom random{seed(51)};
        for (int i = 0; i < rounds(2000); ++i) {
            auto files = m_closed;
            auto& bytes = files[LedgerPath];
            const std::uint64_t bit = random.below(bytes.size() * 8);
            bytes[bit / 8] = static_cast<std::uint8_t>(bytes[bit / 8] ^ (1U << bit % 8));
            m_disk.reset(files);
            const auto count = read();
            // A page on the free list may be damaged unseen; nothing of it is ever shown.
            QVERIFY2(count.ok() ? *count == Transfers : isHonest(count.error()),
                qPrintable(QStringLiteral("bit %1: %2")
                               .arg(bit)
                               .arg(QString::fromStdString(count.ok() ? "" : count.error().what))));
        }
    }

    void everyTruncationIsFound_property()
    {
        SeededRandom random{seed(52)};
        for (int i = 0; i < rounds(1000); ++i) {
            auto files = m_closed;
            auto& bytes = files[LedgerPath];
            bytes.resize(random.below(bytes.size()));
            m_disk.reset(files);
            const auto connection = open();
            QVERIFY(!connection.ok());
            QVERIFY2(isHonest(connection.error()), connection.error().what.c_str());
        }
    }

    void everyByteOfTheLastPageIsMissed()
    {
        for (std::size_t missing = 1; missing <= PageSize; ++missing) {
            auto files = m_closed;
            files[LedgerPath].resize(files[LedgerPath].size() - missing);
            m_disk.reset(files);
            const auto connection = open();
            QVERIFY(!connection.ok());
            QCOMPARE(connection.error().code, ErrorCode::Damaged);
        }
    }

    // The log may hold what the file lacks: then nothing is lost.
    void aTruncationBesideALogIsFoundOrRepaired_property()
    {
#ifndef SLUICE_SHORT_PAGES_ARE_DAMAGE
        QSKIP("this SQLite3MC takes a part of a page for zeros");
#endif
        SeededRandom random{seed(55)};
        const std::size_t whole = m_open[LedgerPath].size();
        for (int i = 0; i < rounds(1000); ++i) {
            auto files = m_open;
            const std::uint64_t most = random.chance(1, 2) ? PageSize : whole;
            files[LedgerPath].resize(whole - random.below(most));
            m_disk.reset(files);
            const auto count = read();
            QVERIFY2(count.ok() ? *count == Transfers : isHonest(count.error()),
                count.ok() ? "other transfers" : count.error().what.c_str());
        }
    }

    // The log ends at its first bad frame: earlier commits stay, and no commit shows half.
    void aDamagedLogEndsEarlier_property()
    {
        SeededRandom random{seed(53)};
        for (int i = 0; i < rounds(1000); ++i) {
            auto files = m_open;
            auto& bytes = files[LogPath];
            if (random.chance(1, 2))
                bytes.resize(random.below(bytes.size()));
            else
                bytes[random.below(bytes.size())] ^= 0x10;
            m_disk.reset(files);
            const auto count = read();
            QVERIFY_OK(count);
            QVERIFY(*count >= Transfers / 2 && *count <= Transfers);
        }
    }

    // A page that moved to another place: its MAC includes its number.
    void swappedPagesAreFound_property()
    {
        SeededRandom random{seed(54)};
        for (int i = 0; i < rounds(500); ++i) {
            auto files = m_closed;
            auto& bytes = files[LedgerPath];
            const auto first
                = static_cast<std::ptrdiff_t>(random.below(bytes.size() / PageSize) * PageSize);
            const auto second
                = static_cast<std::ptrdiff_t>(random.below(bytes.size() / PageSize) * PageSize);
            if (first == second)
                continue;
            std::swap_ranges(bytes.begin() + first,
                bytes.begin() + first + static_cast<std::ptrdiff_t>(PageSize),
                bytes.begin() + second);
            m_disk.reset(files);
            const auto count = read();
            QVERIFY(count.ok() ? *count == Transfers : isHonest(count.error()));
        }
    }
};

QTEST_GUILESS_MAIN(tst_StoreDamage)
#include "tst_StoreDamage.moc"
