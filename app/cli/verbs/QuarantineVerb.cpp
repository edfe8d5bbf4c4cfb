// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/QuarantineVerb.h"

#include "app/cli/Options.h"
#include "app/cli/VerbContext.h"
#include "app/cli/verbs/BatchText.h"

#include <algorithm>
#include <limits>

namespace sluice {

namespace {

struct Held {
    std::string batch;
    QuarantinedRow row;
};

Table tableOf(const std::vector<Held>& rows)
{
    Table table{
        {{"batch", "batch"}, {"row", "row"}, {"document", ""}, {"line", "line"}, {"rule", "rule"},
            {"column", "column"}, {"value", "value"}, {"reason", "reason"}, {"raw_line", ""}}};
    for (const Held& held : rows) {
        const QuarantinedRow& row = held.row;
        table.addRow({Cell::text(held.batch), Cell::count(row.row), Cell::count(row.document),
            Cell::count(row.line), Cell::text(row.rule), Cell::text(row.column),
            Cell::text(row.value), Cell::text(row.reason), Cell::text(row.rawLine)});
    }
    return table;
}

// The given batch alone, or all that have quarantined rows and still count for something.
Result<std::vector<Held>> heldRows(
    const ImportService& imports, const std::string& only, const Principal& principal)
{
    std::vector<std::string> ids{only};
    if (only.empty()) {
        ids.clear();
        SLUICE_TRY(const std::vector<Batch> batches, imports.batches(principal));
        for (const Batch& batch : batches) {
            // A batch that was tried again is there twice, under one name.
            if (batch.rowsQuarantined > 0 && !isReplaced(batch)
                && std::find(ids.begin(), ids.end(), batch.publicId) == ids.end())
                ids.push_back(batch.publicId);
        }
    }
    std::vector<Held> held;
    for (const std::string& id : ids) {
        SLUICE_TRY(std::vector<QuarantinedRow> rows,
            imports.quarantine(id, std::numeric_limits<std::size_t>::max(), principal));
        for (QuarantinedRow& row : rows)
            held.push_back({id, std::move(row)});
    }
    return held;
}

} // namespace

VerbInfo QuarantineVerb::info() const
{
    return {"quarantine",
        "Rows that cannot be charges: lists them, exports them, tries them again.",
        "sluice-cli quarantine company.sluice b-0123456789abcdef --retry --map columns.json",
        MappingNotes};
}

void QuarantineVerb::declare(Options& options)
{
    options.argument("LEDGER", m_ledger, "the ledger file");
    options.optionalArgument("BATCH", m_batch, "this batch alone");
    options.flag("--retry", m_retry, "read the batch again, under the mapping of today");
    options.option(
        {"--map", "FILE", "with --retry: a mapping of the file's columns"}, m_mappingFile);
    options.flag("--replace-smaller", m_replaceSmaller,
        "with --retry: also where it takes the place of more than it brings");
    options.option({"--export", "FILE", "write the rows to a new CSV file"}, m_exportFile);
}

Result<ExitCode> QuarantineVerb::run(VerbContext& context)
{
    if (m_retry && (m_batch.empty() || !m_exportFile.empty()))
        return Error{ErrorCode::Usage, "--retry",
            "it needs a batch and does not go together with --export",
            "Name the batch to read again"};
    if (!m_retry && m_replaceSmaller)
        return Error{ErrorCode::Usage, "--replace-smaller", "it goes together with --retry", {}};
    if (!m_retry && !m_mappingFile.empty())
        return Error{ErrorCode::Usage, "--map", "it goes together with --retry", {}};
    SLUICE_TRY(const OpenLedger ledger, context.open(m_ledger));
    ImportService imports{*ledger.workspace};
    Output& output = context.output();
    if (m_retry) {
        SLUICE_TRY(const ImportReport report,
            imports.retry(
                m_batch, m_mappingFile, ledger.principal, context.task(), m_replaceSmaller));
        return printImport(output, report, false);
    }
    SLUICE_TRY(const std::vector<Held> rows, heldRows(imports, m_batch, ledger.principal));
    const Table table = tableOf(rows);
    if (!m_exportFile.empty())
        SLUICE_TRY_DO(writeNewFile(m_exportFile, table.csv()));
    output.answer(ledger.workspace->revision(),
        [&](JsonWriter& json) { table.writeJsonRows(json.key("rows")); });
    if (!m_exportFile.empty()) {
        output.line((table.size() == 1 ? "1 row is in "
                                       : grouped(std::to_string(table.size())) + " rows are in ")
            + m_exportFile + ".");
        return ExitCode::Done;
    }
    output.csv(table); // without rows its header
    if (table.empty())
        output.note("Nothing is in quarantine.");
    else
        output.peopleTable(table);
    return ExitCode::Done;
}

} // namespace sluice
