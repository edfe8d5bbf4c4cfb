// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

namespace sluice {

// What the process says when it ends. Scripts rest on these numbers.
enum class ExitCode : int {
    Done = 0, // findings alone are no fault
    Faults = 1, // done, but rows were quarantined or a check found faults
    Usage = 2,
    BadInput = 3, // bad input, no such file, exists already: nothing changed
    Locked = 4, // locked, wrong passphrase, not allowed, out of scope
    Damaged = 5, // damaged, unreadable, not a ledger, newer schema
    Cancelled = 6,
    Internal = 70, // our fault
};

ExitCode exitCodeOf(ErrorCode code);

} // namespace sluice
