// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/DocumentFrames.h"
#include "core/ingest/CsvReader.h"
#include "core/ingest/FrameCodec.h"
#include "core/ingest/TextSource.h"

#include <algorithm>

namespace sluice {

std::uint64_t DocumentFrames::Content::size() const noexcept
{
    return frames.empty() ? 0 : frames.back().rawOffset + frames.back().rawSize;
}

std::size_t DocumentFrames::Content::frameAt(std::uint64_t offset) const
{
    const auto behind = std::upper_bound(
        frames.begin(), frames.end(), offset, [](std::uint64_t wanted, const FrameInfo& frame) {
            return wanted < frame.rawOffset + frame.rawSize;
        });
    return static_cast<std::size_t>(behind - frames.begin());
}

Result<std::string> DocumentFrames::Content::unpacked(std::size_t index) const
{
    const FrameInfo& frame = frames[index];
    SLUICE_TRY(std::string bytes, load(frame.index));
    if (frame.packed) {
        Result<std::string> raw = unpackFrame(bytes, frame.rawSize);
        if (raw.ok())
            return raw;
        Error error = std::move(raw).error();
        error.where = name + ", frame " + std::to_string(frame.index);
        return error;
    }
    if (bytes.size() != frame.rawSize)
        return Error{ErrorCode::Damaged, name + ", frame " + std::to_string(frame.index),
            "a part of a kept document has the wrong size", "restore the ledger from a backup"};
    return bytes;
}

// The document's bytes, a frame a block.
class DocumentFrames::Source final : public ByteSource {
public:
    Source(std::shared_ptr<const Content> content, std::uint64_t offset)
        : m_content{std::move(content)}
        , m_at{offset}
    {
    }
    Result<ByteBlock> next(std::string_view carry) override
    {
        std::string fresh;
        if (const std::size_t index = m_content->frameAt(m_at); index < m_content->frames.size()) {
            SLUICE_TRY(std::string frame, m_content->unpacked(index));
            fresh
                = frame.substr(static_cast<std::size_t>(m_at - m_content->frames[index].rawOffset));
        }
        m_at += fresh.size();
        std::shared_ptr<char> buffer = m_pool.take(carry.size() + fresh.size());
        char* const begin = buffer.get();
        std::copy(fresh.begin(), fresh.end(), std::copy(carry.begin(), carry.end(), begin));
        return ByteBlock{std::move(buffer), {begin, carry.size() + fresh.size()}, carry.size()};
    }
    [[nodiscard]] const std::string& name() const noexcept override { return m_content->name; }
    [[nodiscard]] std::uint64_t rawSize() const noexcept override { return m_content->size(); }
    [[nodiscard]] std::uint64_t rawDone() const noexcept override { return m_at; }

private:
    std::shared_ptr<const Content> m_content;
    std::uint64_t m_at;
    BlockPool m_pool;
};

// A reader and the records that it gave last.
struct DocumentFrames::Place {
    TextFormat format;
    CsvReader reader;
    RecordBatch batch;

