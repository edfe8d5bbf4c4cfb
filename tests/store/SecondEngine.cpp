// SPDX-License-Identifier: GPL-3.0-or-later
// sluice_second_engine LEDGER HEXKEY SQL…: opens a ledger with genuine SQLCipher as any tool would,
// and prints the first column of the first row of each statement.
#include <sqlite3.h>

#include <cstdio>
#include <string>

namespace {

int fail(sqlite3* database)
{
    std::fprintf(stderr, "%s\n", sqlite3_errmsg(database));
    return 1;
}

} // namespace

int main(int argc, char* argv[])
{
    if (argc < 3)
        return 2;
    sqlite3* database = nullptr;
    if (sqlite3_open_v2(argv[1], &database, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK)
        return fail(database);
    const std::string key = "PRAGMA cipher_log=off; PRAGMA key=\"x'" + std::string{argv[2]} + "'\"";
    if (sqlite3_exec(database, key.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return fail(database);
    for (int i = 3; i < argc; ++i) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(database, argv[i], -1, &statement, nullptr) != SQLITE_OK)
            return fail(database);
        const int code = sqlite3_step(statement);
        if (code == SQLITE_ROW)
            std::printf("%s\n", reinterpret_cast<const char*>(sqlite3_column_text(statement, 0)));
        sqlite3_finalize(statement);
        if (code != SQLITE_ROW && code != SQLITE_DONE)
            return fail(database);
    }
    return sqlite3_close(database) == SQLITE_OK ? 0 : 1;
}
