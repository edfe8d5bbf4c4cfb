// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Check.h"

#include <sqlite3.h>

#include <array>
#include <atomic>
#include <cerrno>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace sluice::test {

// While it lives, SQLite's calls to the disk fail from `atCall` on: that one alone, or all.
class FailingDisk {
public:
    FailingDisk(int atCall, int error, bool persistent)
    {
        s_calls = 0;
        s_atCall = atCall;
        s_error = error;
        s_persistent = persistent;
        sqlite3_vfs* const disk = sqlite3_vfs_find("unix");
        for (const auto& [name, call] : calls())
            SLUICE_CHECK(disk->xSetSystemCall(disk, name, call) == SQLITE_OK);
    }
    ~FailingDisk()
    {
        sqlite3_vfs* const disk = sqlite3_vfs_find("unix");
        for (const auto& [name, call] : calls())
            (void)disk->xSetSystemCall(disk, name, nullptr);
    }
    FailingDisk(const FailingDisk&) = delete;
    FailingDisk& operator=(const FailingDisk&) = delete;

    [[nodiscard]] static bool failed() { return s_calls >= s_atCall; }

private:
    static bool fails()
    {
        const int call = ++s_calls;
        const bool now = s_persistent ? call >= s_atCall : call == s_atCall;
        if (now)
            errno = s_error;
        return now;
    }
    static int openFile(const char* path, int flags, int mode)
    {
        return fails() ? -1 : ::open(path, flags, mode);
    }
    static ssize_t readFile(int file, void* bytes, std::size_t size, off_t offset)
    {
        return fails() ? -1 : ::pread(file, bytes, size, offset);
    }
    static ssize_t writeFile(int file, const void* bytes, std::size_t size, off_t offset)
    {
        return fails() ? -1 : ::pwrite(file, bytes, size, offset);
    }
    static int truncateFile(int file, off_t size) { return fails() ? -1 : ::ftruncate(file, size); }
    static void* map(void* at, std::size_t size, int protection, int flags, int file, off_t offset)
    {
        return fails() ? MAP_FAILED : ::mmap(at, size, protection, flags, file, offset);
    }

    using Call = sqlite3_syscall_ptr;
    static std::array<std::pair<const char*, Call>, 7> calls()
    {
        return {{{"open", reinterpret_cast<Call>(openFile)},
            {"pread", reinterpret_cast<Call>(readFile)},
            {"pread64", reinterpret_cast<Call>(readFile)},
            {"pwrite", reinterpret_cast<Call>(writeFile)},
            {"pwrite64", reinterpret_cast<Call>(writeFile)},
            {"ftruncate", reinterpret_cast<Call>(truncateFile)},
            {"mmap", reinterpret_cast<Call>(map)}}};
    }

    static inline std::atomic<int> s_calls{0};
    static inline std::atomic<int> s_atCall{0};
    static inline std::atomic<int> s_error{0};
    static inline std::atomic<bool> s_persistent{false};
};

} // namespace sluice::test
