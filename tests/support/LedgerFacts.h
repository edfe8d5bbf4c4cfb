// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/ImportService.h"
#include "core/services/MaintenanceService.h"
#include "core/services/SpendService.h"

#include <string>

namespace sluice::test {

// What a command that fails must leave as it was: the revision, every batch with its rows and
// totals, the figures by service and day, and that the ledger is sound. As text, so that a failed
// comparison shows what differs.
inline std::string ledgerFacts(Workspace& workspace)
{
    const Principal owner = Principal::owner();
    std::string facts = "revision " + std::to_string(workspace.revision()) + "\n";
    const auto batches = ImportService{workspace}.batches(owner);
    if (!batches.ok())
        return errorSentence(batches.error());
    for (const Batch& batch : *batches) {
        facts += batch.publicId + " " + std::to_string(batch.rowsAccepted) + "/"
            + std::to_string(batch.rowsRead) + "\n";
        for (const ControlTotal& total : batch.controlTotals)
            facts += total.column + " " + std::string{total.currency.code()} + " " + total.file
                + " " + total.ledger + "\n";
    }
    SpendQuery query;
    query.by.push_back(*parseDimension("service"));
    query.grain = Grain::Day;
    const auto spend = SpendService{workspace}.spend(query, {}, owner, {});
    if (!spend.ok())
        return errorSentence(spend.error());
    for (const SpendRow& row : spend->rows)
        facts += row.values.front() + " " + row.bucket + " " + amountText(row.amount, row.currency)
            + " " + std::string{row.currency.code()} + "\n";
    const auto checks = MaintenanceService{workspace}.verify(owner, {});
    if (!checks.ok())
        return errorSentence(checks.error());
    for (const VerifyCheck& check : *checks)
        facts += check.name + (check.passed ? " passed\n" : " FAILED: " + check.detail + "\n");
    return facts;
}

// Whether the facts speak of a sound ledger.
inline bool isSound(const std::string& facts)
{
    return facts.starts_with("revision ") && facts.find("FAILED") == std::string::npos;
}

} // namespace sluice::test
