// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/Connection.h"
#include "tests/support/TempLedger.h"

#include <string>
#include <utility>
#include <vector>

namespace sluice::test {

// What somebody with the key and without scruples can do: the triggers are away while `sql` runs
// and back afterwards. The ledger is opened again.
inline Status tamper(TempLedger& ledger, const std::string& sql)
{
    ledger.lock();
    {
        SLUICE_TRY(Connection connection,
            Connection::open(ledger.path(), rawKey().secret, {.mode = OpenMode::ReadWrite}));
        SLUICE_TRY_DO(connection.execute("PRAGMA foreign_keys = OFF"));
        std::vector<std::pair<std::string, std::string>> triggers; // name and definition
        {
            SLUICE_TRY(Statement query,
                connection.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"));
            for (;;) {
                SLUICE_TRY(const bool more, query.step());
                if (!more)
                    break;
                triggers.emplace_back(query.columnText(0), query.columnText(1));
            }
        }
        for (const auto& trigger : triggers)
            SLUICE_TRY_DO(connection.execute("DROP TRIGGER " + trigger.first));
        SLUICE_TRY_DO(connection.execute(sql));
        for (const auto& trigger : triggers)
            SLUICE_TRY_DO(connection.execute(trigger.second));
    }
    return ledger.unlock();
}

} // namespace sluice::test
