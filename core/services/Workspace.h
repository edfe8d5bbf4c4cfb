// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/LedgerSnapshot.h"
#include "core/base/Clock.h"
#include "core/base/SecureBytes.h"
#include "core/base/TaskContext.h"
#include "core/ledger/LedgerSettings.h"
#include "core/ledger/Principal.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace sluice {

class KeyVault;

// How a ledger is opened. The secret is wiped when the credential goes.
struct Credential {
    enum class Kind : std::uint8_t { Passphrase, RecoveryCode, RawKey, Keychain };
    Kind kind{Kind::Keychain};
    SecureBytes secret; // empty for Keychain
};

struct NewLedger {
    std::string currency{"USD"};
    int fiscalYearStart{1}; // month 1 … 12
    std::string timeZone{"UTC"};
    bool rememberInKeychain{false};
};

// What the outside world is, handed in so that tests hold it still. All outlive the workspace.
struct WorkspaceEnvironment {
    const Clock& clock;
    KeyVault* vault{nullptr}; // null: no keychain on this machine
};

// The state of the ledger that a snapshot shows.
struct SnapshotRequest {
    std::optional<Timestamp> asOf; // what was known at that instant
    std::optional<std::uint32_t> ruleset; // one ruleset version on all days
};

// Ends a subscription when it goes.
class Subscription {
public:
    Subscription() = default;
    explicit Subscription(std::function<void()> end)
        : m_end{std::move(end)}
    {
    }
    Subscription(Subscription&& other) noexcept
        : m_end{std::exchange(other.m_end, nullptr)}
    {
    }
    Subscription& operator=(Subscription&& other) noexcept
    {
        std::swap(m_end, other.m_end);
        return *this;
    }
    ~Subscription()
    {
        if (m_end)
            m_end();
    }

private:
    std::function<void()> m_end;
};

// An open, unlocked ledger: the one object behind all services. Thread-safe; nothing here may be
// called on the window's thread except settings(), path(), revision() and subscribe(). Destroying
// it locks the ledger: the key is wiped, connections close, snapshots held by others stay readable
// until dropped.
class Workspace {
public:
    struct Created;

    // AlreadyExists when there is a file; the ledger and NAME.keys appear together or not at all.
    static Result<Created> create(const std::string& path, const NewLedger& wanted,
        const Credential& credential, WorkspaceEnvironment environment);
    // Four different errors: WrongPassphrase, NotALedger, NewerSchema, Damaged; Locked when another
    // process has it.
    static Result<std::unique_ptr<Workspace>> open(
        const std::string& path, const Credential& credential, WorkspaceEnvironment environment);
    ~Workspace();

    // A ledger that exists before anybody has chosen a name or a passphrase: in `folder`, under a
    // random key that is kept in memory alone. It goes, files and all, with its workspace:
    // MaintenanceService::protect() makes a lasting one of it. What is left by a process that was
    // killed can be opened by nobody.
    static Result<std::unique_ptr<Workspace>> createScratch(
        const std::string& folder, const NewLedger& wanted, WorkspaceEnvironment environment);
    // Removes such leftovers, never one that a living process has; how many. At start-up.
    static Result<std::size_t> removeAbandoned(const std::string& folder);
    [[nodiscard]] bool isScratch() const noexcept;

    // Of ledgers that are closed, with their key envelopes. rename: AlreadyExists when the new name
    // is taken. remove: no error when there is none; Locked when another process has it open.
    static Status requireFreeName(const std::string& path);
    static Status rename(const std::string& from, const std::string& to);
    static Status remove(const std::string& path);

    [[nodiscard]] const std::string& path() const noexcept;
    [[nodiscard]] const LedgerSettings& settings() const noexcept;
    [[nodiscard]] std::uint64_t revision() const noexcept; // of the newest event

    // The roles and scope of a person of the organisation as of today. NotFound for an unknown id.
    Result<Principal> principal(const std::string& personId) const;

    // The ledger as `principal` may see it. Kept and shared until the next revision; the first call
    // loads it. Whatever version is asked, scope is judged by the newest ruleset and organisation.
    Result<std::shared_ptr<const LedgerSnapshot>> snapshot(const Principal& principal,
        const SnapshotRequest& request, const TaskContext& context) const;

    // Called after each commit with the new revision, on the committing thread.
    [[nodiscard]] Subscription subscribe(std::function<void(std::uint64_t revision)> callback);

    // For the other services only.
    struct State;
    [[nodiscard]] State& state() const noexcept { return *m_state; }

private:
    explicit Workspace(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

struct Workspace::Created {
    std::unique_ptr<Workspace> workspace;
    std::string recoveryCode; // shown once, stored nowhere
};

} // namespace sluice
