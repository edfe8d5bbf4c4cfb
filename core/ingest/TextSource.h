// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/TaskContext.h"
#include "core/ingest/ByteSource.h"
#include "core/ingest/LineCounter.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace sluice {

enum class TextEncoding : std::uint8_t { Utf8, Utf16LittleEndian, Utf16BigEndian, Windows1252 };
// "UTF-8", "UTF-16 little endian", …
std::string_view textEncodingName(TextEncoding encoding);

// How the bytes of a document become text.
struct TextFormat {
    bool gzip{false};
    TextEncoding encoding{TextEncoding::Utf8};
    bool byteOrderMark{false};

    bool operator==(const TextFormat&) const = default;
};

// Turns the raw bytes of a document into UTF-8 without byte order mark: unpacks gzip, finds the
// encoding (a byte order mark; zero bytes where UTF-16 has them; valid UTF-8; else Windows-1252) on
// the first two MiB and holds to it. What it gives out is always valid UTF-8 and has no NUL byte,
// in blocks that end between characters. UTF-8 passes through without a copy. A file that began as
// plain ASCII may still turn out to be Windows-1252; one that mixes UTF-8 with other bytes is
// refused with line and byte offset, as are archives, Parquet, spreadsheets and binary data.
class TextSource final : public ByteSource {
public:
    static Result<std::unique_ptr<TextSource>> open(std::unique_ptr<ByteSource> raw);
    // Goes on at the beginning of a line in the middle of a plain document, as the reader of kept
    // documents does.
    static std::unique_ptr<TextSource> resume(
        std::unique_ptr<ByteSource> raw, TextEncoding encoding);

    Result<ByteBlock> next(std::string_view carry) override;
    [[nodiscard]] const std::string& name() const noexcept override { return m_raw->name(); }
    [[nodiscard]] std::uint64_t rawSize() const noexcept override { return m_raw->rawSize(); }
    [[nodiscard]] std::uint64_t rawDone() const noexcept override { return m_raw->rawDone(); }
    // What it was found to be. Final after the last block only: see above.
    [[nodiscard]] const TextFormat& format() const noexcept { return m_format; }

private:
    TextSource(std::unique_ptr<ByteSource> raw, TextFormat format);
    Status readHead();
    Result<ByteBlock> decode(const ByteBlock& block);
    Result<ByteBlock> decodeUtf8(const ByteBlock& block);
    Result<ByteBlock> decodeWindows1252(const ByteBlock& block);
    Result<ByteBlock> decodeUtf16(const ByteBlock& block);
    Result<ByteBlock> finish(std::string_view carry);
    Error nulByte(std::string_view bytes) const;
    Error badText(
        std::string_view before, std::uint64_t offset, std::string what, std::string fix) const;

    std::unique_ptr<ByteSource> m_raw;
    TextFormat m_format;
    ByteBlock m_head; // read to find the format, not yet given out
    bool m_headWaits{false};
    bool m_rawEnded{false};
    std::string m_pending; // bytes of a character that the next block ends
    // of the next block's first byte, m_pending included, after unpacking
    std::uint64_t m_offset{0};
    LineCounter m_lines;
    bool m_ascii{true}; // no byte above 127 so far
    BlockPool m_pool;
};

} // namespace sluice
