// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/StoreError.h"

#include <sqlite3.h>

#include <cerrno>

namespace sluice {
namespace {

Error constraintError(int code, const std::string& path, const std::string& detail)
{
    const bool duplicate = code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY
        || code == SQLITE_CONSTRAINT_ROWID;
    return {duplicate ? ErrorCode::AlreadyExists : ErrorCode::Internal, path, detail, {}};
}

Error describe(int code, const std::string& path, const std::string& detail)
{
    switch (code & 0xFF) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return {ErrorCode::Damaged, path, "the ledger is damaged: " + detail,
            "Restore the latest backup"};
    case SQLITE_FULL:
        return {ErrorCode::DiskFull, path, detail,
            "Free some space and try again; nothing was changed"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return {ErrorCode::ReadOnly, path, detail, "Check the rights of the ledger and its folder"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {
            ErrorCode::Locked, path, detail, "Close the other program that has the ledger open"};
    case SQLITE_INTERRUPT:
        return {ErrorCode::Cancelled, {}, "cancelled", {}};
    case SQLITE_CONSTRAINT:
        return constraintError(code, path, detail);
    case SQLITE_TOOBIG:
        return {ErrorCode::BadInput, path, detail, {}};
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_NOMEM:
    case SQLITE_PROTOCOL:
        return {ErrorCode::Io, path, detail, "Check the disk and try again; nothing was changed"};
    default:
        return {ErrorCode::Internal, path, detail, {}};
    }
}

} // namespace

Error storeError(int code, const std::string& path, std::string_view doing)
{
    return describe(code, path, std::string{doing} + " failed: " + sqlite3_errstr(code));
}

Error damageOf(Error error, const std::string& path)
{
    switch (error.code) {
    case ErrorCode::Usage:
    case ErrorCode::BadInput:
    case ErrorCode::Overflow:
    case ErrorCode::NotFound:
        return {ErrorCode::Damaged, path,
            error.where.empty() ? std::move(error.what) : error.where + ": " + error.what,
            "Run verify, or open the newest backup"};
    default:
        return error;
    }
}

Error storeError(int code, sqlite3* database, std::string_view doing)
{
    const char* file = sqlite3_db_filename(database, "main");
    const std::string path = file ? file : "";
    // EFBIG: what is full is the size that the user or the file system allows a file.
    const int cause = sqlite3_system_errno(database);
    if ((code & 0xFF) == SQLITE_IOERR && (cause == ENOSPC || cause == EFBIG))
        return storeError(SQLITE_FULL, path, doing);
    // The message of a failed call names tables and columns, never values: those are always bound.
    const std::string detail = std::string{doing} + " failed: " + sqlite3_errmsg(database);
    return describe(code, path, detail);
}

} // namespace sluice
