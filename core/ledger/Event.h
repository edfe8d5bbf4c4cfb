// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/ledger/Digest.h"
#include "core/ledger/JsonValue.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// What an event says: exactly the fields whose canonical bytes make its id. The signature is kept
// beside those bytes, not in them, and is empty until devices have keys.
struct EventEnvelope {
    static constexpr std::int64_t Version = 1;
    static constexpr std::size_t MaxDeps = 16;

    std::string org; // the organisation's id; the ledger's id until its genesis
    std::string type; // the command: "ImportFile", "PublishRuleset" …
    std::string actor; // person id; empty: the ledger's owner
    std::string device; // id of the device that wrote it
    std::int64_t dseq{1}; // per device: 1, 2, 3 … without a gap
    std::optional<Sha256> dprev; // id of the device's previous event; nothing for its first
    std::vector<Sha256> deps; // heads of other devices that were seen; at most MaxDeps
    // hybrid logical clock: UTC microseconds, but always later than every event seen
    std::int64_t hlc{0};
    std::string scope; // who may read it; empty: the whole organisation
    // commitment to fields that are kept apart; empty until there are any
    std::string payloadCommit;
    JsonValue payload{JsonValue::object()}; // pub_payload: the command

    bool operator==(const EventEnvelope&) const = default;
};

// An envelope with its canonical bytes (what is stored and, one day, signed) and id = SHA-256(0x00
// ‖ bytes).
struct Event {
    EventEnvelope envelope;
    std::string canonical;
    Sha256 id{};

    bool operator==(const Event&) const = default;
};

Sha256 eventId(std::string_view canonical);

// BadInput when the envelope cannot be written: text that is not UTF-8, too many deps, more than
// 256 KiB.
Result<Event> sealEvent(const EventEnvelope& envelope);
// Reads the stored bytes back; BadInput unless they are canonical and have exactly the envelope's
// fields.
Result<Event> parseEvent(std::string_view canonical);

// Follows a log event by event, in the order in which it was written, and finds what is missing,
// doubled or altered.
class EventChain {
public:
    // Damaged when the event does not continue its device's chain: a gap or a repeat in dseq,
    // another dprev than the id before it, or a clock that went back. The chain then stays where it
    // was.
    Status add(const Event& event);

    struct Head {
        std::int64_t dseq{0};
        Sha256 id{};
        std::int64_t hlc{0};
    };
    // The last event of a device; null when it has none.
    [[nodiscard]] const Head* head(const std::string& device) const;

private:
    std::map<std::string, Head> m_heads;
};

} // namespace sluice
