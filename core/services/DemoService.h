// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/BusinessDate.h"
#include "core/services/Workspace.h"

#include <cstdint>
#include <optional>
#include <string>

namespace sluice {

// Fills a new ledger with the invented company: its organisation, its rules and 24 months of
// deliveries, each by the same commands that a user's files go through.
class DemoService {
public:
    explicit DemoService(Workspace& workspace)
        : m_workspace{workspace}
    {
    }

    struct Made {
        std::string ledgerId;
        std::string recoveryCode; // shown once, stored nowhere
        std::string truth;
        std::uint64_t revision{0};
    };
    // Makes and fills a new ledger. It lies beside `path` under another name until it is whole: one
    // that was cancelled or killed on the way is never taken for the company.
    static Result<Made> make(const std::string& path, const Credential& credential,
        std::uint64_t seed, std::optional<BusinessDate> today, WorkspaceEnvironment environment,
        const TaskContext& context);

    // The same seed and day give the same charges. Returns the truth about the planted incidents
    // (JSON). The day of the clock in the ledger's time zone where `today` is not given.
    Result<std::string> fill(
        std::uint64_t seed, std::optional<BusinessDate> today, const TaskContext& context);

private:
    Workspace& m_workspace;
};

} // namespace sluice
