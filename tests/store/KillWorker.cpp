// SPDX-License-Identifier: GPL-3.0-or-later
// The program that tst_KillNine kills: makes transfers for ever and prints the number of each
// acknowledged one.
#include "core/store/LedgerLock.h"
#include "core/store/StoreWriter.h"
#include "tests/store/Workload.h"

#include <cstdio>
#include <cstdlib>
#include <deque>
#include <string>

#include <unistd.h>

using namespace sluice;

namespace {

Status work(const std::string& path, std::int64_t number, std::uint64_t seed)
{
    SLUICE_TRY(const LedgerLock lock, LedgerLock::acquire(path, "worker"));
    SLUICE_TRY(Connection connection, Connection::open(path, test::bankKey(), {}));
    SeededRandom random{seed};
    StoreWriter writer{std::move(connection)};
    while (true) {
        // Three in flight, so that the kill finds queued jobs too.
        std::deque<std::future<Status>> waiting;
        for (int i = 0; i < 3; ++i)
            waiting.push_back(writer.submit([&random, next = number + i](Connection& open) {
                return test::transferWithin(open, next, random);
            }));
        if (number % 4 == 0)
            (void)writer.maintain([](Connection& open) { return open.checkpoint(); });
        for (; !waiting.empty(); waiting.pop_front(), ++number) {
            SLUICE_TRY_DO(waiting.front().get());
            const std::string line = std::to_string(number) + "\n";
            if (::write(STDOUT_FILENO, line.data(), line.size()) < 0)
                return Error{ErrorCode::Io, {}, "the pipe is closed", {}};
        }
    }
}

} // namespace

int main(int argc, char* argv[])
{
    if (argc != 4)
        return 2;
    const Status status
        = work(argv[1], std::atoll(argv[2]), static_cast<std::uint64_t>(std::atoll(argv[3])));
    std::fprintf(stderr, "%s\n", errorSentence(status.error()).c_str());
    return 1;
}
