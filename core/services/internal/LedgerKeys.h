// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/security/KeyEnvelope.h"
#include "core/services/Workspace.h"

#include <string>

namespace sluice {

// The ways in that somebody wants to a ledger, beside its recovery code. A raw key is none that an
// envelope keeps.
struct WaysIn {
    const Credential& credential;
    bool rememberInKeychain{false};
};
// Adds them to the envelope and saves it beside the ledger of that path. Unavailable where there is
// no keychain and one is asked for.
Status saveEnvelope(KeyEnvelope& envelope, const std::string& path, const SecureBytes& key,
    const WaysIn& ways, KeyVault* vault);
// The envelope beside the ledger of that path; Damaged when it is another one's.
Result<KeyEnvelope> envelopeOf(const std::string& path, const SecureBytes& key);
// A ledger's files, its envelope and lock among them, as far as they exist. Under its lock.
void removeWithEnvelope(const std::string& path);

} // namespace sluice
