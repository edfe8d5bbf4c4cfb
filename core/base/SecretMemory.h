// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace sluice {

// Zeroed bytes for a secret, in pages locked out of swap where the system allows it. Up to
// SmallSecretMax they come out of pages that the process locked once: changing its address space
// makes a thread wait for every other that does so, and deriving a key does it for a long time. Any
// thread; throws std::bad_alloc.
inline constexpr std::size_t SmallSecretMax = 256;
[[nodiscard]] std::uint8_t* takeSecretMemory(std::size_t size);

// Overwrites them and gives them back. `size` is what was asked for.
void giveBackSecretMemory(std::uint8_t* data, std::size_t size) noexcept;

} // namespace sluice
