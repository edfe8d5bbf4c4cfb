// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/Connection.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// One step of the schema: resources/schema/NNNN_words.sql. The text must outlive the migrator.
struct Migration {
    int number{0};
    std::string_view name;
    std::string_view sql;
};

struct MigratorOptions {
    std::vector<Migration> migrations; // numbered 1, 2, 3, … without a gap
    // stands in the file, so that another program's database is not taken for ours
    std::int32_t applicationId{0};
    // Called with the path that the backup will have, before it is made, for what it could not be
    // opened without (the key envelope).
    std::function<Status(const std::string& backupPath)> beforeBackup{};
};

struct MigrationReport {
    int from{0};
    int to{0};
    std::string backupPath; // empty when there was nothing to back up
};

// Brings a ledger's schema up to this program's. Each step and its version number are one
// transaction, so that a crash leaves a whole version. The first step on an existing ledger is
// preceded by a backup NAME.before-NNNN.sluice. Thread: the connection's. Errors: NotALedger
// (another application id), NewerSchema, and those of SQL.
class Migrator {
public:
    explicit Migrator(MigratorOptions options);

    // The steps built into the program; Internal when their numbers have a gap or repeat.
    static Result<std::vector<Migration>> embedded();

    [[nodiscard]] int newest() const;
    // Whether the ledger is ours and of a version that this program knows; returns the version.
    Result<int> check(Connection& connection) const;
    Result<MigrationReport> migrate(
        Connection& connection, const SecureBytes& key, const TaskContext& task) const;

private:
    Status apply(Connection& connection, const Migration& migration) const;
    Result<std::string> backUp(
        Connection& connection, const SecureBytes& key, int next, const TaskContext& task) const;

    MigratorOptions m_options;
};

} // namespace sluice
