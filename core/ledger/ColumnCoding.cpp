// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/ColumnCoding.h"

#include <zstd.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <memory>
#include <numeric>

namespace sluice {

static_assert(std::endian::native == std::endian::little,
    "columns are written in the byte order of the processor");

namespace {

// How a column of numbers is laid out.
enum class Layout : char { Constant = 0, Tagged = 1 };

constexpr std::size_t MaxNumberBytes = sizeof(std::uint64_t);
constexpr char Version = 1;

Error damaged(std::string what)
{
    return {ErrorCode::Damaged, {}, std::move(what),
        "Run sluice-cli verify, and restore a backup if it finds faults"};
}

std::uint64_t checksum(std::string_view bytes)
{
    std::uint64_t hash = 0xCBF29CE484222325ULL; // FNV-1a: the header is a few bytes
    for (const char c : bytes)
        hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001B3ULL;
    return hash;
}

template <class Number>
void put(std::string& out, Number value)
{
    std::array<char, sizeof(Number)> raw{};
    std::memcpy(raw.data(), &value, sizeof value);
    out.append(raw.data(), raw.size());
}

template <class Number>
Number take(std::string_view& in)
{
    Number value{};
    std::memcpy(&value, in.data(), sizeof value);
    in.remove_prefix(sizeof value);
    return value;
}

std::size_t headerSize()
{
    return 4 + 4 + sizeof(std::uint32_t) + PackedBlocks::MaxBlocks * 2 * sizeof(std::uint32_t)
        + sizeof(std::uint64_t);
}

} // namespace

void ColumnWriter::number(std::uint64_t value)
{
    const std::size_t length = byteLength(value);
    m_bytes.push_back(static_cast<char>(length));
    for (std::size_t i = 0; i < length; ++i)
        m_bytes.push_back(static_cast<char>(value >> (8 * i) & 0xFF));
}

void ColumnWriter::numbers(std::span<const std::uint64_t> values)
{
    const bool constant = std::all_of(
        values.begin(), values.end(), [&values](std::uint64_t v) { return v == values.front(); });
    if (constant) {
        m_bytes.push_back(static_cast<char>(Layout::Constant));
        number(values.empty() ? 0 : values.front());
        return;
    }
    m_bytes.push_back(static_cast<char>(Layout::Tagged));
    const std::size_t begin = m_bytes.size();
    // Room for the longest possible column; every number is stored as eight bytes of which the next
    // one overwrites the rest.
    m_bytes.resize(begin + values.size() * (1 + MaxNumberBytes));
    char* length = m_bytes.data() + begin;
    char* to = length + values.size();
    for (const std::uint64_t value : values) {
        const std::size_t count = byteLength(value);
        *length++ = static_cast<char>(count);
        std::memcpy(to, &value, MaxNumberBytes);
        to += count;
    }
    m_bytes.resize(static_cast<std::size_t>(to - m_bytes.data()));
}

void ColumnWriter::steps(std::span<const std::int64_t> values)
{
    const std::int64_t smallest
        = values.empty() ? 0 : *std::min_element(values.begin(), values.end());
    m_scratch.resize(values.size());
    std::uint64_t step = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        m_scratch[i] = static_cast<std::uint64_t>(values[i]) - static_cast<std::uint64_t>(smallest);
        if (step != 1)
            step = std::gcd(step, m_scratch[i]);
    }
    step = std::max<std::uint64_t>(step, 1);
    if (step != 1) {
        for (std::uint64_t& value : m_scratch)
            value /= step;
    }
    number(zigzag(smallest));
    number(step);
    numbers(m_scratch);
}

std::uint64_t ColumnReader::number()
{
    const std::string_view tag = bytes(1);
    const std::size_t length = tag.empty() ? 0 : static_cast<std::uint8_t>(tag.front());
    if (length > MaxNumberBytes) {
        fail();
        return 0;
    }
    const std::string_view raw = bytes(length);
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < raw.size(); ++i)
        value |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(raw[i])) << (8 * i);
    return value;
}

