// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/DemoVerb.h"

#include "app/cli/Options.h"
#include "app/cli/VerbContext.h"
#include "app/cli/verbs/QueryOptions.h"
#include "core/services/DemoService.h"

namespace sluice {

VerbInfo DemoVerb::info() const
{
    return {"demo",
        "Makes a new ledger of an invented company: 24 months, 12 departments, planted incidents.",
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
    SLUICE_TRY(const DemoService::Made made,
        DemoService::make(
            m_ledger, credential, m_seed, today, context.environment(), context.task()));
    if (!m_truthFile.empty())
        SLUICE_TRY_DO(writeNewFile(m_truthFile, made.truth));
    Output& output = context.output();
    output.answer(made.revision, [&](JsonWriter& json) {
        json.member("ledger_id", made.ledgerId).member("recovery_code", made.recoveryCode);
    });
    Table table{{{"ledger_id", ""}, {"recovery_code", ""}}};
    table.addRow({Cell::text(made.ledgerId), Cell::text(made.recoveryCode)});
    output.csv(table);
    output.line("The sample company is in " + m_ledger + ". Try: sluice-cli map " + m_ledger);
    output.line("Recovery code (shown this once; write it down): " + made.recoveryCode);
    return ExitCode::Done;
}

} // namespace sluice
