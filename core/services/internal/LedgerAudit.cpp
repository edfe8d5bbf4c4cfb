// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/LedgerAudit.h"

#include "core/ledger/Rollup.h"
#include "core/services/internal/DeliveryAudit.h"
#include "core/services/internal/EventAudit.h"
#include "core/services/internal/StandingAudit.h"
#include "core/store/SchemaComparison.h"
#include "core/store/tables/DictionaryTable.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

namespace sluice {
namespace {

using Cell = std::tuple<std::uint32_t, KeyId, std::int32_t>; // scope, key of the batch, day
struct Sums {
    std::array<Int128, MeasureCount> costs{};
    std::uint64_t charges{0};
    bool operator==(const Sums&) const = default;
};

std::string counted(std::uint64_t number, const std::string& what, std::string_view ending)
{
    return std::to_string(number) + " " + what
        + (number == 1 ? std::string{} : std::string{ending});
}

Status checkPages(Connection& connection, AuditCheck& check)
{
    SLUICE_TRY(Statement pages, connection.prepare("PRAGMA integrity_check"));
    for (;;) {
        SLUICE_TRY(const bool more, pages.step());
        if (!more)
            break;
        if (pages.columnText(0) != "ok")
            check.fault(std::string{pages.columnText(0)});
    }
    SLUICE_TRY(Statement keys, connection.prepare("PRAGMA foreign_key_check"));
    SLUICE_TRY(const bool broken, keys.step());
    if (broken)
        check.fault("a row of " + std::string{keys.columnText(0)} + " refers to nothing");
    SLUICE_TRY(const std::vector<std::string> differences, schemaDifferences(connection));
    for (const std::string& difference : differences)
        check.fault(difference);
    return Status::success();
}

// What the log says was brought, against what is there. `added`: by batch, whether it was delivered
// as an addition to what was there.
Status auditEvents(Connection& connection, const std::vector<StoredBatch>& batches,
    EventAudit& audit, std::vector<bool>& added)
{
    SLUICE_TRY_DO(forEachEvent(connection, [&](const StoredEvent& event) {
        audit.add(event);
        return Status::success();
    }));
    SLUICE_TRY(const LedgerHead head, readLedgerHead(connection));
    audit.compareHead(head);
    for (const StoredBatch& stored : batches)
        added.push_back(audit.compareBatch(stored.batch));
    SLUICE_TRY_DO(forEachRuleset(connection, [&](const StoredText& text) {
        audit.compareRuleset(text);
        return Status::success();
    }));
    SLUICE_TRY_DO(forEachOrganisation(connection, [&](const StoredText& text) {
        audit.compareOrganisation(text);
        return Status::success();
    }));
    audit.finish();
    return Status::success();
}

bool spans(const StoredSegment& info, const std::vector<std::int32_t>& days)
{
    const auto [first, last] = std::minmax_element(days.begin(), days.end());
    return info.firstDay == *first && info.lastDay == *last;
}

// Whether what is stored beside a segment's bytes is what is in them.
bool describes(const StoredSegment& info, const ChargeSegment& segment)
{
    if (info.count != segment.size() || segment.size() == 0)
        return false;
    return info.firstRow == segment.rows().front() && info.lastRow == segment.rows().back()
        && spans(info, segment.days());
}

bool describes(const StoredSegment& info, const RollupCells& rollup)
{
    return info.count == rollup.size() && rollup.size() > 0 && spans(info, rollup.day);
}

// Batches of events that are gone are looked at too.
constexpr std::uint64_t AllRevisions = std::numeric_limits<std::int64_t>::max();

Result<std::map<Cell, Sums>> sumCharges(Connection& connection, const StoredBatch& stored,
    AuditCheck& totals, const TaskContext& context)
{
    std::map<Cell, Sums> sums;
    std::uint64_t rows = 0;
    SLUICE_TRY(
        const std::vector<StoredSegment> segments, readChargeSegments(connection, stored.batch.id));
    for (const StoredSegment& info : segments) {
        if (context.stopRequested())
            return TaskContext::cancelled();
        SLUICE_TRY(const std::string bytes,
            readChargeSegmentBytes(connection, stored.batch.id, info.index));
        SLUICE_TRY(const ChargeSegment segment, ChargeSegment::decode(bytes, SegmentPart::Facts));
        if (!describes(info, segment))
            totals.fault(stored.batch.publicId + ": segment " + std::to_string(info.index)
                + " does not hold the rows and days that are stored of it");
        for (std::size_t i = 0; i < segment.size(); ++i) {
            const Charge charge = segment.at(i);
            Sums& cell = sums[{charge.scope, charge.key, charge.day}];
            ++cell.charges;
            for (std::size_t m = 0; m < MeasureCount; ++m)
                cell.costs[m] += charge.costs[m];
        }
        rows += segment.size();
    }
    if (rows != stored.batch.rowsAccepted)
        totals.fault(stored.batch.publicId + " holds " + std::to_string(rows) + " charges, not "
            + std::to_string(stored.batch.rowsAccepted));
    return sums;
}

// The sums of each scope against what was stored for it.
void compareScopes(
    const StoredBatch& stored, const std::map<Cell, Sums>& charges, AuditCheck& check)
{
    std::vector<Sums> byScope(stored.batch.scopes.size());
    for (const auto& [cell, sums] : charges) {
        if (std::get<0>(cell) >= byScope.size()) {
            check.fault(stored.batch.publicId + " has a charge without a scope");
            return;
        }
        Sums& scope = byScope[std::get<0>(cell)];
        scope.charges += sums.charges;
        for (std::size_t m = 0; m < MeasureCount; ++m)
            scope.costs[m] += sums.costs[m];
    }
    for (std::size_t i = 0; i < byScope.size(); ++i) {
        Sums wanted;
        for (const CurrencyTotals& totals : stored.batch.scopes[i].totals) {
            wanted.charges += totals.charges;
            for (std::size_t m = 0; m < MeasureCount; ++m)
                wanted.costs[m] += totals.costs[m];
        }
        if (byScope[i] != wanted)
            check.fault(stored.batch.publicId + ", " + stored.batch.scopes[i].billingAccount
                + ": the charges do not add up to the stored totals");
    }
}

Status compareRollup(Connection& connection, const StoredBatch& stored,
    const std::map<Cell, Sums>& charges, AuditCheck& check)
{
    std::map<Cell, Sums> cells;
    SLUICE_TRY_DO(forEachRollupSegment(connection, stored.batch.id,
        [&](const StoredSegment& info, std::string_view bytes) -> Status {
            SLUICE_TRY(const RollupCells rollup, decodeRollup(bytes));
            if (!describes(info, rollup))
                check.fault(stored.batch.publicId + ": roll-up segment "
                    + std::to_string(info.index) + " does not hold the days that are stored of it");
            for (std::size_t i = 0; i < rollup.size(); ++i) {
                Sums& cell = cells[{rollup.scope[i], rollup.key[i], rollup.day[i]}];
                cell.charges += rollup.charges[i];
                for (std::size_t m = 0; m < MeasureCount; ++m)
                    cell.costs[m] += rollup.costs[m][i];
            }
            return Status::success();
        }));
    if (cells != charges)
        check.fault(stored.batch.publicId + ": the daily roll-up differs from the charges");
    return Status::success();
}

Status auditStanding(Connection& connection, const std::vector<StoredBatch>& batches,
    const std::vector<bool>& added, AuditCheck& events, AuditCheck& totals)
{
    SLUICE_TRY(const std::vector<StoredSupersession> supersessions, readSupersessions(connection));
    auditSupersessions(batches, supersessions, totals);
    auditDeliveries(batches, added, events);
    SLUICE_TRY(const std::vector<std::string> idle, readSourcesWithoutBatch(connection));
    for (const std::string& source : idle)
        events.fault("no event brought anything of source '" + source + "'");
    return Status::success();
}

// The stored figures of one batch against its charges.
Status auditBatch(Connection& connection, const StoredBatch& stored, AuditCheck& totals,
    AuditCheck& rollups, const TaskContext& context)
{
    auto charges = sumCharges(connection, stored, totals, context);
    if (!charges.ok())
        return totals.noteDamage(std::move(charges).error(), stored.batch.publicId);
    compareScopes(stored, *charges, totals);
    return rollups.noteDamage(
        compareRollup(connection, stored, *charges, rollups), stored.batch.publicId);
}

// The revision that this very transaction sees, whatever is committed meanwhile.
Result<std::uint64_t> lastEvent(Connection& connection)
{
    SLUICE_TRY(
        const std::int64_t seq, connection.queryInt("SELECT coalesce(max(seq), 0) FROM events"));
    return static_cast<std::uint64_t>(seq);
}

Status readDictionary(Connection& connection, LedgerDictionary& dictionary)
{
    SLUICE_TRY(dictionary.demoted, readDemotedFields(connection));
    KeyDictionary& keys = dictionary.keys.emplace();
    Status loaded = loadDictionary(connection, keys);
    if (!loaded.ok())
        dictionary.keys.reset();
    return loaded;
}

} // namespace

Result<std::vector<VerifyCheck>> auditLedger(
    ReadPool& readers, const LedgerTimeZone& zone, const TaskContext& context)
{
    std::vector<StoredBatch> batches;
    LedgerDictionary dictionary;
    std::uint64_t revision = 0;
    AuditCheck pages{"integrity"};
    AuditCheck events{"event_chain"};
    AuditCheck rollups{"rollups"};
    AuditCheck totals{"control_totals"};
    AuditCheck documents{"documents"};
    {
        SLUICE_TRY(ReadPool::Lease lease, readers.acquire());
        Connection& connection = lease.connection();
        SLUICE_TRY_DO(pages.noteDamage(checkPages(connection, pages), "the file"));
        SLUICE_TRY(revision, lastEvent(connection));
        const auto readAll = [&]() -> Status {
            SLUICE_TRY(batches, readBatches(connection, AllRevisions, true));
            return Status::success();
        };
        SLUICE_TRY_DO(totals.noteDamage(readAll(), "the batches"));
        EventAudit log{events};
        std::vector<bool> added;
        SLUICE_TRY_DO(events.noteDamage(auditEvents(connection, batches, log, added), "the log"));
        auditStandingScopes(batches, added, totals);
        SLUICE_TRY_DO(totals.noteDamage(
            auditStanding(connection, batches, added, events, totals), "the batches"));
        for (const StoredBatch& stored : batches)
            SLUICE_TRY_DO(auditBatch(connection, stored, totals, rollups, context));
        SLUICE_TRY_DO(
            documents.noteDamage(readDictionary(connection, dictionary), "the charge keys"));
    }
    DeliveryAudit deliveries{readers, zone, dictionary, documents, totals};
    for (std::size_t i = 0; i < batches.size(); ++i) {
        context.report({"documents", i, batches.size()});
        SLUICE_TRY_DO(deliveries.audit(batches[i], context));
    }
    std::vector<VerifyCheck> checks;
    checks.push_back(pages.done("pages and references are sound"));
    checks.push_back(
        events.done(counted(revision, "event", "s") + ", each linked to the one before"));
    checks.push_back(rollups.done(
        "the daily roll-ups equal the charges of " + counted(batches.size(), "batch", "es")));
    checks.push_back(
        totals.done("control totals equal the documents, and the charges equal the totals"));
    checks.push_back(documents.done(
        "every document has the hash it was imported with, and gives what is stored of it"));
    return checks;
}

} // namespace sluice
