// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/ByteSource.h"
#include "core/ingest/DocumentPacker.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace sluice {

// Reads a kept document back: any bytes of it, or the text of one record, unpacking only the frames that hold them
// where the document is plain UTF-8 or Windows-1252 (gzip and UTF-16 are read from the start). One thread at a time.
// Errors: what `load` says, Damaged when a frame does not unpack to its size.
class DocumentFrames {
public:
    // The bytes of frame `index` as the packer gave them.
    using Load = std::function<Result<std::string>(std::uint32_t index)>;

    // `frames` in order; `name` is the document's, for messages.
    DocumentFrames(std::string name, std::vector<FrameInfo> frames, Load load);

    [[nodiscard]] std::uint64_t rawSize() const noexcept;
    // Up to `length` bytes from `offset`; fewer where the document ends.
    Result<std::string> bytes(std::uint64_t offset, std::size_t length) const;
    // The text, in UTF-8 and without its line end, of the record that begins on `line` (as RecordBatch::line gave it).
    Result<std::string> record(std::uint64_t line) const;
    // The document's raw bytes from frame `first` on.
    [[nodiscard]] std::unique_ptr<ByteSource> source(std::uint32_t first = 0) const;

private:
    struct Content;
    std::shared_ptr<const Content> m_content;
};

} // namespace sluice
