// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

namespace sluice {

// The first 16 bytes of a ledger file. Without them the key opens nothing, so the key envelope
// keeps a copy.
using FileSalt = std::array<std::uint8_t, 16>;

} // namespace sluice
