// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/demo/DemoStream.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace sluice {

// The tags that someone at the company gave a resource, as such tags are: keys and values in any
// case, twin keys, nicknames of teams, half of them forgotten. Empty for one in twelve: nobody's.
std::string demoTags(std::uint64_t seed, std::uint32_t stream, DemoSource source,
    std::size_t department, std::size_t workflow);

} // namespace sluice
