// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/LedgerLock.h"

#include "core/base/DurableFile.h"

#include <cctype>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sluice {
namespace {

constexpr std::size_t HolderSizeMax = 200;

// Whatever stands in the lock file is only shown, so nothing but printable characters of it is.
std::string holderOf(const std::string& lockPath)
{
    const auto content = readSmallFile(lockPath, HolderSizeMax);
    std::string text;
    if (content.ok()) {
        for (const char c : *content)
            text += std::isprint(static_cast<unsigned char>(c)) != 0 ? c : ' ';
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text.empty() ? "another program" : text;
}

bool isFileOf(int file, const std::string& path)
{
    struct stat locked { };
    struct stat named { };
    return ::fstat(file, &locked) == 0 && ::stat(path.c_str(), &named) == 0
        && locked.st_dev == named.st_dev && locked.st_ino == named.st_ino;
}

} // namespace

LedgerLock::LedgerLock(int file, std::string ledgerPath)
    : m_file{file}
    , m_ledgerPath{std::move(ledgerPath)}
{
}

LedgerLock::~LedgerLock()
{
    if (m_file >= 0)
        ::close(m_file);
}

LedgerLock::LedgerLock(LedgerLock&& other) noexcept
    : m_file{std::exchange(other.m_file, -1)}
    , m_ledgerPath{std::move(other.m_ledgerPath)}
{
}

LedgerLock& LedgerLock::operator=(LedgerLock&& other) noexcept
{
    std::swap(m_file, other.m_file);
    std::swap(m_ledgerPath, other.m_ledgerPath);
    return *this;
}

Result<LedgerLock> LedgerLock::acquire(const std::string& ledgerPath, std::string_view holder)
{
    const std::string lockPath = ledgerPath + ".lock";
    const int file = ::open(lockPath.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0)
        return systemError(errno, lockPath, "locking the ledger");
    LedgerLock lock{file, ledgerPath};
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK)
            return systemError(errno, lockPath, "locking the ledger");
        return Error{ErrorCode::Locked, ledgerPath, "the ledger is in use by " + holderOf(lockPath),
            "Close it there and try again"};
    }
    // The holder before us may have removed the file between our open and our lock: then the next
    // one would lock a new file of the name.
    if (!isFileOf(file, lockPath))
        return Error{ErrorCode::Locked, ledgerPath, "the ledger was just being renamed or removed",
            "Try again"};
    const std::string text = std::string{holder} + " (process " + std::to_string(::getpid()) + ")";
    // Only for the other side's message: a full disk must not keep anyone from their ledger.
    if (::ftruncate(file, 0) == 0) [[maybe_unused]]
        const ssize_t ignored = ::pwrite(file, text.data(), text.size(), 0);
    return lock;
}

} // namespace sluice
