// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/MemorySource.h"

#include <algorithm>

namespace sluice {

MemorySource::MemorySource(std::string name, std::string bytes, std::size_t blockSize)
    : m_name{std::move(name)}
    , m_bytes{std::move(bytes)}
    , m_blockSize{blockSize}
{
    SLUICE_CHECK(blockSize > 0);
}

Result<ByteBlock> MemorySource::next(std::string_view carry)
{
    const std::string_view fresh = std::string_view(m_bytes).substr(m_done, m_blockSize);
    std::shared_ptr<char> buffer = m_pool.take(carry.size() + fresh.size());
    char* const data = buffer.get();
    std::copy(fresh.begin(), fresh.end(), std::copy(carry.begin(), carry.end(), data));
    m_done += fresh.size();
    return ByteBlock{std::move(buffer), {data, carry.size() + fresh.size()}, carry.size()};
}

} // namespace sluice
