// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace sluice {

// Whether bytes begin as gzip does.
bool isGzip(std::string_view head);

// What a file is that is no text, by its first bytes, and what its owner can do about it. Empty
// `what`: not known to be anything of that sort.
struct ForeignFile {
    std::string_view what;
    std::string_view fix;
};
ForeignFile recogniseForeignFile(std::string_view head);

} // namespace sluice
