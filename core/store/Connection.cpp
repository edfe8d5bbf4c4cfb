// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Connection.h"

#include "core/base/DurableFile.h"
#include "core/store/LedgerFile.h"
#include "core/store/StoreError.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include <unistd.h>

namespace sluice {

struct Connection::State {
    sqlite3* database{nullptr};
    std::optional<StopToken> stop{};
    // of the write-ahead log after the last commit; counted once checkpoints are deferred
    int logPages{0};

    ~State() { sqlite3_close_v2(database); }
};

namespace {

constexpr std::size_t KeySize = 32;
// virtual machine steps between two looks at the stop token, under 1 ms
constexpr int StopCheckOperations = 20'000;
// 4 MB: what a checkpoint is worth, and what opening after a crash reads again
constexpr int LogPagesMax = 1'000;
// of the log's file after a checkpoint; a large import's goes
constexpr std::string_view LogBytesKept = "16777216";
constexpr int BackupPagesPerStep = 2'000;

struct Limit {
    int id;
    int value;
};

// What a statement of ours needs with room to spare, so that a crafted schema cannot take all
// memory or time (sqlite.org/security.html). One attached database is what VACUUM INTO needs.
constexpr std::array<Limit, 11> Limits{{
    {SQLITE_LIMIT_LENGTH, 256 << 20},
    {SQLITE_LIMIT_SQL_LENGTH, 1'000'000},
    {SQLITE_LIMIT_COLUMN, 400},
    {SQLITE_LIMIT_EXPR_DEPTH, 200},
    {SQLITE_LIMIT_COMPOUND_SELECT, 50},
    {SQLITE_LIMIT_VDBE_OP, 250'000},
    {SQLITE_LIMIT_FUNCTION_ARG, 32},
    {SQLITE_LIMIT_ATTACHED, 1},
    {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1'000},
    {SQLITE_LIMIT_VARIABLE_NUMBER, 32'000},
    {SQLITE_LIMIT_TRIGGER_DEPTH, 10},
}};

int openFlags(OpenMode mode)
{
    constexpr int Common = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
    switch (mode) {
    case OpenMode::Create:
        return Common | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    case OpenMode::ReadWrite:
        return Common | SQLITE_OPEN_READWRITE;
    case OpenMode::ReadOnly:
        return Common | SQLITE_OPEN_READONLY;
    }
    return Common;
}

// Names the cipher and hands the key over as raw bytes: no key text exists anywhere. With a salt, a
// file that does not exist yet begins with it; for an existing file the file's own salt counts.
Status applyKey(sqlite3* database, const std::string& path, const SecureBytes& key,
    const std::optional<FileSalt>& salt)
{
    constexpr std::string_view Prefix = "raw:";
    SecureBytes raw{Prefix.size() + KeySize + (salt ? salt->size() : 0)};
    std::uint8_t* end = std::copy(Prefix.begin(), Prefix.end(), raw.data());
    end = std::copy_n(key.data(), KeySize, end);
    if (salt)
        std::copy(salt->begin(), salt->end(), end);
    const bool configured
        = sqlite3mc_config(database, "cipher", sqlite3mc_cipher_index("sqlcipher"))
            == sqlite3mc_cipher_index("sqlcipher")
        && sqlite3mc_config_cipher(database, "sqlcipher", "legacy", 4) == 4;
    SLUICE_CHECK(configured); // the library was built without the cipher
    const int code = sqlite3_key_v2(database, "main", raw.data(), static_cast<int>(raw.size()));
    if (code != SQLITE_OK)
        return storeError(code, path, "setting the key");
    return Status::success();
}

int noteLogPages(void* count, sqlite3*, const char*, int pages)
{
    *static_cast<int*>(count) = pages;
    return SQLITE_OK;
}

// The size of the ledger's file, or of the log beside it; 0 where there is none.
Result<std::int64_t> sizeOf(sqlite3* database, int whichFile)
{
    sqlite3_file* file = nullptr;
    int code = sqlite3_file_control(database, "main", whichFile, &file);
    sqlite3_int64 size = 0;
    if (code == SQLITE_OK && file != nullptr && file->pMethods != nullptr)
        code = file->pMethods->xFileSize(file, &size);
    if (code != SQLITE_OK)
        return storeError(code, database, "reading the size of the ledger");
    return size;
}

int stopRequested(void* token)
{
    return static_cast<const StopToken*>(token)->stopRequested() ? 1 : 0;
}

} // namespace

Connection::Connection(std::unique_ptr<State> state)
    : m_state{std::move(state)}
{
}

Connection::~Connection() = default;
Connection::Connection(Connection&& other) noexcept = default;
Connection& Connection::operator=(Connection&& other) noexcept = default;

Result<Connection> Connection::open(
    const std::string& path, const SecureBytes& key, const ConnectionOptions& options)
{
    SLUICE_CHECK(key.size() == KeySize);
    const bool creating = options.mode == OpenMode::Create;
    SLUICE_TRY_DO(
        creating ? ledgerFileToCreate(path, options.vfs) : ledgerFileToOpen(path, options.vfs));
    if (options.vfs.empty() && options.mode != OpenMode::ReadOnly && !options.exclusive)
        SLUICE_TRY_DO(requireLocalDisk(path));
    Connection connection{std::make_unique<State>()};
    const std::string vfs = cipherVfsName(options.vfs);
    const int code = sqlite3_open_v2(path.c_str(), &connection.m_state->database,
        openFlags(options.mode), vfs.empty() ? nullptr : vfs.c_str());
    if (code != SQLITE_OK) {
        if (connection.m_state->database)
            return storeError(code, connection.m_state->database, "opening the ledger");
        return storeError(code, path, "opening the ledger");
    }
    SLUICE_TRY_DO(applyKey(connection.handle(), path, key, creating ? options.salt : std::nullopt));
    SLUICE_TRY_DO(connection.configure(options));
    SLUICE_TRY_DO(connection.requireWholePages());
    SLUICE_TRY_DO(requireEncrypted(path, options.vfs));
    return connection;
}

Status Connection::configure(const ConnectionOptions& options)
{
    sqlite3* const database = handle();
    for (const Limit& limit : Limits)
        sqlite3_limit(database, limit.id, limit.value);
    sqlite3_busy_timeout(database, options.busyTimeoutMs);
    // The first read of a page proves the key; nothing else may come before it.
    SLUICE_TRY_DO(queryInt("SELECT count(*) FROM sqlite_schema"));
    SLUICE_TRY_DO(
        execute("PRAGMA cell_size_check=ON;PRAGMA trusted_schema=OFF;PRAGMA foreign_keys=ON;"
                "PRAGMA mmap_size=0;PRAGMA secure_delete=ON;PRAGMA cache_size=-"
            + std::to_string(options.cacheKib)));
    if (options.exclusive)
        SLUICE_TRY_DO(execute("PRAGMA locking_mode=EXCLUSIVE"));
    if (options.mode != OpenMode::ReadOnly)
        SLUICE_TRY_DO(execute("PRAGMA journal_mode=WAL"));
    SLUICE_TRY(Statement mode, prepare("PRAGMA journal_mode"));
    SLUICE_TRY(const bool row, mode.step());
    if (!row || mode.columnText(0) != "wal")
        return Error{ErrorCode::Io, path(), "the file system does not allow a write-ahead log",
            "Keep the ledger on a local disk"};
    SLUICE_TRY_DO(execute("PRAGMA synchronous=FULL;PRAGMA wal_autocheckpoint="
        + std::to_string(LogPagesMax) + ";PRAGMA journal_size_limit=" + std::string{LogBytesKept}));
    SLUICE_CHECK(sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr) == SQLITE_OK);
    return Status::success();
}

Status Connection::requireWholePages()
{
    SLUICE_TRY(const std::int64_t pages, queryInt("PRAGMA page_count"));
    SLUICE_TRY(const std::int64_t pageSize, queryInt("PRAGMA page_size"));
    // While there is a log, it may hold the pages that a power cut tore in the file.
    SLUICE_TRY(const std::int64_t log, sizeOf(handle(), SQLITE_FCNTL_JOURNAL_POINTER));
    SLUICE_TRY(const std::int64_t size, sizeOf(handle(), SQLITE_FCNTL_FILE_POINTER));
    if (log > 0 || (size % pageSize == 0 && size / pageSize >= pages))
        return Status::success();
    return Error{ErrorCode::Damaged, path(),
        "the ledger is damaged: it should have " + std::to_string(pages * pageSize)
            + " bytes and has " + std::to_string(size),
        "Restore the latest backup"};
}

Result<Statement> Connection::prepare(std::string_view sql)
{
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(handle(), sql.data(), static_cast<int>(sql.size()),
        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK)
        return storeError(code, handle(), "preparing a statement");
    SLUICE_CHECK(statement); // an empty text is our bug
    return Statement{statement};
}

Status Connection::execute(std::string_view sql)
{
    while (!sql.empty()) {
        sqlite3_stmt* statement = nullptr;
        const char* tail = nullptr;
        const int code = sqlite3_prepare_v2(
            handle(), sql.data(), static_cast<int>(sql.size()), &statement, &tail);
        if (code != SQLITE_OK)
            return storeError(code, handle(), "preparing a statement");
        sql.remove_prefix(static_cast<std::size_t>(tail - sql.data()));
        if (statement) // else: white space or a comment at the end
            SLUICE_TRY_DO(Statement{statement}.run());
    }
    return Status::success();
}

Result<std::int64_t> Connection::queryInt(std::string_view sql)
{
    SLUICE_TRY(Statement statement, prepare(sql));
    SLUICE_TRY(const bool row, statement.step());
    if (!row)
        return Error{ErrorCode::NotFound, path(), "the query gave no row", {}};
    return statement.columnInt(0);
}

std::int64_t Connection::lastInsertId() const
{
    return sqlite3_last_insert_rowid(handle());
}

std::int64_t Connection::changes() const
{
    return sqlite3_changes64(handle());
}

bool Connection::inTransaction() const
{
    return sqlite3_get_autocommit(handle()) == 0;
}

std::string Connection::path() const
{
    const char* file = sqlite3_db_filename(handle(), "main");
    return file ? file : "";
}

FileSalt Connection::fileSalt() const
{
    unsigned char* hex = sqlite3mc_codec_data(handle(), "main", "cipher_salt");
    SLUICE_CHECK(hex);
    FileSalt salt{};
    const auto digit = [](unsigned char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; };
    for (std::size_t i = 0; i < salt.size(); ++i)
        salt[i] = static_cast<std::uint8_t>(digit(hex[2 * i]) * 16 + digit(hex[2 * i + 1]));
    sqlite3_free(hex);
    return salt;
}

Status Connection::requireInPlace() const
{
    int moved = 0;
    // a file system that cannot say so has no names that change
    const int code = sqlite3_file_control(handle(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    if (code != SQLITE_OK || moved == 0)
        return Status::success();
    return Error{ErrorCode::Io, path(),
        "the ledger was renamed, replaced or removed while it was open, and nothing was changed",
        "Move it back to this name and try again; rename a ledger only while it is closed"};
}

sqlite3* Connection::handle() const
{
    SLUICE_CHECK(m_state && m_state->database);
    return m_state->database;
}

void Connection::interrupt() const
{
    sqlite3_interrupt(handle());
}

void Connection::setStopToken(std::optional<StopToken> token)
{
    m_state->stop = std::move(token);
    if (m_state->stop)
        sqlite3_progress_handler(handle(), StopCheckOperations, stopRequested, &*m_state->stop);
    else
        sqlite3_progress_handler(handle(), 0, nullptr, nullptr);
}

Status Connection::checkpoint()
{
    Statement::checkThread();
    const int code
        = sqlite3_wal_checkpoint_v2(handle(), "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    // busy: a reader still needs the log, which is no trouble
    if (code != SQLITE_OK && code != SQLITE_BUSY)
        return storeError(code, handle(), "checkpointing");
    return Status::success();
}

void Connection::deferCheckpoints()
{
    // takes the place of the automatic checkpoint
    sqlite3_wal_hook(handle(), noteLogPages, &m_state->logPages);
}

Status Connection::checkpointWhenLong()
{
    if (m_state->logPages < LogPagesMax)
        return Status::success();
    m_state->logPages = 0;
    const int code
        = sqlite3_wal_checkpoint_v2(handle(), "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    if (code != SQLITE_OK && code != SQLITE_BUSY)
        return storeError(code, handle(), "checkpointing");
    return Status::success();
}

Status Connection::backupTo(
    const std::string& path, const SecureBytes& key, const TaskContext& task)
{
    Statement::checkThread();
    if (::access(path.c_str(), F_OK) == 0)
        return systemError(EEXIST, path, "creating");
    const std::string partial = path + ".partial";
    removeLedgerFiles(partial); // of a backup that was killed
    auto status = [&]() -> Status {
        SLUICE_TRY(Connection target,
            open(partial, key, {.mode = OpenMode::Create, .salt = fileSalt(), .exclusive = true}));
        SLUICE_TRY_DO(copyPages(target, task));
        SLUICE_TRY_DO(target.checkpoint());
        // A rollback journal leaves one file: a copy must not depend on a log beside it.
        return target.execute("PRAGMA journal_mode=DELETE");
    }();
    if (status.ok())
        status = moveToNewName(partial, path);
    removeLedgerFiles(partial);
    if (status.ok())
        return syncFolderOf(path);
    Error error = std::move(status).error();
    // The name that the user gave; SQLite names the whole path.
    if (std::string_view{error.where}.ends_with(partial.substr(partial.rfind('/') + 1)))
        error.where = path;
    return error;
}

Status Connection::copyPages(Connection& target, const TaskContext& task)
{
    // One read transaction over all steps: else every commit of another connection would start the
    // copy again.
    SLUICE_TRY_DO(execute("BEGIN DEFERRED;SELECT 1 FROM sqlite_schema LIMIT 1"));
    sqlite3_backup* backup = sqlite3_backup_init(target.handle(), "main", handle(), "main");
    int code = backup ? SQLITE_OK : sqlite3_extended_errcode(target.handle());
    while (code == SQLITE_OK && !task.stopRequested()) {
        code = sqlite3_backup_step(backup, BackupPagesPerStep);
        const auto total = static_cast<std::uint64_t>(sqlite3_backup_pagecount(backup));
        const auto left = static_cast<std::uint64_t>(sqlite3_backup_remaining(backup));
        task.report({"backup", total - left, total});
    }
    sqlite3_backup_finish(backup);
    SLUICE_TRY_DO(execute("ROLLBACK"));
    if (code == SQLITE_OK)
        return TaskContext::cancelled();
    if (code != SQLITE_DONE)
        return storeError(code, target.path(), "copying the ledger");
    return Status::success();
}

} // namespace sluice
