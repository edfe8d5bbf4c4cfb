// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/FrameCodec.h"

#include <zstd.h>

namespace sluice {
namespace {

// A row of a bill looks like rows far above it: a window over the whole frame, and a table of
// places to match, make frames a tenth smaller than the level's own at the same speed.
constexpr int WindowLog = 22;
constexpr int HashLog = 16;

} // namespace

struct FramePacker::Context {
    explicit Context(int level)
    {
        set(ZSTD_c_compressionLevel, level);
        set(ZSTD_c_windowLog, WindowLog);
        set(ZSTD_c_hashLog, HashLog);
    }
    ~Context() { ZSTD_freeCCtx(state); }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    void set(ZSTD_cParameter parameter, int value) const
    {
        SLUICE_CHECK(
            state != nullptr && !ZSTD_isError(ZSTD_CCtx_setParameter(state, parameter, value)));
    }

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
    const std::size_t size = ZSTD_compress2(
        m_context->state, m_room.data(), m_room.size(), bytes.data(), bytes.size());
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
        return Error{ErrorCode::Damaged, {}, "a part of a kept document does not unpack",
            "restore the ledger from a backup"};
    return raw;
}

} // namespace sluice
