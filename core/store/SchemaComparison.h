// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/Connection.h"

#include <string>
#include <vector>

namespace sluice {

// Compares the tables, indexes and triggers of a ledger of the newest schema with those that the
// migrations make: what is missing, what is altered and what is there besides, a sentence each.
Result<std::vector<std::string>> schemaDifferences(Connection& connection);

} // namespace sluice
