// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace sluice {

// Keeps keys out of crash dumps and away from other programs' debuggers: no core file, not
// traceable by other processes of the same person. Call first thing in main(), before any key is in
// memory. Where the system knows no such thing it does nothing.
void keepSecretsInThisProcess();

} // namespace sluice
