// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

namespace sluice {

// The bytes of resources/PATH as built into the program; empty when there is no such file.
std::string_view resource(std::string_view path);
std::vector<std::string_view> resourcePaths();
// The lines of a text resource without comments ('#'), blank lines and surrounding white space.
std::vector<std::string_view> resourceLines(std::string_view path);

} // namespace sluice
