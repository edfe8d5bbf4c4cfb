// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/TaskContext.h"

#include <string_view>

namespace sluice {

// Whether every part of a packed workbook is there to its end. The library that writes it does not
// look whether its temporary files could be written: on a full disk it packs what fitted and calls
// that done. Cancelled, else true or false.
Result<bool> isWholeXlsx(std::string_view zip, const TaskContext& context);

} // namespace sluice
