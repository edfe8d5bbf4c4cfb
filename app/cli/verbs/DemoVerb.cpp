// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/DemoVerb.h"

#include "app/cli/Options.h"
#include "app/cli/VerbContext.h"
#include "app/cli/verbs/QueryOptions.h"
#include "core/services/DemoService.h"

namespace sluice {

VerbInfo DemoVerb::info() const
{
    return {"demo", "Makes a new ledger of an invented company: 24 months, 12 departments, planted incidents.",
        "sluice-cli demo sample.sluice --seed 7 --truth truth.json"};
}

void DemoVerb::declare(Options& options)
{
    options.argument("LEDGER", m_ledger, "the new ledger file");
    options.option({"--seed", "N", "the same seed gives the same company (7)"}, m_seed);
    options.option({"--today", "DATE", "the day after the last delivery (today)"}, m_today);
    options.option({"--truth", "FILE", "where to write what was planted, as JSON"}, m_truthFile);
}

Result<ExitCode> DemoVerb::run(VerbContext& context)
{
    std::optional<BusinessDate> today;
    if (!m_today.empty()) {
        SLUICE_TRY(today, parseDay("--today", m_today));
    }
    if (!m_truthFile.empty())
        SLUICE_TRY_DO(requireNewFile(m_truthFile));
    SLUICE_TRY(const Credential credential, context.newCredential(m_ledger));
    SLUICE_TRY(const Workspace::Created created, Workspace::create(m_ledger, {}, credential, context.environment()));
    SLUICE_TRY(const std::string truth, DemoService{*created.workspace}.fill(m_seed, today, context.task()));
    if (!m_truthFile.empty())
        SLUICE_TRY_DO(writeNewFile(m_truthFile, truth));
    const std::string& id = created.workspace->settings().ledgerId;
    Output& output = context.output();
    output.answer(created.workspace->revision(), [&](JsonWriter& json) { json.member("ledger_id", id).member("recovery_code", created.recoveryCode); });
    Table table{{{"ledger_id", ""}, {"recovery_code", ""}}};
    table.addRow({Cell::text(id), Cell::text(created.recoveryCode)});
    output.csv(table);
    output.line("The sample company is in " + m_ledger + ". Try: sluice-cli map " + m_ledger);
    output.line("Recovery code (shown this once; write it down): " + created.recoveryCode);
    return ExitCode::Done;
}

} // namespace sluice
