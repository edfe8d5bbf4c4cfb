// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/CommandLine.h"
#include "core/security/ProcessGuard.h"
#include "app/cli/LazyKeychain.h"

#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>

#include <malloc.h>
#include <unistd.h>

namespace {

// What a signal handler can reach; made before any is installed.
const sluice::StopToken Stop;

extern "C" void stopOnSignal(int)
{
    Stop.requestStop();
}

// Ends the work at its next safe point; a second signal ends the process.
void cancelOnSignals()
{
    struct sigaction action { };
    action.sa_handler = stopOnSignal;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    sigaction(SIGHUP, &action, nullptr);
}

// An import takes and frees megabytes all the time. Given back to the system each time, they cost a
// page fault every 4 KiB on the way in again.
void keepFreedMemory()
{
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 64 << 20);
    mallopt(M_TRIM_THRESHOLD, 128 << 20);
#endif
}

} // namespace

int main(int argc, char** argv)
{
    sluice::keepSecretsInThisProcess();
    keepFreedMemory();
    cancelOnSignals();
    try {
        std::ios::sync_with_stdio(false);
        const sluice::SystemClock clock;
        sluice::LazyKeychain keychain;
        const sluice::CommandLine::Streams streams{
            std::cout, std::cerr, ::isatty(STDERR_FILENO) == 1};
        sluice::CommandLine commandLine{sluice::standardVerbs(), streams, {clock, &keychain}, Stop};
        return static_cast<int>(commandLine.run({argv + 1, argv + argc}));
    } catch (const std::exception& error) {
        std::cerr << "sluice-cli: " << error.what() << ". This is our fault; please report it.\n";
        return static_cast<int>(sluice::ExitCode::Internal);
    }
}
