// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/ByteSource.h"

namespace sluice {

// Bytes that are already in memory, given out in blocks of `blockSize`.
class MemorySource final : public ByteSource {
public:
    MemorySource(std::string name, std::string bytes, std::size_t blockSize = BlockPool::BlockSize);

    Result<ByteBlock> next(std::string_view carry) override;
    [[nodiscard]] const std::string& name() const noexcept override { return m_name; }
    [[nodiscard]] std::uint64_t rawSize() const noexcept override { return m_bytes.size(); }
    [[nodiscard]] std::uint64_t rawDone() const noexcept override { return m_done; }

private:
    std::string m_name;
    std::string m_bytes;
    std::size_t m_blockSize;
    std::size_t m_done{0};
    BlockPool m_pool;
};

} // namespace sluice
