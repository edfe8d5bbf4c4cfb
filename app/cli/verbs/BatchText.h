// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Output.h"
#include "core/services/ImportService.h"

#include <string>
#include <vector>

namespace sluice {

// The name of a batch's document, or "first and N more".
std::string batchFile(const Batch& batch);
// The members that describe a batch, as the contract names them, into an open object.
void writeBatch(JsonWriter& json, const Batch& batch);
// The member "verdicts".
void writeVerdicts(JsonWriter& json, const std::vector<Verdict>& verdicts);
// Answers an import or a retry. Faults when rows were quarantined, BadInput when a file was rejected.
ExitCode printImport(Output& output, const ImportReport& report, bool dryRun);

} // namespace sluice
