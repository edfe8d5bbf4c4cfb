// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/Workspace.h"

namespace sluice {

struct VerifyCheck {
    // "integrity", "event_chain", "rollups", "control_totals", "documents"
    std::string name;
    bool passed{true};
    std::string detail;
};

class MaintenanceService {
public:
    explicit MaintenanceService(Workspace& workspace)
        : m_workspace{workspace}
    {
    }

    // Reads the whole ledger and compares: pages, foreign keys and schema; the event chain, and
    // what its events brought with what is there; which scopes count with what came after them;
    // roll-ups and totals against charges; documents against their hashes; and what they give when
    // they are read again (totals, scopes, verdicts, charges, keys, lines) against what is stored.
    Result<std::vector<VerifyCheck>> verify(
        const Principal& principal, const TaskContext& context) const;
    // A consistent copy with its own key envelope beside it. AlreadyExists when there is a file.
    Status backup(
        const std::string& path, const Principal& principal, const TaskContext& context) const;

private:
    Workspace& m_workspace;
};

} // namespace sluice
