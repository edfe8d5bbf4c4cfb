// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/BackupVerb.h"

#include "app/cli/Options.h"
#include "app/cli/VerbContext.h"
#include "core/services/MaintenanceService.h"

namespace sluice {

VerbInfo BackupVerb::info() const
{
    return {"backup", "Writes a consistent copy of the ledger, with its keys beside it.",
        "sluice-cli backup company.sluice /media/safe/company-2026-10.sluice"};
}

void BackupVerb::declare(Options& options)
{
    options.argument("LEDGER", m_ledger, "the ledger file");
    options.argument("FILE", m_file, "the copy; there may be no file of that name yet");
}

Result<ExitCode> BackupVerb::run(VerbContext& context)
{
    SLUICE_TRY(const OpenLedger ledger, context.open(m_ledger));
    SLUICE_TRY_DO(
        MaintenanceService{*ledger.workspace}.backup(m_file, ledger.principal, context.task()));
    Output& output = context.output();
    output.answer(
        ledger.workspace->revision(), [&](JsonWriter& json) { json.member("file", m_file); });
    output.line("The copy is " + m_file + "; the same passphrase or key opens it.");
    return ExitCode::Done;
}

} // namespace sluice
