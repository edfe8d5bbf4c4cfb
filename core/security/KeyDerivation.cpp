// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/security/KeyDerivation.h"

#include "core/security/Sodium.h"

#include <algorithm>
#include <chrono>

#include <unistd.h>

namespace sluice {
namespace {

constexpr std::int64_t TargetMs = 1000;
constexpr std::uint64_t SmallMachineBytes = 4ULL << 30;

std::uint64_t machineMemoryBytes()
{
    const long pages = ::sysconf(_SC_PHYS_PAGES);
    const long pageSize = ::sysconf(_SC_PAGE_SIZE);
    return pages > 0 && pageSize > 0
        ? static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(pageSize)
        : 0;
}

std::int64_t measureMs(const KdfParameters& parameters)
{
    const auto start = std::chrono::steady_clock::now();
    const auto derived = deriveFromPassphrase(SecureBytes::copyOf("measure"), {}, parameters);
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - start);
    return derived.ok() ? took.count() : TargetMs * 10; // no memory for it: far too dear
}

} // namespace

Result<SecureBytes> deriveFromPassphrase(const SecureBytes& passphrase,
    const std::array<std::uint8_t, KdfSaltSize>& salt, const KdfParameters& parameters)
{
    static_assert(KdfSaltSize == crypto_pwhash_argon2id_SALTBYTES);
    requireSodium();
    SecureBytes key{KeySize};
    const char* text = passphrase.empty() ? "" : reinterpret_cast<const char*>(passphrase.data());
    if (crypto_pwhash_argon2id(key.data(), key.size(), text, passphrase.size(), salt.data(),
            parameters.passes, parameters.memoryBytes, crypto_pwhash_argon2id_ALG_ARGON2ID13)
        != 0)
        return Error{ErrorCode::Unavailable, {},
            "the key derivation needs " + std::to_string(parameters.memoryBytes >> 20)
                + " MiB of memory",
            "Close other programs and try again"};
    return key;
}

KdfParameters tuneKdf(
    std::uint64_t memoryBytes, const std::function<std::int64_t(const KdfParameters&)>& measure)
{
    KdfParameters parameters = memoryBytes < SmallMachineBytes ? KdfFloor : KdfParameters{};
    std::int64_t tookMs = std::max<std::int64_t>(measure(parameters), 1);
    // Time is proportional to memory and to passes, so one measurement tells the rest.
    while (tookMs > TargetMs && parameters.memoryBytes > KdfFloor.memoryBytes) {
        parameters.memoryBytes /= 2;
        tookMs /= 2;
    }
    const std::uint64_t affordable = parameters.passes * TargetMs
        / static_cast<std::uint64_t>(std::max<std::int64_t>(tookMs, 1));
    parameters.passes = std::clamp(affordable, KdfFloor.passes, KdfCeiling.passes);
    return parameters;
}

KdfParameters tuneKdfToThisMachine()
{
    return tuneKdf(machineMemoryBytes(), measureMs);
}

} // namespace sluice
