// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/LedgerFile.h"

#include "core/base/DurableFile.h"
#include "core/store/Connection.h"
#include "core/store/StoreError.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <string_view>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/vfs.h>
#endif

namespace sluice {
namespace {

constexpr std::string_view PlainHeader{"SQLite format 3\0", 16};

Error notEncrypted(const std::string& path)
{
    return {ErrorCode::NotALedger, path, "the file is a plain, unencrypted SQLite database",
        "Choose a ledger, or create one with sluice-cli init"};
}

// "file:" form of a path, with everything but plain characters escaped.
std::string fileUri(const std::string& path, std::string_view query)
{
    constexpr std::string_view Plain
        = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    constexpr std::string_view Hex = "0123456789ABCDEF";
    std::string uri = "file:";
    for (const char c : path) {
        if (Plain.find(c) != std::string_view::npos) {
            uri += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        uri += '%';
        uri += Hex[byte >> 4];
        uri += Hex[byte & 15];
    }
    return uri.append(query);
}

struct CloseDatabase {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
using Unkeyed = std::unique_ptr<sqlite3, CloseDatabase>;

// Immutable: sees the one file, takes no lock and never touches the log of a connection that has
// the key. SQLite's own file layer opens it, because a plain open and close would drop the locks
// that this process holds on the file.
Result<Unkeyed> openUnkeyed(const std::string& path, const std::string& vfs)
{
    const std::string name = cipherVfsName(vfs);
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(fileUri(path, "?immutable=1").c_str(), &opened,
        SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX,
        name.empty() ? nullptr : name.c_str());
    Unkeyed database{opened};
    if (code == SQLITE_OK)
        return database;
    const int number = opened ? sqlite3_system_errno(opened) : 0;
    return number != 0 ? systemError(number, path, "opening the ledger")
                       : storeError(code, path, "opening the ledger");
}

} // namespace

std::string cipherVfsName(const std::string& vfs)
{
    return vfs.empty() ? std::string{} : "multipleciphers-" + vfs;
}

Result<FileSalt> readFileSalt(const std::string& path, const std::string& vfs)
{
    SLUICE_TRY(const Unkeyed database, openUnkeyed(path, vfs));
    sqlite3_file* file = nullptr;
    int code = sqlite3_file_control(database.get(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
    FileSalt salt{};
    if (code == SQLITE_OK)
        code = file->pMethods->xRead(file, salt.data(), static_cast<int>(salt.size()), 0);
    if (code == SQLITE_IOERR_SHORT_READ)
        return Error{ErrorCode::NotALedger, path, "the file is empty or too short to be a ledger",
            "Choose a ledger, or restore a backup"};
    if (code != SQLITE_OK)
        return storeError(code, path, "reading the start of the ledger");
    return salt;
}

Status ledgerFileToCreate(const std::string& path, const std::string& vfs)
{
    // SQLite creates the file there; rights are a matter of the operating system's file layer
    if (!vfs.empty())
        return Status::success();
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0)
        return systemError(errno, path, "creating the ledger");
    ::close(file);
    return Status::success();
}

Status ledgerFileToOpen(const std::string& path, const std::string& vfs)
{
    SLUICE_TRY(const FileSalt start, readFileSalt(path, vfs));
    if (std::equal(start.begin(), start.end(), PlainHeader.begin(),
            [](std::uint8_t byte, char c) { return byte == static_cast<std::uint8_t>(c); }))
        return notEncrypted(path);
    return Status::success();
}

Result<bool> beginsAsText(const std::string& path)
{
    SLUICE_TRY(const FileSalt start, readFileSalt(path, {}));
    return std::ranges::all_of(start, [](std::uint8_t byte) {
        return (byte >= ' ' && byte < 0x7F) || byte == '\t' || byte == '\n' || byte == '\r';
    });
}

bool isNetworkFileSystem(std::uint64_t type)
{
    // NFS, SMB, CIFS, SMB 2, AFS, Coda, NCP (linux/magic.h)
    constexpr std::array<std::uint64_t, 7> Types{
        0x6969, 0x517B, 0xFF534D42, 0xFE534D42, 0x5346414F, 0x73757245, 0x564C};
    return std::ranges::find(Types, type) != Types.end();
}

Status requireLocalDisk([[maybe_unused]] const std::string& path)
{
#ifdef __linux__
    struct statfs information { };
    if (::statfs(path.c_str(), &information) == 0
        && isNetworkFileSystem(static_cast<std::uint64_t>(information.f_type) & 0xFFFFFFFFU))
        return Error{ErrorCode::Io, path,
            "the ledger lies on a network folder, where it would be damaged sooner or later",
            "Keep it on a local disk, and put backups on the network"};
#endif
    return Status::success();
}

Status requireEncrypted(const std::string& path, const std::string& vfs)
{
    SLUICE_TRY_DO(ledgerFileToOpen(path, vfs));
    SLUICE_TRY(const Unkeyed database, openUnkeyed(path, vfs));
    const int read = sqlite3_exec(
        database.get(), "SELECT count(*) FROM sqlite_schema", nullptr, nullptr, nullptr);
    if (read == SQLITE_OK)
        return notEncrypted(path);
    if (read != SQLITE_NOTADB)
        return storeError(read, path, "checking that the ledger is encrypted");
    return Status::success();
}

void removeLedgerFiles(const std::string& path)
{
    for (const char* suffix : {"", "-wal", "-shm", "-journal"})
        ::unlink((path + suffix).c_str());
}

} // namespace sluice
