// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/Statement.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace sluice {

// Blobs are spans of bytes in SQLite's terms and views of characters in ours.
inline std::span<const std::uint8_t> bytesOf(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view blobText(const Statement& row, int column)
{
    const auto blob = row.columnBlob(column);
    return {reinterpret_cast<const char*>(blob.data()), blob.size()};
}

} // namespace sluice
