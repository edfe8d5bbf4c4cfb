// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/MaintenanceService.h"

#include "core/services/internal/LedgerAudit.h"
#include "core/services/internal/LedgerKeys.h"
#include "core/services/internal/WorkspaceState.h"

#include <filesystem>

namespace sluice {

namespace {

// What a change of the keys leaves in the log: that there was one.
Result<JsonValue> nothingToSay(Connection&, std::uint64_t)
{
    return JsonValue::object();
}

// Reads all pages of a ledger, each of which has a code that tells whether it is whole.
Status requireWhole(const Workspace& workspace)
{
    SLUICE_TRY(ReadPool::Lease lease, workspace.state().readers->acquire());
    SLUICE_TRY(Statement check, lease.connection().prepare("PRAGMA quick_check(1)"));
    SLUICE_TRY(const bool hasRow, check.step());
    if (hasRow && check.columnText(0) == "ok")
        return Status::success();
    return Error{ErrorCode::Damaged, workspace.path(), "the copy is not whole",
        "Check the disk, or choose another place"};
}

// The ledger that was just written, if it is what it was copied from.
Result<std::unique_ptr<Workspace>> openCopy(const std::string& path, const Workspace& from)
{
    const Workspace::State& state = from.state();
    const Credential key{Credential::Kind::RawKey, state.key.clone()};
    SLUICE_TRY(std::unique_ptr<Workspace> copy, Workspace::open(path, key, state.environment));
    SLUICE_TRY_DO(requireWhole(*copy));
    if (copy->revision() != from.revision()
        || copy->settings().ledgerId != from.settings().ledgerId)
        return Error{ErrorCode::Locked, path, "the ledger was changed while it was copied",
            "Try again once the import has ended"};
    SLUICE_TRY_DO(copy->state().commit("ProtectLedger", Principal::owner(), nothingToSay));
    return copy;
}

} // namespace

Result<std::vector<VerifyCheck>> MaintenanceService::verify(
    const Principal& principal, const TaskContext& context) const
{
    if (!principal.seesEverything())
        return Error{ErrorCode::NotAllowed, principal.person,
            "verifying reads everything, so it is for Finance, Admin and Auditor", {}};
    Workspace::State& state = m_workspace.state();
    return auditLedger(*state.readers, *state.zone, context);
}

Status MaintenanceService::backup(
    const std::string& path, const Principal& principal, const TaskContext& context) const
{
    if (!principal.seesEverything())
        return Error{ErrorCode::NotAllowed, principal.person,
            "a backup holds everything, so it is for Finance, Admin and Auditor", {}};
    Workspace::State& state = m_workspace.state();
    SLUICE_TRY_DO(Workspace::requireFreeName(path));
    // The envelope first: a copy without it could not be opened.
    SLUICE_TRY(KeyEnvelope envelope, envelopeOf(state.path, state.key));
    Status made = envelope.save(KeyEnvelope::pathFor(path));
    if (made.ok())
        made = state.writer
                   ->maintain([&](Connection& connection) {
                       return connection.backupTo(path, state.key, context);
                   })
                   .get();
    if (made.ok())
        return made;
    std::error_code ignored;
    for (const std::string& file : KeyEnvelope::filesFor(path))
        std::filesystem::remove(file, ignored);
    Error error = std::move(made).error();
    if (error.where.starts_with(path))
        error.where = path; // the name that the user gave
    return error;
}

Status MaintenanceService::changePassphrase(
    const SecureBytes& passphrase, const Principal& principal)
{
    SLUICE_TRY_DO(Workspace::State::requireChange(principal));
    if (passphrase.empty())
        return Error{
            ErrorCode::Usage, {}, "the passphrase is empty", "Choose one of several words"};
    Workspace::State& state = m_workspace.state();
    SLUICE_TRY(KeyEnvelope envelope, envelopeOf(state.path, state.key));
    SLUICE_TRY_DO(envelope.setPassphrase(state.key, passphrase, tuneKdfToThisMachine()));
    SLUICE_TRY_DO(envelope.save(KeyEnvelope::pathFor(state.path)));
    const auto logged = state.commit("ChangePassphrase", principal, nothingToSay);
    return logged.ok() ? Status::success() : Status{logged.error()};
}

Result<Workspace::Created> MaintenanceService::protect(const std::string& path,
    const Protection& protection, const Principal& principal, const TaskContext& context)
{
    SLUICE_TRY_DO(Workspace::State::requireChange(principal));
    Workspace::State& state = m_workspace.state();
    const Credential& credential = protection.credential;
    if (!state.isScratch)
        return Error{ErrorCode::Usage, state.path, "the ledger has a name and keys already",
            "Write a backup, or change its passphrase"};
    if (credential.kind != Credential::Kind::Keychain
        && (credential.kind != Credential::Kind::Passphrase || credential.secret.empty()))
        return Error{ErrorCode::Usage, {}, "a ledger is protected by a passphrase or the keychain",
            "Choose a passphrase of several words"};
    SLUICE_TRY_DO(Workspace::requireFreeName(path));
    SLUICE_TRY(const KeyEnvelope kept, envelopeOf(state.path, state.key));
    KeyEnvelope::Created keys = KeyEnvelope::create(state.key, kept.ledgerId(), kept.fileSalt());
    {
        SLUICE_TRY(const LedgerLock lock, LedgerLock::acquire(path, "Sluice"));
        SLUICE_TRY_DO(Workspace::requireFreeName(path)); // still: from here on the name is ours
        // The envelope first, as for any ledger: one without would be lost.
        Status made = saveEnvelope(keys.envelope, path, state.key,
            {credential, protection.rememberInKeychain}, state.environment.vault);
        if (made.ok())
            made = state.writer
                       ->maintain([&](Connection& connection) {
                           return connection.backupTo(path, state.key, context);
                       })
                       .get();
        if (!made.ok()) {
            removeWithEnvelope(path);
            return std::move(made).error();
        }
    }
    auto opened = openCopy(path, m_workspace);
    if (!opened.ok()) {
        // Nobody has seen its recovery code: the scratch ledger is still the one that counts.
        const Status removed = Workspace::remove(path);
        std::error_code ignored;
        // what opening it laid aside where it took it for damaged (SaltGuard.h)
        for (const char* end : {".pre-repair", ".pre-repair-wal"})
            std::filesystem::remove(path + end, ignored);
        Error error = std::move(opened).error();
        if (!removed.ok())
            error.fix = "Remove " + path + " before you try again";
        return error;
    }
    const std::string code{
        reinterpret_cast<const char*>(keys.recoveryCode.data()), keys.recoveryCode.size()};
    return Workspace::Created{std::move(opened).value(), code};
}

} // namespace sluice
