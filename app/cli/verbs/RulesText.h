// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Table.h"
#include "core/services/OwnershipService.h"

#include <vector>

namespace sluice {

inline constexpr std::size_t MaxRulesetBytes = 16U << 20;

Table rulesetTable(const std::vector<RulesetInfo>& rulesets);

} // namespace sluice
