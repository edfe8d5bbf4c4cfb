// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <string>
#include <string_view>
#include <utility>

struct sqlite3;

namespace sluice {

// SQLite's result code as an Error. `doing` is "reading", "committing", …; the path is the
// ledger's.
Error storeError(int code, sqlite3* database, std::string_view doing);
Error storeError(int code, const std::string& path, std::string_view doing);

// What the ledger holds was written by this program: that it cannot be read any more is damage,
// where the same text from outside would be bad input. Trouble with the disk stays what it is.
Error damageOf(Error error, const std::string& path);
template <class Value>
Result<Value> asStored(Result<Value> read, const std::string& path)
{
    return read.ok() ? std::move(read) : damageOf(std::move(read).error(), path);
}

} // namespace sluice
