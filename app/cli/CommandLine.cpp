// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/CommandLine.h"

#include "app/cli/HelpText.h"
#include "app/cli/Options.h"
#include "app/cli/ProgressLine.h"
#include "app/cli/VerbContext.h"

#include <algorithm>
#include <cstdlib>

#include <unistd.h>

namespace sluice {

namespace {

void declareGlobals(Options& options, GlobalOptions& globals)
{
    options.option({"--passphrase-file", "FILE", "unlock with the passphrase in this file"},
        globals.passphraseFile);
    options.option({"--key-file", "FILE", "unlock with the raw key in this file (for automation)"},
        globals.keyFile);
    options.option({"--recovery-code-file", "FILE", "unlock with the recovery code in this file"},
        globals.recoveryCodeFile);
    options.option({"--as", "PERSON", "act under this person's roles and scope"}, globals.person);
    options.flag("--json", globals.json, "answer as JSON");
    options.flag("--csv", globals.csv, "answer as CSV");
    options.flag("--quiet", globals.quiet, "leave out remarks and progress");
    options.flag("--no-progress", globals.noProgress, "leave out progress");
}

// "--where a=1 b=2" means "--where a=1 --where b=2"; a ledger's name after it is not a filter.
std::vector<std::string> withRepeatedFilters(const std::vector<std::string>& arguments)
{
    std::vector<std::string> all;
    bool inFilters = false;
    for (const std::string& argument : arguments) {
        const bool filter = argument.find('=') != std::string::npos && argument.front() != '-';
        if (inFilters && filter && all.back() != "--where")
            all.emplace_back("--where");
        inFilters = argument == "--where" || (inFilters && filter);
        all.push_back(argument);
    }
    return all;
}

bool asksForHelp(const std::vector<std::string>& arguments)
{
    return std::any_of(arguments.begin(), arguments.end(),
        [](const std::string& word) { return word == "--help" || word == "-h"; });
}

Error usageError(const Verb& verb, std::string what)
{
    const std::string name{verb.info().name};
    return {ErrorCode::Usage, name, std::move(what), "See sluice-cli help " + name};
}

} // namespace

ExitCode CommandLine::run(const std::vector<std::string>& words)
{
    Output output{m_streams.out, m_streams.err};
    if (words.empty()) {
        m_streams.err << overviewText(m_verbs);
        return ExitCode::Usage;
    }
    if (words.front() == "help" || words.front() == "--help" || words.front() == "-h")
        return help({words.begin() + 1, words.end()});
    if (words.front() == "--version") {
        output.plain("sluice-cli " SLUICE_VERSION "\n");
        return ExitCode::Done;
    }
    std::size_t used = 0;
    Verb* verb = m_verbs.find(words, used);
    if (verb == nullptr && asksForHelp(words))
        return help({words.front()});
    if (verb == nullptr)
        return unknownVerb(words);
    return runVerb(*verb, {words.begin() + static_cast<std::ptrdiff_t>(used), words.end()});
}

ExitCode CommandLine::unknownVerb(const std::vector<std::string>& words)
{
    Output output{m_streams.out, m_streams.err};
    output.setFormat(std::find(words.begin(), words.end(), "--json") == words.end()
            ? OutputFormat::People
            : OutputFormat::Json);
    const std::vector<const Verb*> group = m_verbs.group(words.front());
    const bool alone = words.size() == 1 || words[1].starts_with('-');
    if (!group.empty() && alone)
        return output.fail({ErrorCode::Usage, words.front(),
            "it needs a second word, as in '" + std::string{group.front()->info().name} + "'",
            "'sluice-cli help " + words.front() + "' lists them"});
    const std::string near = m_verbs.nearest(words);
    const std::string fix = near.empty()
        ? "'sluice-cli help' lists the verbs"
        : "Did you mean '" + near + "'? 'sluice-cli help' lists the verbs";
    return output.fail({ErrorCode::Usage, words.front(), "there is no such verb", fix});
}

ExitCode CommandLine::help(const std::vector<std::string>& words)
{
    Output output{m_streams.out, m_streams.err};
    if (words.empty()) {
        output.plain(overviewText(m_verbs));
        return ExitCode::Done;
    }
    std::size_t used = 0;
    if (Verb* verb = m_verbs.find(words, used))
        return runVerb(*verb, {"--help"});
    const std::vector<const Verb*> group = m_verbs.group(words.front());
    if (group.empty())
        return unknownVerb(words);
    output.plain(groupHelpText(words.front(), group));
    return ExitCode::Done;
}

ExitCode CommandLine::runVerb(Verb& verb, const std::vector<std::string>& arguments)
{
    GlobalOptions globals;
    Options options;
    verb.declare(options);
    Output output{m_streams.out, m_streams.err};
    if (asksForHelp(arguments)) {
        Options common;
        declareGlobals(common, globals);
        output.plain(verbHelpText(verb, options, common));
        return ExitCode::Done;
    }
    declareGlobals(options, globals);
    const bool json = std::find(arguments.begin(), arguments.end(), "--json") != arguments.end();
    // for errors of the words themselves
    output.setFormat(json ? OutputFormat::Json : OutputFormat::People);
    if (const Status parsed = options.parse(withRepeatedFilters(arguments)); !parsed.ok())
        return output.fail(usageError(verb, parsed.error().what));
    if (globals.json && globals.csv)
        return output.fail(usageError(verb, "--json and --csv exclude each other"));
    if (!globals.passphraseFile.empty() + !globals.keyFile.empty()
            + !globals.recoveryCodeFile.empty()
        > 1)
        return output.fail(usageError(
            verb, "--passphrase-file, --key-file and --recovery-code-file exclude each other"));
    if (const char* held = std::getenv("SLUICE_NOW");
        held != nullptr && !Timestamp::parseIso(held).ok())
        return output.fail(
            {ErrorCode::Usage, "SLUICE_NOW", "'" + std::string{held} + "' is not an instant",
                "Write it as YYYY-MM-DDThh:mm:ssZ, or leave it unset"});
    output.setFormat(globals.format());
    output.setQuiet(globals.quiet);
    return execute(verb, globals, output);
}

ExitCode CommandLine::execute(Verb& verb, const GlobalOptions& options, Output& output)
{
    ProgressLine progress{STDERR_FILENO};
    TaskContext::Report report;
    if (m_streams.errIsTerminal && !options.quiet && !options.noProgress)
        report = [&progress](const Progress& now) { progress.show(now); };
    const TaskContext task{m_stop, std::move(report)};
    VerbContext context{options, output, task, m_environment};
    const auto ended = verb.run(context);
    progress.clear();
    if (!ended.ok()) {
        Error error = ended.error();
        if (error.where.empty() && error.code != ErrorCode::Cancelled)
            error.where = verb.info().name;
        return output.fail(error);
    }
    if (!output.flush())
        return output.fail(
            {ErrorCode::DiskFull, "standard output", "the answer could not be written", {}});
    return *ended;
}

} // namespace sluice
