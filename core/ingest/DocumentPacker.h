// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/TaskContext.h"
#include "core/ingest/ByteBlock.h"
#include "core/ledger/Digest.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace sluice {

// Where a frame of a document lies, and how it is kept.
struct FrameInfo {
    std::uint32_t index{0};
    std::uint64_t rawOffset{0};
    std::uint32_t rawSize{0};
    std::uint64_t firstLine{1}; // the 1-based line on which the frame's first byte lies
    bool packed{true}; // zstd; false: the raw bytes, where packing gains nothing

    bool operator==(const FrameInfo&) const = default;
};

struct PackedFrame {
    FrameInfo info;
    std::string bytes; // as kept
};

struct PackedDocument {
    Sha256 sha256{};
    std::uint64_t rawSize{0};
    std::uint64_t storedSize{0};
    std::uint32_t frames{0};

    bool operator==(const PackedDocument&) const = default;
};

// Hashes a document and packs it into frames of 4 MiB, each readable without the others, on a
// thread of its own while the reader goes on. At most a few blocks wait: push() blocks until there
// is room. The sink is called on that thread, frame by frame in order; its error ends the work and
// comes back from push() or finish(). Destroying a packer that was not finished drops its work.
class DocumentPacker {
public:
    static constexpr std::uint32_t FrameSize = 1U << 22;
    using Sink = std::function<Status(PackedFrame&&)>;

    explicit DocumentPacker(Sink sink, StopToken stop = {}, int level = 1);
    ~DocumentPacker();
    DocumentPacker(const DocumentPacker&) = delete;
    DocumentPacker& operator=(const DocumentPacker&) = delete;

    // The document's next bytes: block.bytes(). Errors: what the sink said, Cancelled.
    Status push(ByteBlock block);
    // Waits until all is packed and given to the sink. Called once.
    Result<PackedDocument> finish();

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace sluice
