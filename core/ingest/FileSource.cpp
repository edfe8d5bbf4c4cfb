// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/FileSource.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sluice {
namespace {

Error systemError(const std::string& name, int number, std::string_view doing)
{
    switch (number) {
    case ENOENT:
    case ENOTDIR:
        return {ErrorCode::NotFound, name, "there is no such file", "check the path"};
    case EACCES:
    case EPERM:
        return {ErrorCode::Io, name, "no permission to read the file",
            "ask its owner for read permission"};
    case EISDIR:
        return {ErrorCode::BadInput, name, "is a folder, not a file", "name a file"};
    default:
        return {ErrorCode::Io, name, std::string(doing) + " failed: " + std::strerror(number),
            "check the disk"};
    }
}

std::int64_t changeTimeNs(const struct stat& state)
{
    return static_cast<std::int64_t>(state.st_mtim.tv_sec) * 1'000'000'000 + state.st_mtim.tv_nsec;
}

} // namespace

Result<std::unique_ptr<FileSource>> FileSource::open(
    const std::filesystem::path& path, StopToken stop)
{
    std::string name = path.string();
    // NONBLOCK: opening a pipe that nobody writes to must not hang; it does nothing to a regular
    // file.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return systemError(name, errno, "opening the file");
    struct stat state { };
    const bool known = ::fstat(descriptor, &state) == 0;
    const int number = errno;
    if (!known || !S_ISREG(state.st_mode)) {
        ::close(descriptor);
        if (!known)
            return systemError(name, number, "looking at the file");
        if (S_ISDIR(state.st_mode))
            return systemError(name, EISDIR, {});
        return Error{ErrorCode::BadInput, std::move(name), "is not a regular file",
            "save its content to a file first"};
    }
    ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
    return std::unique_ptr<FileSource>(new FileSource(descriptor, std::move(name),
        static_cast<std::uint64_t>(state.st_size), changeTimeNs(state), std::move(stop)));
}

FileSource::FileSource(
    int descriptor, std::string name, std::uint64_t size, std::int64_t changedNs, StopToken stop)
    : m_descriptor{descriptor}
    , m_name{std::move(name)}
    , m_size{size}
    , m_changedNs{changedNs}
    , m_stop{std::move(stop)}
{
}

FileSource::~FileSource()
{
    ::close(m_descriptor);
}

Result<ByteBlock> FileSource::next(std::string_view carry)
{
    if (m_stop.stopRequested())
        return TaskContext::cancelled();
    std::shared_ptr<char> buffer = m_pool.take(carry.size() + BlockPool::BlockSize);
    char* const data = buffer.get();
    if (!carry.empty())
        std::memcpy(data, carry.data(), carry.size());
    std::size_t filled = 0;
    while (filled < BlockPool::BlockSize) {
        const ssize_t got
            = ::read(m_descriptor, data + carry.size() + filled, BlockPool::BlockSize - filled);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return systemError(m_name, errno, "reading the file");
        if (got == 0)
            break;
        filled += static_cast<std::size_t>(got);
    }
    m_done += filled;
    if (filled == 0)
        SLUICE_TRY_DO(checkUnchanged());
    return ByteBlock{std::move(buffer), {data, carry.size() + filled}, carry.size()};
}

Status FileSource::checkUnchanged() const
{
    struct stat state { };
    if (::fstat(m_descriptor, &state) != 0)
        return systemError(m_name, errno, "looking at the file");
    if (m_done == m_size && static_cast<std::uint64_t>(state.st_size) == m_size
        && changeTimeNs(state) == m_changedNs)
        return Status::success();
    return Error{ErrorCode::Io, m_name, "the file changed while it was read",
        "import it again when it is complete"};
}

} // namespace sluice
