// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/TaskContext.h"
#include "core/ingest/ByteSource.h"
#include "core/ingest/DocumentPacker.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace sluice {

// Reads a kept document back: any bytes of it, or the text of one record, unpacking only the frames
// that hold them where the document is plain UTF-8 or Windows-1252 (gzip and UTF-16 are read from
// the start). One thread at a time. Errors: what `load` says, Damaged when a frame does not unpack
// to its size.
class DocumentFrames {
public:
    // The bytes of frame `index` as the packer gave them.
    using Load = std::function<Result<std::string>(std::uint32_t index)>;

    // `frames` in order; `name` is the document's, for messages.
    DocumentFrames(std::string name, std::vector<FrameInfo> frames, Load load);
    ~DocumentFrames();
    DocumentFrames(DocumentFrames&& other) noexcept;
    DocumentFrames& operator=(DocumentFrames&& other) noexcept;
    DocumentFrames(const DocumentFrames&) = delete;
    DocumentFrames& operator=(const DocumentFrames&) = delete;

    [[nodiscard]] std::uint64_t rawSize() const noexcept;
    // Up to `length` bytes from `offset`; fewer where the document ends.
    Result<std::string> bytes(std::uint64_t offset, std::size_t length) const;
    // The text, in UTF-8 and without its line end, of the record that begins on `line` (as
    // RecordBatch::line gave it). One that follows on the last one asked for is read on from there:
    // a walk down the lines unpacks each frame once.
    Result<std::string> record(std::uint64_t line, const StopToken& stop = {});
    // The document's raw bytes from `offset` on.
    [[nodiscard]] std::unique_ptr<ByteSource> source(std::uint64_t offset = 0) const;

private:
    class Source;
    struct Content {
        std::string name;
        std::vector<FrameInfo> frames;
        Load load;

        [[nodiscard]] std::uint64_t size() const noexcept;
        // The frame that holds the byte at `offset`; the number of frames where the document ends
        // before.
        [[nodiscard]] std::size_t frameAt(std::uint64_t offset) const;
        Result<std::string> unpacked(std::size_t index) const;
    };
    struct Place;
    [[nodiscard]] const FrameInfo& frameBefore(std::uint64_t line) const;
    Result<std::uint64_t> offsetOfLine(std::uint64_t line) const;
    Status goTo(std::uint64_t line, const StopToken& stop);
    Error noRecord(std::uint64_t line) const;

    std::shared_ptr<const Content> m_content;
    std::unique_ptr<Place> m_place; // where the last record was read
};

} // namespace sluice
