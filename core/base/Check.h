// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdio>
#include <cstdlib>

namespace sluice {

[[noreturn]] inline void checkFailed(const char* expression, const char* file, int line)
{
    std::fprintf(stderr, "sluice: check failed: %s (%s:%d)\n", expression, file, line);
    std::abort();
}

} // namespace sluice

// For our own bugs only, in every build: a ledger that goes on in a state it does not understand is
// worse than a crash.
#define SLUICE_CHECK(expression)                                                                   \
    do {                                                                                           \
        if (!(expression)) [[unlikely]]                                                            \
            ::sluice::checkFailed(#expression, __FILE__, __LINE__);                                \
    } while (false)
