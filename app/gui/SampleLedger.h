// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/Workspace.h"

#include <QTemporaryDir>

#include <cstdint>

namespace sluice {

// The sample: the invented company in a ledger of its own, under a random key that nobody keeps, in
// a folder that goes with this object. One object per program; make() from one worker at a time.
class SampleLedger {
public:
    SampleLedger(WorkspaceEnvironment environment, std::uint64_t seed)
        : m_environment{environment}
        , m_seed{seed}
    {
    }
    Result<std::unique_ptr<Workspace>> make(const TaskContext& context);

private:
    WorkspaceEnvironment m_environment;
    std::uint64_t m_seed;
    QTemporaryDir m_folder;
    int m_made{0};
};

} // namespace sluice
