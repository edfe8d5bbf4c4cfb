// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/PassphraseVerb.h"

#include "app/cli/Options.h"
#include "app/cli/Secrets.h"
#include "app/cli/VerbContext.h"
#include "core/services/MaintenanceService.h"

namespace sluice {

namespace {

Result<SecureBytes> newPassphrase(const std::string& file, const std::string& ledger)
{
    if (!file.empty())
        return readPassphraseFile(file);
    if (!canPrompt())
        return Error{ErrorCode::Usage, "--new-passphrase-file", "there is no new passphrase",
            "Name a file that holds it, or run it in a terminal"};
    SLUICE_TRY(SecureBytes first, promptPassphrase("New passphrase for " + ledger));
    SLUICE_TRY(const SecureBytes second, promptPassphrase("The same again"));
    if (!(first == second))
        return Error{ErrorCode::BadInput, ledger, "the two passphrases differ", "Try again"};
    return first;
}

} // namespace

VerbInfo PassphraseVerb::info() const
{
    return {"passphrase",
        "Gives the ledger another passphrase; the old one opens it no more, copies keep theirs.",
        "sluice-cli passphrase company.sluice --passphrase-file old.txt --new-passphrase-file new.txt"};
}

void PassphraseVerb::declare(Options& options)
{
    options.argument("LEDGER", m_ledger, "the ledger file");
    options.option(
        {"--new-passphrase-file", "FILE", "the new passphrase (else asked for)"}, m_file);
}

Result<ExitCode> PassphraseVerb::run(VerbContext& context)
{
    SLUICE_TRY(const OpenLedger ledger, context.open(m_ledger));
    SLUICE_TRY(const SecureBytes passphrase, newPassphrase(m_file, m_ledger));
    SLUICE_TRY_DO(
        MaintenanceService{*ledger.workspace}.changePassphrase(passphrase, ledger.principal));
    Output& output = context.output();
    output.answer(ledger.workspace->revision(),
        [&](JsonWriter& json) { json.member("ledger_id", ledger.workspace->settings().ledgerId); });
    output.line("The new passphrase opens " + m_ledger + "; backups made before keep the old one.");
    return ExitCode::Done;
}

} // namespace sluice
