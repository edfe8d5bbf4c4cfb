// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/attribution/Ruleset.h"
#include "core/ledger/Organisation.h"

#include <vector>

namespace sluice {

// The texts that a ruleset's own rules (not those it extends) assign as owner, unit, cost centre or
// workflow and that the organisation has on no day. They work as written, and often are slips. None
// while there is no organisation.
std::vector<RulesetRemark> unknownObjects(const Ruleset& ruleset, const Organisation& organisation);

} // namespace sluice
