// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <string>
#include <string_view>

struct sqlite3;

namespace sluice {

// SQLite's result code as an Error. `doing` is "reading", "committing", …; the path is the
// ledger's.
Error storeError(int code, sqlite3* database, std::string_view doing);
Error storeError(int code, const std::string& path, std::string_view doing);

} // namespace sluice
