// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/BatchesVerb.h"

#include "app/cli/Options.h"
#include "app/cli/VerbContext.h"
#include "app/cli/verbs/BatchText.h"

namespace sluice {

VerbInfo BatchesVerb::info() const
{
    return {"batches", "What was imported, newest first.", "sluice-cli batches company.sluice"};
}

void BatchesVerb::declare(Options& options)
{
    options.argument("LEDGER", m_ledger, "the ledger file");
}

Result<ExitCode> BatchesVerb::run(VerbContext& context)
{
    SLUICE_TRY(const OpenLedger ledger, context.open(m_ledger));
    SLUICE_TRY(const std::vector<Batch> batches,
        ImportService{*ledger.workspace}.batches(ledger.principal));
    Output& output = context.output();
    output.answer(ledger.workspace->revision(), [&](JsonWriter& json) {
        json.key("batches").beginArray();
        for (const Batch& batch : batches) {
            json.beginObject();
            writeBatch(json, batch);
            json.endObject();
        }
        json.endArray();
    });
    Table table{{{"id", "batch"}, {"source", "source"}, {"kind", "kind"}, {"file", "file"},
        {"imported_at", "imported"}, {"rows_accepted", "accepted"},
        {"rows_quarantined", "quarantined"}, {"findings", "findings"}}};
    for (const Batch& batch : batches) {
        table.addRow({Cell::text(batch.publicId), Cell::text(batch.source),
            Cell::text(batchKindName(batch.kind)), Cell::text(batchFile(batch)),
            Cell::text(batch.importedAt.toIso()), Cell::count(batch.rowsAccepted),
            Cell::count(batch.rowsQuarantined), Cell::count(batch.verdicts.size())});
    }
    output.table(table);
    if (table.empty())
        output.note("Nothing was imported yet.");
    return ExitCode::Done;
}

} // namespace sluice