    // Whether a byte of the document is a byte of its text, so that any line can be gone to.
    [[nodiscard]] bool isSeekable() const
    {
        return !format.gzip
            && (format.encoding == TextEncoding::Utf8
                || format.encoding == TextEncoding::Windows1252);
    }
    [[nodiscard]] std::uint64_t lastLine() const { return batch.line(batch.size() - 1); }
};

DocumentFrames::~DocumentFrames() = default;
DocumentFrames::DocumentFrames(DocumentFrames&& other) noexcept = default;
DocumentFrames& DocumentFrames::operator=(DocumentFrames&& other) noexcept = default;

DocumentFrames::DocumentFrames(std::string name, std::vector<FrameInfo> frames, Load load)
    : m_content{
        std::make_shared<Content>(Content{std::move(name), std::move(frames), std::move(load)})}
{
    std::uint64_t offset = 0;
    for (const FrameInfo& frame : m_content->frames) {
        SLUICE_CHECK(frame.rawOffset == offset && frame.rawSize > 0);
        offset += frame.rawSize;
    }
}

std::uint64_t DocumentFrames::rawSize() const noexcept
{
    return m_content->size();
}

std::unique_ptr<ByteSource> DocumentFrames::source(std::uint64_t offset) const
{
    return std::make_unique<Source>(m_content, offset);
}

Result<std::string> DocumentFrames::bytes(std::uint64_t offset, std::size_t length) const
{
    std::string wanted;
    for (std::size_t index = m_content->frameAt(offset);
         index < m_content->frames.size() && wanted.size() < length; ++index) {
        SLUICE_TRY(const std::string frame, m_content->unpacked(index));
        const std::uint64_t skipped = offset + wanted.size() - m_content->frames[index].rawOffset;
        wanted += std::string_view(frame).substr(
            static_cast<std::size_t>(skipped), length - wanted.size());
    }
    return wanted;
}

Error DocumentFrames::noRecord(std::uint64_t line) const
{
    return {ErrorCode::NotFound, m_content->name,
        "no record begins on line " + std::to_string(line), {}};
}

// The last frame that begins on an earlier line: the line end before the wanted line lies in it, or
// behind it.
const FrameInfo& DocumentFrames::frameBefore(std::uint64_t line) const
{
    const std::vector<FrameInfo>& frames = m_content->frames;
    const auto behind = std::partition_point(frames.begin(), frames.end(),
        [line](const FrameInfo& frame) { return frame.firstLine < line; });
    return behind == frames.begin() ? frames.front() : *(behind - 1);
}

// Of a document whose line ends are single bytes.
Result<std::uint64_t> DocumentFrames::offsetOfLine(std::uint64_t line) const
{
    const FrameInfo& first = frameBefore(line);
    std::uint64_t at = first.rawOffset;
    std::uint64_t current = first.firstLine;
    const std::unique_ptr<ByteSource> raw = source(at);
    bool afterReturn = false; // a line end unless LF follows
    while (current < line) {
        SLUICE_TRY(const ByteBlock block, raw->next({}));
        if (block.atEnd())
            return noRecord(line);
        for (const char byte : block.bytes()) {
            if (afterReturn && byte != '\n' && ++current == line)
                break;
            ++at;
            afterReturn = byte == '\r';
            if (byte == '\n' && ++current == line)
                break;
        }
    }
    return at;
}

// Opens a reader in front of the line, or of the whole document where its bytes are not its text.
Status DocumentFrames::goTo(std::uint64_t line, const StopToken& stop)
{
    if (!m_place) {
        SLUICE_TRY(std::unique_ptr<TextSource> text, TextSource::open(source()));
        const TextFormat format = text->format();
        SLUICE_TRY(CsvReader reader, CsvReader::open(std::move(text), stop));
        m_place = std::make_unique<Place>(Place{format, std::move(reader), {}});
    }
    m_place->batch = {};
    if (m_place->isSeekable()) {
        SLUICE_TRY(const std::uint64_t offset, offsetOfLine(line));
        m_place->reader
            = CsvReader::resume(TextSource::resume(source(offset), m_place->format.encoding),
                m_place->reader.delimiter(), line, stop);
        return Status::success();
    }
    SLUICE_TRY(std::unique_ptr<TextSource> text, TextSource::open(source()));
    SLUICE_TRY(m_place->reader, CsvReader::open(std::move(text), stop));
    return Status::success();
}

Result<std::string> DocumentFrames::record(std::uint64_t line, const StopToken& stop)
{
    if (line <= 1 || m_content->frames.empty()) // line 1 is the header
        return noRecord(line);
    const bool follows = m_place && !m_place->batch.empty() && line >= m_place->batch.line(0)
        && (!m_place->isSeekable() || frameBefore(line).firstLine <= m_place->lastLine());
    if (!follows)
        SLUICE_TRY_DO(goTo(line, stop));
    RecordBatch& batch = m_place->batch;
    while (batch.empty() || m_place->lastLine() < line) {
        SLUICE_TRY(const bool more, m_place->reader.next(batch));
        if (!more) {
            batch = {}; // the reader is at its end: the next record is looked for anew
            return noRecord(line);
        }
    }
    for (std::size_t row = 0; row < batch.size() && batch.line(row) <= line; ++row) {
        if (batch.line(row) == line)
            return std::string(batch.raw(row));
    }
    return noRecord(line);
}

} // namespace sluice
