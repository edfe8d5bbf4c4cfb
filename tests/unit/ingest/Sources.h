// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Random.h"
#include "core/ingest/ByteSource.h"
#include "core/ingest/CsvReader.h"
#include "core/ingest/MemorySource.h"

#include <functional>
#include <string>
#include <vector>

namespace sluice::test {

// Bytes made as they are asked for, block by block, to sizes that no test could keep in memory or
// on disk.
class MadeSource final : public ByteSource {
public:
    using Make = std::function<std::string(std::uint64_t block)>; // empty: the end

    MadeSource(std::string name, Make make)
        : m_name{std::move(name)}
        , m_make{std::move(make)}
    {
    }
    Result<ByteBlock> next(std::string_view carry) override
    {
        const std::string fresh = m_make(m_blocks++);
        m_done += fresh.size();
        m_carryMax = std::max(m_carryMax, carry.size());
        std::shared_ptr<char> buffer = m_pool.take(carry.size() + fresh.size());
        char* const begin = buffer.get();
        std::copy(fresh.begin(), fresh.end(), std::copy(carry.begin(), carry.end(), begin));
        return ByteBlock{std::move(buffer), {begin, carry.size() + fresh.size()}, carry.size()};
    }
    [[nodiscard]] const std::string& name() const noexcept override { return m_name; }
    [[nodiscard]] std::uint64_t rawSize() const noexcept override { return 0; }
    [[nodiscard]] std::uint64_t rawDone() const noexcept override { return m_done; }
    // The most bytes that the reader kept from one block to the next.
    [[nodiscard]] std::size_t carryMax() const noexcept { return m_carryMax; }

private:
    std::string m_name;
    Make m_make;
    std::uint64_t m_blocks{0};
    std::uint64_t m_done{0};
    std::size_t m_carryMax{0};
    BlockPool m_pool;
};

struct TestRow {
    std::vector<std::string> fields;
    std::uint64_t line{0};
    std::string raw;

    bool operator==(const TestRow&) const = default;
};

struct TestTable {
    std::vector<std::string> header;
    std::vector<TestRow> rows;
    char delimiter{','};
    bool endedWithoutNewline{false};

    bool operator==(const TestTable&) const = default;
};

// All of a source; row numbers are checked on the way.
inline Result<TestTable> readTable(std::unique_ptr<ByteSource> source, CsvLimits limits = {})
{
    SLUICE_TRY(CsvReader reader, CsvReader::open(std::move(source), {}, limits));
    TestTable table{.header = reader.header(), .rows = {}, .delimiter = reader.delimiter()};
    RecordBatch batch;
    for (;;) {
        SLUICE_TRY(const bool more, reader.next(batch));
        if (!more)
            break;
        SLUICE_CHECK(!batch.empty());
        for (std::size_t row = 0; row < batch.size(); ++row) {
            TestRow copy{.fields = {}, .line = batch.line(row), .raw = std::string(batch.raw(row))};
            for (const std::string_view field : batch.fields(row))
                copy.fields.emplace_back(field);
            table.rows.push_back(std::move(copy));
            SLUICE_CHECK(batch.record(row) == table.rows.size());
        }
    }
    SLUICE_CHECK(reader.records() == table.rows.size());
    table.endedWithoutNewline = reader.endedWithoutNewline();
    return table;
}

inline Result<TestTable> readTable(
    std::string text, std::size_t blockSize = BlockPool::BlockSize, CsvLimits limits = {})
{
    return readTable(std::make_unique<MemorySource>("t.csv", std::move(text), blockSize), limits);
}

} // namespace sluice::test
