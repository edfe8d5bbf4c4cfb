// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/security/EnvelopeContent.h"

#include "core/base/JsonWriter.h"
#include "core/security/Sodium.h"

#include <simdjson.h>

#include <algorithm>
#include <span>

namespace sluice {
namespace {

constexpr std::int64_t Version = 1;
constexpr std::int64_t PageSize = 4096;
constexpr std::string_view CipherId = "sqlcipher-4";
constexpr std::string_view KdfId = "argon2id13";
constexpr std::size_t NameSizeMax = 100;
constexpr std::size_t WrapCountMax = 16;
constexpr std::size_t TextSizeMax = 64 * 1024;
constexpr std::size_t ChecksumSize = 16;

Error damaged(std::string what)
{
    return {ErrorCode::Damaged, "key envelope", std::move(what),
        "Restore the envelope (.keys) from a backup"};
}

std::string toHex(std::span<const std::uint8_t> bytes)
{
    constexpr std::string_view Digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        text += Digits[byte >> 4];
        text += Digits[byte & 15];
    }
    return text;
}

bool fromHex(std::string_view text, std::span<std::uint8_t> bytes)
{
    std::size_t size = 0;
    return text.size() == bytes.size() * 2
        && sodium_hex2bin(
               bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size, nullptr)
        == 0
        && size == bytes.size();
}

std::array<std::uint8_t, ChecksumSize> checksum(std::string_view text)
{
    requireSodium();
    std::array<std::uint8_t, ChecksumSize> sum{};
    crypto_generichash(sum.data(), sum.size(), reinterpret_cast<const unsigned char*>(text.data()),
        text.size(), nullptr, 0);
    return sum;
}

void writeFields(JsonWriter& json, const EnvelopeContent& content)
{
    json.key("v").integer(Version);
    json.member("db_uuid", content.ledgerId).member("cipher_id", CipherId);
    json.key("page_size").integer(PageSize);
    json.member("file_salt", toHex(content.fileSalt));
    json.key("wraps").beginArray();
    for (const KeyWrap& wrap : content.wraps) {
        json.beginObject().member("kind", wrapKindName(wrap.kind));
        if (wrap.kind == WrapKind::Keychain)
            json.member("entry", wrap.entry);
        if (wrap.kind == WrapKind::Passphrase) {
            json.member("kdf", KdfId)
                .countMember("memory", wrap.kdf.memoryBytes)
                .countMember("passes", wrap.kdf.passes);
            json.member("salt", toHex(wrap.kdfSalt));
        }
        json.member("nonce", toHex(wrap.nonce)).member("box", toHex(wrap.box)).endObject();
    }
    json.endArray();
}

using Object = simdjson::dom::object;

bool readText(const Object& object, std::string_view name, std::string_view& value)
{
    return object.at_key(name).get_string().get(value) == simdjson::SUCCESS;
}

bool readCount(const Object& object, std::string_view name, std::uint64_t& value)
{
    return object.at_key(name).get_uint64().get(value) == simdjson::SUCCESS;
}

bool readBytes(const Object& object, std::string_view name, std::span<std::uint8_t> bytes)
{
    std::string_view text;
    return readText(object, name, text) && fromHex(text, bytes);
}

// Ids and entry names: plain characters, so that they can stand in a message or a keychain as they
// are.
bool readName(const Object& object, std::string_view key, std::string& name)
{
    constexpr std::string_view Plain
        = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-._";
    std::string_view text;
    if (!readText(object, key, text) || text.empty() || text.size() > NameSizeMax
        || text.find_first_not_of(Plain) != std::string_view::npos)
        return false;
    name = text;
    return true;
}

Status readPassphraseWrap(const Object& object, const EnvelopePolicy& policy, KeyWrap& wrap)
{
    std::string_view kdf;
    if (!readText(object, "kdf", kdf) || kdf != KdfId
        || !readCount(object, "memory", wrap.kdf.memoryBytes)
        || !readCount(object, "passes", wrap.kdf.passes)
        || !readBytes(object, "salt", wrap.kdfSalt))
        return damaged("its passphrase part cannot be read");
    if (wrap.kdf.memoryBytes < policy.floor.memoryBytes || wrap.kdf.passes < policy.floor.passes)
        return damaged(
            "its key derivation is weaker than Sluice ever writes, which looks like tampering");
    if (wrap.kdf.memoryBytes > policy.ceiling.memoryBytes
        || wrap.kdf.passes > policy.ceiling.passes)
        return damaged("its key derivation asks for more memory or time than Sluice ever writes");
    return Status::success();
}

Result<KeyWrap> readWrap(const Object& object, const EnvelopePolicy& policy)
{
    KeyWrap wrap;
    std::string_view kind;
    if (!readText(object, "kind", kind) || !readBytes(object, "nonce", wrap.nonce)
        || !readBytes(object, "box", wrap.box))
        return damaged("a wrapped key cannot be read");
    if (kind == wrapKindName(WrapKind::Passphrase)) {
        wrap.kind = WrapKind::Passphrase;
        SLUICE_TRY_DO(readPassphraseWrap(object, policy, wrap));
    } else if (kind == wrapKindName(WrapKind::Keychain)) {
        wrap.kind = WrapKind::Keychain;
        if (!readName(object, "entry", wrap.entry))
            return damaged("its keychain part cannot be read");
    } else if (kind != wrapKindName(WrapKind::Recovery)) {
        return damaged("it holds an unknown kind of wrapped key");
    }
    return wrap;
}

Status readFields(const Object& object, const EnvelopePolicy& policy, EnvelopeContent& content)
{
    std::uint64_t version = 0;
    if (!readCount(object, "v", version) || version == 0)
        return damaged("it has no version");
    if (version > static_cast<std::uint64_t>(Version))
        return Error{ErrorCode::NewerSchema, "key envelope",
            "it was written by a newer version of Sluice", "Open the ledger with that version"};
    std::string_view cipher;
    std::uint64_t pageSize = 0;
    simdjson::dom::array wraps;
    if (!readName(object, "db_uuid", content.ledgerId) || !readText(object, "cipher_id", cipher)
        || cipher != CipherId || !readCount(object, "page_size", pageSize)
        || pageSize != static_cast<std::uint64_t>(PageSize)
        || !readBytes(object, "file_salt", content.fileSalt)
        || !readBytes(object, "mac", content.mac)
        || object.at_key("wraps").get_array().get(wraps) != simdjson::SUCCESS
        || wraps.size() > WrapCountMax)
        return damaged("a field is missing or cannot be read");
    for (const simdjson::dom::element element : wraps) {
        Object wrap;
        if (element.get_object().get(wrap) != simdjson::SUCCESS)
            return damaged("a wrapped key cannot be read");
        SLUICE_TRY(KeyWrap read, readWrap(wrap, policy));
        content.wraps.push_back(std::move(read));
    }
    return Status::success();
}

} // namespace

