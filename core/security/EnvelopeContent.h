// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/FileSalt.h"
#include "core/base/Result.h"
#include "core/security/KeyDerivation.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

enum class WrapKind : std::uint8_t { Keychain, Passphrase, Recovery };

// The data key, encrypted under one other key.
struct KeyWrap {
    WrapKind kind{WrapKind::Recovery};
    std::string entry; // Keychain: the name of the vault's entry
    KdfParameters kdf{}; // Passphrase
    std::array<std::uint8_t, KdfSaltSize> kdfSalt{}; // Passphrase
    std::array<std::uint8_t, 24> nonce{};
    std::array<std::uint8_t, KeySize + 16> box{}; // XChaCha20-Poly1305: data key and tag

    bool operator==(const KeyWrap&) const = default;
};

// What may stand in an envelope's key derivation. Only tests hand in another: theirs would take
// minutes.
struct EnvelopePolicy {
    KdfParameters floor{KdfFloor};
    KdfParameters ceiling{KdfCeiling};
};

// The fields of a key envelope, as they stand in its JSON text.
struct EnvelopeContent {
    std::string ledgerId;
    FileSalt fileSalt{};
    std::vector<KeyWrap> wraps;
    std::array<std::uint8_t, 32> mac{}; // HMAC of canonicalText() under a key from the data key

    bool operator==(const EnvelopeContent&) const = default;
};

std::string_view wrapKindName(WrapKind kind);
// What the MAC covers: every field but the MAC itself, always the same bytes for the same fields.
std::string canonicalText(const EnvelopeContent& content);
// The file's text: the above with the MAC, and a checksum that tells accidental damage from a wrong
// passphrase.
std::string envelopeText(const EnvelopeContent& content);
// Reads any bytes. Errors: Damaged (not an envelope, checksum, key derivation outside the policy),
// NewerSchema.
Result<EnvelopeContent> parseEnvelope(std::string_view text, const EnvelopePolicy& policy);

} // namespace sluice
