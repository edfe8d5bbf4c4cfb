// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/CsvReader.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace sluice {
namespace {

constexpr std::string_view NotCsv = "check that the file is a CSV export with a header line";

bool endsLine(char byte)
{
    return byte == '\n' || byte == '\r';
}

// The first line of `text` as far as it is there; quotes may hold line ends.
std::string_view firstRecord(std::string_view text, bool& complete)
{
    bool quoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '"')
            quoted = !quoted;
        else if (!quoted && endsLine(text[at])) {
            complete = at + 1 < text.size() || text[at] == '\n';
            return text.substr(0, at);
        }
    }
    complete = false;
    return text;
}

// The separator that occurs most often outside of quotes; comma where none does.
char findDelimiter(std::string_view header)
{
    constexpr std::string_view Candidates = ",;\t|";
    std::array<std::size_t, Candidates.size()> counts{};
    bool quoted = false;
    for (const char byte : header) {
        if (byte == '"')
            quoted = !quoted;
        else if (const std::size_t found = Candidates.find(byte);
                 !quoted && found != std::string_view::npos)
            ++counts[found];
    }
    return Candidates[static_cast<std::size_t>(
        std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

} // namespace

CsvReader::CsvReader(std::unique_ptr<ByteSource> text, StopToken stop, CsvLimits limits)
    : m_source{std::move(text)}
    , m_stop{std::move(stop)}
    , m_limits{limits}
    , m_scanner{',', limits}
{
    SLUICE_CHECK(limits.columns <= RecordBatch::MaxColumns);
}

Result<CsvReader> CsvReader::open(
    std::unique_ptr<ByteSource> text, StopToken stop, CsvLimits limits)
{
    CsvReader reader(std::move(text), std::move(stop), limits);
    SLUICE_TRY_DO(reader.readHeader());
    SLUICE_TRY_DO(reader.checkHeader());
    reader.m_scanner.expectColumns(reader.m_header.size());
    return reader;
}

CsvReader CsvReader::resume(
    std::unique_ptr<ByteSource> text, char delimiter, std::uint64_t line, StopToken stop)
{
    CsvReader reader(std::move(text), std::move(stop), CsvLimits{});
    reader.m_scanner = CsvScanner(delimiter, reader.m_limits);
    reader.m_line = line;
    return reader;
}

Status CsvReader::refill()
{
    if (m_stop.stopRequested())
        return TaskContext::cancelled();
    SLUICE_TRY(ByteBlock block, m_source->next(m_rest));
    m_atEnd = block.atEnd();
    m_block = std::move(block);
    m_rest = m_block.text();
    return Status::success();
}

// Fills m_rest until it begins with the whole header line, behind blank lines.
Status CsvReader::findHeader()
{
    for (;;) {
        // A CR at the end of a block may belong to an LF in the next one.
        while (!m_rest.empty() && endsLine(m_rest.front())
            && (m_rest.size() > 1 || m_atEnd || m_rest.front() == '\n')) {
            m_rest.remove_prefix(m_rest.starts_with("\r\n") ? 2 : 1);
            ++m_line;
        }
        bool complete = false;
        if (firstRecord(m_rest, complete).size() > m_limits.fieldBytes)
            return errorAt(m_line, m_limits.fieldBytes,
                "the header line is longer than " + std::to_string(m_limits.fieldBytes) + " bytes",
                std::string(NotCsv));
        if (complete || m_atEnd)
            break;
        SLUICE_TRY_DO(refill());
    }
    if (m_rest.empty())
        return Error{ErrorCode::BadInput, m_source->name(),
            m_line == 1 ? "the file is empty" : "the file has no header line", "export it again"};
    return Status::success();
}

Status CsvReader::readHeader()
{
    SLUICE_TRY_DO(findHeader());
    bool complete = false;
    const std::string_view first = firstRecord(m_rest, complete);
    char delimiter = findDelimiter(first);
    // Spreadsheets write "sep=;" as a first line of its own.
    if (first.size() == 5
        && (first.starts_with("sep=") || first.starts_with("SEP=") || first.starts_with("Sep="))) {
        delimiter = first.back();
        if (delimiter == '"' || static_cast<unsigned char>(delimiter) > 127)
            return errorAt(
                m_line, 5, "the separator named here cannot be one", "write sep=; or sep=,");
        m_rest.remove_prefix(first.size());
        if (m_rest.starts_with("\r\n"))
            m_rest.remove_prefix(1);
        if (!m_rest.empty())
            m_rest.remove_prefix(1);
        ++m_line;
        SLUICE_TRY_DO(findHeader());
    }
    m_scanner = CsvScanner(delimiter, m_limits);
    RecordBatch batch;
    batch.reset(m_block.owner(), m_rest.size(), 0);
    m_headerLine = m_line;
    const CsvScanner::Stop stop = m_scanner.scanOne(m_rest, m_atEnd, m_line, batch);
    if (stop == CsvScanner::Stop::Fault)
        return scanError();
    if (batch.empty())
        return errorAt(m_headerLine, 1, "the header line does not end", std::string(NotCsv));
    for (const std::string_view name : batch.fields(0))
        m_header.emplace_back(name);
    for (; m_header.size() > 1 && m_header.back().empty(); ++m_unnamedColumns)
        m_header.pop_back();
    return Status::success();
}

Status CsvReader::checkHeader() const
{
    const std::string where = m_source->name() + ", line " + std::to_string(m_headerLine);
    std::unordered_map<std::string_view, std::size_t> seen;
    std::string repeated;
    for (std::size_t column = 0; column < m_header.size(); ++column) {
        const std::string& name = m_header[column];
        if (name.empty())
            return Error{ErrorCode::BadInput, where,
                "column " + std::to_string(column + 1) + " of " + std::to_string(m_header.size())
                    + " has no name in the header",
                "give each column a name"};
        const auto [first, isNew] = seen.emplace(name, column);
        if (!isNew)
            repeated += (repeated.empty() ? "" : ", ") + name + " (columns "
                + std::to_string(first->second + 1) + " and " + std::to_string(column + 1) + ")";
    }
    if (!repeated.empty())
        return Error{ErrorCode::BadInput, where, "the header names columns twice: " + repeated,
            "keep one column of each name"};
    return Status::success();
}

Result<bool> CsvReader::next(RecordBatch& batch)
{
    for (;;) {
        if (m_failure)
            return *m_failure;
        if (m_stop.stopRequested())
            return TaskContext::cancelled();
        batch.reset(m_block.owner(), m_rest.size(), m_records + 1);
        const CsvScanner::Stop stop = m_scanner.scan(m_rest, m_atEnd, m_line, batch);
        m_records += batch.size();
        if (stop == CsvScanner::Stop::Fault)
            m_failure = scanError();
        if (!batch.empty())
            return true;
        if (stop == CsvScanner::Stop::AtEnd)
            return false;
        if (stop == CsvScanner::Stop::NeedsMore) {
            if (m_rest.size() > m_limits.recordBytes)
                return errorAt(m_line, 1,
                    "a record is longer than " + std::to_string(m_limits.recordBytes) + " bytes",
                    "check for a quote that is never closed");
            SLUICE_TRY_DO(refill());
        }
    }
}

Error CsvReader::scanError() const
{
    const CsvScanner::Fault& fault = m_scanner.fault();
    return errorAt(fault.line, fault.column, fault.what, fault.fix);
}

Error CsvReader::errorAt(
    std::uint64_t line, std::uint64_t column, std::string what, std::string fix) const
{
    return {ErrorCode::BadInput,
        m_source->name() + ", line " + std::to_string(line) + ", column " + std::to_string(column),
        std::move(what), std::move(fix)};
}

} // namespace sluice
