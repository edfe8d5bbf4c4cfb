// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/FileSalt.h"
#include "core/store/LedgerLock.h"

namespace sluice {

class SecureBytes;

// The first 16 bytes of a ledger are the salt of its page keys. A power cut that tears the first
// sector takes them, and with them everything; so the key envelope keeps a copy, and this puts it
// back before SQLite sees the file.
//
// Returns whether a repair was made (the caller logs it as an event once the ledger is open). The
// damaged files are copied aside first (LEDGER.pre-repair, LEDGER.pre-repair-wal). A ledger that
// opens with the salt it has is left alone: then it is the envelope that is old, as after restoring
// a copy. Stopped half-way, it does the same again the next time. Errors: NotFound, DiskFull,
// ReadOnly, Io. A file that is not encrypted is left to Connection::open to refuse.
Result<bool> restoreSalt(const LedgerLock& lock, const FileSalt& expected, const SecureBytes& key);

} // namespace sluice
