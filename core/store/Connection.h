// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/FileSalt.h"
#include "core/base/Result.h"
#include "core/base/SecureBytes.h"
#include "core/base/TaskContext.h"
#include "core/store/Statement.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;

namespace sluice {

enum class OpenMode : std::uint8_t {
    Create, // refuses an existing file
    ReadWrite,
    ReadOnly,
};

struct ConnectionOptions {
    OpenMode mode{OpenMode::ReadWrite};
    // Create: the salt the file begins with; else SQLite draws one. Ignored otherwise
    std::optional<FileSalt> salt{};
    // SQLite's name of the file system under the cipher; empty is the operating system's
    std::string vfs{};
    int busyTimeoutMs{5000};
    int cacheKib{8192}; // page cache of this connection, decrypted pages in memory
    // Create: nobody else opens the file meanwhile, so it needs no shared memory and may lie on a
    // network folder
    bool exclusive{false};
};

// One connection to an encrypted ledger: SQLCipher 4 file format, raw 256-bit key, WAL,
// synchronous=FULL, opened by the contract below or not at all. Used by one thread at a time;
// interrupt() from any. It knows nothing of passphrases: whoever calls has verified the key against
// the key envelope, so "cannot be decrypted" means damaged.
//
// Errors of open: NotFound, AlreadyExists (Create), NotALedger (empty, or not encrypted), Damaged
// (does not decrypt, or ends too early), ReadOnly, DiskFull, Locked, Io. Wrong application and
// newer schema are the Migrator's to find.
class Connection {
public:
    static Result<Connection> open(
        const std::string& path, const SecureBytes& key, const ConnectionOptions& options);
    ~Connection();
    Connection(Connection&& other) noexcept;
    Connection& operator=(Connection&& other) noexcept;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // Compiles one statement. The text holds no values: those are bound, so that no message ever
    // shows them.
    Result<Statement> prepare(std::string_view sql);
    // Runs every statement of a script and drops the rows it yields.
    Status execute(std::string_view sql);
    // The first column of the only row of a query without parameters (a PRAGMA, a count).
    Result<std::int64_t> queryInt(std::string_view sql);

    [[nodiscard]] std::int64_t lastInsertId() const;
    [[nodiscard]] std::int64_t changes() const; // rows changed by the last statement
    [[nodiscard]] bool inTransaction() const;
    [[nodiscard]] std::string path() const; // absolute; empty for an in-memory file system
    [[nodiscard]] FileSalt fileSalt() const;
    // Io when the file was renamed, replaced or removed since it was opened. The log stays under
    // the old name then, and whoever opens the file under its new one does not see what was
    // committed since.
    Status requireInPlace() const;

    // Makes the running statement, and only that, end with Cancelled. Any thread.
    void interrupt() const;
    // From now on a statement ends with Cancelled soon after the token is stopped; nullopt ends the
    // watch.
    void setStopToken(std::optional<StopToken> token);

    // A consistent, encrypted copy (same key, same salt, so that a copy of the key envelope opens
    // it) while others read and write; on any file system, also over a network. Refuses an existing
    // file. Leaves nothing behind when it fails or is stopped.
    Status backupTo(const std::string& path, const SecureBytes& key, const TaskContext& task);
    // Moves the write-ahead log into the file and empties it, as far as readers allow.
    Status checkpoint();
    // Takes the checkpoint, which costs more than a large commit itself, out of the commit: from
    // now on the caller calls checkpointWhenLong() between transactions. Without it a commit that
    // leaves a long log moves it first.
    void deferCheckpoints();
    Status checkpointWhenLong();

    [[nodiscard]] sqlite3* handle() const; // for the other classes of this module

private:
    struct State;
    explicit Connection(std::unique_ptr<State> state);
    Status configure(const ConnectionOptions& options);
    // SQLite opens a file that ends within a page.
    Status requireWholePages();
    Status copyPages(Connection& target, const TaskContext& task);

    std::unique_ptr<State> m_state; // on the heap: SQLite's progress handler keeps a pointer to it
};

// The first 16 bytes of the file as they are on disk. Errors: NotFound, NotALedger (shorter), Io.
Result<FileSalt> readFileSalt(const std::string& path, const std::string& vfs = {});

} // namespace sluice
