// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/CsvScanner.h"
#include "core/ingest/ByteMasks.h"

#include <algorithm>

namespace sluice {

// What 64 bytes are made of.
struct CsvScanner::Chunk {
    Chunk(const char* at, char delimiter)
    {
        const ByteMasks masks(at);
        quotes = masks.equal('"');
        separators = masks.equal(delimiter);
        lineFeeds = masks.equal('\n');
        returns = masks.equal('\r');
        const std::uint64_t behind = at[ByteMasks::Width] == '\n' ? 1ULL << 63U : 0;
        loneReturns = returns & ~((lineFeeds >> 1U) | behind);
    }
    std::uint64_t quotes;
    std::uint64_t separators;
    std::uint64_t lineFeeds;
    std::uint64_t returns;
    std::uint64_t loneReturns;
};

// Finds what lies outside of quotes. False: this chunk does not keep to the rules, the careful
// reader must look. Taking each quote as a switch is right as long as every opening quote stands
// where a field begins and every closing one where it ends, and the first quote for which that
// fails is seen here, before anything was taken from the chunk.
inline bool CsvScanner::followQuotes(
    Quotes& quotes, const Chunk& chunk, std::uint64_t& outside) const
{
    if (chunk.loneReturns != 0)
        return false;
    const std::uint64_t inside
        = chunk.quotes == 0 ? quotes.inside : prefixParity(chunk.quotes) ^ quotes.inside;
    outside = ~inside;
    const std::uint64_t structure = (chunk.separators | chunk.lineFeeds) & outside;
    if ((chunk.quotes | quotes.afterClosing) != 0) {
        const std::uint64_t opening = chunk.quotes & inside;
        const std::uint64_t closing = chunk.quotes & outside;
        const std::uint64_t behindClosing = (closing << 1U) | quotes.afterClosing;
        const std::uint64_t behindStructure = (structure << 1U) | quotes.afterStructure;
        if ((behindClosing & ~(structure | opening | chunk.returns)) != 0
            || (opening & ~(behindStructure | behindClosing)) != 0)
            return false;
        quotes.afterClosing = closing >> 63U;
        quotes.inside = (inside >> 63U) != 0 ? ~0ULL : 0;
    }
    quotes.afterStructure = structure >> 63U;
    return true;
}

inline void CsvScanner::addFastField(const char* begin, const char* end)
{
    if (*begin == '"') [[unlikely]] // an empty field begins with the separator behind it
        m_batch->addField(
            m_batch->undoubled({begin + 1, static_cast<std::size_t>(end - begin) - 2}));
    else
        m_batch->addField({begin, static_cast<std::size_t>(end - begin)});
}

// Reads records until the batch is full, the text ends or the careful reader is needed; m_at is at
// a record's beginning then.
void CsvScanner::scanFast()
{
    Quotes quotes;
    const char* field = m_at;
    // One byte more than a chunk: whether a CR at its end belongs to an LF must be seen.
    for (const char* chunkAt = m_at;
         m_end - chunkAt > static_cast<std::ptrdiff_t>(ByteMasks::Width);
         chunkAt += ByteMasks::Width) {
        const Chunk chunk(chunkAt, m_delimiter);
        std::uint64_t outside = 0;
        if (!followQuotes(quotes, chunk, outside) || m_batch->unfinishedFields() > m_limits.columns)
            break;
        std::uint64_t events = (chunk.separators & outside) | chunk.lineFeeds;
        if (chunk.lineFeeds == 0) {
            for (; events != 0; events &= events - 1) {
                const char* const end = chunkAt + std::countr_zero(events);
                addFastField(field, end);
                field = end + 1;
            }
            continue;
        }
        for (; events != 0; events &= events - 1) {
            const int bit = std::countr_zero(events);
            const char* const end = chunkAt + bit;
            if (*end != '\n') {
                addFastField(field, end);
            } else if (((outside >> static_cast<unsigned>(bit)) & 1U) == 0) {
                ++m_innerLines;
                continue;
            } else {
                addFastField(field, end != field && end[-1] == '\r' ? end - 1 : end);
                if (!finishFast(end))
                    return;
            }
            field = end + 1;
        }
    }
    m_batch->dropUnfinished();
}

// Ends the record before `lineFeed`. False: stop here, for the batch is full or the record passes a
// limit.
bool CsvScanner::finishFast(const char* lineFeed)
{
    const char* const end = lineFeed != m_at && lineFeed[-1] == '\r' ? lineFeed - 1 : lineFeed;
    const std::size_t size = static_cast<std::size_t>(end - m_at);
    if (size > m_limits.fieldBytes || m_batch->unfinishedFields() > m_limits.columns) {
        m_batch->dropUnfinished();
        return false;
    }
    if (size != 0)
        m_batch->addRow(m_at, size, m_line);
    else
        m_batch->dropUnfinished();
    m_line += m_innerLines + 1;
    m_innerLines = 0;
    m_at = lineFeed + 1;
    return !batchFull();
}

bool CsvScanner::batchFull() const noexcept
{
    return m_batch->size() >= RecordBatch::MaxRecords
        || m_batch->m_rowFields >= RecordBatch::MaxFields;
}

CsvScanner::Step CsvScanner::failAt(const char* at, std::string what, std::string fix)
{
    // Lines and characters are counted only now: nobody needs them before.
    m_fault = {.line = m_line, .column = 1, .what = std::move(what), .fix = std::move(fix)};
    for (const char* seen = m_at; seen < at; ++seen) {
        const bool lineEnds
            = *seen == '\n' || (*seen == '\r' && (seen + 1 == m_end || seen[1] != '\n'));
        if (lineEnds)
            ++m_fault.line;
        if (lineEnds)
            m_fault.column = 1;
        else if ((static_cast<unsigned char>(*seen) & 0xC0U) != 0x80U)
            ++m_fault.column;
    }
    m_batch->dropUnfinished();
    return Step::Fault;
}

CsvScanner::Step CsvScanner::careful()
{
    m_innerLines = 0;
    const char* at = m_at;
    for (;;) {
        Step step = at != m_end && *at == '"' ? carefulQuoted(at) : carefulPlain(at);
        if (step == Step::Field)
            step = carefulEnd(at);
        if (step == Step::NeedsMore)
            m_batch->dropUnfinished();
        if (step != Step::Field)
            return step;
        if (m_batch->unfinishedFields() >= m_limits.columns)
            return failAt(at,
                "the record has more than " + std::to_string(m_limits.columns) + " fields",
                "check that the file is a CSV export");
    }
}

CsvScanner::Step CsvScanner::carefulPlain(const char*& at)
{
    const char* const begin = at;
    const char* const limit = static_cast<std::size_t>(m_end - at) > m_limits.fieldBytes
        ? at + m_limits.fieldBytes + 1
        : m_end;
    while (at != limit && *at != m_delimiter && *at != '\n' && *at != '\r')
        ++at;
    const std::size_t size = static_cast<std::size_t>(at - begin);
    if (size > m_limits.fieldBytes)
        return failAt(begin,
            "a field is longer than " + std::to_string(m_limits.fieldBytes) + " bytes",
            "check that the file is a CSV export");
    if (at == m_end && !m_atEnd)
        return Step::NeedsMore;
    m_batch->addField({begin, size});
    return Step::Field;
}

CsvScanner::Step CsvScanner::carefulQuoted(const char*& at)
{
    const char* const begin = at + 1;
    for (++at;; ++at) {
        if (static_cast<std::size_t>(at - begin) > m_limits.fieldBytes)
            return failAt(begin - 1,
                "a quoted field is longer than " + std::to_string(m_limits.fieldBytes) + " bytes",
                "check for a quote that is never closed");
        if (at == m_end && m_atEnd)
            return failAt(begin - 1,
                "the file ends within a record (begun on line " + std::to_string(m_line)
                    + "): the quote opened here is never closed",
                "the file was cut off; export or download it again");
        if (at == m_end || (*at == '"' && at + 1 == m_end && !m_atEnd))
            return Step::NeedsMore;
        if (*at == '"' && (at + 1 == m_end || at[1] != '"'))
            break;
        if (*at == '"')
            ++at;
        else if (*at == '\n' || (*at == '\r' && at + 1 != m_end && at[1] != '\n'))
            ++m_innerLines;
    }
    const std::string_view value{begin, static_cast<std::size_t>(at - begin)};
    ++at;
    if (at != m_end && *at != m_delimiter && *at != '\n' && *at != '\r')
        return failAt(at, "text after the quote that closes a field",
            "write a quote inside a quoted field twice, or close the field before the separator");
    m_batch->addField(m_batch->undoubled(value));
    return Step::Field;
}

// What ends a field: a separator, and the next one begins; or the end of the line or the file.
CsvScanner::Step CsvScanner::carefulEnd(const char*& at)
{
    if (at == m_end)
        return m_atEnd ? finishCareful(at, at) : Step::NeedsMore;
    if (*at == m_delimiter) {
        ++at;
        return Step::Field;
    }
    const char* next = at + 1;
    if (*at == '\r') {
        if (next == m_end && !m_atEnd)
            return Step::NeedsMore;
        if (next != m_end && *next == '\n')
            ++next;
    }
    return finishCareful(at, next);
}

// The record ends before `end`, the next begins at `next`; they are the same where the file ends
// without line end.
CsvScanner::Step CsvScanner::finishCareful(const char* end, const char* next)
{
    const std::size_t size = static_cast<std::size_t>(end - m_at);
    if (size > m_limits.recordBytes)
        return failAt(m_at,
            "a record is longer than " + std::to_string(m_limits.recordBytes) + " bytes",
            "check for a quote that is never closed");
    if (next == end) {
        m_endedWithoutNewline = true;
        if (m_batch->unfinishedFields() < m_columns)
            return failAt(end,
                "the file ends within a record: " + std::to_string(m_batch->unfinishedFields())
                    + " of " + std::to_string(m_columns) + " fields and no line end",
                "the file was cut off; export or download it again");
    }
    if (size != 0)
        m_batch->addRow(m_at, size, m_line);
    else
        m_batch->dropUnfinished();
    m_line += m_innerLines + (next == end ? 0 : 1);
    m_at = next;
    return Step::Record;
}

CsvScanner::Stop CsvScanner::scan(
    std::string_view& text, bool atEnd, std::uint64_t& line, RecordBatch& batch)
{
    return run(text, atEnd, line, batch, true);
}

CsvScanner::Stop CsvScanner::scanOne(
    std::string_view& text, bool atEnd, std::uint64_t& line, RecordBatch& batch)
{
    return run(text, atEnd, line, batch, false);
}

CsvScanner::Stop CsvScanner::run(
    std::string_view& text, bool atEnd, std::uint64_t& line, RecordBatch& batch, bool many)
{
    m_batch = &batch;
    m_at = text.data();
    m_end = m_at + text.size();
    m_atEnd = atEnd;
    m_line = line;
    Stop stop = Stop::NeedsMore;
    for (;;) {
        if (many) {
            m_innerLines = 0;
            scanFast();
        }
        if (batchFull() || (!many && !batch.empty())) {
            stop = Stop::BatchFull;
            break;
        }
        if (m_at == m_end) {
            stop = atEnd ? Stop::AtEnd : Stop::NeedsMore;
            break;
        }
        const Step step = careful();
        if (step == Step::Record)
            continue;
        stop = step == Step::Fault ? Stop::Fault : Stop::NeedsMore;
        break;
    }
    text.remove_prefix(static_cast<std::size_t>(m_at - text.data()));
    line = m_line;
    return stop;
}

} // namespace sluice
