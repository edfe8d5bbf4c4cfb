// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/tidy/Rules.h"

#include <QRegularExpression>
#include <QString>

#include <algorithm>
#include <array>

namespace sluice::test {
namespace {

constexpr int FileLinesMax = 700;
constexpr int FunctionLinesMax = 70;
constexpr std::ptrdiff_t ColumnsMax = 100;
constexpr std::string_view Licence = "SPDX-License-Identifier: GPL-3.0-or-later";

// What a word rule reads: code with comments and literals blanked out, or the line as it stands.
enum class Reads { Code, Line };

struct WordRule {
    const char* pattern;
    Reads reads;
    std::vector<std::string_view> folders; // where it holds
    std::vector<std::string_view> except; // heads of paths where it does not
    const char* why;
};

const std::vector<WordRule>& wordRules()
{
    static const std::vector<std::string_view> product{"core", "ui", "app"};
    static const std::vector<std::string_view> everywhere{
        "core", "ui", "app", "tests", "resources", "installer"};
    static const std::vector<std::string_view> painted{"ui", "app"};
    static const std::vector<std::string_view> theme{"ui/kit/Theme"};
    static const std::vector<WordRule> rules{
        {R"(\bprocessEvents\b)", Reads::Code, product, {},
            "no nested event handling: answer through a callback"},
        {R"(\bQEventLoop\b)", Reads::Code, product, {"core/security/"},
            "no nested event loop outside the keychain's adapter"},
        {R"(\bwaitForFinished\b)", Reads::Code, product, {},
            "nobody waits for a future: use a watcher"},
        {R"(\bdouble\b)", Reads::Code, {"core/base", "core/ledger", "core/store"}, {},
            "no binary floating point near money"},
        {R"(\bfloat\b)", Reads::Code, product, {}, "no binary floating point in single precision"},
        {R"(\bq(Debug|Info|Warning|Critical)\s*\()", Reads::Code, product, {},
            "log with a category: qCDebug, qCWarning"},
        {R"(\b(TODO|FIXME|XXX|HACK)\b)", Reads::Line, everywhere, {"tests/tidy/"},
            "no loose ends in the source"},
        {R"(\bQColor\s*[\({]\s*["0-9])", Reads::Line, painted, theme,
            "colours come from the theme"},
        {R"("#[0-9a-fA-F]{3,8}\b)", Reads::Line, painted, theme, "colours come from the theme"},
        {R"(\bqRgba?\s*\()", Reads::Code, painted, theme, "colours come from the theme"},
        {R"(\bQt::(black|white|(dark)?(red|green|blue|cyan|magenta|yellow|gray)|lightGray)\b)",
            Reads::Code, painted, theme, "colours come from the theme"},
        {R"(\bignoreSslErrors\b)", Reads::Code, product, {},
            "a certificate that does not hold is an error"},
        {R"(\bsetInsecureFallback\s*\(\s*true)", Reads::Code, product, {},
            "no plain-text fallback for secrets"},
        {R"(\btr\s*\(\s*"\s)", Reads::Line, painted, {},
            "texts to translate do not start with a blank"},
        {R"(\bstd::(format|expected|source_location|views)\b)", Reads::Code, everywhere, {},
            "not in both compilers"},
        {R"(\bfork\s*\(\s*\))", Reads::Code, product, {}, "no fork while a ledger may be open"},
    };
    return rules;
}

bool applies(const WordRule& rule, std::string_view path)
{
    const auto starts = [&](std::string_view head) { return path.substr(0, head.size()) == head; };
    return std::any_of(rule.folders.begin(), rule.folders.end(), [&](std::string_view f) {
        return isUnder(path, f);
    }) && std::none_of(rule.except.begin(), rule.except.end(), starts);
}

// The number of arguments of the call whose '(' stands at `open`, and whether the third begins with
// a lambda.
struct CallShape {
    int arguments{0};
    bool thirdIsLambda{false};
};

CallShape shapeOf(std::string_view code, std::size_t open)
{
    CallShape shape{1, false};
    int depth = 0;
    for (std::size_t i = open; i < code.size(); ++i) {
        const char c = code[i];
        if (c == '(' || c == '{' || c == '[') {
            ++depth;
        } else if (c == ')' || c == '}' || c == ']') {
            if (--depth == 0)
                return shape;
        } else if (c == ',' && depth == 1) {
            ++shape.arguments;
            const std::size_t next = code.find_first_not_of(" \t\n", i + 1);
            if (shape.arguments == 3 && next != std::string_view::npos)
                shape.thirdIsLambda = code[next] == '[';
        }
    }
    return shape;
}

