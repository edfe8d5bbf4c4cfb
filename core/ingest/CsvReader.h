// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/TaskContext.h"
#include "core/ingest/ByteSource.h"
#include "core/ingest/CsvScanner.h"
#include "core/ingest/RecordBatch.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sluice {

// Records of a CSV text after RFC 4180, in bounded memory: fields separated by comma, semicolon,
// tab or bar (found in the header, or named by a first line "sep=;"), quoted where they hold
// separators, quotes or line ends; LF, CRLF or CR. A quote inside an unquoted field is a character
// like any other. Blank lines are skipped. One thread at a time. Errors (BadInput, with file, line
// and column): an empty file, empty or repeated column names, text after a closing quote, a limit
// passed, a file that ends within a record. Records with too few or too many fields are no error
// here.
class CsvReader {
public:
    // `text` is UTF-8, as TextSource gives it. Reads the header.
    static Result<CsvReader> open(
        std::unique_ptr<ByteSource> text, StopToken stop = {}, CsvLimits limits = {});
    // Goes on at the beginning of a record of a text whose separator is known; the header stays
    // empty.
    static CsvReader resume(
        std::unique_ptr<ByteSource> text, char delimiter, std::uint64_t line, StopToken stop = {});

    // The column names as written, each present once and none empty.
    [[nodiscard]] const std::vector<std::string>& header() const noexcept { return m_header; }
    // Columns without a name behind those of header(): a comma too many on each line. Records have
    // fields for them, too.
    [[nodiscard]] std::size_t unnamedColumns() const noexcept { return m_unnamedColumns; }
    [[nodiscard]] char delimiter() const noexcept { return m_scanner.delimiter(); }
    // Fills `batch` with the next records; false when there are none left.
    Result<bool> next(RecordBatch& batch);
    // Data records given out so far.
    [[nodiscard]] std::uint64_t records() const noexcept { return m_records; }
    // After the last record: whether the file's last line has no end. Its last value may have been
    // cut off.
    [[nodiscard]] bool endedWithoutNewline() const noexcept
    {
        return m_scanner.endedWithoutNewline();
    }
    [[nodiscard]] const ByteSource& source() const noexcept { return *m_source; }

private:
    CsvReader(std::unique_ptr<ByteSource> text, StopToken stop, CsvLimits limits);
    Status refill();
    Status findHeader();
    Status takeSeparatorLine();
    Status readHeader();
    Status checkHeader() const;
    Error scanError() const;
    Error errorAt(
        std::uint64_t line, std::uint64_t column, std::string what, std::string fix) const;

    std::unique_ptr<ByteSource> m_source;
    StopToken m_stop;
    CsvLimits m_limits;
    CsvScanner m_scanner;
    std::vector<std::string> m_header;
    std::size_t m_unnamedColumns{0};
    ByteBlock m_block;
    // of the block: from the beginning of the first record not yet given out
    std::string_view m_rest;
    std::uint64_t m_line{1}; // on which m_rest begins
    std::uint64_t m_headerLine{1};
    std::uint64_t m_records{0};
    bool m_atEnd{false};
    std::optional<Error> m_failure; // found behind records that were still good
};

} // namespace sluice
