// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/base/SecureBytes.h"

#include <string_view>

namespace sluice {

constexpr std::size_t RecoverySecretSize = 20; // 160 bits

// The printed way back into a ledger: 160 random bits as eight groups of five characters
// (Crockford's base 32: no I, L, O, U). The fifth character of a group checks it: one wrong
// character, two that changed places and groups in the wrong order are found and named, before any
// key derivation.

SecureBytes newRecoverySecret();
// "XXXXX-XXXXX-…" of a secret of RecoverySecretSize bytes.
SecureBytes formatRecoveryCode(const SecureBytes& secret);
// Accepts lower case, any spacing or dashes, O for 0, I and L for 1. Error: BadInput, which names
// the group.
Result<SecureBytes> parseRecoveryCode(std::string_view text);

} // namespace sluice
