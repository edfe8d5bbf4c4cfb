// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/EventAudit.h"

#include "core/attribution/Ruleset.h"
#include "core/services/internal/BatchRecord.h"

namespace sluice {
namespace {

// The first ledgers read the clock once for the event's bytes and again for the column beside them.
constexpr std::int64_t FirstEventMicros = 1'000'000;

// A command looks at the clock before its event does, and the clock may be set in between.
constexpr std::int64_t ClockSlackMicros = 1'000'000;
// What making a ledger may take: its key is derived between its first two looks at the clock.
constexpr std::int64_t CreationMicros = 600 * ClockSlackMicros;

std::string eventName(std::uint64_t seq)
{
    return "event " + std::to_string(seq);
}

std::string integerText(const JsonValue& json, std::string_view member)
{
    const JsonValue* value = json.find(member);
    const std::int64_t* integer = value == nullptr ? nullptr : value->asInteger();
    return integer == nullptr ? std::string{} : std::to_string(*integer);
}

} // namespace

bool EventAudit::isTimeOf(const StoredEvent& stored, const EventEnvelope& envelope) const
{
    const std::int64_t difference = stored.at.micros() - envelope.hlc;
    if (stored.seq == 1)
        return 0 <= difference && difference < FirstEventMicros;
    // A clock that stood still or went back is kept as it was; the event's own time goes on.
    return difference == 0 || (difference < 0 && envelope.hlc == m_lastHlc + 1);
}

void EventAudit::add(const StoredEvent& stored)
{
    const std::string name = eventName(stored.seq);
    const auto before = m_times.find(m_last);
    m_times[stored.seq]
        = {before == m_times.end() ? stored.at.micros() - CreationMicros : before->second.second,
            stored.at.micros()};
    const auto event = parseEvent(stored.canonical);
    if (stored.seq != ++m_last)
        m_check.fault(name + " is out of order");
    m_last = stored.seq;
    if (!event.ok() || event->id != stored.id) {
        m_check.fault(name + " was altered");
        return;
    }
    const EventEnvelope& envelope = event->envelope;
    if (const Status linked = m_chain.add(*event); !linked.ok())
        m_check.fault(name + ": " + linked.error().what);
    const auto compare = [&](bool same, std::string_view column) {
        if (!same)
            m_check.fault(name + ": its " + std::string{column}
                + " was altered and is not the one in its bytes");
    };
    compare(stored.type == envelope.type, "type");
    compare(stored.actor == envelope.actor, "actor");
    compare(isTimeOf(stored, envelope), "time");
    m_lastHlc = envelope.hlc;
    noteClaims(stored.seq, envelope);
}

bool EventAudit::isWithin(std::uint64_t seq, Timestamp time) const
{
    const auto found = m_times.find(seq);
    if (found == m_times.end())
        return true; // that the event is gone is a fault already
    const auto [before, at] = found->second;
    if (before > at)
        return true; // the clock went back
    return before - ClockSlackMicros <= time.micros() && time.micros() <= at + ClockSlackMicros;
}

void EventAudit::noteClaims(std::uint64_t seq, const EventEnvelope& envelope)
{
    const JsonValue& payload = envelope.payload;
    if (seq == 1) {
        m_settings = payload;
        m_settings.set("device", envelope.device);
        JsonValue ruleset = JsonValue::object();
        ruleset.set("sha256", payload.text("ruleset_sha256"));
        m_claims[{seq, "ruleset 1"}] = std::move(ruleset);
    }
    if (const JsonValue* batches = payload.find("batches"); batches && batches->asArray())
        for (const JsonValue& batch : *batches->asArray())
            m_claims[{seq, "batch " + std::string{batch.text("id")}}] = batch;
    if (envelope.type == "PublishRuleset")
        m_claims[{seq, "ruleset " + integerText(payload, "number")}] = payload;
    if (envelope.type == "ImportOrganisation")
        m_claims[{seq, "organisation " + integerText(payload, "version")}] = payload;
}

JsonValue EventAudit::claimOf(std::uint64_t seq, const std::string& what)
{
    auto claim = m_claims.extract({seq, what});
    if (!claim.empty())
        return std::move(claim.mapped());
    m_check.fault(eventName(seq) + " did not bring " + what);
    return {};
}

void EventAudit::compareHead(const LedgerHead& head)
{
    if (m_settings.isNull())
        return;
    const LedgerSettings& settings = head.settings;
    const auto compare = [&](bool same, std::string_view name) {
        if (!same)
            m_check.fault(
                "the ledger's " + std::string{name} + " is not the one that event 1 recorded");
    };
    compare(settings.ledgerId == m_settings.text("ledger"), "id");
    compare(head.device == m_settings.text("device"), "device");
    compare(settings.currency.code() == m_settings.text("currency"), "currency");
    compare(settings.timeZone == m_settings.text("time_zone"), "time zone");
    compare(std::to_string(settings.calendar.startMonth)
            == integerText(m_settings, "fiscal_year_start"),
        "first month of the fiscal year");
    compare(isWithin(1, settings.createdAt), "time of creation");
}

bool EventAudit::compareBatch(const Batch& batch)
{
    const std::string what = "batch " + batch.publicId;
    const JsonValue claim = claimOf(batch.revision, what);
    if (claim.isNull())
        return batch.appends;
    Batch then = batch;
    then.appends = claim.text("delivery") == "append";
    if (std::string differs; !isEntryOf(claim, batchPayload(then), differs))
        m_check.fault(
            what + ": its " + differs + " is not what " + eventName(batch.revision) + " recorded");
    if (!isWithin(batch.revision, batch.importedAt))
        m_check.fault(what + ": it was not imported when " + eventName(batch.revision) + " was");
    return then.appends;
}

void EventAudit::compareText(
    const StoredText& text, const std::string& what, const JsonValue& claim)
{
    if (sha256(text.body) != text.sha256)
        m_check.fault(what + " is not the text that was published: its hash differs");
    // The event that made a ledger did not name the hash of its first ruleset at first.
    const std::string_view said = claim.text("sha256");
    if (!claim.isNull() && !(text.revision == 1 && said.empty()) && said != toHex(text.sha256))
        m_check.fault(
            what + " has another hash than the one " + eventName(text.revision) + " recorded");
    if (!isWithin(text.revision, text.publishedAt))
        m_check.fault(what + ": it was not published when " + eventName(text.revision) + " was");
}

// Its event names no more than the hash of its text, which says the rest.
void EventAudit::compareFirstRuleset(const StoredText& ruleset, const std::string& what)
{
    const auto said = parseRuleset(ruleset.body, what);
    if (!said.ok())
        return m_check.fault(what + ": " + said.error().what);
    if (ruleset.name != said->name || ruleset.effectiveFrom != said->effectiveFrom)
        m_check.fault(what + ": its name or first day is not the one in its text");
}

void EventAudit::compareRuleset(const StoredText& ruleset)
{
    const std::string what = "ruleset " + std::to_string(ruleset.number);
    const JsonValue claim = claimOf(ruleset.revision, what);
    compareText(ruleset, what, claim);
    if (ruleset.revision == 1)
        return compareFirstRuleset(ruleset, what);
    if (claim.isNull())
        return;
    if (ruleset.name != claim.text("name"))
        m_check.fault(what + ": its name is not what " + eventName(ruleset.revision) + " recorded");
    if (ruleset.effectiveFrom.toIso() != claim.text("effective_from"))
        m_check.fault(
            what + ": its first day is not what " + eventName(ruleset.revision) + " recorded");
}

void EventAudit::compareOrganisation(const StoredText& organisation)
{
    const std::string what = "organisation " + std::to_string(organisation.number);
    compareText(organisation, what, claimOf(organisation.revision, what));
}

void EventAudit::finish()
{
    for (const auto& claim : m_claims)
        m_check.fault(eventName(claim.first.first) + " brought " + claim.first.second
            + ", which is not in the ledger any more");
}

} // namespace sluice
