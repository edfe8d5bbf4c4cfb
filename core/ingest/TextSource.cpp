// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/TextSource.h"
#include "core/ingest/FileKind.h"
#include "core/ingest/GzipSource.h"
#include "core/ingest/Windows1252.h"

#include <simdjson.h>

#include <algorithm>

namespace sluice {
namespace {

unsigned byteAt(std::string_view text, std::size_t at)
{
    return static_cast<unsigned char>(text[at]);
}
bool continues(unsigned byte)
{
    return (byte & 0xC0U) == 0x80U;
}

// Length of the well-formed UTF-8 character at `at`; 0: none. A character that the text cuts off is
// none.
std::size_t characterLength(std::string_view text, std::size_t at)
{
    const unsigned first = byteAt(text, at);
    if (first < 0x80U)
        return 1;
    const std::size_t length = first >= 0xF0U ? 4 : first >= 0xE0U ? 3 : 2;
    if (first < 0xC2U || first > 0xF4U || at + length > text.size())
        return 0;
    const unsigned second = byteAt(text, at + 1);
    const bool badSecond = (first == 0xE0U && second < 0xA0U) || (first == 0xEDU && second > 0x9FU)
        || (first == 0xF0U && second < 0x90U) || (first == 0xF4U && second > 0x8FU);
    for (std::size_t index = 1; index < length; ++index) {
        if (badSecond || !continues(byteAt(text, at + index)))
            return 0;
    }
    return length;
}

// Bytes at the end of the text that may be the beginning of a character: 0 to 3.
std::size_t unfinishedTail(std::string_view text)
{
    for (std::size_t back = 1; back <= 3 && back <= text.size(); ++back) {
        const unsigned byte = byteAt(text, text.size() - back);
        if (continues(byte))
            continue;
        const std::size_t length = byte >= 0xF0U ? 4 : byte >= 0xE0U ? 3 : byte >= 0xC2U ? 2 : 1;
        return length > back ? back : 0;
    }
    return 0;
}

struct Utf8Survey {
    std::size_t firstBad{std::string_view::npos};
    std::size_t characters{0}; // of more than one byte
    std::size_t bad{0};
};

Utf8Survey survey(std::string_view text)
{
    Utf8Survey found;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = characterLength(text, at);
        if (length > 1)
            ++found.characters;
        if (length == 0 && found.bad++ == 0)
            found.firstBad = at;
        at += std::max<std::size_t>(length, 1);
    }
    return found;
}

// UTF-16 without byte order mark: text of mostly Latin letters has zeros in every second byte.
bool hasZerosAt(std::string_view head, std::size_t parity)
{
    const std::string_view sample = head.substr(0, 4'096);
    std::size_t zeros[2]{};
    for (std::size_t at = 0; at < sample.size(); ++at)
        zeros[at % 2] += sample[at] == '\0' ? 1U : 0U;
    const std::size_t half = sample.size() / 2;
    return half >= 4 && zeros[parity] * 10 >= half * 7 && zeros[1 - parity] * 20 <= half;
}

} // namespace

std::string_view textEncodingName(TextEncoding encoding)
{
    switch (encoding) {
    case TextEncoding::Utf8:
        return "UTF-8";
    case TextEncoding::Utf16LittleEndian:
        return "UTF-16 little endian";
    case TextEncoding::Utf16BigEndian:
        return "UTF-16 big endian";
    case TextEncoding::Windows1252:
        return "Windows-1252";
    }
    return {};
}

TextSource::TextSource(std::unique_ptr<ByteSource> raw, TextFormat format)
    : m_raw{std::move(raw)}
    , m_format{format}
{
}

Result<std::unique_ptr<TextSource>> TextSource::open(std::unique_ptr<ByteSource> raw)
{
    std::unique_ptr<TextSource> text(new TextSource(std::move(raw), {}));
    SLUICE_TRY_DO(text->readHead());
    if (isGzip(text->m_head.text())) {
        text->m_format.gzip = true;
        text->m_raw = std::make_unique<GzipSource>(std::move(text->m_raw), std::move(text->m_head));
        SLUICE_TRY_DO(text->readHead());
    }
    const std::string_view head = text->m_head.text();
    if (const ForeignFile foreign = recogniseForeignFile(head); !foreign.what.empty())
        return Error{
            ErrorCode::BadInput, text->name(), std::string(foreign.what), std::string(foreign.fix)};
    std::size_t mark = 0;
    if (head.starts_with("\xEF\xBB\xBF")) {
        mark = 3;
    } else if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) {
        mark = 2;
        text->m_format.encoding
            = head[0] == '\xFF' ? TextEncoding::Utf16LittleEndian : TextEncoding::Utf16BigEndian;
    } else if (hasZerosAt(head, 1)) {
        text->m_format.encoding = TextEncoding::Utf16LittleEndian;
    } else if (hasZerosAt(head, 0)) {
        text->m_format.encoding = TextEncoding::Utf16BigEndian;
    }
    text->m_format.byteOrderMark = mark > 0;
    // A file that says it is UTF-8 is not taken for anything else later on.
    text->m_ascii = mark == 0;
    text->m_offset = mark;
    text->m_head = ByteBlock(text->m_head.owner(), head.substr(mark), 0);
    text->m_headWaits = !text->m_head.atEnd();
    return text;
}

