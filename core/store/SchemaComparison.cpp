// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/SchemaComparison.h"

#include "core/store/Migrator.h"
#include "core/store/StoreError.h"

#include <sqlite3.h>

#include <map>
#include <memory>

namespace sluice {
namespace {

constexpr std::string_view AllObjects = "SELECT type || ' ' || name, sql FROM sqlite_schema";

using Schema = std::map<std::string, std::string>; // by kind and name, the definition

Result<Schema> readSchema(Statement& query)
{
    Schema schema;
    for (;;) {
        SLUICE_TRY(const bool more, query.step());
        if (!more)
            return schema;
        schema.emplace(query.columnText(0), query.columnText(1));
    }
}

// What the migrations make of nothing, in memory.
Result<Schema> migratedSchema()
{
    struct Close {
        void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
    };
    sqlite3* opened = nullptr;
    int code = sqlite3_open(":memory:", &opened);
    const std::unique_ptr<sqlite3, Close> database{opened};
    SLUICE_TRY(const std::vector<Migration> migrations, Migrator::embedded());
    for (const Migration& migration : migrations) {
        if (code == SQLITE_OK)
            code = sqlite3_exec(
                opened, std::string{migration.sql}.c_str(), nullptr, nullptr, nullptr);
    }
    sqlite3_stmt* statement = nullptr;
    if (code == SQLITE_OK)
        code = sqlite3_prepare_v2(
            opened, AllObjects.data(), static_cast<int>(AllObjects.size()), &statement, nullptr);
    if (code != SQLITE_OK)
        return storeError(code, std::string{}, "making an empty schema");
    Statement query{statement};
    return readSchema(query);
}

} // namespace

Result<std::vector<std::string>> schemaDifferences(Connection& connection)
{
    SLUICE_TRY(const Schema wanted, migratedSchema());
    SLUICE_TRY(Statement query, connection.prepare(AllObjects));
    SLUICE_TRY(const Schema found, readSchema(query));
    std::vector<std::string> differences;
    for (const auto& [name, sql] : wanted) {
        const auto twin = found.find(name);
        if (twin == found.end())
            differences.push_back("the " + name + " is missing");
        else if (twin->second != sql)
            differences.push_back("the " + name + " was altered");
    }
    for (const auto& object : found) {
        if (wanted.count(object.first) == 0)
            differences.push_back("the " + object.first + " does not belong there");
    }
    return differences;
}

} // namespace sluice
