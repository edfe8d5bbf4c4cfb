// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/RecordFeed.h"

namespace sluice {

RecordFeed::RecordFeed(CsvReader& reader)
    : m_reader{reader}
    , m_free{std::make_shared<BoundedQueue<Records>>(MaxBatches)}
{
    for (std::size_t i = 0; i < MaxBatches; ++i)
        m_free->push(std::make_unique<RecordBatch>());
    m_thread = std::jthread{[this] {
        while (std::optional<Records> records = m_free->pop()) {
            const Result<bool> more = m_reader.next(**records);
            Item item{*std::move(records), m_reader.source().rawDone(),
                more.ok() ? std::nullopt : std::optional<Error>{more.error()}};
            const bool last = !more.ok() || !*more;
            if (last)
                item.records.reset();
            if (!m_full.push(std::move(item)) || last)
                return;
        }
    }};
}

RecordFeed::~RecordFeed()
{
    m_full.close();
    m_free->close();
}

Result<RecordFeed::Records> RecordFeed::next()
{
    std::optional<Item> item = m_full.pop();
    SLUICE_CHECK(item.has_value());
    if (item->error)
        return *std::move(item->error);
    m_bytesDone = item->bytesDone;
    return std::move(item->records);
}

std::shared_ptr<void> RecordFeed::share(Records records) const
{
    return {records.release(),
        [free = m_free](void* used) { free->push(Records{static_cast<RecordBatch*>(used)}); }};
}

} // namespace sluice
