// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/base/SecureBytes.h"

#include <array>
#include <cstdint>
#include <functional>

namespace sluice {

constexpr std::size_t KeySize = 32;
constexpr std::size_t KdfSaltSize = 16;

// What an Argon2id derivation costs (RFC 9106, one lane). Kept with each wrap, so that it can rise
// over the years.
struct KdfParameters {
    std::uint64_t memoryBytes{256ULL << 20};
    std::uint64_t passes{3};

    bool operator==(const KdfParameters&) const = default;
};

// for machines with little memory; weaker is refused as tampering
constexpr KdfParameters KdfFloor{64ULL << 20, 3};
// more is refused: a crafted envelope must not eat the machine
constexpr KdfParameters KdfCeiling{1ULL << 30, 16};

// 32 bytes from a passphrase. Takes about half a second and the memory named; any thread but the
// window's. Error: Unavailable when the memory cannot be had.
Result<SecureBytes> deriveFromPassphrase(const SecureBytes& passphrase,
    const std::array<std::uint8_t, KdfSaltSize>& salt, const KdfParameters& parameters);

// The dearest parameters between floor and ceiling that this machine does in about one second, 256
// MiB preferred. `memoryBytes` is the machine's memory; `measureMs` runs one derivation and says
// how long it took.
KdfParameters tuneKdf(
    std::uint64_t memoryBytes, const std::function<std::int64_t(const KdfParameters&)>& measureMs);
// The same with this machine's memory and clock.
KdfParameters tuneKdfToThisMachine();

} // namespace sluice
