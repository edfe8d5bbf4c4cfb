// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Clock.h"

#include <chrono>
#include <cstdlib>

namespace sluice {

Timestamp SystemClock::now() const
{
    if (const char* held = std::getenv("SLUICE_NOW")) {
        if (const auto instant = Timestamp::parseIso(held); instant.ok())
            return *instant;
    }
    const auto sinceEpoch = std::chrono::system_clock::now().time_since_epoch();
    return Timestamp{std::chrono::duration_cast<std::chrono::microseconds>(sinceEpoch).count()};
}

} // namespace sluice