std::string_view wrapKindName(WrapKind kind)
{
    switch (kind) {
    case WrapKind::Keychain:
        return "keychain";
    case WrapKind::Passphrase:
        return "passphrase";
    case WrapKind::Recovery:
        return "recovery";
    }
    return "recovery";
}

std::string canonicalText(const EnvelopeContent& content)
{
    JsonWriter json;
    json.beginObject();
    writeFields(json, content);
    json.endObject();
    return json.take();
}

std::string envelopeText(const EnvelopeContent& content)
{
    JsonWriter json{JsonWriter::Style::Indented};
    json.beginObject();
    writeFields(json, content);
    json.member("mac", toHex(content.mac))
        .member("checksum", toHex(checksum(canonicalText(content) + toHex(content.mac))));
    json.endObject();
    return json.take() + "\n";
}

Result<EnvelopeContent> parseEnvelope(std::string_view text, const EnvelopePolicy& policy)
{
    requireSodium();
    if (text.size() > TextSizeMax)
        return damaged("it is far too large");
    simdjson::dom::parser parser;
    const simdjson::padded_string padded{text};
    simdjson::dom::object object;
    if (parser.parse(padded).get_object().get(object) != simdjson::SUCCESS)
        return damaged("it is not a JSON object");
    EnvelopeContent content;
    SLUICE_TRY_DO(readFields(object, policy, content));
    std::array<std::uint8_t, ChecksumSize> sum{};
    if (!readBytes(object, "checksum", sum)
        || sum != checksum(canonicalText(content) + toHex(content.mac)))
        return damaged("its checksum does not fit, so some of it was changed by accident");
    return content;
}

} // namespace sluice
