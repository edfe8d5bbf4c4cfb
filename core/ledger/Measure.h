// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sluice {

// The four costs that FOCUS gives each charge. An answer is about one of them.
enum class Measure : std::uint8_t { BilledCost, EffectiveCost, ListCost, ContractedCost };
inline constexpr std::size_t MeasureCount = 4;
inline constexpr std::array<Measure, MeasureCount> Measures{
    Measure::BilledCost, Measure::EffectiveCost, Measure::ListCost, Measure::ContractedCost};

// The three kinds of number that are never added up: owed, usage × catalogue, ordered or approved.
enum class BatchKind : std::uint8_t { Billed, Estimated, Committed };

std::string_view measureName(Measure measure); // "billed_cost"
std::string_view measureColumn(Measure measure); // "BilledCost"
Result<Measure> parseMeasure(std::string_view name);
std::string_view batchKindName(BatchKind kind); // "billed"
Result<BatchKind> parseBatchKind(std::string_view name);

} // namespace sluice
