// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/SaltGuard.h"

#include "core/base/DurableFile.h"
#include "core/store/Connection.h"
#include "core/store/LedgerFile.h"

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace sluice {
namespace {

// An older copy of an earlier repair goes: the newest damage is the one to look into.
Status copyAside(const std::string& from, const std::string& to)
{
    if (::access(from.c_str(), F_OK) != 0)
        return Status::success();
    ::unlink(to.c_str());
    return copyFileDurably(from, to);
}

Status writeSalt(const std::string& path, const FileSalt& salt)
{
    const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (file < 0)
        return systemError(errno, path, "opening the ledger");
    const bool written
        = ::pwrite(file, salt.data(), salt.size(), 0) == static_cast<ssize_t>(salt.size())
        && ::fsync(file) == 0;
    const int number = errno;
    ::close(file);
    if (!written)
        return systemError(number, path, "repairing the ledger");
    return Status::success();
}

} // namespace

Result<bool> restoreSalt(const LedgerLock& lock, const FileSalt& expected, const SecureBytes& key)
{
    const std::string& path = lock.ledgerPath();
    const auto found = readFileSalt(path);
    if (!found.ok()) {
        if (found.error().code == ErrorCode::NotALedger) // shorter than a salt: nothing to repair
            return false;
        return found.error();
    }
    if (*found == expected || !ledgerFileToOpen(path, {}).ok())
        return false;
    if (Connection::open(path, key, {.mode = OpenMode::ReadOnly}).ok())
        return false;
    SLUICE_TRY_DO(copyAside(path, path + ".pre-repair"));
    SLUICE_TRY_DO(copyAside(path + "-wal", path + ".pre-repair-wal"));
    SLUICE_TRY_DO(writeSalt(path, expected));
    return true;
}

} // namespace sluice
