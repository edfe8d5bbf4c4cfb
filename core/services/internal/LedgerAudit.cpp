// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/LedgerAudit.h"

#include "core/ledger/Event.h"
#include "core/services/internal/BatchImport.h"
#include "core/services/internal/StoredDocuments.h"
#include "core/store/tables/EventTable.h"

#include <map>
#include <thread>
#include <tuple>

namespace sluice {
namespace {

using Cell = std::tuple<std::uint32_t, KeyId, std::int32_t>; // scope, key of the batch, day
struct Sums {
    std::array<Int128, MeasureCount> costs{};
    std::uint64_t charges{0};
    bool operator==(const Sums&) const = default;
};

// Collects faults of one check; the first few are told.
class Check {
public:
    explicit Check(std::string name)
        : m_name{std::move(name)}
    {
    }
    void fault(const std::string& text)
    {
        if (++m_faults <= 3)
            m_detail += (m_detail.empty() ? "" : "; ") + text;
    }
    [[nodiscard]] VerifyCheck done(const std::string& whenGood) const
    {
        return {m_name, m_faults == 0,
            m_faults == 0 ? whenGood
                          : m_detail
                    + (m_faults > 3 ? "; and " + std::to_string(m_faults - 3) + " more" : "")};
    }

private:
    std::string m_name;
    std::string m_detail;
    std::size_t m_faults{0};
};

std::string counted(std::uint64_t number, const std::string& what, std::string_view ending)
{
    return std::to_string(number) + " " + what
        + (number == 1 ? std::string{} : std::string{ending});
}

// Damage is what is looked for: a fault of the check at hand. Other errors end the verification.
Status noteDamage(Status done, const std::string& place, Check& check)
{
    if (done.ok() || done.error().code != ErrorCode::Damaged)
        return done;
    check.fault(place + ": " + done.error().what);
    return Status::success();
}

Status checkPages(Connection& connection, Check& check)
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
    return Status::success();
}

Status checkEvents(Connection& connection, std::uint64_t revision, Check& check)
{
    EventChain chain;
    std::uint64_t expected = 1;
    SLUICE_TRY_DO(forEachEvent(
        connection, [&](std::uint64_t seq, const Sha256& id, std::string_view canonical) -> Status {
            const auto event = parseEvent(canonical);
            if (seq != expected++)
                check.fault("event " + std::to_string(seq) + " is out of order");
            else if (!event.ok() || event->id != id)
                check.fault("event " + std::to_string(seq) + " was altered");
            else if (const Status linked = chain.add(*event); !linked.ok())
                check.fault("event " + std::to_string(seq) + ": " + linked.error().what);
            return Status::success();
        }));
    if (expected != revision + 1)
        check.fault("the log ends at event " + std::to_string(expected - 1) + ", not "
            + std::to_string(revision));
    return Status::success();
}

Result<std::map<Cell, Sums>> sumCharges(
    Connection& connection, const StoredBatch& stored, Check& totals, const TaskContext& context)
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
void compareScopes(const StoredBatch& stored, const std::map<Cell, Sums>& charges, Check& check)
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
    const std::map<Cell, Sums>& charges, Check& check)
{
    std::map<Cell, Sums> cells;
    SLUICE_TRY_DO(forEachRollupSegment(
        connection, stored.batch.id, [&](const StoredSegment&, std::string_view bytes) -> Status {
            SLUICE_TRY(const RollupCells rollup, decodeRollup(bytes));
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

// The stored figures of one batch against its charges.
Status auditBatch(Connection& connection, const StoredBatch& stored, Check& totals, Check& rollups,
    const TaskContext& context)
{
    auto charges = sumCharges(connection, stored, totals, context);
    if (!charges.ok())
        return noteDamage(std::move(charges).error(), stored.batch.publicId, totals);
    compareScopes(stored, *charges, totals);
    return noteDamage(
        compareRollup(connection, stored, *charges, rollups), stored.batch.publicId, rollups);
}

// Reads the stored documents as if they were imported anew.
Result<ImportedDelivery> readAgain(ReadPool& readers, const LedgerTimeZone& zone,
    const StoredBatch& stored, const TaskContext& context)
{
    BatchImport::Options options;
    options.profile = stored.batch.profile;
    options.source = stored.batch.source;
    options.kind = stored.batch.kind;
    if (!stored.mapping.empty()) {
        SLUICE_TRY(options.mapping, parseProfile(stored.mapping, "the batch's mapping"));
    }
    std::vector<DeliveryFile> files;
    for (const DocumentInfo& document : stored.batch.documents)
        files.push_back({document.name,
            [&readers, document] { return openStoredDocument(readers, document); }, std::nullopt});
    KeyDictionary keys;
    BoundedQueue<ImportOutput> output{8};
    std::jthread drain{[&output] {
        while (output.pop()) { }
    }};
    auto result = BatchImport{options, zone, keys, output, context}.run(files);
    output.close();
    return result;
}

void compareDelivery(
    const Batch& batch, const ImportedDelivery& again, Check& documents, Check& totals)
{
    for (std::size_t i = 0; i < batch.documents.size(); ++i) {
        if (again.batch.documents[i].sha256 != batch.documents[i].sha256)
            documents.fault(batch.documents[i].name + " is not the file that was imported");
    }
    if (again.batch.rowsRead != batch.rowsRead || again.batch.rowsAccepted != batch.rowsAccepted)
        totals.fault(batch.publicId + ": its documents now give "
            + std::to_string(again.batch.rowsAccepted) + " charges, not "
            + std::to_string(batch.rowsAccepted));
    if (again.batch.controlTotals != batch.controlTotals)
        totals.fault(batch.publicId + ": the control totals differ from those of its documents");
}

} // namespace

Result<std::vector<VerifyCheck>> auditLedger(ReadPool& readers, const LedgerTimeZone& zone,
    std::uint64_t revision, const TaskContext& context)
{
    std::vector<StoredBatch> batches;
    Check pages{"integrity"};
    Check events{"event_chain"};
    Check rollups{"rollups"};
    Check totals{"control_totals"};
    Check documents{"documents"};
    {
        SLUICE_TRY(ReadPool::Lease lease, readers.acquire());
        Connection& connection = lease.connection();
        SLUICE_TRY_DO(noteDamage(checkPages(connection, pages), "the file", pages));
        SLUICE_TRY_DO(noteDamage(checkEvents(connection, revision, events), "the log", events));
        const auto readAll = [&]() -> Status {
            SLUICE_TRY(batches, readBatches(connection, revision, true));
            return Status::success();
        };
        SLUICE_TRY_DO(noteDamage(readAll(), "the batches", totals));
        for (const StoredBatch& stored : batches)
            SLUICE_TRY_DO(auditBatch(connection, stored, totals, rollups, context));
    }
    for (std::size_t i = 0; i < batches.size(); ++i) {
        context.report({"documents", i, batches.size()});
        const auto again = readAgain(readers, zone, batches[i], context);
        if (again.ok())
            compareDelivery(batches[i].batch, *again, documents, totals);
        else
            SLUICE_TRY_DO(noteDamage(again.error(), batches[i].batch.publicId, documents));
    }
    std::vector<VerifyCheck> checks;
    checks.push_back(pages.done("pages and references are sound"));
    checks.push_back(
        events.done(counted(revision, "event", "s") + ", each linked to the one before"));
    checks.push_back(rollups.done(
        "the daily roll-ups equal the charges of " + counted(batches.size(), "batch", "es")));
    checks.push_back(
        totals.done("control totals equal the documents, and the charges equal the totals"));
    checks.push_back(documents.done("every document has the hash it was imported with"));
    return checks;
}

} // namespace sluice
