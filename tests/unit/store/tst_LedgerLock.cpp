// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/LedgerLock.h"

#include "tests/support/Qt.h"
#include "tests/support/Unprivileged.h"
#include "tests/unit/store/StoreFixture.h"

#include <QTest>

using namespace sluice;
using namespace sluice::test;

class tst_LedgerLock : public QObject {
    Q_OBJECT

private slots:
    void oneHolderAtATime()
    {
        const StoreFolder folder;
        {
            const auto first = LedgerLock::acquire(folder.file(), "sluice");
            QVERIFY_OK(first);
            QCOMPARE(first->ledgerPath(), folder.file());
            const auto second = LedgerLock::acquire(folder.file(), "sluice-cli");
            QCOMPARE(second.error().code, ErrorCode::Locked);
            const std::string holder = "sluice (process " + std::to_string(::getpid()) + ")";
            QVERIFY(second.error().what.find(holder) != std::string::npos);
            QVERIFY_OK(LedgerLock::acquire(folder.file("other.sluice"), "sluice"));
        }
        QVERIFY_OK(LedgerLock::acquire(folder.file(), "sluice-cli"));
    }

    void aLeftOverFileIsHarmless()
    {
        const StoreFolder folder;
        QVERIFY(writeBytes(folder.file() + ".lock", QByteArray(100000, '\x1b')));
        auto lock = LedgerLock::acquire(folder.file(), "sluice");
        QVERIFY_OK(lock);
        const LedgerLock moved = *std::move(lock);
        QCOMPARE(LedgerLock::acquire(folder.file(), "sluice").error().code, ErrorCode::Locked);
    }

    void aReadOnlyFolderIsNamedSo()
    {
        const StoreFolder folder;
        QVERIFY(QFile::setPermissions(folder.path(),
            QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther));
        const Unprivileged unprivileged;
        QCOMPARE(LedgerLock::acquire(folder.file(), "sluice").error().code, ErrorCode::ReadOnly);
    }

    void aMissingFolderIsNamedSo()
    {
        const StoreFolder folder;
        QCOMPARE(LedgerLock::acquire(folder.file("no/such.sluice"), "sluice").error().code,
            ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(tst_LedgerLock)
#include "tst_LedgerLock.moc"
