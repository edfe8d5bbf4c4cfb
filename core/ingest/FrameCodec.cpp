// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/FrameCodec.h"

#include <zstd.h>

namespace sluice {

struct FramePacker::Context {
    explicit Context(int level) { SLUICE_CHECK(state != nullptr && !ZSTD_isError(ZSTD_CCtx_setParameter(state, ZSTD_c_compressionLevel, level))); }
    ~Context() { ZSTD_freeCCtx(state); }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    ZSTD_CCtx* state{ZSTD_createCCtx()};
};

FramePacker::FramePacker(int level)
    : m_context{std::make_unique<Context>(level)}
{
}

FramePacker::~FramePacker() = default;

bool FramePacker::pack(std::string_view bytes, std::string& out)
{
    if (m_room.size() < ZSTD_compressBound(bytes.size()))
        m_room.resize(ZSTD_compressBound(bytes.size()));
    const std::size_t size = ZSTD_compress2(m_context->state, m_room.data(), m_room.size(), bytes.data(), bytes.size());
    SLUICE_CHECK(!ZSTD_isError(size));
    const bool gains = size < bytes.size() - bytes.size() / 16;
    out = gains ? std::string_view(m_room).substr(0, size) : bytes;
    return gains;
}

Result<std::string> unpackFrame(std::string_view packed, std::size_t rawSize)
{
    std::string raw(rawSize, '\0');
    const std::size_t size = ZSTD_decompress(raw.data(), raw.size(), packed.data(), packed.size());
    if (ZSTD_isError(size) || size != rawSize)
        return Error{ErrorCode::Damaged, {}, "a part of a kept document does not unpack", "restore the ledger from a backup"};
    return raw;
}

} // namespace sluice
