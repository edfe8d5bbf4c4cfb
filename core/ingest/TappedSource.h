// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/ByteSource.h"

#include <functional>
#include <memory>

namespace sluice {

// Hands each block of raw bytes to a listener on its way to the decoder: how a document is hashed
// and kept while it is read. An error of the listener is an error of the source.
class TappedSource final : public ByteSource {
public:
    using Tap = std::function<Status(const ByteBlock&)>;

    TappedSource(std::unique_ptr<ByteSource> inner, Tap tap)
        : m_inner{std::move(inner)}
        , m_tap{std::move(tap)}
    {
    }
    Result<ByteBlock> next(std::string_view carry) override
    {
        SLUICE_TRY(ByteBlock block, m_inner->next(carry));
        if (block.atEnd())
            return block;
        block.takeCensus();
        SLUICE_TRY_DO(m_tap(block));
        return block;
    }
    [[nodiscard]] const std::string& name() const noexcept override { return m_inner->name(); }
    [[nodiscard]] std::uint64_t rawSize() const noexcept override { return m_inner->rawSize(); }
    [[nodiscard]] std::uint64_t rawDone() const noexcept override { return m_inner->rawDone(); }

private:
    std::unique_ptr<ByteSource> m_inner;
    Tap m_tap;
};

} // namespace sluice
