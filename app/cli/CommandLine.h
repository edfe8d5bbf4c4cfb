// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/GlobalOptions.h"
#include "app/cli/VerbRegistry.h"
#include "core/base/TaskContext.h"
#include "core/services/Workspace.h"

#include <ostream>
#include <string>
#include <vector>

namespace sluice {

// From words to an exit code: finds the verb, reads its options, runs it, prints what went wrong.
// Everything outside is handed in.
class CommandLine {
public:
    struct Streams {
        std::ostream& out;
        std::ostream& err;
        bool errIsTerminal{false};
    };
    CommandLine(
        VerbRegistry verbs, Streams streams, WorkspaceEnvironment environment, StopToken stop)
        : m_verbs{std::move(verbs)}
        , m_streams{streams}
        , m_environment{environment}
        , m_stop{std::move(stop)}
    {
    }

    // `words` are the arguments without the program's name.
    ExitCode run(const std::vector<std::string>& words);

private:
    ExitCode runVerb(Verb& verb, const std::vector<std::string>& arguments);
    ExitCode help(const std::vector<std::string>& words);
    ExitCode unknownVerb(const std::vector<std::string>& words);
    ExitCode execute(Verb& verb, const GlobalOptions& options, Output& output);

    VerbRegistry m_verbs;
    Streams m_streams;
    WorkspaceEnvironment m_environment;
    StopToken m_stop;
};

} // namespace sluice