std::unique_ptr<TextSource> TextSource::resume(
    std::unique_ptr<ByteSource> raw, TextEncoding encoding)
{
    return std::unique_ptr<TextSource>(new TextSource(std::move(raw), {.encoding = encoding}));
}

// The first two MiB, or all there is.
Status TextSource::readHead()
{
    m_head = {};
    m_rawEnded = false;
    while (!m_rawEnded && m_head.text().size() < BlockPool::BlockSize) {
        SLUICE_TRY(ByteBlock block, m_raw->next(m_head.text()));
        m_rawEnded = block.atEnd();
        m_head = std::move(block);
    }
    return Status::success();
}

Result<ByteBlock> TextSource::next(std::string_view carry)
{
    for (;;) {
        ByteBlock block;
        if (m_headWaits) {
            SLUICE_CHECK(carry.empty());
            block = std::move(m_head);
            m_headWaits = false;
        } else if (m_rawEnded) {
            return finish(carry);
        } else {
            const std::string kept
                = m_pending.empty() ? std::string() : std::string(carry) + m_pending;
            SLUICE_TRY(
                ByteBlock raw, m_raw->next(m_pending.empty() ? carry : std::string_view(kept)));
            m_rawEnded = raw.atEnd();
            if (m_rawEnded)
                continue;
            block = raw.carried() == carry.size()
                ? std::move(raw)
                : ByteBlock(raw.owner(), raw.text(), carry.size());
        }
        m_pending.clear();
        SLUICE_TRY(ByteBlock decoded, decode(block));
        // A block may hold nothing but the beginning of a character; an empty block would mean the
        // end.
        if (!decoded.atEnd())
            return decoded;
    }
}

// The raw bytes are over; some may be left that only a further byte would have made a character.
Result<ByteBlock> TextSource::finish(std::string_view carry)
{
    std::shared_ptr<char> buffer = m_pool.take(carry.size() + 16);
    char* end = std::copy(carry.begin(), carry.end(), buffer.get());
    if (!m_pending.empty()) {
        if (m_format.encoding != TextEncoding::Utf8 || !m_ascii)
            return badText({}, 0, "the file ends within a character",
                "the file was cut off; export or download it again");
        m_format.encoding = TextEncoding::Windows1252;
        end = windows1252ToUtf8(m_pending, end);
        m_pending.clear();
    }
    char* const begin = buffer.get();
    return ByteBlock{
        std::move(buffer), {begin, static_cast<std::size_t>(end - begin)}, carry.size()};
}

// `before` is the text of this block that is good, `offset` that of the fault in the block.
Error TextSource::badText(
    std::string_view before, std::uint64_t offset, std::string what, std::string fix) const
{
    LineCounter lines = m_lines;
    lines.add(before);
    return {ErrorCode::BadInput,
        name() + ", line " + std::to_string(lines.lineOf(' ')) + ", byte offset "
            + std::to_string(m_offset + offset) + (m_format.gzip ? " after unpacking" : ""),
        std::move(what), std::move(fix)};
}

Error TextSource::nulByte(std::string_view bytes) const
{
    const std::size_t at = bytes.find('\0');
    return badText(
        bytes.substr(0, at), at, "a NUL byte: this is binary data, not text", "export as CSV");
}

