// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/RuleModel.h"

#include <string>

namespace sluice {

// What to change in the export so that the rule holds: one sentence without a full stop.
std::string ruleFix(const Rule& rule);

} // namespace sluice
