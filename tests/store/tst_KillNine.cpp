// SPDX-License-Identifier: GPL-3.0-or-later
// A real program on a real disk, killed at any moment: what it had reported as saved is there.
#include "core/store/SaltGuard.h"
#include "tests/store/Workload.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/unit/store/StoreFixture.h"

#include <QTest>

#include <array>
#include <csignal>
#include <cstdlib>
#include <string>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace sluice;
using namespace sluice::test;

extern char** environ;

namespace {

struct Worker {
    pid_t process{0};
    int output{-1};
};

// posix_spawn, never fork: a forked child would repeat the cipher's nonces.
Worker start(const std::string& ledger, std::int64_t next, std::uint64_t workerSeed)
{
    std::array<int, 2> pipe{};
    SLUICE_CHECK(::pipe2(pipe.data(), O_CLOEXEC) == 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
    std::array<std::string, 4> texts{
        SLUICE_KILL_WORKER, ledger, std::to_string(next), std::to_string(workerSeed)};
    std::array<char*, 5> arguments{
        texts[0].data(), texts[1].data(), texts[2].data(), texts[3].data(), nullptr};
    Worker worker;
    const int code = posix_spawn(
        &worker.process, texts[0].c_str(), &actions, nullptr, arguments.data(), environ);
    SLUICE_CHECK(code == 0);
    posix_spawn_file_actions_destroy(&actions);
    ::close(pipe[1]);
    worker.output = pipe[0];
    return worker;
}

// Reads acknowledgements until there were `wanted` of them (or the pipe ends); returns the number
// of the last.
std::int64_t readAcknowledged(int output, int wanted, std::int64_t last)
{
    std::string line;
    char c = 0;
    while (wanted > 0 && ::read(output, &c, 1) == 1) {
        if (c != '\n') {
            line += c;
            continue;
        }
        last = std::atoll(line.c_str());
        line.clear();
        --wanted;
    }
    return last;
}

} // namespace

class tst_KillNine : public QObject {
    Q_OBJECT

private slots:
    void whatWasSavedIsThere_property()
    {
        const StoreFolder folder;
        const std::string path = folder.file();
        {
            auto connection
                = Connection::open(path, bankKey(), {.mode = OpenMode::Create, .salt = bankSalt()});
            QVERIFY_OK(connection);
            QVERIFY_OK(createBank(*connection));
        }
        SeededRandom random{seed(61)};
        std::int64_t count = 0;
        for (int i = 0; i < rounds(50); ++i) {
            const Worker worker = start(path, count + 1, random.next() >> 2);
            std::int64_t acknowledged
                = readAcknowledged(worker.output, static_cast<int>(random.between(0, 60)), count);
            QCOMPARE(::kill(worker.process, SIGKILL), 0);
            int status = 0;
            QCOMPARE(::waitpid(worker.process, &status, 0), worker.process);
            QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
            // written before the kill
            acknowledged = readAcknowledged(worker.output, 1'000'000, acknowledged);
            ::close(worker.output);

            // the dead process holds it no more
            const auto lock = LedgerLock::acquire(path, "test");
            QVERIFY_OK(lock);
            const auto repaired = restoreSalt(*lock, bankSalt(), bankKey());
            QVERIFY_OK(repaired);
            QVERIFY(!*repaired);
            auto connection = Connection::open(path, bankKey(), {});
            QVERIFY_OK(connection);
            const auto found = checkBank(*connection);
            QVERIFY_OK(found);
            QVERIFY2(*found >= acknowledged, "an acknowledged transfer is lost");
            QVERIFY(*found <= acknowledged + 3);
            count = *found;
        }
        QVERIFY(count > 0);
    }
};

QTEST_GUILESS_MAIN(tst_KillNine)
#include "tst_KillNine.moc"
