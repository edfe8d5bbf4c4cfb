// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/ByteSource.h"

#include <memory>

namespace sluice {

// The unpacked bytes of a gzip document, of several members one after the other too, in blocks of 2
// MiB. Errors (BadInput): damaged or cut off, bytes behind the last member, and a bomb: more than
// 1000 times its size once 10 MiB are unpacked, or more than 256 GiB.
class GzipSource final : public ByteSource {
public:
    // `head`: what was read of `packed` already, to find out that it is gzip.
    GzipSource(std::unique_ptr<ByteSource> packed, ByteBlock head);
    ~GzipSource() override;

    Result<ByteBlock> next(std::string_view carry) override;
    [[nodiscard]] const std::string& name() const noexcept override { return m_packed->name(); }
    [[nodiscard]] std::uint64_t rawSize() const noexcept override { return m_packed->rawSize(); }
    [[nodiscard]] std::uint64_t rawDone() const noexcept override { return m_packed->rawDone(); }

private:
    struct Inflater;
    Result<bool> feed();
    Status inflateSome(char* out, std::size_t room, std::size_t& filled);
    Error damaged(std::string what) const;

    std::unique_ptr<ByteSource> m_packed;
    ByteBlock m_block;
    std::string_view m_input; // of the block, not yet unpacked
    std::unique_ptr<Inflater> m_inflater;
    bool m_betweenMembers{true};
    bool m_inputEnded{false};
    std::uint64_t m_packedBytes{0};
    std::uint64_t m_unpackedBytes{0};
    BlockPool m_pool;
};

} // namespace sluice
