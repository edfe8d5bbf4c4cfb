// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <string>
#include <string_view>

namespace sluice {

// The operating system's lock on LEDGER.lock: one process per ledger. It ends with the process,
// however that dies, so a lock file left behind is harmless. Only who holds it may remove it, with
// the ledger that goes or gets another name. The file names the holder for the message that the
// second one gets. Errors: Locked, NotFound, ReadOnly, Io.
class LedgerLock {
public:
    // `holder`: the program's name, as in "sluice-cli"; the process id is added.
    static Result<LedgerLock> acquire(const std::string& ledgerPath, std::string_view holder);
    ~LedgerLock();
    LedgerLock(LedgerLock&& other) noexcept;
    LedgerLock& operator=(LedgerLock&& other) noexcept;
    LedgerLock(const LedgerLock&) = delete;
    LedgerLock& operator=(const LedgerLock&) = delete;

    [[nodiscard]] const std::string& ledgerPath() const { return m_ledgerPath; }

private:
    LedgerLock(int file, std::string ledgerPath);

    int m_file;
    std::string m_ledgerPath;
};

} // namespace sluice
