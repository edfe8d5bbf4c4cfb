// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/ByteBlock.h"

namespace sluice {

BlockPool::BlockPool()
    : m_shelf{std::make_shared<Shelf>()}
{
}

std::shared_ptr<char> BlockPool::take(std::size_t capacity)
{
    constexpr std::size_t PooledSize = BlockSize + PooledCarry;
    if (capacity <= PooledCarry || capacity > PooledSize) {
        std::unique_ptr<char[]> buffer = std::make_unique_for_overwrite<char[]>(capacity);
        char* const data = buffer.get();
        return {data, [owned = std::shared_ptr<char[]>(std::move(buffer))](char*) {}};
    }
    std::unique_ptr<char[]> buffer;
    {
        const std::lock_guard lock(m_shelf->mutex);
        if (!m_shelf->free.empty()) {
            buffer = std::move(m_shelf->free.back());
            m_shelf->free.pop_back();
        }
    }
    if (!buffer)
        buffer = std::make_unique_for_overwrite<char[]>(PooledSize);
    char* const data = buffer.release();
    return {data, [shelf = m_shelf](char* memory) {
                std::unique_ptr<char[]> back(memory);
                const std::lock_guard lock(shelf->mutex);
                shelf->free.push_back(std::move(back));
            }};
}

} // namespace sluice
