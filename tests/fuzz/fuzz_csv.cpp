// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a delivered file: reading them never crashes, and what is read does not depend on
// where the blocks end.
#include "core/ingest/CsvReader.h"
#include "core/ingest/MemorySource.h"
#include "core/ingest/TextSource.h"

#include <cstddef>
#include <string>
#include <vector>

namespace {

using namespace sluice;

// All that was read, one line a field, and how it ended.
std::string readAll(const std::string& bytes, std::size_t blockSize)
{
    std::string seen;
    const auto fail = [&seen](const Error& error) { return seen + errorSentence(error); };
    Result<std::unique_ptr<TextSource>> text
        = TextSource::open(std::make_unique<MemorySource>("t.csv", bytes, blockSize));
    if (!text.ok())
        return fail(text.error());
    Result<CsvReader> reader = CsvReader::open(std::move(text).value());
    if (!reader.ok())
        return fail(reader.error());
    for (const std::string& name : reader->header())
        seen += name + '\n';
    RecordBatch batch;
    std::uint64_t lineBefore = 0;
    for (;;) {
        const Result<bool> more = reader->next(batch);
        if (!more.ok())
            return fail(more.error());
        if (!*more)
            return seen;
        SLUICE_CHECK(!batch.empty());
        for (std::size_t row = 0; row < batch.size(); ++row) {
            SLUICE_CHECK(batch.line(row) > lineBefore && !batch.raw(row).empty()
                && !batch.fields(row).empty());
            lineBefore = batch.line(row);
            seen += std::to_string(batch.record(row)) + ' ' + std::to_string(lineBefore) + ' '
                + std::string(batch.raw(row)) + '\n';
            for (const std::string_view field : batch.fields(row))
                seen += std::string(field) + '\n';
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0 || size > 100'000)
        return 0;
    const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    // The first byte of the input says how long the blocks are.
    SLUICE_CHECK(readAll(bytes, BlockPool::BlockSize) == readAll(bytes, 1U + data[0]));
    return 0;
}
