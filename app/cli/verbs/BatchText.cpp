// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/BatchText.h"

namespace sluice {

namespace {

void writeScopes(JsonWriter& json, const std::vector<Scope>& scopes)
{
    json.key("scopes").beginArray();
    for (const Scope& scope : scopes) {
        json.beginObject().member("billing_account", scope.billingAccount);
        json.member("billing_period", billingPeriodLabel(scope.periodStart, scope.periodEnd))
            .countMember("rows", scope.rows);
        Cell::textOrNone(scope.supersedes).writeJson(json.key("supersedes"));
        Cell::textOrNone(scope.supersededBy).writeJson(json.key("superseded_by"));
        json.endObject();
    }
    json.endArray();
}

void writeControlTotals(JsonWriter& json, const std::vector<ControlTotal>& totals)
{
    json.key("control_totals").beginArray();
    for (const ControlTotal& total : totals) {
        json.beginObject().member("column", total.column);
        Cell::textOrNone(total.currency.code()).writeJson(json.key("currency"));
        json.member("file", total.file).member("accepted", total.accepted);
        json.member("ledger", total.ledger).member("residual", total.residual).endObject();
    }
    json.endArray();
}

void writeDocuments(JsonWriter& json, const std::vector<DocumentInfo>& documents)
{
    json.member("sha256", toHex(deliveryHash(documents)));
    json.key("documents").beginArray();
    for (const DocumentInfo& document : documents) {
        json.beginObject().member("name", document.name).member("sha256", toHex(document.sha256));
        json.countMember("bytes", document.byteCount).endObject();
    }
    json.endArray();
}

void writeImported(JsonWriter& json, const ImportedBatch& imported)
{
    json.beginObject()
        .member("status", batchStatusName(imported.status))
        .member("path", imported.file);
    writeBatch(json, imported.batch);
    json.key("skipped").beginArray();
    for (const std::string& name : imported.skipped)
        json.string(name);
    json.endArray();
    json.key("beside").beginArray();
    for (const std::string& sentence : imported.beside)
        json.string(sentence);
    json.endArray();
    json.endObject();
}

Table importTable(const ImportReport& report)
{
    Table table{{{"file", "file"}, {"status", "status"}, {"id", "batch"}, {"source", "source"},
        {"kind", "kind"}, {"focus_version", "FOCUS"}, {"rows_read", "rows"},
        {"rows_accepted", "accepted"}, {"rows_quarantined", "quarantined"}}};
    for (const ImportedBatch& imported : report.batches) {
        const Batch& batch = imported.batch;
        table.addRow({Cell::text(imported.file), Cell::text(batchStatusName(imported.status)),
            Cell::text(batch.publicId), Cell::text(batch.source),
            Cell::text(batchKindName(batch.kind)), Cell::text(batch.focusVersion),
            Cell::count(batch.rowsRead), Cell::count(batch.rowsAccepted),
            Cell::count(batch.rowsQuarantined)});
    }
    return table;
}

Table controlTable(const ImportReport& report)
{
    Table table{{{"column", "control total"}, {"currency", "currency"}, {"file", "file"},
        {"accepted", "accepted"}, {"ledger", "ledger"}, {"residual", "residual"}}};
    for (const ImportedBatch& imported : report.batches) {
        for (const ControlTotal& total : imported.batch.controlTotals) {
            table.addRow({Cell::text(total.column), Cell::text(total.currency.code()),
                Cell::decimal(total.file), Cell::decimal(total.accepted),
                Cell::decimal(total.ledger), Cell::decimal(total.residual)});
        }
    }
    return table;
}

Table verdictTable(const ImportReport& report)
{
    Table table{{{"rule", "rule"}, {"column", "column"}, {"level", "level"}, {"rows", "rows"},
        {"first_line", "first line"}, {"sample", "value there"}, {"fix", "fix"}}};
    for (const ImportedBatch& imported : report.batches) {
        for (const Verdict& verdict : imported.batch.verdicts) {
            table.addRow({Cell::text(verdict.rule), Cell::text(verdict.column),
                Cell::text(verdictLevelName(verdict.level)), Cell::count(verdict.rows),
                Cell::count(verdict.firstLine), Cell::text(verdict.sample),
                Cell::text(verdict.fix)});
        }
    }
    return table;
}

void printForPeople(Output& output, const ImportReport& report, bool dryRun)
{
    for (const Table& table : {controlTable(report), verdictTable(report)}) {
        if (table.empty())
            continue;
        output.line("");
        output.peopleTable(table);
    }
    for (const ImportedBatch& imported : report.batches) {
        for (const std::string& name : imported.skipped)
            output.note("Skipped in " + imported.file + ": " + name + " is no part of a delivery.");
        if (imported.status == BatchStatus::Unchanged)
            output.note(imported.file + " was imported before: nothing changed.");
        for (const Scope& scope : imported.batch.scopes) {
            if (!scope.supersededBy.empty())
                output.note("Of " + imported.file + ", " + scopeLabel(scope)
                    + " does not count: batch " + scope.supersededBy + " has taken its place.");
        }
        if (imported.status == BatchStatus::Unchanged && hasGivenWay(imported.batch))
            output.note("To bring it back, say --restate.");
        for (const std::string& sentence : imported.beside)
            output.note(sentence + ".");
        if (imported.status == BatchStatus::Imported && imported.batch.appends)
            output.note("Source " + imported.batch.source + " appends: " + imported.file
                + " is added to what was there.");
    }
    if (dryRun)
        output.note("Nothing was kept: this was a dry run.");
}

} // namespace

std::string batchFile(const Batch& batch)
{
    if (batch.documents.empty())
        return {};
    const std::string& first = batch.documents.front().name;
    const std::size_t more = batch.documents.size() - 1;
    return more == 0 ? first : first + " and " + std::to_string(more) + " more";
}

void writeVerdicts(JsonWriter& json, const std::vector<Verdict>& verdicts)
{
    json.key("verdicts").beginArray();
    for (const Verdict& verdict : verdicts) {
        json.beginObject()
            .member("rule", verdict.rule)
            .member("column", verdict.column)
            .member("level", verdictLevelName(verdict.level));
        json.countMember("rows", verdict.rows).countMember("first_line", verdict.firstLine);
        json.member("sample", verdict.sample).member("fix", verdict.fix).endObject();
    }
    json.endArray();
}

void writeBatch(JsonWriter& json, const Batch& batch)
{
    json.member("id", batch.publicId)
        .member("source", batch.source)
        .member("kind", batchKindName(batch.kind));
    json.member("delivery", batch.appends ? "append" : "overwrite");
    json.member("profile", batch.profile).member("file", batchFile(batch));
    writeDocuments(json, batch.documents);
    Cell::textOrNone(batch.focusVersion).writeJson(json.key("focus_version"));
    json.member("imported_at", batch.importedAt.toIso());
    json.countMember("rows_read", batch.rowsRead).countMember("rows_accepted", batch.rowsAccepted);
    json.countMember("rows_quarantined", batch.rowsQuarantined);
    writeScopes(json, batch.scopes);
    writeControlTotals(json, batch.controlTotals);
    writeVerdicts(json, batch.verdicts);
}

ExitCode printImport(Output& output, const ImportReport& report, bool dryRun)
{
    ExitCode code = ExitCode::Done;
    for (const ImportedBatch& imported : report.batches) {
        if (imported.batch.rowsQuarantined > 0)
            code = ExitCode::Faults;
    }
    output.answer(report.revision, [&](JsonWriter& json) {
        json.key("batches").beginArray();
        for (const ImportedBatch& imported : report.batches)
            writeImported(json, imported);
        json.endArray();
        json.key("dry_run").boolean(dryRun);
    });
    output.table(importTable(report));
    printForPeople(output, report, dryRun);
    return code;
}

} // namespace sluice
