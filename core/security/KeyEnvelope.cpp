// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/security/KeyEnvelope.h"

#include "core/base/DurableFile.h"
#include "core/security/RecoveryCode.h"
#include "core/security/Sodium.h"

#include <algorithm>
#include <utility>

namespace sluice {
namespace {

constexpr std::size_t FileSizeMax = 64 * 1024;
constexpr std::string_view MacContext = "sluice key envelope v1";
constexpr std::string_view RecoveryContext = "sluice recovery code v1";

const unsigned char* bytesOf(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

// One key for one purpose from another key: BLAKE2b keyed with it.
SecureBytes subKey(const SecureBytes& key, std::string_view purpose)
{
    requireSodium();
    SecureBytes derived{KeySize};
    crypto_generichash(
        derived.data(), derived.size(), bytesOf(purpose), purpose.size(), key.data(), key.size());
    return derived;
}

std::array<std::uint8_t, 32> macOf(const EnvelopeContent& content, const SecureBytes& dataKey)
{
    static_assert(crypto_auth_hmacsha256_BYTES == 32 && crypto_auth_hmacsha256_KEYBYTES == KeySize);
    const SecureBytes key = subKey(dataKey, MacContext);
    const std::string text = canonicalText(content);
    std::array<std::uint8_t, 32> mac{};
    crypto_auth_hmacsha256(mac.data(), bytesOf(text), text.size(), key.data());
    return mac;
}

// Binds a wrap to its ledger and kind, so that none can be moved to another place.
std::string wrapContext(const EnvelopeContent& content, WrapKind kind)
{
    return content.ledgerId + "/" + std::string{wrapKindName(kind)};
}

SecureBytes recoveryKey(const SecureBytes& secret, const std::string& ledgerId)
{
    return subKey(secret, std::string{RecoveryContext} + "/" + ledgerId);
}

Error wrongSecret(std::string_view what)
{
    return {ErrorCode::WrongPassphrase, {}, "the " + std::string{what} + " is not this ledger's",
        "Try again"};
}

Error noSuchWay(std::string_view what, std::string_view others)
{
    return {
        ErrorCode::Locked, {}, std::string{what}, "Unlock it another way: " + std::string{others}};
}

bool isSpace(std::uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// 32 raw bytes, or 64 hex digits. Empty when it is neither.
SecureBytes keyFromFile(const SecureBytes& content)
{
    if (content.size() == KeySize)
        return content.clone();
    std::span<const std::uint8_t> text = content.bytes();
    while (!text.empty() && isSpace(text.front()))
        text = text.subspan(1);
    while (!text.empty() && isSpace(text.back()))
        text = text.first(text.size() - 1);
    SecureBytes key{KeySize};
    std::size_t size = 0;
    const bool decoded = text.size() == 2 * KeySize
        && sodium_hex2bin(key.data(), key.size(), reinterpret_cast<const char*>(text.data()),
               text.size(), nullptr, &size, nullptr)
            == 0
        && size == KeySize;
    return decoded ? std::move(key) : SecureBytes{};
}

} // namespace

SecureBytes KeyEnvelope::newDataKey()
{
    requireSodium();
    SecureBytes key{KeySize};
    randombytes_buf(key.data(), key.size());
    return key;
}

FileSalt KeyEnvelope::newFileSalt()
{
    requireSodium();
    FileSalt salt{};
    randombytes_buf(salt.data(), salt.size());
    return salt;
}

KeyEnvelope::Created KeyEnvelope::create(
    const SecureBytes& dataKey, std::string ledgerId, const FileSalt& fileSalt)
{
    EnvelopeContent content;
    content.ledgerId = std::move(ledgerId);
    content.fileSalt = fileSalt;
    Created created{KeyEnvelope{std::move(content)}, {}};
    created.envelope.seal(dataKey);
    created.recoveryCode = created.envelope.renewRecoveryCode(dataKey);
    created.envelope.m_revoked = false;
    return created;
}

Result<KeyEnvelope> KeyEnvelope::load(const std::string& path, const EnvelopePolicy& policy)
{
    Error first;
    for (const char* generation : {"", ".1"}) {
        const std::string name = path + generation;
        auto text = readSmallFile(name, FileSizeMax);
        auto content
            = text.ok() ? parseEnvelope(*text, policy) : Result<EnvelopeContent>{text.error()};
        if (content.ok()) {
            KeyEnvelope envelope{*std::move(content)};
            envelope.m_older = *generation != '\0';
            return envelope;
        }
        Error error = std::move(content).error();
        error.where = name;
        if (error.code == ErrorCode::NewerSchema)
            return error;
        // A damaged second generation tells more than that there is no first one.
        if (*generation == '\0'
            || (first.code == ErrorCode::NotFound && error.code != ErrorCode::NotFound))
            first = std::move(error);
    }
    if (first.code == ErrorCode::NotFound)
        return Error{ErrorCode::NotFound, path, "the ledger's key envelope is missing",
            "Restore it from a backup of the ledger"};
    return first;
}

bool KeyEnvelope::has(WrapKind kind) const
{
    return std::ranges::any_of(
        m_content.wraps, [kind](const KeyWrap& wrap) { return wrap.kind == kind; });
}

bool KeyEnvelope::isSealedBy(const SecureBytes& dataKey) const
{
    const auto mac = macOf(m_content, dataKey);
    return sodium_memcmp(mac.data(), m_content.mac.data(), mac.size()) == 0;
}

// Empty when the key does not fit.
Result<SecureBytes> KeyEnvelope::unwrap(const KeyWrap& wrap, const SecureBytes& key) const
{
    static_assert(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES == sizeof wrap.nonce);
    const std::string context = wrapContext(m_content, wrap.kind);
    SecureBytes dataKey{KeySize};
    if (key.size() != KeySize
        || crypto_aead_xchacha20poly1305_ietf_decrypt(dataKey.data(), nullptr, nullptr,
               wrap.box.data(), wrap.box.size(), bytesOf(context), context.size(),
               wrap.nonce.data(), key.data())
            != 0)
        return SecureBytes{};
    if (!isSealedBy(dataKey))
        return Error{ErrorCode::Damaged, "key envelope",
            "it was changed by someone who does not have the key",
            "Restore the envelope (.keys) from a backup"};
    return dataKey;
}

Result<SecureBytes> KeyEnvelope::unlockWithPassphrase(const SecureBytes& passphrase) const
{
    if (!has(WrapKind::Passphrase))
        return noSuchWay("this ledger has no passphrase", "with its key file or recovery code");
    for (const KeyWrap& wrap : m_content.wraps) {
        if (wrap.kind != WrapKind::Passphrase)
            continue;
        SLUICE_TRY(const SecureBytes key, deriveFromPassphrase(passphrase, wrap.kdfSalt, wrap.kdf));
        SLUICE_TRY(SecureBytes dataKey, unwrap(wrap, key));
        if (!dataKey.empty())
            return dataKey;
    }
    return wrongSecret("passphrase");
}

Result<SecureBytes> KeyEnvelope::unlockWithRecoveryCode(std::string_view code) const
{
    SLUICE_TRY(const SecureBytes secret, parseRecoveryCode(code));
    const SecureBytes key = recoveryKey(secret, m_content.ledgerId);
    for (const KeyWrap& wrap : m_content.wraps) {
        if (wrap.kind != WrapKind::Recovery)
            continue;
        SLUICE_TRY(SecureBytes dataKey, unwrap(wrap, key));
        if (!dataKey.empty())
            return dataKey;
    }
    return has(WrapKind::Recovery)
        ? wrongSecret("recovery code")
        : noSuchWay("this ledger has no recovery code", "with its passphrase or key file");
}

Result<SecureBytes> KeyEnvelope::unlockWithKeychain(KeyVault& vault) const
{
    for (const KeyWrap& wrap : m_content.wraps) {
        if (wrap.kind != WrapKind::Keychain)
            continue;
        auto key = vault.load(wrap.entry);
        if (!key.ok() && key.error().code == ErrorCode::NotFound)
            continue; // another machine's
        if (!key.ok())
            return std::move(key).error();
        SLUICE_TRY(SecureBytes dataKey, unwrap(wrap, *key));
        if (!dataKey.empty())
            return dataKey;
    }
    return noSuchWay("this computer's keychain does not hold the ledger's key",
        "with its passphrase, recovery code or key file");
}

Result<SecureBytes> KeyEnvelope::unlockWithKeyFile(const SecureBytes& content) const
{
    SLUICE_TRY(SecureBytes key, dataKeyFromFile(content));
    if (!isSealedBy(key))
        return wrongSecret("key file's key");
    return key;
}

Result<SecureBytes> KeyEnvelope::dataKeyFromFile(const SecureBytes& content)
{
    SecureBytes key = keyFromFile(content);
    if (key.empty())
        return Error{ErrorCode::BadInput, "key file", "it holds neither 32 bytes nor 64 hex digits",
            "Check the file"};
    return key;
}

void KeyEnvelope::seal(const SecureBytes& dataKey)
{
    m_content.mac = macOf(m_content, dataKey);
}

void KeyEnvelope::addWrap(KeyWrap wrap, const SecureBytes& key, const SecureBytes& dataKey)
{
    const std::string context = wrapContext(m_content, wrap.kind);
    randombytes_buf(wrap.nonce.data(), wrap.nonce.size());
    crypto_aead_xchacha20poly1305_ietf_encrypt(wrap.box.data(), nullptr, dataKey.data(),
        dataKey.size(), bytesOf(context), context.size(), nullptr, wrap.nonce.data(), key.data());
    m_content.wraps.push_back(std::move(wrap));
    seal(dataKey);
}

void KeyEnvelope::erase(WrapKind kind)
{
    if (std::erase_if(m_content.wraps, [kind](const KeyWrap& wrap) { return wrap.kind == kind; })
        > 0)
        m_revoked = true;
}

bool KeyEnvelope::hasWeakPassphraseWrap() const
{
    return std::ranges::any_of(m_content.wraps, [](const KeyWrap& wrap) {
        return wrap.kind == WrapKind::Passphrase
            && (wrap.kdf.memoryBytes < KdfParameters{}.memoryBytes
                || wrap.kdf.passes < KdfParameters{}.passes);
    });
}

Status KeyEnvelope::setPassphrase(
    const SecureBytes& dataKey, const SecureBytes& passphrase, KdfParameters parameters)
{
    SLUICE_CHECK(isSealedBy(dataKey));
    if (passphrase.empty())
        return Error{ErrorCode::BadInput, "passphrase", "it is empty",
            "Choose a passphrase of several words"};
    for (const KeyWrap& wrap : m_content.wraps) {
        if (wrap.kind == WrapKind::Passphrase) {
            parameters.memoryBytes = std::max(parameters.memoryBytes, wrap.kdf.memoryBytes);
            parameters.passes = std::max(parameters.passes, wrap.kdf.passes);
        }
    }
    KeyWrap added;
    added.kind = WrapKind::Passphrase;
    added.kdf = parameters;
    randombytes_buf(added.kdfSalt.data(), added.kdfSalt.size());
    SLUICE_TRY(const SecureBytes key, deriveFromPassphrase(passphrase, added.kdfSalt, parameters));
    erase(WrapKind::Passphrase);
    addWrap(std::move(added), key, dataKey);
    return Status::success();
}

Status KeyEnvelope::addKeychain(const SecureBytes& dataKey, KeyVault& vault)
{
    SLUICE_CHECK(isSealedBy(dataKey));
    const SecureBytes deviceKey = newDataKey();
    std::array<std::uint8_t, 8> id{};
    randombytes_buf(id.data(), id.size());
    std::array<char, 2 * id.size() + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), id.data(), id.size());
    KeyWrap added;
    added.kind = WrapKind::Keychain;
    added.entry = m_content.ledgerId + "." + hex.data();
    SLUICE_TRY_DO(vault.store(added.entry, deviceKey));
    addWrap(std::move(added), deviceKey, dataKey);
    return Status::success();
}

SecureBytes KeyEnvelope::renewRecoveryCode(const SecureBytes& dataKey)
{
    SLUICE_CHECK(isSealedBy(dataKey));
    const SecureBytes secret = newRecoverySecret();
    erase(WrapKind::Recovery);
    addWrap({}, recoveryKey(secret, m_content.ledgerId), dataKey);
    return formatRecoveryCode(secret);
}

Status KeyEnvelope::removeAll(const SecureBytes& dataKey, WrapKind kind)
{
    SLUICE_CHECK(isSealedBy(dataKey));
    const bool others = std::ranges::any_of(
        m_content.wraps, [kind](const KeyWrap& wrap) { return wrap.kind != kind; });
    if (!others)
        return Error{ErrorCode::NotAllowed, "key envelope",
            "this is the last way to unlock the ledger", "Add another way first"};
    erase(kind);
    seal(dataKey);
    return Status::success();
}

Status KeyEnvelope::save(const std::string& path)
{
    const std::string text = envelopeText(m_content);
    const std::string older = path + ".1";
    const auto current = readSmallFile(path, FileSizeMax);
    // The older file first: the new state counts only once the first generation is replaced, and by
    // then no file holds a wrap that was taken away. After a fall-back the older file is the good
    // one and stays.
    if (m_revoked || !current.ok())
        SLUICE_TRY_DO(replaceFileDurably(older, text));
    else if (!m_older)
        SLUICE_TRY_DO(replaceFileDurably(older, *current));
    SLUICE_TRY_DO(replaceFileDurably(path, text));
    m_older = false;
    m_revoked = false;
    return Status::success();
}

} // namespace sluice
