// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/LedgerKeys.h"

#include "core/store/LedgerFile.h"

#include <filesystem>

namespace sluice {

Status saveEnvelope(KeyEnvelope& envelope, const std::string& path, const SecureBytes& key,
    const WaysIn& ways, KeyVault* vault)
{
    const Credential& credential = ways.credential;
    if (credential.kind == Credential::Kind::Passphrase)
        SLUICE_TRY_DO(envelope.setPassphrase(key, credential.secret, tuneKdfToThisMachine()));
    if (credential.kind == Credential::Kind::Keychain || ways.rememberInKeychain) {
        if (vault == nullptr)
            return Error{ErrorCode::Unavailable, {}, "this machine has no keychain",
                "Protect the ledger with a passphrase"};
        SLUICE_TRY_DO(envelope.addKeychain(key, *vault));
    }
    return envelope.save(KeyEnvelope::pathFor(path));
}

Result<KeyEnvelope> envelopeOf(const std::string& path, const SecureBytes& key)
{
    const std::string file = KeyEnvelope::pathFor(path);
    SLUICE_TRY(KeyEnvelope envelope, KeyEnvelope::load(file));
    if (!envelope.isSealedBy(key))
        return Error{ErrorCode::Damaged, file, "the key envelope is not the one of this ledger",
            "Put back the one that was beside it; each backup has a copy"};
    return envelope;
}

void removeWithEnvelope(const std::string& path)
{
    removeLedgerFiles(path);
    std::error_code ignored;
    for (const std::string& file : KeyEnvelope::filesFor(path))
        std::filesystem::remove(file, ignored);
    std::filesystem::remove(path + ".lock", ignored);
}

} // namespace sluice
