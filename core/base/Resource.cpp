// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Resource.h"

namespace sluice {

std::vector<std::string_view> resourceLines(std::string_view path)
{
    std::vector<std::string_view> lines;
    std::string_view rest = resource(path);
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        line = line.substr(0, line.find('#'));
        const std::size_t first = line.find_first_not_of(" \t\r");
        if (first == std::string_view::npos)
            continue;
        lines.push_back(line.substr(first, line.find_last_not_of(" \t\r") - first + 1));
    }
    return lines;
}

} // namespace sluice
