// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/MaintenanceService.h"

#include "core/base/DurableFile.h"
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
    std::error_code error;
    const std::string envelope = KeyEnvelope::pathFor(path);
    for (const std::string& file : {path, envelope}) {
        if (std::filesystem::exists(file, error))
            return Error{ErrorCode::AlreadyExists, file, "there is a file of that name already",
                "Choose another name"};
    }
    SLUICE_TRY_DO(state.writer
                      ->maintain([&](Connection& connection) {
                          return connection.backupTo(path, state.key, context);
                      })
                      .get());
    Status copied = copyFileDurably(KeyEnvelope::pathFor(state.path), envelope);
    if (!copied.ok())
        std::filesystem::remove(path, error); // without its envelope it could not be opened
    return copied;
}

} // namespace sluice
