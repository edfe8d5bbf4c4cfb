// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/VerbRegistry.h"

#include <string>

namespace sluice {

// All verbs, one line each.
std::string overviewText(const VerbRegistry& registry);
// Usage, arguments, options and an example of one verb. `own` holds its options, `common` those of every verb.
std::string verbHelpText(const Verb& verb, const Options& own, const Options& common);

} // namespace sluice
