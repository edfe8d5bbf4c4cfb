// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/VerbRegistry.h"

#include <string>
#include <vector>

namespace sluice {

// All verbs, one line each.
std::string overviewText(const VerbRegistry& registry);
// The verbs of a group like "rules", one line each.
std::string groupHelpText(const std::string& group, const std::vector<const Verb*>& verbs);
// Usage, arguments, options and an example of one verb. `own` holds its options, `common` those of
// every verb.
std::string verbHelpText(const Verb& verb, const Options& own, const Options& common);

} // namespace sluice