Result<ByteBlock> TextSource::decode(const ByteBlock& block)
{
    if (m_format.encoding == TextEncoding::Utf8)
        return decodeUtf8(block);
    return m_format.encoding == TextEncoding::Windows1252 ? decodeWindows1252(block)
                                                          : decodeUtf16(block);
}

Result<ByteBlock> TextSource::decodeUtf8(const ByteBlock& block)
{
    const std::string_view bytes = block.bytes();
    const ByteCensus census = block.census();
    if (census.nul)
        return nulByte(bytes);
    std::string_view whole = bytes;
    if (census.high) {
        whole.remove_suffix(unfinishedTail(bytes));
        if (!simdjson::validate_utf8(whole.data(), whole.size())) {
            const Utf8Survey found = survey(whole);
            if (m_ascii && found.bad >= found.characters) {
                m_format.encoding = TextEncoding::Windows1252;
                return decodeWindows1252(block);
            }
            return badText(whole.substr(0, found.firstBad), found.firstBad,
                "a byte that is not UTF-8 in a file that is UTF-8 up to here",
                "export as UTF-8, or save it in one encoding");
        }
        // What is high may all lie in the unfinished character, which is not settled yet.
        m_ascii = m_ascii && whole.size() < bytes.size() && !takeCensus(whole).high;
    }
    m_pending = bytes.substr(whole.size());
    m_lines.add(bytes, census);
    m_offset += whole.size();
    return ByteBlock(
        block.owner(), block.text().substr(0, block.carried() + whole.size()), block.carried());
}

Result<ByteBlock> TextSource::decodeWindows1252(const ByteBlock& block)
{
    const std::string_view bytes = block.bytes();
    const std::string_view carry = block.text().substr(0, block.carried());
    const ByteCensus census = takeCensus(bytes);
    if (census.nul)
        return nulByte(bytes);
    m_lines.add(bytes, census);
    m_offset += bytes.size();
    std::shared_ptr<char> buffer = m_pool.take(carry.size() + utf8SizeOfWindows1252(bytes));
    char* const begin = buffer.get();
    const char* const end = windows1252ToUtf8(bytes, std::copy(carry.begin(), carry.end(), begin));
    return ByteBlock{
        std::move(buffer), {begin, static_cast<std::size_t>(end - begin)}, carry.size()};
}

Result<ByteBlock> TextSource::decodeUtf16(const ByteBlock& block)
{
    const std::string_view bytes = block.bytes();
    const std::size_t high = m_format.encoding == TextEncoding::Utf16LittleEndian ? 1 : 0;
    const auto unitAt = [bytes, high](std::size_t at) -> char32_t {
        return (byteAt(bytes, at + high) << 8U) | byteAt(bytes, at + 1 - high);
    };
    // Two bytes become three at most.
    std::shared_ptr<char> buffer = m_pool.take(block.carried() + bytes.size() / 2 * 3);
    char* const begin = buffer.get();
    char* const fresh = std::copy_n(block.text().data(), block.carried(), begin);
    char* out = fresh;
    std::size_t at = 0;
    while (bytes.size() - at >= 2) {
        char32_t unit = unitAt(at);
        std::size_t length = 2;
        if (unit >= 0xD800U && unit < 0xDC00U) {
            if (bytes.size() - at < 4)
                break;
            const char32_t low = unitAt(at + 2);
            unit = low >= 0xDC00U && low < 0xE000U
                ? 0x10000U + ((unit - 0xD800U) << 10U) + (low - 0xDC00U)
                : 0xDFFFU;
            length = 4;
        }
        if (unit == 0 || (unit >= 0xD800U && unit < 0xE000U))
            return badText({fresh, static_cast<std::size_t>(out - fresh)}, at,
                unit == 0 ? "a NUL character: this is binary data, not text"
                          : "half of a UTF-16 pair",
                "export as CSV in UTF-8");
        out = appendUtf8(out, unit);
        at += length;
    }
    m_pending = bytes.substr(at);
    m_offset += at;
    m_lines.add({fresh, static_cast<std::size_t>(out - fresh)});
    return ByteBlock{
        std::move(buffer), {begin, static_cast<std::size_t>(out - begin)}, block.carried()};
}

} // namespace sluice
