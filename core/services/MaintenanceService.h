// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/Workspace.h"

namespace sluice {

struct VerifyCheck {
    // "integrity", "rollups", "control_totals", "documents", "event_chain", "supersessions"
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

    // Reads the whole ledger and compares: pages and foreign keys, roll-ups against charges,
    // control totals against the documents read again, documents against their hashes, the event
    // chain.
    Result<std::vector<VerifyCheck>> verify(
        const Principal& principal, const TaskContext& context) const;
    // A consistent copy with its own key envelope beside it. AlreadyExists when there is a file.
    Status backup(
        const std::string& path, const Principal& principal, const TaskContext& context) const;

private:
    Workspace& m_workspace;
};

} // namespace sluice
