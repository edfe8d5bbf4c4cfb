// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/ingest/ByteBlock.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice {

// Bytes pulled block by block, by one thread. Decoders are sources over a source, so a reader does
// not know whether its bytes come from a plain file, from gzip or from memory.
class ByteSource {
public:
    ByteSource() = default;
    virtual ~ByteSource() = default;
    ByteSource(const ByteSource&) = delete;
    ByteSource& operator=(const ByteSource&) = delete;

    // The next bytes, with `carry` (bytes of the block before) put in front of them. At the end: a
    // block that is atEnd(), however often it is asked. After an error there is no further call.
    virtual Result<ByteBlock> next(std::string_view carry) = 0;
    // For messages: the file's path as the user gave it.
    [[nodiscard]] virtual const std::string& name() const noexcept = 0;
    // Bytes of the underlying document in all, and read so far: for progress. 0 = not known.
    [[nodiscard]] virtual std::uint64_t rawSize() const noexcept = 0;
    [[nodiscard]] virtual std::uint64_t rawDone() const noexcept = 0;
};

} // namespace sluice
