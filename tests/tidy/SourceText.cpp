// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/tidy/SourceText.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace sluice::test {
namespace {

bool isWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

void blank(std::string& text, std::size_t from, std::size_t to)
{
    for (std::size_t i = from; i < std::min(to, text.size()); ++i) {
        if (text[i] != '\n')
            text[i] = ' ';
    }
}

// The end of the string or character literal that opens at `at`, just behind its closing quote.
std::size_t literalEnd(std::string_view text, std::size_t at)
{
    const char quote = text[at];
    if (quote == '"' && at > 0 && text[at - 1] == 'R') {
        const std::size_t open = text.find('(', at);
        if (open == std::string_view::npos)
            return text.size();
        const std::string close = ")" + std::string{text.substr(at + 1, open - at - 1)} + "\"";
        const std::size_t end = text.find(close, open);
        return end == std::string_view::npos ? text.size() : end + close.size();
    }
    std::size_t i = at + 1;
    while (i < text.size() && text[i] != quote && text[i] != '\n')
        i += text[i] == '\\' ? 2 : 1;
    return std::min(i + 1, text.size());
}

// What a '{' opens, told from the statement text in front of it.
enum class Opens { Scope, Function, Other };

Opens classify(std::string_view before, bool atScope)
{
    const std::size_t first = before.find_first_not_of(" \t\n");
    const std::string_view head
        = first == std::string_view::npos ? std::string_view{} : before.substr(first);
    const std::size_t close = head.rfind(')');
    const bool hasParameters = close != std::string_view::npos;
    if (head.substr(0, 9) == "namespace" || head.find("extern ") == 0)
        return Opens::Scope;
    for (const std::string_view keyword : {"class ", "struct ", "union ", "enum "}) {
        const std::size_t found = head.find(keyword);
        const bool whole
            = found != std::string_view::npos && (found == 0 || !isWord(head[found - 1]));
        if (whole && (!hasParameters || head.substr(0, keyword.size()) == keyword)
            && head.find('=') == std::string_view::npos)
            return Opens::Scope;
    }
    if (!atScope)
        return Opens::Other;
    if (!hasParameters)
        // the body behind a constructor's initialisers, or data
        return head.empty() ? Opens::Function : Opens::Other;
    const std::size_t equals = head.rfind('=');
    const bool isData = equals != std::string_view::npos && equals > close;
    return isData ? Opens::Other : Opens::Function;
}

} // namespace

std::vector<SourceFile> readTree(const std::string& root, const std::vector<std::string>& folders)
{
    namespace fs = std::filesystem;
    constexpr std::array<std::string_view, 9> Kinds{
        ".cpp", ".h", ".c", ".cmake", ".txt", ".sql", ".in", ".golden", ".expected"};
    std::vector<SourceFile> files;
    for (const std::string& folder : folders) {
        if (!fs::exists(fs::path{root} / folder))
            continue;
        for (const auto& entry : fs::recursive_directory_iterator{fs::path{root} / folder}) {
            const std::string kind = entry.path().extension().string();
            if (!entry.is_regular_file()
                || std::find(Kinds.begin(), Kinds.end(), kind) == Kinds.end())
                continue;
            std::ifstream in{entry.path(), std::ios::binary};
            files.push_back({fs::relative(entry.path(), root).generic_string(),
                std::string{std::istreambuf_iterator<char>{in}, {}}});
        }
    }
    std::sort(files.begin(), files.end(),
        [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
    return files;
}

bool isHeader(std::string_view path)
{
    return path.size() > 2 && path.substr(path.size() - 2) == ".h";
}

bool isCpp(std::string_view path)
{
    return isHeader(path) || (path.size() > 4 && path.substr(path.size() - 4) == ".cpp");
}

bool isUnder(std::string_view path, std::string_view folder)
{
    return path.size() > folder.size() && path.substr(0, folder.size()) == folder
        && path[folder.size()] == '/';
}

std::string codeOnly(std::string_view text)
{
    std::string code{text};
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        const char next = i + 1 < text.size() ? text[i + 1] : '\0';
        if (c == '/' && next == '/') {
            const std::size_t end = std::min(text.find('\n', i), text.size());
            blank(code, i, end);
            i = end;
        } else if (c == '/' && next == '*') {
            const std::size_t found = text.find("*/", i + 2);
            const std::size_t end = found == std::string_view::npos ? text.size() : found + 2;
            blank(code, i, end);
            i = end;
        } else if (c == '"'
            || (c == '\'' && (i == 0 || !isWord(text[i - 1])))) { // 1'000 is no literal
            const std::size_t end = literalEnd(text, i);
            blank(code, i + 1, end - 1);
            i = end;
        } else {
            ++i;
        }
    }
    return code;
}

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::vector<FunctionSpan> functionsOf(std::string_view code)
{
    struct Open {
        Opens what;
        int line;
    };
    std::vector<FunctionSpan> functions;
    std::vector<Open> open;
    std::size_t statement = 0;
    int line = 1;
    bool directive = false; // inside a preprocessor line, whose braces need not balance
    for (std::size_t i = 0; i < code.size(); ++i) {
        const char c = code[i];
        if (c == '\n') {
            ++line;
            if (directive && (i == 0 || code[i - 1] != '\\')) {
                directive = false;
                statement = i + 1;
            }
        } else if (c == '#'
            && code.substr(statement, i - statement).find_first_not_of(" \t\n")
                == std::string_view::npos) {
            directive = true;
        } else if (directive) {
            continue;
        } else if (c == '{') {
            const bool atScope = open.empty() || open.back().what == Opens::Scope;
            open.push_back({classify(code.substr(statement, i - statement), atScope), line});
            statement = i + 1;
        } else if (c == '}') {
            if (!open.empty() && open.back().what == Opens::Function)
                functions.push_back({open.back().line, line});
            if (!open.empty())
                open.pop_back();
            statement = i + 1;
        } else if (c == ';') {
            statement = i + 1;
        }
    }
    return functions;
}

} // namespace sluice::test
