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

    // Another passphrase, or a first one: the key is wrapped anew, nothing is encrypted anew, and
    // the old one opens the ledger no more. Takes about a second. Usage when it is empty.
    Status changePassphrase(const SecureBytes& passphrase, const Principal& principal);
    // Makes a lasting ledger of a scratch one: the same content under `path`, with a passphrase or
    // this machine's keychain and a recovery code, opened. Across file systems too. The scratch
    // ledger stays as it is and goes with its workspace, which the caller ends once it works with
    // the new one; until this returns nothing at `path` was promised to anybody, and what a failure
    // leaves there is removed. AlreadyExists when the name is taken; Usage for a ledger that is no
    // scratch; Locked when it was changed meanwhile.
    struct Protection {
        Credential credential; // passphrase or keychain
        bool rememberInKeychain{false};
    };
    Result<Workspace::Created> protect(const std::string& path, const Protection& protection,
        const Principal& principal, const TaskContext& context);

private:
    Workspace& m_workspace;
};

} // namespace sluice