void checkConnects(const SourceFile& file, std::string_view code, Findings& findings)
{
    constexpr std::string_view Call = "connect(";
    for (std::size_t at = code.find(Call); at != std::string_view::npos;
         at = code.find(Call, at + 1)) {
        const char before = at == 0 ? ' ' : code[at - 1];
        if (before == '_' || (before >= 'a' && before <= 'z') || (before >= 'A' && before <= 'Z'))
            continue;
        const CallShape shape = shapeOf(code, at + Call.size() - 1);
        const auto line = 1
            + static_cast<int>(
                std::count(code.begin(), code.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
        if (shape.arguments == 3 && shape.thirdIsLambda)
            findings.push_back({file.path, line,
                "connect names no context: the lambda may outlive what it captures"});
    }
}

// In characters: a UTF-8 sequence counts once.
std::ptrdiff_t widthOf(std::string_view line)
{
    return std::ranges::count_if(
        line, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

// A line with a literal may be longer: a sentence in the source can be searched for when it is not
// cut.
void checkWidth(const SourceFile& file, const std::string& code, Findings& findings)
{
    const auto rawLines = linesOf(file.text);
    const auto codeLines = linesOf(code);
    for (std::size_t i = 0; i < rawLines.size(); ++i) {
        const std::string_view raw = rawLines[i];
        const bool comment
            = raw.substr(std::min(raw.find_first_not_of(' '), raw.size())).starts_with("//");
        const bool blank = codeLines[i].find_first_not_of(' ') == std::string_view::npos;
        if (widthOf(raw) > ColumnsMax && raw.find('"') == std::string_view::npos
            && (comment || !blank))
            findings.push_back({file.path, static_cast<int>(i) + 1,
                "the line is wider than 100 columns: ./dev format"});
    }
}

} // namespace

Findings checkSizes(const std::vector<SourceFile>& files)
{
    Findings findings;
    for (const SourceFile& file : files) {
        if (!isCpp(file.path))
            continue;
        const auto lines = static_cast<int>(linesOf(file.text).size());
        if (lines > FileLinesMax)
            findings.push_back({file.path, lines,
                "the file has " + std::to_string(lines) + " lines, 700 is the end"});
        const std::string code = codeOnly(file.text);
        checkWidth(file, code, findings);
        for (const FunctionSpan& span : functionsOf(code)) {
            const int length = span.lastLine - span.firstLine + 1;
            if (length > FunctionLinesMax)
                findings.push_back({file.path, span.firstLine,
                    "the function has " + std::to_string(length) + " lines, 70 is the end"});
        }
    }
    return findings;
}

Findings checkLicence(const std::vector<SourceFile>& files)
{
    Findings findings;
    for (const SourceFile& file : files) {
        const std::string_view path = file.path;
        const bool cmake = path.size() > 6 && path.substr(path.size() - 6) == ".cmake";
        const bool lists = path.size() >= 14 && path.substr(path.size() - 14) == "CMakeLists.txt";
        if (!isCpp(path) && !cmake && !lists)
            continue;
        const std::string wanted = (isCpp(path) ? "// " : "# ") + std::string{Licence};
        if (linesOf(file.text).empty() || linesOf(file.text).front() != wanted)
            findings.push_back({file.path, 1, "the first line is not '" + wanted + "'"});
    }
    return findings;
}

Findings checkWords(const std::vector<SourceFile>& files)
{
    std::vector<QRegularExpression> patterns;
    for (const WordRule& rule : wordRules())
        patterns.emplace_back(QString::fromLatin1(rule.pattern));
    Findings findings;
    for (const SourceFile& file : files) {
        if (!isCpp(file.path))
            continue;
        const std::string code = codeOnly(file.text);
        const auto codeLines = linesOf(code);
        const auto rawLines = linesOf(file.text);
        for (std::size_t r = 0; r < wordRules().size(); ++r) {
            const WordRule& rule = wordRules()[r];
            if (!applies(rule, file.path))
                continue;
            const auto& lines = rule.reads == Reads::Code ? codeLines : rawLines;
            for (std::size_t i = 0; i < lines.size(); ++i) {
                const QString line
                    = QString::fromUtf8(lines[i].data(), static_cast<qsizetype>(lines[i].size()));
                if (const auto match = patterns[r].match(line); match.hasMatch())
                    findings.push_back({file.path, static_cast<int>(i) + 1,
                        match.captured().toStdString() + ": " + rule.why});
            }
        }
        if (!isUnder(file.path, "tests"))
            checkConnects(file, code, findings);
    }
    return findings;
}

} // namespace sluice::test
