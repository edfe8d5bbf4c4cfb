// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/base/SecureBytes.h"
#include "core/security/EnvelopeContent.h"
#include "core/security/KeyVault.h"

#include <array>
#include <string>
#include <string_view>

namespace sluice {

// LEDGER.keys: the ledger's random data key, wrapped once for each way to unlock it, and what else
// must survive beside the ledger (the salt of its file). Losing it is losing the ledger, so there
// are two generations (LEDGER.keys.1), each replaced durably, and each backup carries a copy.
// Changing a passphrase wraps the key anew; it re-encrypts nothing.
//
// A checksum tells damage from a wrong passphrase; a MAC under the data key tells tampering. A
// damaged first generation falls back to the second. A change that takes a way in away (change,
// remove) replaces both generations at once: an old passphrase must not live on in the older file.
//
// Changes are in memory until save(). Unlocking by passphrase and adding one take about a second;
// any thread but the window's. Errors: NotFound (no envelope), Damaged, NewerSchema,
// WrongPassphrase (also a wrong code or key file), Locked (this way in does not exist here),
// BadInput (a mistyped recovery code), Unavailable (no keychain).
class KeyEnvelope {
public:
    struct Created;

    static std::string pathFor(const std::string& ledgerPath) { return ledgerPath + ".keys"; }
    // Both generations, the first one first.
    static std::array<std::string, 2> filesFor(const std::string& ledgerPath)
    {
        return {pathFor(ledgerPath), pathFor(ledgerPath) + ".1"};
    }
    static SecureBytes newDataKey();
    static FileSalt newFileSalt();

    // A new envelope with a recovery code, which is shown once and never again. Other ways in are
    // added after.
    static Created create(
        const SecureBytes& dataKey, std::string ledgerId, const FileSalt& fileSalt);
    static Result<KeyEnvelope> load(const std::string& path, const EnvelopePolicy& policy = {});

    [[nodiscard]] const std::string& ledgerId() const { return m_content.ledgerId; }
    [[nodiscard]] const FileSalt& fileSalt() const { return m_content.fileSalt; }
    [[nodiscard]] bool has(WrapKind kind) const;
    // Whether load() found the first generation damaged and took the second. The next save() mends
    // it.
    [[nodiscard]] bool isOlderGeneration() const { return m_older; }
    // Whether its passphrase is derived with less memory or fewer passes than is usual today.
    [[nodiscard]] bool hasWeakPassphraseWrap() const;
    // Whether it is the envelope of that key, untouched.
    [[nodiscard]] bool isSealedBy(const SecureBytes& dataKey) const;

    [[nodiscard]] Result<SecureBytes> unlockWithPassphrase(const SecureBytes& passphrase) const;
    [[nodiscard]] Result<SecureBytes> unlockWithRecoveryCode(std::string_view code) const;
    [[nodiscard]] Result<SecureBytes> unlockWithKeychain(KeyVault& vault) const;
    // For automation: a key file's content, 32 raw bytes or 64 hex digits with white space around.
    [[nodiscard]] Result<SecureBytes> unlockWithKeyFile(const SecureBytes& content) const;
    // The data key that such a content names, for a new ledger. BadInput.
    static Result<SecureBytes> dataKeyFromFile(const SecureBytes& content);

    // These ask for the data key that an unlock gave; another one is our bug.
    // Sets or replaces the passphrase. Never weaker parameters than those of the passphrase it
    // replaces.
    Status setPassphrase(
        const SecureBytes& dataKey, const SecureBytes& passphrase, KdfParameters parameters);
    // Adds this machine: a new random device key goes into the vault, under it the data key goes
    // into the envelope.
    Status addKeychain(const SecureBytes& dataKey, KeyVault& vault);
    // A new code; the old one ends.
    SecureBytes renewRecoveryCode(const SecureBytes& dataKey);
    // Refuses (NotAllowed) to take the last way in.
    Status removeAll(const SecureBytes& dataKey, WrapKind kind);

    Status save(const std::string& path);

private:
    explicit KeyEnvelope(EnvelopeContent content)
        : m_content{std::move(content)}
    {
    }
    [[nodiscard]] Result<SecureBytes> unwrap(const KeyWrap& wrap, const SecureBytes& key) const;
    void seal(const SecureBytes& dataKey);
    void addWrap(KeyWrap wrap, const SecureBytes& key, const SecureBytes& dataKey);
    void erase(WrapKind kind);

    EnvelopeContent m_content; // its MAC is always that of its fields
    bool m_older{false};
    bool m_revoked{false}; // a way in was taken away since the last save
};

struct KeyEnvelope::Created {
    KeyEnvelope envelope;
    SecureBytes recoveryCode; // text
};

} // namespace sluice
