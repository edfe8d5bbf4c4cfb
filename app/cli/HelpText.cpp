// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/HelpText.h"

#include "app/cli/Options.h"
#include "core/base/Utf8.h"

#include <algorithm>

namespace sluice {

namespace {

using Entry = Options::Entry;

std::string section(const std::string& title, const std::vector<Entry>& entries)
{
    if (entries.empty())
        return {};
    std::size_t width = 0;
    for (const Entry& entry : entries)
        width = std::max(width, utf8Length(entry.left));
    std::string text = "\n" + title + ":\n";
    for (const Entry& entry : entries)
        text += "  " + entry.left + std::string(width - utf8Length(entry.left) + 2, ' ')
            + entry.help + '\n';
    return text;
}

std::string usageLine(const Verb& verb, const Options& own)
{
    std::string line = "Usage: sluice-cli " + std::string{verb.info().name};
    for (const Entry& entry : own.argumentEntries())
        line += entry.required ? " " + entry.left : " [" + entry.left + "]";
    return line + " [OPTIONS]\n";
}

} // namespace

std::string overviewText(const VerbRegistry& registry)
{
    std::vector<Entry> entries;
    for (const auto& verb : registry.verbs())
        entries.push_back({std::string{verb->info().name}, std::string{verb->info().summary}});
    return "Usage: sluice-cli VERB LEDGER [ARGUMENTS] [OPTIONS]\n" + section("Verbs", entries)
        + "\n'sluice-cli help VERB' explains one of them, 'sluice-cli --version' names this version.\n";
}

std::string groupHelpText(const std::string& group, const std::vector<const Verb*>& verbs)
{
    std::vector<Entry> entries;
    entries.reserve(verbs.size());
    for (const Verb* verb : verbs)
        entries.push_back({std::string{verb->info().name}, std::string{verb->info().summary}});
    return "Usage: sluice-cli " + group + " VERB …\n" + section("Verbs", entries)
        + "\n'sluice-cli help " + std::string{verbs.front()->info().name}
    + "' explains one of them.\n";
}

std::string verbHelpText(const Verb& verb, const Options& own, const Options& common)
{
    return usageLine(verb, own) + "\n" + std::string{verb.info().summary} + "\n"
        + section("Arguments", own.argumentEntries()) + section("Options", own.optionEntries())
        + section("Options of every verb", common.optionEntries())
        + (verb.info().notes.empty() ? std::string{} : "\n" + std::string{verb.info().notes})
        + "\nExample:\n  " + std::string{verb.info().example} + "\n";
}

} // namespace sluice
