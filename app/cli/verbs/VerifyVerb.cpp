// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/VerifyVerb.h"

#include "app/cli/Options.h"
#include "app/cli/VerbContext.h"
#include "core/services/MaintenanceService.h"

namespace sluice {

VerbInfo VerifyVerb::info() const
{
    return {"verify",
        "Reads the whole ledger and says whether it is sound: pages, figures, documents, events.",
        "sluice-cli verify company.sluice"};
}

void VerifyVerb::declare(Options& options)
{
    options.argument("LEDGER", m_ledger, "the ledger file");
}

Result<ExitCode> VerifyVerb::run(VerbContext& context)
{
    SLUICE_TRY(const OpenLedger ledger, context.open(m_ledger));
    SLUICE_TRY(const std::vector<VerifyCheck> checks,
        MaintenanceService{*ledger.workspace}.verify(ledger.principal, context.task()));
    Table table{{{"name", "check"}, {"result", "result"}, {"detail", "detail"}}};
    bool sound = true;
    for (const VerifyCheck& check : checks) {
        table.addRow({Cell::text(check.name), Cell::text(check.passed ? "pass" : "fail"),
            Cell::text(check.detail)});
        sound = sound && check.passed;
    }
    Output& output = context.output();
    output.answer(ledger.workspace->revision(),
        [&](JsonWriter& json) { table.writeJsonRows(json.key("checks")); });
    output.table(table);
    return sound ? ExitCode::Done : ExitCode::Faults;
}

} // namespace sluice
