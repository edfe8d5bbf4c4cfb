// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/LineCounter.h"

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

namespace sluice {

// A run of bytes that several threads may read: it never changes after it was handed out. `text`
// begins with what the asker wanted kept from the block before (its unfinished record), so that a
// record is always contiguous in memory; `bytes` is what is new. A block without new bytes is the
// end of the input. Copies share the memory.
class ByteBlock {
public:
    ByteBlock() = default;
    ByteBlock(std::shared_ptr<const char> owner, std::string_view text, std::size_t carried)
        : m_owner{std::move(owner)}
        , m_text{text}
        , m_carried{carried}
    {
    }
    [[nodiscard]] bool atEnd() const noexcept { return m_text.size() == m_carried; }
    [[nodiscard]] std::string_view text() const noexcept { return m_text; }
    [[nodiscard]] std::string_view bytes() const noexcept { return m_text.substr(m_carried); }
    [[nodiscard]] std::size_t carried() const noexcept { return m_carried; }
    [[nodiscard]] const std::shared_ptr<const char>& owner() const noexcept { return m_owner; }
    // Looks over the new bytes now, for all who ask later.
    void takeCensus() { m_census = sluice::takeCensus(bytes()); }
    [[nodiscard]] ByteCensus census() const
    {
        return m_census ? *m_census : sluice::takeCensus(bytes());
    }

private:
    std::shared_ptr<const char> m_owner;
    std::string_view m_text;
    std::size_t m_carried{0};
    std::optional<ByteCensus> m_census;
};

// Gives out buffers and takes them back when their last block is gone, from whatever thread that
// is: fresh memory from the system costs a page fault each 4 KiB, which is a tenth of the time of
// reading a file.
class BlockPool {
public:
    static constexpr std::size_t BlockSize = 1U << 21; // new bytes a source gives at a time
    static constexpr std::size_t PooledCarry = 1U << 16;

    BlockPool();
    // A buffer of at least `capacity` bytes. Those for about a block are used again; small ones are
    // not worth it, and large ones, which hold a long record, are rare.
    [[nodiscard]] std::shared_ptr<char> take(std::size_t capacity);

private:
    struct Shelf {
        std::mutex mutex;
        std::vector<std::unique_ptr<char[]>> free;
    };
    std::shared_ptr<Shelf> m_shelf;
};

} // namespace sluice
