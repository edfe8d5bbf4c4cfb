// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Output.h"
#include "core/services/ImportPreview.h"

namespace sluice {

// Answers `import --preview`. Faults when rows would be quarantined; BadInput, with the reason on
// the error stream, when the import would be refused.
ExitCode printPreview(Output& output, const ImportPreview& preview);

} // namespace sluice
