// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/DurableFile.h"

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sluice {
namespace {

class Descriptor {
public:
    explicit Descriptor(int fd)
        : m_fd{fd}
    {
    }
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return m_fd; }
    [[nodiscard]] bool close() { return ::close(std::exchange(m_fd, -1)) == 0; }

private:
    int m_fd;
};

bool writeAll(int fd, std::string_view content)
{
    while (!content.empty()) {
        const ssize_t written = ::write(fd, content.data(), content.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

// Bytes read, 0 at the end, -1 with errno on failure.
ssize_t readSome(int fd, char* into, std::size_t size)
{
    while (true) {
        const ssize_t got = ::read(fd, into, size);
        if (got >= 0 || errno != EINTR)
            return got;
    }
}

constexpr std::size_t WriterBuffer = 65536;
constexpr std::string_view TemporaryEnd = ".new";

} // namespace

Error systemError(int errorNumber, const std::string& path, std::string_view doing)
{
    const std::string what
        = std::string{doing} + " failed: " + std::generic_category().message(errorNumber);
    switch (errorNumber) {
    case ENOENT:
    case ENOTDIR:
        return {ErrorCode::NotFound, path, "there is no such file or folder", "Check the path"};
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return {ErrorCode::DiskFull, path, what, "Free some space and try again"};
    case EROFS:
    case EACCES:
    case EPERM:
        return {ErrorCode::ReadOnly, path, what, "Check the rights of the file and its folder"};
    case EEXIST:
        return {ErrorCode::AlreadyExists, path, "the file exists already",
            "Choose another name or move the file away"};
    default:
        return {ErrorCode::Io, path, what, "Check the disk and try again"};
    }
}

Result<std::string> readSmallFile(const std::string& path, std::size_t sizeMax)
{
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (file.get() < 0)
        return systemError(errno, path, "opening");
    std::string content;
    std::array<char, 16384> chunk{};
    while (true) {
        const ssize_t got = readSome(file.get(), chunk.data(), chunk.size());
        if (got < 0)
            return systemError(errno, path, "reading");
        if (got == 0)
            return content;
        content.append(chunk.data(), static_cast<std::size_t>(got));
        if (content.size() > sizeMax)
            return Error{ErrorCode::BadInput, path,
                "the file is larger than " + std::to_string(sizeMax) + " bytes", {}};
    }
}

Status syncFolderOf(const std::string& path)
{
    std::filesystem::path folder = std::filesystem::path{path}.parent_path();
    if (folder.empty())
        folder = ".";
    const Descriptor directory{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (directory.get() < 0)
        return systemError(errno, folder.string(), "opening the folder");
    // Some network file systems cannot sync a folder and say EINVAL; there is nothing more to be
    // done there.
    if (::fsync(directory.get()) != 0 && errno != EINVAL)
        return systemError(errno, folder.string(), "syncing the folder");
    return Status::success();
}

Status replaceFileDurably(const std::string& path, std::string_view content)
{
    const std::string temporary = path + std::string{TemporaryEnd};
    Descriptor file{
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR)};
    if (file.get() < 0)
        return systemError(errno, temporary, "creating");
    if (!writeAll(file.get(), content) || ::fsync(file.get()) != 0 || !file.close()
        || ::rename(temporary.c_str(), path.c_str()) != 0) {
        const Error error = systemError(errno, path, "writing");
        ::unlink(temporary.c_str());
        return error;
    }
    return syncFolderOf(path);
}

DurableWriter::DurableWriter(std::string path)
    : m_path{std::move(path)}
{
}

DurableWriter::DurableWriter(DurableWriter&& other) noexcept
    : m_path{std::move(other.m_path)}
    , m_buffer{std::move(other.m_buffer)}
    , m_file{std::exchange(other.m_file, -1)}
{
}

DurableWriter::~DurableWriter()
{
    if (m_file < 0)
        return;
    ::close(m_file);
    ::unlink((m_path + std::string{TemporaryEnd}).c_str());
}

Result<DurableWriter> DurableWriter::create(const std::string& path)
{
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored))
        return Error{ErrorCode::BadInput, path, "this is a folder", "Name a file in it"};
    DurableWriter writer{path};
    constexpr mode_t AsTheUserSays = 0666; // less what the umask takes away
    writer.m_file = ::open((path + std::string{TemporaryEnd}).c_str(),
        O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, AsTheUserSays);
    if (writer.m_file < 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return Error{ErrorCode::NotFound, path, "there is no such folder",
                "Check the path or make the folder first"};
        return systemError(errno, path, "creating");
    }
    writer.m_buffer.reserve(WriterBuffer);
    return writer;
}

Status DurableWriter::flush()
{
    if (!writeAll(m_file, m_buffer))
        return systemError(errno, m_path, "writing");
    m_buffer.clear();
    return Status::success();
}

Status DurableWriter::write(std::string_view bytes)
{
    m_buffer.append(bytes);
    return m_buffer.size() < WriterBuffer ? Status::success() : flush();
}

Status DurableWriter::commit()
{
    SLUICE_TRY_DO(flush());
    const std::string temporary = m_path + std::string{TemporaryEnd};
    if (::fsync(m_file) != 0 || ::close(std::exchange(m_file, -1)) != 0
        || ::rename(temporary.c_str(), m_path.c_str()) != 0) {
        const Error error = systemError(errno, m_path, "writing");
        ::unlink(temporary.c_str());
        return error;
    }
    return syncFolderOf(m_path);
}

Status copyFileDurably(const std::string& from, const std::string& to)
{
    const Descriptor source{::open(from.c_str(), O_RDONLY | O_CLOEXEC)};
    if (source.get() < 0)
        return systemError(errno, from, "opening");
    Descriptor target{
        ::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR)};
    if (target.get() < 0)
        return systemError(errno, to, "creating");
    std::array<char, 65536> chunk{};
    ssize_t got = 0;
    while ((got = readSome(source.get(), chunk.data(), chunk.size())) > 0) {
        if (!writeAll(target.get(), {chunk.data(), static_cast<std::size_t>(got)}))
            break;
    }
    if (got != 0 || ::fsync(target.get()) != 0 || !target.close()) {
        const Error error = systemError(errno, to, "copying");
        ::unlink(to.c_str());
        return error;
    }
    return syncFolderOf(to);
}

Status moveToNewName(const std::string& from, const std::string& to)
{
    // Unlike rename(), a link never overwrites; but sticks and some network folders have none.
    if (::link(from.c_str(), to.c_str()) == 0) {
        ::unlink(from.c_str());
        return Status::success();
    }
    if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS)
        return systemError(errno, to, "creating");
    if (::access(to.c_str(), F_OK) == 0)
        return systemError(EEXIST, to, "creating");
    if (::rename(from.c_str(), to.c_str()) != 0)
        return systemError(errno, to, "creating");
    return Status::success();
}

} // namespace sluice
