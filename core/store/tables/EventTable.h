// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/Event.h"
#include "core/ledger/LedgerSettings.h"
#include "core/store/Connection.h"

#include <functional>

namespace sluice {

// The one row that says what ledger this is, and the log of events. All functions run inside the
// caller's transaction.
struct LedgerHead {
    LedgerSettings settings;
    std::string device; // id of this workstation in the event log
};
Status insertLedgerHead(Connection& connection, const LedgerHead& head);
Result<LedgerHead> readLedgerHead(Connection& connection);

struct EventHead {
    std::uint64_t seq{0}; // the ledger's revision; 0: no event yet
    std::int64_t dseq{0};
    std::optional<Sha256> id;
    std::int64_t hlc{0};
};
Result<EventHead> readEventHead(Connection& connection);
Status insertEvent(Connection& connection, std::uint64_t seq, const Event& event, Timestamp at);
// An event as it is stored: type, actor and time stand beside the bytes that say the same.
struct StoredEvent {
    std::uint64_t seq{0};
    Sha256 id{};
    std::string type;
    std::string actor;
    Timestamp at;
    std::string_view canonical; // for as long as the visit
};
// In order of seq; stops at the first error that `visit` returns.
Status forEachEvent(
    Connection& connection, const std::function<Status(const StoredEvent& event)>& visit);

} // namespace sluice
