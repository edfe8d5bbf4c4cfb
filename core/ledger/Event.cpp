// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/Event.h"

#include "core/ledger/CanonicalJson.h"

#include <utility>

namespace sluice {

namespace {

constexpr std::size_t FieldCount = 12;

Error unusable(std::string what)
{
    return {ErrorCode::BadInput, "event", std::move(what), {}};
}

JsonValue toJson(const EventEnvelope& envelope)
{
    JsonValue deps = JsonValue::array();
    for (const Sha256& dep : envelope.deps)
        deps.append(toHex(dep));
    JsonValue json = JsonValue::object();
    json.set("v", EventEnvelope::Version);
    json.set("org", envelope.org);
    json.set("type", envelope.type);
    json.set("actor", envelope.actor);
    json.set("device", envelope.device);
    json.set("dseq", envelope.dseq);
    json.set("dprev", envelope.dprev ? toHex(*envelope.dprev) : std::string{});
    json.set("deps", std::move(deps));
    json.set("hlc", envelope.hlc);
    json.set("scope", envelope.scope);
    json.set("payload_commit", envelope.payloadCommit);
    json.set("pub_payload", envelope.payload);
    return json;
}

Status readText(const JsonValue& json, std::string_view name, std::string& out)
{
    const JsonValue* value = json.find(name);
    const std::string* text = value == nullptr ? nullptr : value->asText();
    if (text == nullptr)
        return unusable("'" + std::string{name} + "' is missing or not a text");
    out = *text;
    return Status::success();
}

Status readInteger(const JsonValue& json, std::string_view name, std::int64_t& out)
{
    const JsonValue* value = json.find(name);
    const std::int64_t* integer = value == nullptr ? nullptr : value->asInteger();
    if (integer == nullptr)
        return unusable("'" + std::string{name} + "' is missing or not an integer");
    out = *integer;
    return Status::success();
}

// Ids are written in lower case; parseSha256 would also read upper case, which would be a second
// text of one id.
bool readId(const std::string& hex, Sha256& out)
{
    return parseSha256(hex, out) && toHex(out) == hex;
}

Status readDeps(const JsonValue& json, std::vector<Sha256>& out)
{
    const JsonValue* value = json.find("deps");
    const auto* deps = value == nullptr ? nullptr : value->asArray();
    if (deps == nullptr || deps->size() > EventEnvelope::MaxDeps)
        return unusable("'deps' is missing, not a list, or longer than "
            + std::to_string(EventEnvelope::MaxDeps));
    for (const JsonValue& dep : *deps) {
        const std::string* hex = dep.asText();
        Sha256 id{};
        if (hex == nullptr || !readId(*hex, id))
            return unusable("an entry of 'deps' is not an event id");
        out.push_back(id);
    }
    return Status::success();
}

Status readLinks(const JsonValue& json, EventEnvelope& envelope)
{
    std::string dprev;
    SLUICE_TRY_DO(readText(json, "dprev", dprev));
    if (!dprev.empty()) {
        Sha256 id{};
        if (!readId(dprev, id))
            return unusable("'dprev' is not an event id");
        envelope.dprev = id;
    }
    return readDeps(json, envelope.deps);
}

Result<EventEnvelope> fromJson(const JsonValue& json)
{
    EventEnvelope envelope;
    std::int64_t version = 0;
    SLUICE_TRY_DO(readInteger(json, "v", version));
    if (version != EventEnvelope::Version)
        return unusable("version " + std::to_string(version) + " of the envelope is not known");
    SLUICE_TRY_DO(readText(json, "org", envelope.org));
    SLUICE_TRY_DO(readText(json, "type", envelope.type));
    SLUICE_TRY_DO(readText(json, "actor", envelope.actor));
    SLUICE_TRY_DO(readText(json, "device", envelope.device));
    SLUICE_TRY_DO(readInteger(json, "dseq", envelope.dseq));
    SLUICE_TRY_DO(readLinks(json, envelope));
    SLUICE_TRY_DO(readInteger(json, "hlc", envelope.hlc));
    SLUICE_TRY_DO(readText(json, "scope", envelope.scope));
    SLUICE_TRY_DO(readText(json, "payload_commit", envelope.payloadCommit));
    const JsonValue* payload = json.find("pub_payload");
    if (payload == nullptr || payload->asObject() == nullptr)
        return unusable("'pub_payload' is missing or not an object");
    if (json.asObject()->size() != FieldCount)
        return unusable("there are fields that an envelope does not have");
    envelope.payload = *payload;
    return envelope;
}

} // namespace

Sha256 eventId(std::string_view canonical)
{
    constexpr std::string_view LeafPrefix{"\0", 1};
    Sha256Stream stream;
    stream.add(LeafPrefix);
    stream.add(canonical);
    return stream.finish();
}

Result<Event> sealEvent(const EventEnvelope& envelope)
{
    if (envelope.deps.size() > EventEnvelope::MaxDeps)
        return unusable("more than " + std::to_string(EventEnvelope::MaxDeps) + " deps");
    if (envelope.payload.asObject() == nullptr)
        return unusable("the payload is not an object");
    SLUICE_TRY(const std::string canonical, canonicalJson(toJson(envelope)));
    return parseEvent(canonical); // as everyone will read it: its texts are composed
}

Result<Event> parseEvent(std::string_view canonical)
{
    SLUICE_TRY(const JsonValue json, parseCanonicalJson(canonical));
    SLUICE_TRY(EventEnvelope envelope, fromJson(json));
    return Event{std::move(envelope), std::string{canonical}, eventId(canonical)};
}

Status EventChain::add(const Event& event)
{
    const EventEnvelope& envelope = event.envelope;
    const Head* last = head(envelope.device);
    const std::int64_t expected = last == nullptr ? 1 : last->dseq + 1;
    const std::string where
        = "event " + std::to_string(envelope.dseq) + " of device " + envelope.device;
    const auto broken = [&where](std::string what) {
        return Error{
            ErrorCode::Damaged, where, std::move(what), "Restore the ledger from a backup"};
    };
    if (envelope.dseq > expected)
        return broken("events " + std::to_string(expected) + " to "
            + std::to_string(envelope.dseq - 1) + " are missing");
    if (envelope.dseq < expected)
        return broken("the number was used before");
    if (last == nullptr ? envelope.dprev.has_value() : envelope.dprev != last->id)
        return broken("it does not follow the event before it");
    if (last != nullptr && envelope.hlc <= last->hlc)
        return broken("it is not later than the event before it");
    m_heads[envelope.device] = {envelope.dseq, event.id, envelope.hlc};
    return Status::success();
}

const EventChain::Head* EventChain::head(const std::string& device) const
{
    const auto found = m_heads.find(device);
    return found == m_heads.end() ? nullptr : &found->second;
}

} // namespace sluice
