// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/ByteBlock.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace sluice {

// Some hundred records of a CSV file. The views point into the batch's own memory and live until it
// is filled again or destroyed, whatever the reader does meanwhile: a batch may be read on another
// thread. Filling one again costs no allocation.
class RecordBatch {
public:
    static constexpr std::size_t MaxRecords = 512;
    static constexpr std::size_t MaxFields = 32'768; // no further record is begun then
    static constexpr std::size_t MaxColumns = 4'096;

    [[nodiscard]] std::size_t size() const noexcept { return m_rows.size(); }
    [[nodiscard]] bool empty() const noexcept { return m_rows.empty(); }
    // The values, unquoted. May be fewer or more than the header has: whoever maps them decides
    // what that means.
    [[nodiscard]] std::span<const std::string_view> fields(std::size_t row) const noexcept
    {
        const std::uint32_t first = m_rows[row].firstField;
        const std::uint32_t end
            = row + 1 < m_rows.size() ? m_rows[row + 1].firstField : m_rowFields;
        return {m_fields.get() + first, end - first};
    }
    // The 1-based line of the file on which the record begins.
    [[nodiscard]] std::uint64_t line(std::size_t row) const noexcept { return m_rows[row].line; }
    // The 1-based number of the data row: the header is none, blank lines are none.
    [[nodiscard]] std::uint64_t record(std::size_t row) const noexcept
    {
        return m_firstRecord + row;
    }
    // The record as in the file, in UTF-8, without its line end.
    [[nodiscard]] std::string_view raw(std::size_t row) const noexcept
    {
        return {m_rows[row].begin, m_rows[row].size};
    }

private:
    friend class CsvReader;
    friend class CsvScanner;
    struct Row {
        const char* begin;
        std::uint64_t line;
        std::uint32_t size;
        std::uint32_t firstField;
    };

    // Empties it for the records of `text`, which `owner` keeps alive.
    void reset(std::shared_ptr<const char> owner, std::size_t textSize, std::uint64_t firstRecord);
    void addField(std::string_view value) noexcept { m_fields[m_fieldCount++] = value; }
    // The value with each doubled quote made one; copied only where there is one.
    std::string_view undoubled(std::string_view quoted);
    void addRow(const char* begin, std::size_t size, std::uint64_t line);
    // Forgets the fields since the last row.
    void dropUnfinished() noexcept;
    [[nodiscard]] std::uint32_t unfinishedFields() const noexcept
    {
        return m_fieldCount - m_rowFields;
    }

    std::vector<Row> m_rows;
    std::unique_ptr<std::string_view[]> m_fields;
    std::size_t m_fieldCapacity{0};
    std::uint32_t m_fieldCount{0};
    std::uint32_t m_rowFields{0}; // fields of the finished rows
    std::uint64_t m_firstRecord{1};
    std::shared_ptr<const char> m_text; // keeps the bytes alive that the views show
    std::unique_ptr<char[]> m_scratch; // values whose doubled quotes were undone
    std::size_t m_scratchSize{0};
    std::size_t m_rowScratch{0}; // of the finished rows
    std::size_t m_scratchCapacity{0};
};

} // namespace sluice
