// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/CsvText.h"

#include "core/base/TextFold.h"
#include "core/base/Utf8.h"

#include <algorithm>
#include <array>

namespace sluice {
namespace {

class Splitter {
public:
    Splitter(std::string_view text, std::string_view fileName)
        : m_text{text}
        , m_file{fileName}
    {
        if (m_text.substr(0, 3) == "\xEF\xBB\xBF")
            m_text.remove_prefix(3);
    }

    Result<std::vector<CsvRow>> run()
    {
        findSeparator();
        std::vector<CsvRow> rows;
        while (m_at < m_text.size()) {
            CsvRow row;
            do {
                CsvField field{{}, m_line, m_at - m_lineStart + 1};
                SLUICE_TRY_DO(
                    m_text.substr(m_at, 1) == "\"" ? readQuoted(field) : readPlain(field));
                row.push_back(std::move(field));
            } while (takeSeparator());
            takeLineEnd();
            if (row.size() > 1 || !row.front().text.empty())
                rows.push_back(std::move(row));
        }
        return rows;
    }

private:
    void findSeparator()
    {
        std::array<std::size_t, 3> counts{};
        constexpr std::string_view Separators = ",;\t";
        bool quoted = false;
        for (const char c : m_text.substr(0, m_text.find_first_of("\r\n"))) {
            quoted = quoted != (c == '"');
            const std::size_t which = Separators.find(c);
            if (!quoted && which != std::string_view::npos)
                ++counts[which];
        }
        std::size_t best = 0;
        for (std::size_t i = 1; i < counts.size(); ++i)
            best = counts[i] > counts[best] ? i : best;
        m_separator = Separators[best];
    }

    [[nodiscard]] bool endsField(char c) const noexcept
    {
        return c == m_separator || c == '\n' || c == '\r';
    }

    Error fault(std::size_t line, std::size_t column, std::string what, std::string fix) const
    {
        return {
            ErrorCode::BadInput, textPlace(m_file, line, column), std::move(what), std::move(fix)};
    }

    Status checked(const CsvField& field) const
    {
        if (isUtf8(field.text))
            return Status::success();
        return fault(field.line, field.column, "the text is not UTF-8", "Save the file as UTF-8");
    }

    Status readPlain(CsvField& field)
    {
        const std::size_t start = m_at;
        while (m_at < m_text.size() && !endsField(m_text[m_at]))
            ++m_at;
        field.text = m_text.substr(start, m_at - start);
        return checked(field);
    }

    Status readQuoted(CsvField& field)
    {
        for (++m_at; m_at < m_text.size(); ++m_at) {
            const char c = m_text[m_at];
            if (c == '"' && m_text.substr(m_at + 1, 1) != "\"") {
                ++m_at;
                if (m_at < m_text.size() && !endsField(m_text[m_at]))
                    return fault(m_line, m_at - m_lineStart + 1,
                        "text follows the closing quote of a value",
                        "Write a quote inside a quoted value twice");
                return checked(field);
            }
            if (c == '"')
                ++m_at;
            field.text.push_back(c);
            if (c == '\n') {
                ++m_line;
                m_lineStart = m_at + 1;
            }
        }
        return fault(field.line, field.column, "the quote is never closed",
            "Close it, or write a quote inside a value twice");
    }

    bool takeSeparator()
    {
        if (m_at >= m_text.size() || m_text[m_at] != m_separator)
            return false;
        ++m_at;
        return true;
    }

    void takeLineEnd()
    {
        if (m_at < m_text.size() && m_text[m_at] == '\r')
            ++m_at;
        if (m_at < m_text.size() && m_text[m_at] == '\n')
            ++m_at;
        ++m_line;
        m_lineStart = m_at;
    }

    std::string_view m_text;
    std::string_view m_file;
    char m_separator{','};
    std::size_t m_at{0};
    std::size_t m_line{1};
    std::size_t m_lineStart{0};
};

} // namespace

Result<std::vector<CsvRow>> parseCsvText(std::string_view text, std::string_view fileName)
{
    return Splitter{text, fileName}.run();
}

std::string csvQuoted(std::string_view text)
{
    const bool plain = text.find_first_of(",;\t\"\r\n") == std::string_view::npos
        && trimmed(text).size() == text.size();
    if (plain)
        return std::string{text};
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"')
            out.push_back('"');
        out.push_back(c);
    }
    return out + "\"";
}

bool startsFormula(std::string_view text) noexcept
{
    constexpr std::array<std::string_view, 11> Starts{"=", "+", "-", "@", "\t", "\r", "\n",
        "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};
    return std::any_of(Starts.begin(), Starts.end(),
        [text](std::string_view start) { return text.substr(0, start.size()) == start; });
}

std::string csvCell(std::string_view text, bool formulaSafe)
{
    const bool guarded = formulaSafe && startsFormula(text);
    if (!guarded && text.find_first_of(",\"\r\n") == std::string_view::npos)
        return std::string{text};
    std::string field = guarded ? "\"'" : "\"";
    for (const char c : text)
        field.append(c == '"' ? 2 : 1, c);
    return field + '"';
}

std::string textPlace(std::string_view fileName, std::size_t line, std::size_t column)
{
    return std::string{fileName} + ":" + std::to_string(line) + ":" + std::to_string(column);
}

} // namespace sluice
