// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/GzipSource.h"

#include <algorithm>
#include <limits>
#include <zlib.h>

namespace sluice {
namespace {

constexpr int GzipOnly = 16 + MAX_WBITS;
constexpr std::uint64_t RatioMax = 1'000;
constexpr std::uint64_t RatioFrom = 10U << 20;
constexpr std::uint64_t UnpackedMax = 256ULL << 30;

} // namespace

struct GzipSource::Inflater {
    Inflater() { SLUICE_CHECK(inflateInit2(&stream, GzipOnly) == Z_OK); }
    ~Inflater() { inflateEnd(&stream); }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
    z_stream stream{};
};

GzipSource::GzipSource(std::unique_ptr<ByteSource> packed, ByteBlock head)
    : m_packed{std::move(packed)}
    , m_block{std::move(head)}
    , m_input{m_block.text()}
    , m_inflater{std::make_unique<Inflater>()}
{
}

GzipSource::~GzipSource() = default;

Error GzipSource::damaged(std::string what) const
{
    return {ErrorCode::BadInput, name() + ", packed byte " + std::to_string(m_packedBytes),
        std::move(what), "download or export the file again"};
}

// Sees to it that there is input; false at the end of the document.
Result<bool> GzipSource::feed()
{
    if (m_input.empty() && !m_inputEnded) {
        SLUICE_TRY(ByteBlock block, m_packed->next({}));
        m_inputEnded = block.atEnd();
        m_block = std::move(block);
        m_input = m_block.bytes();
    }
    return !m_input.empty();
}

Status GzipSource::inflateSome(char* out, std::size_t room, std::size_t& filled)
{
    z_stream& stream = m_inflater->stream;
    const std::size_t offered
        = std::min<std::size_t>(m_input.size(), std::numeric_limits<uInt>::max());
    // zlib takes its input as pointer to non-const but does not write to it.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(m_input.data()));
    stream.avail_in = static_cast<uInt>(offered);
    stream.next_out = reinterpret_cast<Bytef*>(out);
    stream.avail_out = static_cast<uInt>(room);
    const int outcome = inflate(&stream, Z_NO_FLUSH);
    const std::size_t taken = offered - stream.avail_in;
    filled = room - stream.avail_out;
    m_input.remove_prefix(taken);
    m_packedBytes += taken;
    m_unpackedBytes += filled;
    m_betweenMembers = outcome == Z_STREAM_END;
    if (outcome == Z_STREAM_END)
        inflateReset(&stream);
    else if (outcome != Z_OK && outcome != Z_BUF_ERROR)
        return damaged(std::string("the gzip data is damaged")
            + (stream.msg != nullptr ? std::string(": ") + stream.msg : ""));
    if (m_unpackedBytes > RatioFrom && m_unpackedBytes / RatioMax > m_packedBytes)
        return Error{ErrorCode::BadInput, name(),
            "unpacks to more than 1000 times its size: this is no cost export",
            "unpack it by hand and look at it"};
    if (m_unpackedBytes > UnpackedMax)
        return Error{
            ErrorCode::BadInput, name(), "unpacks to more than 256 GiB", "split the export"};
    return Status::success();
}

Result<ByteBlock> GzipSource::next(std::string_view carry)
{
    std::shared_ptr<char> buffer = m_pool.take(carry.size() + BlockPool::BlockSize);
    char* const data = std::copy(carry.begin(), carry.end(), buffer.get());
    std::size_t filled = 0;
    while (filled < BlockPool::BlockSize) {
        SLUICE_TRY(const bool more, feed());
        if (!more && m_betweenMembers)
            break;
        if (!more)
            return damaged("the file ends within its gzip data");
        std::size_t some = 0;
        SLUICE_TRY_DO(inflateSome(data + filled, BlockPool::BlockSize - filled, some));
        filled += some;
    }
    char* const text = buffer.get();
    return ByteBlock{std::move(buffer), {text, carry.size() + filled}, carry.size()};
}

} // namespace sluice
