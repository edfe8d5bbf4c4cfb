// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/JsonValue.h"
#include "core/ledger/LedgerTimeZone.h"
#include "core/services/Workspace.h"
#include "core/services/internal/SnapshotCache.h"
#include "core/store/LedgerLock.h"
#include "core/store/ReadPool.h"
#include "core/store/StoreWriter.h"
#include "core/store/tables/EventTable.h"

#include <atomic>
#include <list>
#include <mutex>

namespace sluice {

// What one change does inside its transaction. `revision` is the number its event will have; what
// it returns is the command's public part, which goes into the event.
using CommandWork
    = std::function<Result<JsonValue>(Connection& connection, std::uint64_t revision)>;
// What may be written before, in transactions of its own: nothing that a reader would take for part
// of the ledger.
using StagingWork = std::function<Status(Connection& connection)>;
// The same as CommandWork for what was staged; without a payload there is nothing to commit.
using StagedWork = std::function<Result<std::optional<JsonValue>>(
    Connection& connection, std::uint64_t revision)>;
struct StagedCommand;

// Everything an open ledger holds. Order matters: the lock is taken first and let go last.
struct Workspace::State {
    State(std::string ledgerPath, WorkspaceEnvironment outside, LedgerLock ledgerLock)
        : path{std::move(ledgerPath)}
        , environment{outside}
        , lock{std::move(ledgerLock)}
    {
    }
    ~State() { closing.requestStop(); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    // The one way to change the ledger: one command, one transaction, one event. Waits for the
    // commit, so never on the window's thread. An error of `work` changes nothing. Tells the
    // subscribers afterwards.
    Result<std::uint64_t> commit(
        const std::string& type, const Principal& principal, const CommandWork& work);
    // The same for a command that first stages what is too much for one transaction. A stop is
    // answered at once, while the writer may still be on its way out: so `stage` and `work` own
    // what they use. What was staged of a command that is not committed is removed behind the
    // answer. The result is the newest revision.
    Result<std::uint64_t> commitStaged(const std::string& type, const Principal& principal,
        StagingWork stage, StagedWork work, const TaskContext& context);
    // on the writer's thread
    Status runStaged(Connection& connection, StagedCommand& command) const;
    // Refuses who may not change anything.
    static Status requireChange(const Principal& principal);
    void notify(std::uint64_t newRevision);
    // One command inside a transaction that is open already.
    Status runCommand(Connection& connection, const std::string& type, const Principal& principal,
        const CommandWork& work, std::uint64_t& newRevision) const;

    std::string path;
    bool isScratch{false}; // its files go with it
    WorkspaceEnvironment environment;
    LedgerLock lock;
    StopToken closing; // ends the tidying up that nobody waits for
    SecureBytes key;
    LedgerHead head;
    std::optional<LedgerTimeZone> zone;
    // The writer's connection closes last: only it can move the write-ahead log into the file and
    // remove it.
    std::unique_ptr<StoreWriter> writer;
    std::unique_ptr<ReadPool> readers;
    std::atomic<std::uint64_t> revision{0};
    SnapshotCache snapshots;
    std::mutex subscribersMutex;
    std::list<std::function<void(std::uint64_t)>> subscribers; // guarded by subscribersMutex
};

} // namespace sluice
