// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/demo/DemoCalendar.h"
#include "core/services/demo/DemoStream.h"

#include <cstdint>

namespace sluice {

// What a stream costs on a day when nothing goes wrong, at list price, in 10^-6 of its currency:
// its normal amount shaped by growth, weekday, holidays, month-end and chance. Zero on days without
// a line.
std::int64_t demoAmount(
    std::uint64_t seed, const DemoStream& stream, BusinessDate day, const DemoCalendar& calendar);

} // namespace sluice
