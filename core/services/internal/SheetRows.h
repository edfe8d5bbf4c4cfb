// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/TableSheet.h"

namespace sluice {

// Pulls all rows of the sheet through `take` and says how many there were: looks at the stop token
// and reports progress on the way. The error of whoever stopped it.
Result<std::uint64_t> forEachRow(const TableSheet& sheet, const TaskContext& context,
    const std::function<Status(const TableSheet::Row&)>& take);

} // namespace sluice
