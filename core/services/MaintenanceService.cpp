// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/MaintenanceService.h"

#include "core/security/KeyEnvelope.h"
#include "core/services/internal/LedgerAudit.h"
#include "core/services/internal/WorkspaceState.h"

#include <filesystem>

namespace sluice {

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
    const std::string kept = KeyEnvelope::pathFor(state.path);
    SLUICE_TRY(KeyEnvelope envelope, KeyEnvelope::load(kept));
    if (!envelope.isSealedBy(state.key))
        return Error{ErrorCode::Damaged, kept, "the key envelope is not the one of this ledger",
            "Put back the one that was beside it; each backup has a copy"};
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

} // namespace sluice
