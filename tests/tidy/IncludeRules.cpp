// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/tidy/Rules.h"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>

namespace sluice::test {
namespace {

// Downhill: each may include those before it.
constexpr std::array<std::string_view, 8> Domain{
    "ledger", "pricing", "attribution", "ingest", "analytics", "budgets", "governance", "evidence"};
constexpr std::array<std::string_view, 3> Adapters{"store", "security", "connectors"};

struct Include {
    std::string target;
    bool angled{false};
    int line{0};
};

std::vector<Include> includesOf(std::string_view text)
{
    std::vector<Include> includes;
    int line = 0;
    for (const std::string_view raw : linesOf(text)) {
        ++line;
        const std::size_t hash = raw.find_first_not_of(" \t");
        if (hash == std::string_view::npos || raw[hash] != '#')
            continue;
        const std::size_t word = raw.find("include", hash);
        const std::size_t open = raw.find_first_of("<\"", hash);
        if (word == std::string_view::npos || open == std::string_view::npos || open < word)
            continue;
        const bool angled = raw[open] == '<';
        const std::size_t close = raw.find(angled ? '>' : '"', open + 1);
        includes.push_back({std::string{raw.substr(open + 1, close - open - 1)}, angled, line});
    }
    return includes;
}

// "core/base", "ui/kit", "ui/pages/spendmap", "app/cli"; nothing for what lies outside the table
// (tests).
std::string moduleOf(std::string_view path)
{
    if (!isUnder(path, "core") && !isUnder(path, "ui") && !isUnder(path, "app"))
        return {};
    const std::size_t first = path.find('/');
    std::size_t end = path.find('/', first + 1);
    if (end == std::string_view::npos)
        return std::string{path.substr(0, first)};
    if (isUnder(path, "ui/pages")) {
        const std::size_t deeper = path.find('/', end + 1);
        end = deeper == std::string_view::npos ? end : deeper;
    }
    return std::string{path.substr(0, end)};
}

std::optional<std::size_t> domainRank(std::string_view module)
{
    for (std::size_t i = 0; i < Domain.size(); ++i) {
        if (module == "core/" + std::string{Domain[i]})
            return i;
    }
    return std::nullopt;
}

bool isAdapter(std::string_view module)
{
    return std::any_of(Adapters.begin(), Adapters.end(),
        [&](std::string_view name) { return module == "core/" + std::string{name}; });
}

bool isBelowServices(std::string_view module) // layers 0 and 1, and tasks
{
    return module == "core/base" || module == "core/tasks" || domainRank(module);
}

// Height of a ui module: each may include what is strictly lower.
int uiHeight(std::string_view module)
{
    if (module == "ui/kit")
        return 0;
    if (module == "ui/models" || module == "ui/charts" || module == "ui/actions")
        return 1;
    if (module == "ui/pages")
        return 2;
    return isUnder(module, "ui/pages") ? 3 : 4; // the shell is on top
}

bool mayInclude(std::string_view from, bool fromHeader, std::string_view to)
{
    if (from == to)
        return true;
    if (from == "core/base")
        return false;
    if (const auto rank = domainRank(from))
        return to == "core/base" || (domainRank(to) && *domainRank(to) < *rank);
    if (from == "core/tasks" || isAdapter(from))
        return isBelowServices(to);
    if (from == "core/services")
        return fromHeader ? isBelowServices(to) : isUnder(to, "core");
    if (isUnder(from, "ui")) {
        const bool lower = isUnder(to, "ui") && uiHeight(to) < uiHeight(from);
        return lower || isBelowServices(to) || to == "core/services";
    }
    if (from == "app/cli")
        return !isUnder(to, "ui");
    return true; // the rest of app/ builds everything
}

// sources of the services that need a header
constexpr std::string_view ServicesInternal = "core/services/internal";

// Whether the file is a header that others see; the services' internal ones are not.
bool isPublicHeader(std::string_view path)
{
    return isHeader(path) && !isUnder(path, ServicesInternal);
}

bool startsWithAny(std::string_view text, std::initializer_list<std::string_view> heads)
{
    return std::any_of(heads.begin(), heads.end(),
        [&](std::string_view head) { return text.substr(0, head.size()) == head; });
}

bool isQt(std::string_view header)
{
    return header.size() > 1 && header[0] == 'Q'
        && ((header[1] >= 'A' && header[1] <= 'Z') || header.substr(0, 2) == "Qt");
}

// The outside library that the module may not see, or nothing.
std::string forbiddenLibrary(std::string_view module, std::string_view header)
{
    const bool sqlite = startsWithAny(header, {"sqlite3"});
    const bool keychain = startsWithAny(header, {"qt6keychain/", "qtkeychain/", "keychain.h"});
    const bool network = startsWithAny(
        header, {"QNetwork", "QTcp", "QSsl", "QUdp", "QHttp", "QtNetwork", "curl/"});
    const bool pureDomain = module == "core/base" || domainRank(module);
    if (sqlite && module != "core/store")
        return "SQLite belongs to core/store";
    if (keychain && module != "core/security")
        return "the keychain belongs to core/security";
    if (network && module != "core/connectors" && !isUnder(module, "app"))
        return "the network belongs to core/connectors";
    if ((isQt(header) || keychain) && (pureDomain || module == "core/store"))
        return "this module is free of Qt";
    if (module == "core/base"
        && startsWithAny(header,
            {"boost/", "simdjson", "zlib", "zstd", "sodium", "openssl/", "date/", "CLI/",
                "archive"}))
        return "core/base knows the standard library alone";
    if (pureDomain && startsWithAny(header, {"CLI/"}))
        return "the command line's library belongs to app/cli";
    return {};
}

} // namespace

Findings checkIncludes(const std::vector<SourceFile>& files)
{
    Findings findings;
    for (const SourceFile& file : files) {
        const std::string from = moduleOf(file.path);
        if (from.empty() || !isCpp(file.path))
            continue;
        for (const Include& include : includesOf(file.text)) {
            const std::string to = moduleOf(include.target); // also of an angled one
            const bool hidden = isUnder(include.target, ServicesInternal)
                && (from != "core/services" || isPublicHeader(file.path));
            if (!to.empty() && (hidden || !mayInclude(from, isPublicHeader(file.path), to)))
                findings.push_back(
                    {file.path, include.line, from + " may not include " + include.target});
            if (isUnder(include.target, "tests"))
                findings.push_back({file.path, include.line, "the product does not include tests"});
            if (include.target.substr(0, 2) == "..")
                findings.push_back({file.path, include.line, "includes are written from the root"});
            if (const std::string library = forbiddenLibrary(from, include.target);
                to.empty() && !library.empty())
                findings.push_back({file.path, include.line, library + ": " + include.target});
        }
    }
    return findings;
}

std::vector<std::string> ringsOf(const std::map<std::string, std::set<std::string>>& graph)
{
    std::vector<std::string> rings;
    std::map<std::string, int> state; // 0 not seen, 1 on the path, 2 done
    std::vector<std::string> path;
    const std::function<void(const std::string&)> visit = [&](const std::string& node) {
        state[node] = 1;
        path.push_back(node);
        const auto found = graph.find(node);
        for (const std::string& next :
            found == graph.end() ? std::set<std::string>{} : found->second) {
            if (state[next] == 1) {
                std::string ring;
                for (auto at = std::find(path.begin(), path.end(), next); at != path.end(); ++at)
                    ring += *at + " > ";
                rings.push_back(ring + next);
            } else if (state[next] == 0) {
                visit(next);
            }
        }
        path.pop_back();
        state[node] = 2;
    };
    for (const auto& [node, targets] : graph) {
        if (state[node] == 0)
            visit(node);
    }
    return rings;
}

Findings checkCycles(const std::vector<SourceFile>& files)
{
    std::map<std::string, std::set<std::string>> fileGraph;
    std::map<std::string, std::set<std::string>> moduleGraph;
    for (const SourceFile& file : files) {
        const std::string from = moduleOf(file.path);
        for (const Include& include : includesOf(file.text)) {
            if (from.empty() || include.angled)
                continue;
            fileGraph[file.path].insert(include.target);
            if (const std::string to = moduleOf(include.target); !to.empty() && to != from)
                moduleGraph[from].insert(to);
        }
    }
    Findings findings;
    for (const auto& graph : {fileGraph, moduleGraph}) {
        for (const std::string& ring : ringsOf(graph))
            findings.push_back(
                {ring.substr(0, ring.find(' ')), 0, "includes go round in a ring: " + ring});
    }
    return findings;
}

} // namespace sluice::test
