// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/GlobalOptions.h"
#include "app/cli/Output.h"
#include "core/services/Workspace.h"

#include <memory>
#include <string>

namespace sluice {

// An unlocked ledger and on whose behalf it is asked.
struct OpenLedger {
    std::unique_ptr<Workspace> workspace;
    Principal principal;
};

// What a verb works with: where its answer goes, whether it was asked to stop, and how ledgers are
// opened.
class VerbContext {
public:
    VerbContext(const GlobalOptions& options, Output& output, const TaskContext& task,
        WorkspaceEnvironment environment)
        : m_options{options}
        , m_output{output}
        , m_task{task}
        , m_environment{environment}
    {
    }

    [[nodiscard]] Output& output() const noexcept { return m_output; }
    [[nodiscard]] const TaskContext& task() const noexcept { return m_task; }
    [[nodiscard]] const Clock& clock() const noexcept { return m_environment.clock; }
    [[nodiscard]] const WorkspaceEnvironment& environment() const noexcept { return m_environment; }

    // By --passphrase-file or --key-file, else the keychain, else by asking where there is a
    // terminal, else Locked.
    Result<OpenLedger> open(const std::string& path) const;
    // What a new ledger is to be locked with; a typed passphrase is asked for twice.
    Result<Credential> newCredential(const std::string& path) const;

private:
    // The credential of the options; kind Keychain when they name none.
    Result<Credential> givenCredential() const;
    Result<std::unique_ptr<Workspace>> unlock(const std::string& path) const;

    const GlobalOptions& m_options;
    Output& m_output;
    const TaskContext& m_task;
    WorkspaceEnvironment m_environment;
};

// The whole file as text; NotFound, Io, or BadInput when it is larger than `maxBytes`.
Result<std::string> readTextFile(const std::string& path, std::size_t maxBytes);
// Whether a new file could be written: there is its folder, and no file of that name. Before work
// that would be lost.
Status requireNewFile(const std::string& path);
// Writes a new file; AlreadyExists when there is one.
Status writeNewFile(const std::string& path, std::string_view text);

} // namespace sluice
