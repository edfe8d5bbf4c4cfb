// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/Profile.h"
#include "core/ingest/RuleRun.h"

namespace sluice {

// Whether what a broken rule says of a file is known of files with this profile and not the user's
// to mend. What keeps a row from being a charge, or a file from being read, cannot be waived: only
// that a value is missing which the profile derives.
[[nodiscard]] bool isWaived(const RuleResult& result, const Profile& profile);

} // namespace sluice
