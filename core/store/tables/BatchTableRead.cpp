// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/ColumnCoding.h"
#include "core/store/StoreError.h"
#include "core/store/tables/BatchTable.h"
#include "core/store/tables/RowText.h"

#include <algorithm>
#include <functional>

namespace sluice {
namespace {

constexpr std::string_view HeadColumns
    = "SELECT id, public_id, source, kind, profile, mapping, focus_version, imported_at, revision, rows_read, "
      "rows_accepted, rows_quarantined, keys, (SELECT delivery FROM sources WHERE name = source) FROM batches ";

std::uint64_t unsignedAt(const Statement& row, int column)
{
    return static_cast<std::uint64_t>(row.columnInt(column));
}

// Runs `visit` for each row of a query about one batch.
Status forEachRow(Connection& connection, std::string_view sql, BatchRowId batch,
    const std::function<Status(const Statement&)>& visit)
{
    SLUICE_TRY(Statement query, connection.prepare(sql));
    query.bind(1, batch.value());
    for (;;) {
        SLUICE_TRY(const bool more, query.step());
        if (!more)
            return Status::success();
        SLUICE_TRY_DO(visit(query));
    }
}

Error damaged(Connection& connection)
{
    return {ErrorCode::Damaged, connection.path(), "a batch does not fit together",
        "Run verify, or open the newest backup"};
}

Result<StoredBatch> readHead(Connection& connection, const Statement& row)
{
    StoredBatch stored;
    Batch& batch = stored.batch;
    batch.id = BatchRowId{row.columnInt(0)};
    batch.publicId = row.columnText(1);
    batch.source = row.columnText(2);
    SLUICE_TRY(batch.kind, asStored(parseBatchKind(row.columnText(3)), connection.path()));
    batch.profile = row.columnText(4);
    stored.mapping = row.columnText(5);
    batch.focusVersion = row.columnText(6);
    batch.importedAt = Timestamp{row.columnInt(7)};
    batch.revision = unsignedAt(row, 8);
    batch.rowsRead = unsignedAt(row, 9);
    batch.rowsAccepted = unsignedAt(row, 10);
    batch.rowsQuarantined = unsignedAt(row, 11);
    batch.appends = row.columnText(13) == "append";
    ColumnReader reader{blobText(row, 12)};
    const std::uint64_t count = reader.number();
    std::vector<std::uint64_t> numbers;
    if (count <= batch.rowsRead) // each key was made by a row of its own
        reader.numbers(static_cast<std::size_t>(count), numbers);
    if (!reader.ok() || numbers.size() != count)
        return damaged(connection);
    for (const std::uint64_t number : numbers)
        stored.keys.push_back(static_cast<KeyId>(number));
    return stored;
}

Status readDocuments(Connection& connection, Batch& batch)
{
    return forEachRow(connection,
        "SELECT d.id, b.name, d.sha256, d.byte_count FROM batch_documents b JOIN documents d ON d.id = b.document "
        "WHERE b.batch = ?1 ORDER BY b.ordinal",
        batch.id, [&](const Statement& row) -> Status {
            DocumentInfo document;
            document.id = DocumentRowId{row.columnInt(0)};
            document.name = row.columnText(1);
            const auto hash = row.columnBlob(2);
            if (hash.size() != document.sha256.size())
                return damaged(connection);
            std::copy(hash.begin(), hash.end(), document.sha256.begin());
            document.byteCount = unsignedAt(row, 3);
            batch.documents.push_back(std::move(document));
            return Status::success();
        });
}

// A row (ordinal of the batch's scope, public id of another batch).
Status nameOther(
    Connection& connection, Batch& batch, const Statement& row, std::string Scope::*member)
{
    if (unsignedAt(row, 0) >= batch.scopes.size())
        return damaged(connection);
    batch.scopes[unsignedAt(row, 0)].*member = row.columnText(1);
    return Status::success();
}

Status readScopes(Connection& connection, Batch& batch)
{
    SLUICE_TRY_DO(forEachRow(connection,
        "SELECT billing_account, period_start, period_end, rows FROM scopes WHERE batch = ?1 ORDER BY ordinal",
        batch.id, [&](const Statement& row) -> Status {
            Scope scope;
            scope.billingAccount = row.columnText(0);
            scope.periodStart = row.columnInt(1);
            scope.periodEnd = row.columnInt(2);
            scope.rows = unsignedAt(row, 3);
            batch.scopes.push_back(std::move(scope));
            return Status::success();
        }));
    SLUICE_TRY_DO(forEachRow(connection,
        "SELECT ordinal, currency, charges, billed, effective, list, contracted FROM scope_totals WHERE batch = ?1 "
        "ORDER BY ordinal, currency",
        batch.id, [&](const Statement& row) -> Status {
            if (unsignedAt(row, 0) >= batch.scopes.size())
                return damaged(connection);
            CurrencyTotals totals;
            SLUICE_TRY(
                totals.currency, asStored(Currency::parse(row.columnText(1)), connection.path()));
            totals.charges = unsignedAt(row, 2);
            for (std::size_t m = 0; m < MeasureCount; ++m) {
                const auto amount = parseInt128(row.columnText(static_cast<int>(3 + m)));
                if (!amount)
                    return damaged(connection);
                totals.costs[m] = *amount;
            }
            batch.scopes[unsignedAt(row, 0)].totals.push_back(totals);
            return Status::success();
        }));
    SLUICE_TRY_DO(forEachRow(connection,
        "SELECT p.billing_account, p.period_start, p.period_end, o.public_id FROM supersessions s JOIN batches o ON o.id = s.batch "
        "JOIN scopes p ON p.batch = s.batch AND p.ordinal = s.ordinal WHERE s.by_batch = ?1 ORDER BY s.batch, s.ordinal",
        batch.id, [&](const Statement& row) {
            Scope old;
            old.billingAccount = row.columnText(0);
            old.periodStart = row.columnInt(1);
            old.periodEnd = row.columnInt(2);
            for (Scope& scope : batch.scopes) {
                if (takesPlaceOf(scope, old))
                    scope.supersedes = row.columnText(3);
            }
            return Status::success();
        }));
    return forEachRow(connection,
        "SELECT s.ordinal, n.public_id FROM supersessions s JOIN batches n ON n.id = s.by_batch WHERE s.batch = ?1",
        batch.id, [&](const Statement& row) {
            return nameOther(connection, batch, row, &Scope::supersededBy);
        });
}

Status readReports(Connection& connection, Batch& batch)
{
    SLUICE_TRY_DO(forEachRow(connection,
        "SELECT column_name, currency, file, accepted, ledger, residual FROM control_totals WHERE batch = ?1 ORDER BY currency",
        batch.id, [&](const Statement& row) -> Status {
            ControlTotal total;
            total.column = row.columnText(0);
            if (const auto currency = Currency::parse(row.columnText(1)); currency.ok())
                total.currency = *currency;
            total.file = row.columnText(2);
            total.accepted = row.columnText(3);
            total.ledger = row.columnText(4);
            total.residual = row.columnText(5);
            batch.controlTotals.push_back(std::move(total));
            return Status::success();
        }));
    const auto measureOf = [](const ControlTotal& total) {
        return std::find_if(Measures.begin(), Measures.end(),
            [&total](Measure m) { return measureColumn(m) == total.column; });
    };
    std::stable_sort(batch.controlTotals.begin(), batch.controlTotals.end(),
        [&](const ControlTotal& a, const ControlTotal& b) {
            return a.currency != b.currency ? a.currency < b.currency : measureOf(a) < measureOf(b);
        });
    return forEachRow(connection,
        "SELECT rule, column_name, level, rows, first_line, sample, fix FROM verdicts WHERE batch = ?1 ORDER BY ordinal",
        batch.id, [&](const Statement& row) -> Status {
            Verdict verdict;
            verdict.rule = row.columnText(0);
            verdict.column = row.columnText(1);
            for (const VerdictLevel level : {VerdictLevel::Finding, VerdictLevel::Quarantine,
                     VerdictLevel::Reject, VerdictLevel::Waived}) {
                if (row.columnText(2) == verdictLevelName(level))
                    verdict.level = level;
            }
            verdict.rows = unsignedAt(row, 3);
            verdict.firstLine = unsignedAt(row, 4);
            verdict.sample = row.columnText(5);
            verdict.fix = row.columnText(6);
            batch.verdicts.push_back(std::move(verdict));
            return Status::success();
        });
}

} // namespace

Result<std::vector<StoredBatch>> readBatches(
    Connection& connection, std::uint64_t revision, bool withReports)
{
    std::vector<StoredBatch> batches;
    {
        SLUICE_TRY(Statement query,
            connection.prepare(std::string{HeadColumns} + "WHERE revision <= ?1 ORDER BY id"));
        query.bind(1, static_cast<std::int64_t>(revision));
        for (;;) {
            SLUICE_TRY(const bool more, query.step());
            if (!more)
                break;
            SLUICE_TRY(StoredBatch stored, readHead(connection, query));
            batches.push_back(std::move(stored));
        }
    }
    for (StoredBatch& stored : batches) {
        SLUICE_TRY_DO(readDocuments(connection, stored.batch));
        SLUICE_TRY_DO(readScopes(connection, stored.batch));
        if (withReports)
            SLUICE_TRY_DO(readReports(connection, stored.batch));
    }
    return batches;
}

Status requireKnownKeys(Connection& connection, const std::vector<StoredBatch>& batches,
    const KeyDictionary& dictionary)
{
    for (const StoredBatch& stored : batches) {
        for (const KeyId key : stored.keys) {
            if (key >= dictionary.keyCount())
                return Error{ErrorCode::Damaged, connection.path(),
                    "batch " + stored.batch.publicId
                        + " has charge keys that are not in the ledger",
                    "Run verify, or open the newest backup"};
        }
    }
    return Status::success();
}

Result<StoredBatch> readBatch(Connection& connection, const std::string& publicId)
{
    SLUICE_TRY(Statement query,
        connection.prepare(
            std::string{HeadColumns} + "WHERE public_id = ?1 ORDER BY id DESC LIMIT 1"));
    query.bindText(1, publicId);
    SLUICE_TRY(const bool found, query.step());
    if (!found)
        return Error{ErrorCode::NotFound, {}, "there is no batch " + publicId,
            "`sluice-cli batches LEDGER` lists them"};
    SLUICE_TRY(StoredBatch stored, readHead(connection, query));
    SLUICE_TRY_DO(readDocuments(connection, stored.batch));
    SLUICE_TRY_DO(readScopes(connection, stored.batch));
    SLUICE_TRY_DO(readReports(connection, stored.batch));
    return stored;
}

Result<std::map<ScopeRef, BatchRowId>> readSupersessions(
    Connection& connection, std::uint64_t revision)
{
    SLUICE_TRY(Statement query,
        connection.prepare(
            "SELECT batch, ordinal, by_batch FROM supersessions WHERE revision <= ?1"));
    query.bind(1, static_cast<std::int64_t>(revision));
    std::map<ScopeRef, BatchRowId> result;
    for (;;) {
        SLUICE_TRY(const bool more, query.step());
        if (!more)
            return result;
        result.emplace(ScopeRef{BatchRowId{query.columnInt(0)},
                           static_cast<std::uint32_t>(query.columnInt(1))},
            BatchRowId{query.columnInt(2)});
    }
}

Result<std::vector<StoredSupersession>> readSupersessions(Connection& connection)
{
    SLUICE_TRY(Statement query,
        connection.prepare(
            "SELECT batch, ordinal, by_batch, revision FROM supersessions ORDER BY batch, ordinal"));
    std::vector<StoredSupersession> supersessions;
    for (;;) {
        SLUICE_TRY(const bool more, query.step());
        if (!more)
            return supersessions;
        supersessions.push_back(
            {{BatchRowId{query.columnInt(0)}, static_cast<std::uint32_t>(query.columnInt(1))},
                BatchRowId{query.columnInt(2)}, unsignedAt(query, 3)});
    }
}

Result<std::vector<std::string>> readSourcesWithoutBatch(Connection& connection)
{
    SLUICE_TRY(Statement query,
        connection.prepare(
            "SELECT name FROM sources WHERE name NOT IN (SELECT source FROM batches)"));
    std::vector<std::string> names;
    for (;;) {
        SLUICE_TRY(const bool more, query.step());
        if (!more)
            return names;
        names.emplace_back(query.columnText(0));
    }
}

Result<std::vector<QuarantinedRow>> readQuarantine(
    Connection& connection, BatchRowId batch, std::size_t limit, std::uint64_t afterRow)
{
    std::vector<QuarantinedRow> rows;
    SLUICE_TRY(Statement query,
        connection.prepare(
            "SELECT row, document, line, rule, column_name, value, reason, raw_line FROM quarantined_rows WHERE batch = ?1 AND row > ?3 ORDER BY row LIMIT ?2"));
    query.bind(1, batch.value()).bind(2, static_cast<std::int64_t>(limit));
    query.bind(3, static_cast<std::int64_t>(afterRow));
    for (;;) {
        SLUICE_TRY(const bool more, query.step());
        if (!more)
            return rows;
        rows.push_back({unsignedAt(query, 0), static_cast<std::uint32_t>(query.columnInt(1)),
            unsignedAt(query, 2), std::string{query.columnText(3)},
            std::string{query.columnText(4)}, std::string{query.columnText(5)},
            std::string{query.columnText(6)}, std::string{query.columnText(7)}});
    }
}

Result<std::vector<DemotedField>> readDemotedFields(Connection& connection)
{
    SLUICE_TRY(Statement query,
        connection.prepare(
            "SELECT d.source, d.field, d.batch, b.public_id FROM demoted_fields d JOIN batches b ON b.id = d.batch ORDER BY d.batch, d.field"));
    std::vector<DemotedField> fields;
    for (;;) {
        SLUICE_TRY(const bool more, query.step());
        if (!more)
            return fields;
        fields.push_back({std::string{query.columnText(0)}, std::string{query.columnText(1)},
            BatchRowId{query.columnInt(2)}, std::string{query.columnText(3)}});
    }
}

Result<std::set<std::string>> readDemotedFields(Connection& connection, const std::string& source)
{
    SLUICE_TRY(
        Statement query, connection.prepare("SELECT field FROM demoted_fields WHERE source = ?1"));
    query.bindText(1, source);
    std::set<std::string> fields;
    for (;;) {
        SLUICE_TRY(const bool more, query.step());
        if (!more)
            return fields;
        fields.emplace(query.columnText(0));
    }
}

} // namespace sluice
