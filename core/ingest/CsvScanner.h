// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/RecordBatch.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice {

struct CsvLimits {
    std::size_t columns{RecordBatch::MaxColumns}; // at most that many
    std::size_t fieldBytes{1U << 20};
    std::size_t recordBytes{16U << 20};
};

// Cuts text into records and fields, as many as a batch takes. Two readers share the work: the fast
// one looks at 64 bytes at a time and knows only text that keeps to RFC 4180; where a record does
// not (a quote inside an unquoted field, a lone CR as line end, a limit, an error), the careful one
// reads that record byte by byte and decides. Their answers are the same: the fast one is a
// shortcut, not a dialect.
class CsvScanner {
public:
    enum class Stop : std::uint8_t {
        NeedsMore, // the rest is the beginning of a record
        BatchFull,
        AtEnd, // all was read
        Fault,
    };
    struct Fault {
        std::uint64_t line{0};
        std::uint64_t column{0}; // in characters, 1-based
        std::string what;
        std::string fix;
    };

    CsvScanner(char delimiter, CsvLimits limits)
        : m_delimiter{delimiter}
        , m_limits{limits}
    {
    }
    // A last record without line end and with fewer fields than this is a file cut off. 0: not
    // known.
    void expectColumns(std::size_t columns) noexcept { m_columns = columns; }

    // Appends the records at the beginning of `text` to the batch, which keeps `text` alive, and
    // takes them off it; `line` is the line on which `text` begins and is moved on. `atEnd`:
    // nothing follows `text`.
    Stop scan(std::string_view& text, bool atEnd, std::uint64_t& line, RecordBatch& batch);
    // The same for one record, by the careful reader.
    Stop scanOne(std::string_view& text, bool atEnd, std::uint64_t& line, RecordBatch& batch);

    [[nodiscard]] char delimiter() const noexcept { return m_delimiter; }
    [[nodiscard]] const Fault& fault() const noexcept { return m_fault; }
    [[nodiscard]] bool endedWithoutNewline() const noexcept { return m_endedWithoutNewline; }

private:
    enum class Step : std::uint8_t { Field, Record, NeedsMore, Fault };
    struct Quotes {
        std::uint64_t inside{0}; // all ones inside a quoted field
        std::uint64_t afterStructure{1}; // a quote as next byte opens a field
        std::uint64_t afterClosing{0}; // the last byte was a closing quote
    };
    struct Chunk;

    Stop run(
        std::string_view& text, bool atEnd, std::uint64_t& line, RecordBatch& batch, bool many);
    bool followQuotes(Quotes& quotes, const Chunk& chunk, std::uint64_t& outside) const;
    void scanFast();
    void addFastField(const char* begin, const char* end);
    bool finishFast(const char* lineFeed);
    Step careful();
    Step carefulPlain(const char*& at);
    Step carefulQuoted(const char*& at);
    Step carefulEnd(const char*& at);
    Step finishCareful(const char* end, const char* next);
    Step failAt(const char* at, std::string what, std::string fix);
    [[nodiscard]] bool batchFull() const noexcept;

    char m_delimiter;
    CsvLimits m_limits;
    std::size_t m_columns{0};
    Fault m_fault;
    bool m_endedWithoutNewline{false};

    // While scanning one window.
    RecordBatch* m_batch{nullptr};
    const char* m_at{nullptr}; // the beginning of a record
    const char* m_end{nullptr};
    bool m_atEnd{false};
    std::uint64_t m_line{1}; // on which m_at lies
    std::uint64_t m_innerLines{0}; // line ends inside the record, so far
};

} // namespace sluice
