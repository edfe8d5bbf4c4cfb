// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/BoundedQueue.h"
#include "core/ingest/CsvReader.h"

#include <memory>
#include <optional>
#include <thread>

namespace sluice {

// Records of one file, cut out of its text on a thread of their own while others are mapped.
// Batches that were read are given back, so that few exist. Destroying the feed ends the thread;
// records given out live on.
class RecordFeed {
public:
    using Records = std::unique_ptr<RecordBatch>;

    explicit RecordFeed(CsvReader& reader);
    ~RecordFeed();
    RecordFeed(const RecordFeed&) = delete;
    RecordFeed& operator=(const RecordFeed&) = delete;

    // The next records; null after the last ones. Errors: those of the reader.
    Result<Records> next();
    // Keeps `records` until the last copy is gone, and gives them back then, on whatever thread
    // that is.
    [[nodiscard]] std::shared_ptr<void> share(Records records) const;
    // Bytes of the document that are read, for progress.
    [[nodiscard]] std::uint64_t bytesDone() const noexcept { return m_bytesDone; }

private:
    static constexpr std::size_t MaxBatches = 8;

    CsvReader& m_reader;
    std::uint64_t m_bytesDone{0}; // as of the records given out last
    struct Item {
        Records records;
        std::uint64_t bytesDone{0};
        std::optional<Error> error;
    };
    BoundedQueue<Item> m_full{MaxBatches};
    std::shared_ptr<BoundedQueue<Records>> m_free; // shared with whoever has records
    std::jthread m_thread; // last: it uses all of the above
};

} // namespace sluice
