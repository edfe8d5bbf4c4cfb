// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/InitVerb.h"

#include "app/cli/Options.h"
#include "app/cli/VerbContext.h"
#include "app/cli/verbs/QueryOptions.h"
#include "core/services/Workspace.h"

namespace sluice {

VerbInfo InitVerb::info() const
{
    return {"init", "Makes a new, empty, encrypted ledger. Its recovery code is shown once.",
        "sluice-cli init company.sluice --currency EUR --fiscal-year-start 4 --time-zone Europe/Berlin"};
}

void InitVerb::declare(Options& options)
{
    options.argument("LEDGER", m_ledger, "the ledger file");
    options.option({"--currency", "CODE", "currency of reports (USD)"}, m_wanted.currency);
    options.option({"--fiscal-year-start", "MONTH", "month in which the fiscal year starts (1)"},
        m_wanted.fiscalYearStart);
    options.option({"--time-zone", "ZONE", "zone in which a day begins and ends, for ever (UTC)"},
        m_wanted.timeZone);
    options.flag(
        "--keychain", m_wanted.rememberInKeychain, "keep the key in the system's keychain too");
}

Result<ExitCode> InitVerb::run(VerbContext& context)
{
    if (const auto currency = Currency::parse(m_wanted.currency); !currency.ok())
        return asUsage("--currency", currency.error());
    SLUICE_TRY(const Credential credential, context.newCredential(m_ledger));
    SLUICE_TRY(const Workspace::Created created,
        Workspace::create(m_ledger, m_wanted, credential, context.environment()));
    const std::string& id = created.workspace->settings().ledgerId;
    Output& output = context.output();
    output.answer(created.workspace->revision(), [&](JsonWriter& json) {
        json.member("ledger_id", id).member("recovery_code", created.recoveryCode);
    });
    Table table{{{"ledger_id", ""}, {"recovery_code", ""}}};
    table.addRow({Cell::text(id), Cell::text(created.recoveryCode)});
    output.csv(table);
    output.line("Ledger " + id + " is " + m_ledger + ". Its keys are in " + m_ledger
        + ".keys: keep both together.");
    output.line("Recovery code (shown this once; write it down): " + created.recoveryCode);
    return ExitCode::Done;
}

} // namespace sluice
