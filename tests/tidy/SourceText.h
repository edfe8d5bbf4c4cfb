// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice::test {

// A file of the project: its path from the root, with '/', and its text.
struct SourceFile {
    std::string path;
    std::string text;
};

// What a rule found: reads as "path:line: what".
struct Finding {
    std::string path;
    int line{0};
    std::string what;

    bool operator==(const Finding&) const = default;
};
using Findings = std::vector<Finding>;

// Every text file below the given folders of `root`, sorted by path.
std::vector<SourceFile> readTree(const std::string& root, const std::vector<std::string>& folders);

[[nodiscard]] bool isCpp(std::string_view path); // .cpp or .h
[[nodiscard]] bool isHeader(std::string_view path);
[[nodiscard]] bool isUnder(std::string_view path, std::string_view folder);

// C++ with comments and the insides of literals blanked out, so that a word found in it is code.
// Line for line and column for column as before.
std::string codeOnly(std::string_view text);
std::vector<std::string_view> linesOf(std::string_view text);

// Where each function body of blanked-out code opens and closes (lines from 1).
struct FunctionSpan {
    int firstLine{0};
    int lastLine{0};

    bool operator==(const FunctionSpan&) const = default;
};
std::vector<FunctionSpan> functionsOf(std::string_view code);

} // namespace sluice::test
