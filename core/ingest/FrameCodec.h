// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace sluice {

// Packs pieces of bytes, each for itself, with zstd. One thread at a time; its working memory is
// used again.
class FramePacker {
public:
    explicit FramePacker(int level);
    ~FramePacker();
    FramePacker(const FramePacker&) = delete;
    FramePacker& operator=(const FramePacker&) = delete;

    // False: packing gains less than a sixteenth, so `out` holds the bytes as they are.
    bool pack(std::string_view bytes, std::string& out);

private:
    struct Context;
    std::unique_ptr<Context> m_context;
    std::string m_room;
};

// The `rawSize` bytes that FramePacker packed. Damaged when the frame does not hold exactly them.
Result<std::string> unpackFrame(std::string_view packed, std::size_t rawSize);

} // namespace sluice
