// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/ImportVerb.h"

#include "app/cli/Options.h"
#include "app/cli/VerbContext.h"
#include "app/cli/verbs/BatchText.h"
#include "app/cli/verbs/PreviewText.h"
#include "app/cli/verbs/QueryOptions.h"

namespace sluice {

VerbInfo ImportVerb::info() const
{
    return {"import", "Brings cost exports into the ledger: all files of one call or none.",
        "sluice-cli import company.sluice aws-march.csv.gz azure-export/ --source production",
        MappingNotes};
}

void ImportVerb::declare(Options& options)
{
    options.argument("LEDGER", m_ledger, "the ledger file");
    options.arguments("PATH", m_request.paths, "files, or folders that hold one delivery each");
    options.option(
        {"--source", "NAME",
            "name of the source (else the one its accounts came from before, or the provider's)"},
        m_request.source);
    options.option(
        {"--profile", "NAME", "how to read the columns (else recognised)"}, m_request.profile);
    options.option(
        {"--kind", "KIND", "billed, estimated or committed (else the profile's)"}, m_kind);
    options.option({"--map", "FILE", "a mapping of the file's columns"}, m_request.mappingFile);
    options.flag("--dry-run", m_request.dryRun, "do everything but keep it");
    options.flag("--preview", m_preview,
        "keep nothing, and show row by row what is new, changed, there already, gone or wrong");
    options.flag("--replace-smaller", m_request.replaceSmaller,
        "accept a delivery that shrinks what it replaces by more than half, or whose period takes in shorter ones");
    options.flag("--restate", m_request.restate,
        "bring a file back that was imported before and has been replaced since");
}

Result<ExitCode> ImportVerb::run(VerbContext& context)
{
    if (!m_kind.empty()) {
        const auto kind = parseBatchKind(m_kind);
        if (!kind.ok())
            return asUsage("--kind " + m_kind, kind.error());
        m_request.kind = *kind;
    }
    SLUICE_TRY(const OpenLedger ledger, context.open(m_ledger));
    if (m_preview) {
        SLUICE_TRY(const ImportPreview preview,
            ImportService{*ledger.workspace}.preview(m_request, ledger.principal, context.task()));
        return printPreview(context.output(), preview);
    }
    SLUICE_TRY(const ImportReport report,
        ImportService{*ledger.workspace}.import(m_request, ledger.principal, context.task()));
    return printImport(context.output(), report, m_request.dryRun);
}

} // namespace sluice
