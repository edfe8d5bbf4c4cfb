// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/tables/EventTable.h"

#include "core/store/StoreError.h"
#include "core/store/tables/RowText.h"

#include <algorithm>

namespace sluice {

Status insertLedgerHead(Connection& connection, const LedgerHead& head)
{
    SLUICE_TRY(Statement insert,
        connection.prepare(
            "INSERT INTO ledger(id, ledger_id, device, currency, fiscal_year_start, time_zone, created_at) "
            "VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6)"));
    insert.bindText(1, head.settings.ledgerId)
        .bindText(2, head.device)
        .bindText(3, head.settings.currency.code());
    insert.bind(4, std::int64_t{head.settings.calendar.startMonth})
        .bindText(5, head.settings.timeZone)
        .bind(6, head.settings.createdAt.micros());
    return insert.run();
}

Result<LedgerHead> readLedgerHead(Connection& connection)
{
    SLUICE_TRY(Statement query,
        connection.prepare(
            "SELECT ledger_id, device, currency, fiscal_year_start, time_zone, created_at FROM ledger"));
    SLUICE_TRY(const bool found, query.step());
    if (!found)
        return Error{ErrorCode::Damaged, connection.path(), "the ledger does not say what it is",
            "Open its newest backup"};
    LedgerHead head;
    head.settings.ledgerId = query.columnText(0);
    head.device = query.columnText(1);
    SLUICE_TRY(
        head.settings.currency, asStored(Currency::parse(query.columnText(2)), connection.path()));
    head.settings.calendar.startMonth = static_cast<int>(query.columnInt(3));
    head.settings.timeZone = query.columnText(4);
    head.settings.createdAt = Timestamp{query.columnInt(5)};
    return head;
}

Result<EventHead> readEventHead(Connection& connection)
{
    SLUICE_TRY(Statement query,
        connection.prepare("SELECT seq, canonical FROM events ORDER BY seq DESC LIMIT 1"));
    SLUICE_TRY(const bool found, query.step());
    EventHead head;
    if (!found)
        return head;
    head.seq = static_cast<std::uint64_t>(query.columnInt(0));
    SLUICE_TRY(const Event event, asStored(parseEvent(blobText(query, 1)), connection.path()));
    head.dseq = event.envelope.dseq;
    head.id = event.id;
    head.hlc = event.envelope.hlc;
    return head;
}

Status insertEvent(Connection& connection, std::uint64_t seq, const Event& event, Timestamp at)
{
    SLUICE_TRY(Statement insert,
        connection.prepare(
            "INSERT INTO events(seq, id, type, actor, at, canonical, signature) VALUES (?1, ?2, ?3, ?4, ?5, ?6, x'')"));
    insert.bind(1, static_cast<std::int64_t>(seq))
        .bindBlob(2, event.id)
        .bindText(3, event.envelope.type)
        .bindText(4, event.envelope.actor);
    insert.bind(5, at.micros()).bindBlob(6, bytesOf(event.canonical));
    return insert.run();
}

Status forEachEvent(
    Connection& connection, const std::function<Status(const StoredEvent& event)>& visit)
{
    SLUICE_TRY(Statement query,
        connection.prepare("SELECT seq, id, type, actor, at, canonical FROM events ORDER BY seq"));
    for (;;) {
        SLUICE_TRY(const bool more, query.step());
        if (!more)
            return Status::success();
        StoredEvent event;
        event.seq = static_cast<std::uint64_t>(query.columnInt(0));
        const auto blob = query.columnBlob(1);
        std::copy_n(blob.begin(), std::min(blob.size(), event.id.size()), event.id.begin());
        event.type = query.columnText(2);
        event.actor = query.columnText(3);
        event.at = Timestamp{query.columnInt(4)};
        event.canonical = blobText(query, 5);
        SLUICE_TRY_DO(visit(event));
    }
}

} // namespace sluice
