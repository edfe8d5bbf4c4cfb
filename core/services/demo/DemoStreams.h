// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/demo/DemoCalendar.h"
#include "core/services/demo/DemoStream.h"

#include <vector>

namespace sluice {

// All that the demo company pays for. The same seed and calendar give the same streams.
std::vector<DemoStream> demoStreams(std::uint64_t seed, const DemoCalendar& calendar);

} // namespace sluice