void ColumnReader::numbers(std::size_t count, std::vector<std::uint64_t>& out)
{
    const std::string_view layout = bytes(1);
    if (!layout.empty() && layout.front() == static_cast<char>(Layout::Constant)) {
        out.assign(count, number());
        return;
    }
    const std::string_view tags = bytes(count);
    if (layout.empty() || layout.front() != static_cast<char>(Layout::Tagged)
        || tags.size() != count)
        fail();
    out.assign(count, 0);
    if (!m_ok)
        return;
    const char* from = m_rest.data();
    std::size_t left = m_rest.size();
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t length = static_cast<std::uint8_t>(tags[i]);
        if (length > MaxNumberBytes || length > left)
            return fail();
        if (left >= MaxNumberBytes) {
            std::uint64_t value = 0;
            std::memcpy(&value, from, MaxNumberBytes);
            out[i] = length == MaxNumberBytes ? value
                                              : value & ((std::uint64_t{1} << (8 * length)) - 1);
        } else {
            std::memcpy(&out[i], from, length);
        }
        from += length;
        left -= length;
    }
    m_rest.remove_prefix(m_rest.size() - left);
}

void ColumnReader::steps(std::size_t count, std::vector<std::int64_t>& out)
{
    const auto smallest = static_cast<std::uint64_t>(unzigzag(number()));
    const std::uint64_t step = number();
    std::vector<std::uint64_t> counts;
    numbers(count, counts);
    out.resize(count);
    for (std::size_t i = 0; i < count; ++i)
        out[i] = static_cast<std::int64_t>(smallest + step * counts[i]);
}

std::string_view ColumnReader::bytes(std::size_t count)
{
    if (!m_ok || count > m_rest.size()) {
        fail();
        m_rest = {};
        return {};
    }
    const std::string_view taken = m_rest.substr(0, count);
    m_rest.remove_prefix(count);
    return taken;
}

std::string PackedBlocks::pack(std::string_view magic, std::uint32_t rows,
    std::array<std::string_view, MaxBlocks> blocks, int zstdLevel)
{
    SLUICE_CHECK(magic.size() == 4);
    const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context{
        ZSTD_createCCtx(), &ZSTD_freeCCtx};
    SLUICE_CHECK(context != nullptr);
    SLUICE_CHECK(
        ZSTD_isError(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, zstdLevel))
        == 0);
    SLUICE_CHECK(ZSTD_isError(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1)) == 0);
    std::string header{magic};
    header.append({Version, static_cast<char>(MaxBlocks), 0, 0});
    put(header, rows);
    std::string body;
    for (const std::string_view block : blocks) {
        SLUICE_CHECK(block.size() <= MaxRawBytes);
        const std::size_t begin = body.size();
        body.resize(begin + ZSTD_compressBound(block.size()));
        const std::size_t packed = ZSTD_compress2(
            context.get(), body.data() + begin, body.size() - begin, block.data(), block.size());
        SLUICE_CHECK(ZSTD_isError(packed) == 0);
        body.resize(begin + packed);
        put(header, static_cast<std::uint32_t>(packed));
        put(header, static_cast<std::uint32_t>(block.size()));
    }
    put(header, checksum(header));
    return header + body;
}

Result<PackedBlocks> PackedBlocks::open(
    std::string_view bytes, std::string_view magic, std::size_t maxRows)
{
    if (bytes.size() < headerSize() || bytes.substr(0, magic.size()) != magic)
        return damaged("stored columns do not start as they should");
    std::string_view header = bytes.substr(0, headerSize());
    const std::uint64_t expected
        = checksum(header.substr(0, header.size() - sizeof(std::uint64_t)));
    header.remove_prefix(4);
    const bool known = header[0] == Version && header[1] == static_cast<char>(MaxBlocks);
    header.remove_prefix(4);
    PackedBlocks blocks;
    blocks.rows = take<std::uint32_t>(header);
    std::string_view rest = bytes.substr(headerSize());
    for (std::size_t i = 0; i < MaxBlocks; ++i) {
        const auto packedSize = take<std::uint32_t>(header);
        blocks.rawSizes[i] = take<std::uint32_t>(header);
        if (packedSize > rest.size() || blocks.rawSizes[i] > MaxRawBytes)
            return damaged("stored columns are cut off");
        blocks.packed[i] = rest.substr(0, packedSize);
        rest.remove_prefix(packedSize);
    }
    if (!known || take<std::uint64_t>(header) != expected || !rest.empty() || blocks.rows > maxRows)
        return damaged("the header of stored columns is damaged");
    return blocks;
}

Result<std::string> PackedBlocks::unpack(std::size_t block) const
{
    const std::string_view from = packed[block];
    if (ZSTD_getFrameContentSize(from.data(), from.size()) != rawSizes[block])
        return damaged("stored columns do not have the size they should");
    std::string raw(rawSizes[block], '\0');
    const std::size_t size = ZSTD_decompress(raw.data(), raw.size(), from.data(), from.size());
    if (ZSTD_isError(size) != 0 || size != raw.size())
        return damaged("stored columns do not match their checksum");
    return raw;
}

} // namespace sluice
