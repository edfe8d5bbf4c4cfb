// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Check.h"

#include <sodium.h>

namespace sluice {

// libsodium must be started before its first use; again costs nothing. Any thread.
inline void requireSodium()
{
    static const int started = sodium_init();
    SLUICE_CHECK(started >= 0);
}

} // namespace sluice
