// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/attribution/Attribution.h"
#include "core/ledger/Organisation.h"
#include "core/ledger/Principal.h"

namespace sluice {

// What a principal who does not see everything may know of the organisation: the principal's units
// with everything below them at any time, their workflows and cost centres, what the visible
// attribution names, and the people who own any of it or are the principal. Of another unit that
// the principal owns a charge in, the name alone.
Organisation scopedOrganisation(
    const Organisation& whole, const Principal& principal, const AttributionTable& visible);

} // namespace sluice
