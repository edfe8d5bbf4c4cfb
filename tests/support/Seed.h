// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Random.h"

#include <QByteArray>
#include <QDebug>

#include <cstdint>

namespace sluice::test {

// The seed of a property test: SLUICE_SEED where set, else `fixed`. Printed, so that a failure can
// be replayed; a seed that once failed is added to the test as a case of its own.
inline std::uint64_t seed(std::uint64_t fixed)
{
    bool given = false;
    const std::uint64_t asked = qgetenv("SLUICE_SEED").toULongLong(&given);
    const std::uint64_t value = given ? asked : fixed;
    qInfo("seed %llu (SLUICE_SEED=%llu replays it)", static_cast<unsigned long long>(value),
        static_cast<unsigned long long>(value));
    return value;
}

// How many rounds a heavy loop does: all of them in release builds, a twentieth under sanitizers.
constexpr int rounds(int full)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return full / 20 > 0 ? full / 20 : 1;
#else
    return full;
#endif
}

} // namespace sluice::test
