// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/TableModel.h"

#include <numeric>

namespace sluice::ui {

std::int64_t rowsIn(const std::vector<RowRange>& ranges)
{
    return std::accumulate(ranges.begin(), ranges.end(), std::int64_t{0},
        [](std::int64_t sum, const RowRange& range) { return sum + range.last - range.first + 1; });
}

} // namespace sluice::ui
