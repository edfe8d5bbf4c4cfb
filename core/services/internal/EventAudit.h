// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/Event.h"
#include "core/services/internal/AuditCheck.h"
#include "core/store/tables/BatchTable.h"
#include "core/store/tables/EventTable.h"
#include "core/store/tables/OwnershipTable.h"

#include <map>
#include <utility>

namespace sluice {

// Checks the log, and that the ledger holds what the log says was brought into it: the plain
// columns beside an event's bytes, the ledger's settings, every batch, ruleset and version of the
// organisation. First all events in order, then what is stored, then finish(). Memory grows with
// the number of batches and versions, not with what is in them.
class EventAudit {
public:
    explicit EventAudit(AuditCheck& check)
        : m_check{check}
    {
    }

    void add(const StoredEvent& stored);
    void compareHead(const LedgerHead& head);
    // Whether it was delivered as an addition, by the event: its source may have changed since.
    bool compareBatch(const Batch& batch);
    void compareRuleset(const StoredText& ruleset);
    void compareOrganisation(const StoredText& organisation);
    // Names what events brought and nobody compared.
    void finish();

private:
    using Name = std::pair<std::uint64_t, std::string>; // the event and what it brought

    void noteClaims(std::uint64_t seq, const EventEnvelope& envelope);
    [[nodiscard]] bool isTimeOf(const StoredEvent& stored, const EventEnvelope& envelope) const;
    // Whether something brought by that event was dated within its transaction.
    [[nodiscard]] bool isWithin(std::uint64_t seq, Timestamp time) const;
    // What the event said, once; null with a fault when it said nothing.
    JsonValue claimOf(std::uint64_t seq, const std::string& what);
    void compareText(const StoredText& text, const std::string& what, const JsonValue& claim);
    void compareFirstRuleset(const StoredText& ruleset, const std::string& what);

    AuditCheck& m_check;
    EventChain m_chain;
    std::uint64_t m_last{0};
    std::int64_t m_lastHlc{0};
    JsonValue m_settings; // of the event that made the ledger
    // by event: when it and the one before it happened
    std::map<std::uint64_t, std::pair<std::int64_t, std::int64_t>> m_times;
    std::map<Name, JsonValue> m_claims;
};

} // namespace sluice
