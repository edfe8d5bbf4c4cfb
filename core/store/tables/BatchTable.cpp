// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/tables/BatchTable.h"

#include "core/ledger/ColumnCoding.h"
#include "core/store/tables/RowText.h"

#include <array>

namespace sluice {
namespace {

std::int64_t signedOf(std::uint64_t value)
{
    return static_cast<std::int64_t>(value);
}

std::string encodeKeys(const std::vector<KeyId>& keys)
{
    ColumnWriter writer;
    writer.number(keys.size());
    writer.numbers(std::vector<std::uint64_t>(keys.begin(), keys.end()));
    return writer.data();
}

Status insertHead(Connection& connection, const StoredBatch& stored)
{
    const Batch& batch = stored.batch;
    SLUICE_TRY(Statement insert,
        connection.prepare(
            "INSERT INTO batches(id, public_id, source, kind, profile, mapping, focus_version, imported_at, revision, "
            "rows_read, rows_accepted, rows_quarantined, keys) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"));
    insert.bind(1, batch.id.value())
        .bindText(2, batch.publicId)
        .bindText(3, batch.source)
        .bindText(4, batchKindName(batch.kind));
    insert.bindText(5, batch.profile)
        .bindText(6, stored.mapping)
        .bindText(7, batch.focusVersion)
        .bind(8, batch.importedAt.micros());
    insert.bind(9, signedOf(batch.revision))
        .bind(10, signedOf(batch.rowsRead))
        .bind(11, signedOf(batch.rowsAccepted));
    insert.bind(12, signedOf(batch.rowsQuarantined)).bindBlob(13, bytesOf(encodeKeys(stored.keys)));
    return insert.run();
}

Status insertDocuments(Connection& connection, const Batch& batch)
{
    SLUICE_TRY(Statement insert,
        connection.prepare(
            "INSERT INTO batch_documents(batch, ordinal, document, name) VALUES (?1, ?2, ?3, ?4)"));
    for (std::size_t i = 0; i < batch.documents.size(); ++i) {
        insert.bind(1, batch.id.value())
            .bind(2, signedOf(i))
            .bind(3, batch.documents[i].id.value())
            .bindText(4, batch.documents[i].name);
        SLUICE_TRY_DO(insert.run());
    }
    return Status::success();
}

Status insertScopes(Connection& connection, const Batch& batch)
{
    SLUICE_TRY(Statement insert,
        connection.prepare(
            "INSERT INTO scopes(batch, ordinal, billing_account, period_start, period_end, rows) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));
    SLUICE_TRY(Statement total,
        connection.prepare(
            "INSERT INTO scope_totals(batch, ordinal, currency, charges, billed, effective, list, contracted) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"));
    for (std::size_t i = 0; i < batch.scopes.size(); ++i) {
        const Scope& scope = batch.scopes[i];
        insert.bind(1, batch.id.value())
            .bind(2, signedOf(i))
            .bindText(3, scope.billingAccount)
            .bind(4, scope.periodStart);
        insert.bind(5, scope.periodEnd).bind(6, signedOf(scope.rows));
        SLUICE_TRY_DO(insert.run());
        for (const CurrencyTotals& totals : scope.totals) {
            total.bind(1, batch.id.value())
                .bind(2, signedOf(i))
                .bindText(3, totals.currency.code())
                .bind(4, signedOf(totals.charges));
            for (std::size_t m = 0; m < MeasureCount; ++m)
                total.bindText(static_cast<int>(5 + m), toString(totals.costs[m]));
            SLUICE_TRY_DO(total.run());
        }
    }
    return Status::success();
}

Status insertControlTotals(Connection& connection, const Batch& batch)
{
    SLUICE_TRY(Statement insert,
        connection.prepare(
            "INSERT INTO control_totals(batch, column_name, currency, file, accepted, ledger, residual) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"));
    for (const ControlTotal& total : batch.controlTotals) {
        insert.bind(1, batch.id.value())
            .bindText(2, total.column)
            .bindText(3, total.currency.isSet() ? total.currency.code() : std::string_view{});
        insert.bindText(4, total.file)
            .bindText(5, total.accepted)
            .bindText(6, total.ledger)
            .bindText(7, total.residual);
        SLUICE_TRY_DO(insert.run());
    }
    return Status::success();
}

Status insertVerdicts(Connection& connection, const Batch& batch)
{
    SLUICE_TRY(Statement insert,
        connection.prepare(
            "INSERT INTO verdicts(batch, ordinal, rule, column_name, level, rows, first_line, sample, fix) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"));
    for (std::size_t i = 0; i < batch.verdicts.size(); ++i) {
        const Verdict& verdict = batch.verdicts[i];
        insert.bind(1, batch.id.value())
            .bind(2, signedOf(i))
            .bindText(3, verdict.rule)
            .bindText(4, verdict.column);
        insert.bindText(5, verdictLevelName(verdict.level))
            .bind(6, signedOf(verdict.rows))
            .bind(7, signedOf(verdict.firstLine));
        insert.bindText(8, verdict.sample).bindText(9, verdict.fix);
        SLUICE_TRY_DO(insert.run());
    }
    return Status::success();
}

} // namespace

Result<BatchRowId> nextBatchId(Connection& connection)
{
    SLUICE_TRY(
        const std::int64_t newest, connection.queryInt("SELECT coalesce(max(id), 0) FROM batches"));
    return BatchRowId{newest + 1};
}

Result<bool> discardSomeStaged(Connection& connection)
{
    // Frames and segments are some 100 KB each, rows some hundred bytes.
    constexpr std::array<std::string_view, 4> Pieces{
        "DELETE FROM document_frames WHERE rowid IN (SELECT rowid FROM document_frames WHERE document > (SELECT coalesce(max(id), 0) FROM documents) LIMIT 16)",
        "DELETE FROM charge_segments WHERE rowid IN (SELECT rowid FROM charge_segments WHERE batch > (SELECT coalesce(max(id), 0) FROM batches) LIMIT 4)",
        "DELETE FROM rollup_segments WHERE rowid IN (SELECT rowid FROM rollup_segments WHERE batch > (SELECT coalesce(max(id), 0) FROM batches) LIMIT 4)",
        "DELETE FROM quarantined_rows WHERE (batch, row) IN (SELECT batch, row FROM quarantined_rows WHERE batch > (SELECT coalesce(max(id), 0) FROM batches) LIMIT 2000)"};
    bool any = false;
    for (const std::string_view piece : Pieces) {
        SLUICE_TRY(Statement remove, connection.prepare(piece));
        SLUICE_TRY_DO(remove.run());
        any = any || connection.changes() > 0;
    }
    return any;
}

Status insertBatch(Connection& connection, const StoredBatch& stored)
{
    SLUICE_TRY_DO(insertHead(connection, stored));
    SLUICE_TRY_DO(insertDocuments(connection, stored.batch));
    SLUICE_TRY_DO(insertScopes(connection, stored.batch));
    SLUICE_TRY_DO(insertControlTotals(connection, stored.batch));
    return insertVerdicts(connection, stored.batch);
}

Status insertQuarantinedRows(
    Connection& connection, BatchRowId batch, const std::vector<QuarantinedRow>& rows)
{
    SLUICE_TRY(Statement insert,
        connection.prepare(
            "INSERT INTO quarantined_rows(batch, row, document, line, rule, column_name, value, reason, raw_line) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"));
    for (const QuarantinedRow& row : rows) {
        insert.bind(1, batch.value())
            .bind(2, signedOf(row.row))
            .bind(3, std::int64_t{row.document})
            .bind(4, signedOf(row.line));
        insert.bindText(5, row.rule)
            .bindText(6, row.column)
            .bindText(7, row.value)
            .bindText(8, row.reason)
            .bindText(9, row.rawLine);
        SLUICE_TRY_DO(insert.run());
    }
    return Status::success();
}

Status insertSupersession(
    Connection& connection, ScopeRef scope, BatchRowId by, std::uint64_t revision)
{
    SLUICE_TRY(Statement insert,
        connection.prepare(
            "INSERT INTO supersessions(batch, ordinal, by_batch, revision) VALUES (?1, ?2, ?3, ?4)"));
    insert.bind(1, scope.batch.value())
        .bind(2, std::int64_t{scope.ordinal})
        .bind(3, by.value())
        .bind(4, signedOf(revision));
    return insert.run();
}

Result<bool> sourceAppends(Connection& connection, const std::string& source)
{
    SLUICE_TRY(Statement query, connection.prepare("SELECT delivery FROM sources WHERE name = ?1"));
    query.bindText(1, source);
    SLUICE_TRY(const bool known, query.step());
    if (known)
        return query.columnText(0) == "append";
    SLUICE_TRY_DO(setSourceAppends(connection, source, false));
    return false;
}

Status setSourceAppends(Connection& connection, const std::string& source, bool append)
{
    SLUICE_TRY(Statement insert,
        connection.prepare(
            "INSERT INTO sources(name, delivery) VALUES (?1, ?2) ON CONFLICT(name) DO UPDATE SET delivery = excluded.delivery"));
    insert.bindText(1, source).bindText(2, append ? "append" : "overwrite");
    return insert.run();
}

Status insertDemotedField(
    Connection& connection, const std::string& source, const std::string& field, BatchRowId batch)
{
    SLUICE_TRY(Statement insert,
        connection.prepare("INSERT INTO demoted_fields(source, field, batch) VALUES (?1, ?2, ?3)"));
    insert.bindText(1, source).bindText(2, field).bind(3, batch.value());
    return insert.run();
}

} // namespace sluice
