// SPDX-License-Identifier: GPL-3.0-or-later
// A ledger that exists before any passphrase: it leaves nothing behind, becomes a lasting one as a
// whole or not at all, whatever call to the disk fails and whenever the process is killed.
#include "core/services/MaintenanceService.h"
#include "tests/support/FailingDisk.h"
#include "tests/support/FakeVault.h"
#include "tests/support/FocusRows.h"
#include "tests/support/LedgerFacts.h"
#include "tests/support/Qt.h"
#include "tests/support/TempLedger.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStorageInfo>

#include <cstdio>

using namespace sluice;
using namespace sluice::test;

namespace {

constexpr const char* ChildFolder = "SLUICE_SCRATCH_FOLDER";
const FixedClock Now{Timestamp::fromSeconds(1'760'000'000)};

Credential passphrase(const char* text = "four simple words")
{
    return {Credential::Kind::Passphrase, SecureBytes::copyOf(std::string_view{text})};
}

Status importSome(Workspace& workspace)
{
    ImportRequest request;
    request.inMemory.push_back({"a.csv",
        std::make_shared<const std::string>(FocusHeader + focusRow("1.5") + focusRow("2"))});
    const auto done = ImportService{workspace}.import(request, Principal::owner(), {});
    return done.ok() ? Status::success() : Status{done.error()};
}

// Makes a scratch ledger and protects it, over and over, until it is killed.
int runChild(const QString& folder)
{
    for (int i = 0;; ++i) {
        auto scratch = Workspace::createScratch(folder.toStdString(), {}, {Now, nullptr});
        if (!scratch.ok() || !importSome(**scratch).ok())
            return 1;
        std::puts("scratch");
        std::fflush(stdout);
        const std::string path = folder.toStdString() + "/kept-" + std::to_string(i) + ".sluice";
        const auto made = MaintenanceService{**scratch}.protect(
            path, {passphrase(), false}, Principal::owner(), {});
        if (!made.ok())
            return 2;
        std::printf("kept %s\n", path.c_str());
        std::fflush(stdout);
    }
}

class Folder {
public:
    [[nodiscard]] std::string path() const { return m_folder.path().toStdString(); }
    [[nodiscard]] std::string file(const char* name) const
    {
        return m_folder.filePath(QString::fromLatin1(name)).toStdString();
    }
    [[nodiscard]] QStringList files() const
    {
        return QDir{m_folder.path()}.entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }

private:
    QTemporaryDir m_folder;
};

} // namespace

class tst_ScratchLedger : public QObject {
    Q_OBJECT

private slots:
    void itLeavesNothing()
    {
        const Folder folder;
        {
            const auto scratch = Workspace::createScratch(folder.path(), {}, {Now, nullptr});
            QVERIFY_OK(scratch);
            QVERIFY((*scratch)->isScratch());
            QVERIFY_OK(importSome(**scratch));
            QVERIFY(!folder.files().isEmpty());
        }
        QCOMPARE(folder.files(), QStringList{});
    }

    void aProtectedOneIsTheSameLedger()
    {
        const Folder folder;
        const std::string path = folder.file("kept.sluice");
        FakeVault vault;
        std::string code;
        std::string facts;
        {
            const auto scratch = Workspace::createScratch(
                folder.path(), {.currency = "EUR", .timeZone = "Europe/Berlin"}, {Now, &vault});
            QVERIFY_OK(scratch);
            QVERIFY_OK(importSome(**scratch));
            auto made = MaintenanceService{**scratch}.protect(
                path, {passphrase(), true}, Principal::owner(), {});
            QVERIFY_OK(made);
            QVERIFY(!made->workspace->isScratch());
            code = made->recoveryCode;
            QVERIFY(!code.empty());
            QCOMPARE(made->workspace->settings().ledgerId, (*scratch)->settings().ledgerId);
            QCOMPARE(ImportService{*made->workspace}.batches(Principal::owner())->size(),
                std::size_t{1});
            facts = ledgerFacts(*made->workspace);
            QVERIFY2(isSound(facts), facts.c_str());
        }
        QCOMPARE(folder.files().filter(QStringLiteral("scratch")), QStringList{});
        const Credential recovery{Credential::Kind::RecoveryCode, SecureBytes::copyOf(code)};
        const Credential keychain{Credential::Kind::Keychain, {}};
        for (const Credential& credential : {std::cref(recovery), std::cref(keychain)}) {
            const auto opened = Workspace::open(path, credential, {Now, &vault});
            QVERIFY_OK(opened);
            QCOMPARE((*opened)->settings().currency, Currency::literal("EUR"));
            QCOMPARE(ledgerFacts(**opened), facts);
        }
        QVERIFY_OK(Workspace::open(path, passphrase(), {Now, nullptr}));
        const auto wrong = Workspace::open(path, passphrase("other"), {Now, nullptr});
        QVERIFY(!wrong.ok() && wrong.error().code == ErrorCode::WrongPassphrase);
    }

    void aTakenNameIsLeftAlone()
    {
        const Folder folder;
        const std::string path = folder.file("kept.sluice");
        const auto scratch = Workspace::createScratch(folder.path(), {}, {Now, nullptr});
        QVERIFY_OK(scratch);
        for (const std::string& name : {path, path + ".keys"}) {
            QFile file{QString::fromStdString(name)};
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write("mine") == 4);
            file.close();
            const auto made = MaintenanceService{**scratch}.protect(
                path, {passphrase(), false}, Principal::owner(), {});
            QVERIFY(!made.ok() && made.error().code == ErrorCode::AlreadyExists);
            QVERIFY(file.open(QIODevice::ReadOnly) && file.readAll() == "mine");
            file.remove();
        }
        const auto nowhere = MaintenanceService{**scratch}.protect(
            folder.file("no/kept.sluice"), {passphrase(), false}, Principal::owner(), {});
        QVERIFY(!nowhere.ok());
        const auto unkeyed = MaintenanceService{**scratch}.protect(
            path, {passphrase(""), false}, Principal::owner(), {});
        QVERIFY(!unkeyed.ok() && unkeyed.error().code == ErrorCode::Usage);
        StopToken stop;
        stop.requestStop();
        FakeVault vault;
        const auto stopped = MaintenanceService{**scratch}.protect(
            path, {passphrase(), false}, Principal::owner(), TaskContext{stop, {}});
        QVERIFY(!stopped.ok() && stopped.error().code == ErrorCode::Cancelled);
        QCOMPARE(folder.files().filter(QStringLiteral("kept")), QStringList{});
        QVERIFY_OK(importSome(**scratch)); // it goes on
    }

    void onlyAScratchLedgerIsProtectedSo()
    {
        TempLedger ledger;
        const auto made = MaintenanceService{ledger.workspace()}.protect(
            ledger.file(QStringLiteral("b.sluice")), {passphrase(), false}, Principal::owner(), {});
        QVERIFY(!made.ok() && made.error().code == ErrorCode::Usage);
    }

    void anotherFileSystemWillDo()
    {
        const QTemporaryDir memory{QStringLiteral("/dev/shm/sluice-XXXXXX")};
        const Folder folder;
        if (!memory.isValid()
            || QStorageInfo{memory.path()}.device()
                == QStorageInfo{QString::fromStdString(folder.path())}.device())
            QSKIP("there is one file system only");
        const auto scratch
            = Workspace::createScratch(memory.path().toStdString(), {}, {Now, nullptr});
        QVERIFY_OK(scratch);
        QVERIFY_OK(importSome(**scratch));
        const auto made = MaintenanceService{**scratch}.protect(
            folder.file("kept.sluice"), {passphrase(), false}, Principal::owner(), {});
        QVERIFY_OK(made);
        const std::string facts = ledgerFacts(*made->workspace);
        QVERIFY2(isSound(facts), facts.c_str());
    }

    void leftoversGoAndLivingOnesStay()
    {
        const Folder folder;
        const auto living = Workspace::createScratch(folder.path(), {}, {Now, nullptr});
        QVERIFY_OK(living);
        const std::string dead = folder.file("scratch-00112233445566778899aabbccddeeff.sluice");
        for (const char* end : {"", ".keys", ".keys.1", "-wal", "-shm", ".lock"}) {
            QFile file{QString::fromStdString(dead + end)};
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        QFile other{QString::fromStdString(folder.file("scratch-notes.sluice"))};
        QVERIFY(other.open(QIODevice::WriteOnly));
        const auto removed = Workspace::removeAbandoned(folder.path());
        QVERIFY_OK(removed);
        QCOMPARE(*removed, std::size_t{1});
        QCOMPARE(folder.files().filter(QStringLiteral("00112233")), QStringList{});
        QVERIFY(folder.files().contains(QStringLiteral("scratch-notes.sluice")));
        QVERIFY_OK(importSome(**living));
        QCOMPARE(*Workspace::removeAbandoned(folder.path()), std::size_t{0});
        QCOMPARE(*Workspace::removeAbandoned(folder.file("no")), std::size_t{0});
    }

    // Each call to the disk that protecting makes through SQLite fails once.
    void whateverFailsOneOfThemIsWhole()
    {
        const Folder folder;
        const std::string path = folder.file("kept.sluice");
        FakeVault vault;
        const auto scratch = Workspace::createScratch(folder.path(), {}, {Now, &vault});
        QVERIFY_OK(scratch);
        QVERIFY_OK(importSome(**scratch));
        const std::string before = ledgerFacts(**scratch);
        const Credential keychain{Credential::Kind::Keychain, {}};
        int call = 1;
        for (bool failed = true; failed; call += call < 40 ? 1 : 17) {
            {
                Result<Workspace::Created> made = TaskContext::cancelled();
                {
                    const FailingDisk disk{call, EIO, false};
                    made = MaintenanceService{**scratch}.protect(
                        path, {{Credential::Kind::Keychain, {}}, false}, Principal::owner(), {});
                    failed = FailingDisk::failed();
                }
                if (made.ok()) {
                    const std::string facts = ledgerFacts(*made->workspace);
                    QVERIFY2(isSound(facts), facts.c_str());
                } else {
                    const QStringList left = folder.files().filter(QStringLiteral("kept"));
                    QVERIFY2(left.isEmpty(),
                        qPrintable(QString::number(call) + QStringLiteral(": ")
                            + left.join(QLatin1Char{' '})
                            + QString::fromStdString(errorSentence(made.error()))));
                }
            }
            QCOMPARE(ledgerFacts(**scratch), before);
            if (QFile::exists(QString::fromStdString(path))) {
                QVERIFY_OK(Workspace::open(path, keychain, {Now, &vault}));
                QVERIFY_OK(Workspace::remove(path));
            }
        }
        QVERIFY(call > 40);
    }

    // Killed at any moment: what was said to be kept opens, nothing half made is taken for a
    // ledger, and what is left is removed by the next start.
    void killedItLeavesWholeLedgersAlone()
    {
        for (const int wait : {5, 300, 900, 1'500, 2'300}) {
            const Folder folder;
            QProcess child;
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert(
                QString::fromLatin1(ChildFolder), QString::fromStdString(folder.path()));
            child.setProcessEnvironment(environment);
            child.start(QCoreApplication::applicationFilePath(), {});
            QVERIFY(child.waitForReadyRead(60'000));
            (void)child.waitForFinished(wait); // it does not
            child.kill();
            QVERIFY(child.waitForFinished(60'000));
            const QByteArray said = child.readAllStandardOutput();
            for (const QByteArray& line : said.split('\n')) {
                if (!line.startsWith("kept "))
                    continue;
                const auto opened
                    = Workspace::open(line.mid(5).toStdString(), passphrase(), {Now, nullptr});
                QVERIFY_OK(opened);
                const std::string facts = ledgerFacts(**opened);
                QVERIFY2(isSound(facts), facts.c_str());
            }
            for (const QString& name : folder.files()) {
                if (name.startsWith(QStringLiteral("kept-"))
                    && name.endsWith(QStringLiteral(".sluice")))
                    QVERIFY_OK(Workspace::open(
                        folder.path() + "/" + name.toStdString(), passphrase(), {Now, nullptr}));
            }
            QVERIFY_OK(Workspace::removeAbandoned(folder.path()));
            QCOMPARE(folder.files().filter(QStringLiteral("scratch")), QStringList{});
        }
    }

    void anotherPassphraseTakesTheOldOnesPlace()
    {
        const Folder folder;
        const std::string path = folder.file("a.sluice");
        {
            const auto made = Workspace::create(path, {}, passphrase("old"), {Now, nullptr});
            QVERIFY_OK(made);
            MaintenanceService service{*made->workspace};
            const auto change = [&](const char* text, const Principal& principal) {
                return service.changePassphrase(
                    SecureBytes::copyOf(std::string_view{text}), principal);
            };
            QCOMPARE(change("", Principal::owner()).error().code, ErrorCode::Usage);
            Principal auditor;
            auditor.roles = {Role::Auditor};
            QCOMPARE(change("new", auditor).error().code, ErrorCode::NotAllowed);
            const std::uint64_t before = made->workspace->revision();
            QVERIFY_OK(change("new", Principal::owner()));
            QCOMPARE(made->workspace->revision(), before + 1);
            const std::string facts = ledgerFacts(*made->workspace);
            QVERIFY2(isSound(facts), facts.c_str());
        }
        QVERIFY_OK(Workspace::open(path, passphrase("new"), {Now, nullptr}));
        QCOMPARE(Workspace::open(path, passphrase("old"), {Now, nullptr}).error().code,
            ErrorCode::WrongPassphrase);
        // nor does it live on in the older generation
        QVERIFY(QFile::remove(QString::fromStdString(path + ".keys")));
        QVERIFY(!Workspace::open(path, passphrase("old"), {Now, nullptr}).ok());
    }
};

int main(int argc, char** argv)
{
    QCoreApplication application{argc, argv};
    if (qEnvironmentVariableIsSet(ChildFolder))
        return runChild(qEnvironmentVariable(ChildFolder));
    tst_ScratchLedger test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_ScratchLedger.moc"
