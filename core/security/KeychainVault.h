// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/security/KeyVault.h"

namespace sluice {

// The desktop's keychain (Secret Service, KWallet, macOS Keychain, Windows Credential Manager)
// through QtKeychain, and nothing in its place where there is none: a secret in a plain file is no
// secret. Each call runs an event loop of its own until the keychain answers; on the thread of a
// QGuiApplication that is our bug.
class KeychainVault final : public KeyVault {
public:
    Status store(const std::string& name, const SecureBytes& secret) override;
    Result<SecureBytes> load(const std::string& name) override;
    Status remove(const std::string& name) override;
};

} // namespace sluice
