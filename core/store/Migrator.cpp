// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Migrator.h"

#include "core/base/Resource.h"
#include "core/store/Transaction.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <utility>

namespace sluice {
namespace {

constexpr std::string_view Folder = "schema/";
constexpr std::string_view Extension = ".sql";
constexpr std::size_t DigitCount = 4;

// The number in "schema/0001_ledger.sql", 0 when the path is not such a file.
int migrationNumber(std::string_view path)
{
    if (!path.starts_with(Folder) || !path.ends_with(Extension))
        return 0;
    path.remove_prefix(Folder.size());
    int number = 0;
    const char* const end = path.data() + std::min(path.size(), DigitCount);
    const auto parsed = std::from_chars(path.data(), end, number);
    return parsed.ec == std::errc{} && parsed.ptr == end && path.substr(DigitCount).starts_with('_')
        ? number
        : 0;
}

std::string fourDigits(int number)
{
    std::array<char, 16> text{};
    const int size = std::snprintf(text.data(), text.size(), "%04d", number);
    return {text.data(), static_cast<std::size_t>(size)};
}

// NAME.sluice becomes NAME.before-0002.sluice, or NAME.before-0002-2.sluice when an earlier try
// left one.
std::string freeBackupPath(const std::string& ledger, int next)
{
    const std::filesystem::path path{ledger};
    const std::string stem
        = (path.parent_path() / path.stem()).string() + ".before-" + fourDigits(next);
    std::string candidate = stem + path.extension().string();
    for (int i = 2; std::filesystem::exists(candidate); ++i)
        candidate = stem + "-" + std::to_string(i) + path.extension().string();
    return candidate;
}

} // namespace

Migrator::Migrator(MigratorOptions options)
    : m_options{std::move(options)}
{
    for (std::size_t i = 0; i < m_options.migrations.size(); ++i)
        SLUICE_CHECK(m_options.migrations[i].number == static_cast<int>(i) + 1);
}

Result<std::vector<Migration>> Migrator::embedded()
{
    std::vector<Migration> migrations;
    for (const std::string_view path : resourcePaths()) {
        if (const int number = migrationNumber(path); number > 0)
            migrations.push_back({number, path, resource(path)});
    }
    std::ranges::sort(migrations, {}, &Migration::number);
    for (std::size_t i = 0; i < migrations.size(); ++i) {
        if (migrations[i].number != static_cast<int>(i) + 1)
            return Error{ErrorCode::Internal, std::string{migrations[i].name},
                "the schema files have a gap or a double", {}};
    }
    return migrations;
}

int Migrator::newest() const
{
    return static_cast<int>(m_options.migrations.size());
}

Result<int> Migrator::check(Connection& connection) const
{
    SLUICE_TRY(const std::int64_t application, connection.queryInt("PRAGMA application_id"));
    SLUICE_TRY(const std::int64_t version, connection.queryInt("PRAGMA user_version"));
    SLUICE_TRY(
        const std::int64_t objects, connection.queryInt("SELECT count(*) FROM sqlite_schema"));
    const bool fresh = application == 0 && version == 0 && objects == 0;
    if (!fresh && application != m_options.applicationId)
        return Error{ErrorCode::NotALedger, connection.path(),
            "the file is another program's database", "Choose a ledger"};
    if (version > newest())
        return Error{ErrorCode::NewerSchema, connection.path(),
            "the ledger has schema version " + std::to_string(version)
                + ", this program knows up to " + std::to_string(newest()),
            "Open it with a newer version of Sluice"};
    return static_cast<int>(version);
}

Result<MigrationReport> Migrator::migrate(
    Connection& connection, const SecureBytes& key, const TaskContext& task) const
{
    SLUICE_TRY(const int version, check(connection));
    MigrationReport report{version, version, {}};
    if (version == newest())
        return report;
    if (version > 0) {
        SLUICE_TRY(report.backupPath, backUp(connection, key, version + 1, task));
    }
    for (int number = version + 1; number <= newest(); ++number) {
        SLUICE_TRY_DO(
            apply(connection, m_options.migrations[static_cast<std::size_t>(number) - 1]));
        report.to = number;
    }
    return report;
}

Result<std::string> Migrator::backUp(
    Connection& connection, const SecureBytes& key, int next, const TaskContext& task) const
{
    std::string path = freeBackupPath(connection.path(), next);
    if (m_options.beforeBackup)
        SLUICE_TRY_DO(m_options.beforeBackup(path));
    SLUICE_TRY_DO(connection.backupTo(path, key, task));
    return path;
}

Status Migrator::apply(Connection& connection, const Migration& migration) const
{
    // A rebuilt table would delete its children; the check at the end holds what the switch lets
    // through. SQLite ignores the switch within a transaction, so it stands before.
    SLUICE_TRY_DO(connection.execute("PRAGMA foreign_keys=OFF"));
    auto status = inTransaction(connection, [&](Connection& open) -> Status {
        SLUICE_TRY_DO(open.execute(migration.sql));
        SLUICE_CHECK(open.inTransaction()); // a schema file must not end the transaction it runs in
        SLUICE_TRY(Statement violations, open.prepare("PRAGMA foreign_key_check"));
        SLUICE_TRY(const bool violated, violations.step());
        if (violated)
            return Error{ErrorCode::Internal, std::string{migration.name},
                "the migration breaks a reference", "Restore the backup and report this"};
        return open.execute("PRAGMA application_id=" + std::to_string(m_options.applicationId)
            + ";PRAGMA user_version=" + std::to_string(migration.number));
    });
    SLUICE_TRY_DO(connection.execute("PRAGMA foreign_keys=ON"));
    return status;
}

} // namespace sluice
