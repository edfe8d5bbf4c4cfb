// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Output.h"
#include "core/services/ImportService.h"

#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// How a mapping file is written, for the help.
inline constexpr std::string_view MappingNotes =
    R"(A mapping is a JSON object; what it says comes before the profile:
  "columns": {"BilledCost": ["Net cost", "Cost"]}        FOCUS column: its names in the file, the first one there wins
  "constants": {"BillingCurrency": "EUR"}                for columns that the file does not have
  "values": {"ChargeCategory": {"consumption": "Usage"}} value in the file: FOCUS value
  "decimal": ",", "thousands": "."                       how numbers are written (. , ' or a blank)
  "dates": "day_first"                                   how 03/04/2026 is read (else month_first)
  "inclusive_ends": ["ChargePeriodEnd"]                  ends of periods that name their last day
  "source": "NAME", "kind": "billed", "delivery": "overwrite" (or "append")
)";

// The name of a batch's document, or "first and N more".
std::string batchFile(const Batch& batch);
// The members that describe a batch, as the contract names them, into an open object.
void writeBatch(JsonWriter& json, const Batch& batch);
// The member "verdicts".
void writeVerdicts(JsonWriter& json, const std::vector<Verdict>& verdicts);
// Answers an import or a retry. Faults when rows were quarantined.
ExitCode printImport(Output& output, const ImportReport& report, bool dryRun);

} // namespace sluice
