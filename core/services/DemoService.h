// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/BusinessDate.h"
#include "core/services/Workspace.h"

#include <cstdint>
#include <string>

namespace sluice {

// Fills a new ledger with the invented company: its organisation, its rules and 24 months of deliveries, each by the
// same commands that a user's files go through.
class DemoService {
public:
    explicit DemoService(Workspace& workspace)
        : m_workspace{workspace}
    {
    }

    // The same seed and day give the same charges. Returns the truth about the planted incidents (JSON). The day of
    // the clock in the ledger's time zone where `today` is not given.
    Result<std::string> fill(std::uint64_t seed, std::optional<BusinessDate> today, const TaskContext& context);

private:
    Workspace& m_workspace;
};

} // namespace sluice
