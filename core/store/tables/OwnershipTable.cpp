// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/tables/OwnershipTable.h"

#include <algorithm>

namespace sluice {
namespace {

StoredText readText(const Statement& row)
{
    StoredText text;
    text.number = static_cast<std::uint32_t>(row.columnInt(0));
    text.name = row.columnText(1);
    text.effectiveFrom = BusinessDate{static_cast<std::int32_t>(row.columnInt(2))};
    text.publishedAt = Timestamp{row.columnInt(3)};
    text.revision = static_cast<std::uint64_t>(row.columnInt(4));
    const auto hash = row.columnBlob(5);
    std::copy_n(hash.begin(), std::min(hash.size(), text.sha256.size()), text.sha256.begin());
    text.body = row.columnText(6);
    return text;
}

Status forEachText(Connection& connection, std::string_view sql, const VisitText& visit)
{
    SLUICE_TRY(Statement query, connection.prepare(sql));
    for (;;) {
        SLUICE_TRY(const bool more, query.step());
        if (!more)
            return Status::success();
        SLUICE_TRY_DO(visit(readText(query)));
    }
}

} // namespace

Status forEachRuleset(Connection& connection, const VisitText& visit)
{
    return forEachText(connection,
        "SELECT number, name, effective_from, published_at, revision, sha256, body FROM rulesets ORDER BY number",
        visit);
}

Status forEachOrganisation(Connection& connection, const VisitText& visit)
{
    return forEachText(connection,
        "SELECT version, '', 0, published_at, revision, sha256, body FROM organisations ORDER BY version",
        visit);
}

Status insertRuleset(Connection& connection, const StoredText& ruleset)
{
    SLUICE_TRY(Statement insert,
        connection.prepare(
            "INSERT INTO rulesets(number, name, effective_from, published_at, revision, sha256, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"));
    insert.bind(1, std::int64_t{ruleset.number})
        .bindText(2, ruleset.name)
        .bind(3, std::int64_t{ruleset.effectiveFrom.daysSinceEpoch()});
    insert.bind(4, ruleset.publishedAt.micros())
        .bind(5, static_cast<std::int64_t>(ruleset.revision))
        .bindBlob(6, ruleset.sha256)
        .bindText(7, ruleset.body);
    return insert.run();
}

Result<std::vector<StoredText>> readRulesets(Connection& connection, std::uint64_t revision)
{
    SLUICE_TRY(Statement query,
        connection.prepare(
            "SELECT number, name, effective_from, published_at, revision, sha256, body FROM rulesets WHERE revision <= ?1 ORDER BY number"));
    query.bind(1, static_cast<std::int64_t>(revision));
    std::vector<StoredText> rulesets;
    for (;;) {
        SLUICE_TRY(const bool more, query.step());
        if (!more)
            return rulesets;
        rulesets.push_back(readText(query));
    }
}

Status insertOrganisation(Connection& connection, const StoredText& organisation)
{
    SLUICE_TRY(Statement insert,
        connection.prepare(
            "INSERT INTO organisations(version, published_at, revision, sha256, body) VALUES (?1, ?2, ?3, ?4, ?5)"));
    insert.bind(1, std::int64_t{organisation.number})
        .bind(2, organisation.publishedAt.micros())
        .bind(3, static_cast<std::int64_t>(organisation.revision));
    insert.bindBlob(4, organisation.sha256).bindText(5, organisation.body);
    return insert.run();
}

Result<std::optional<StoredText>> readOrganisation(Connection& connection, std::uint64_t revision)
{
    SLUICE_TRY(Statement query,
        connection.prepare(
            "SELECT version, '', 0, published_at, revision, sha256, body FROM organisations WHERE revision <= ?1 ORDER BY version DESC LIMIT 1"));
    query.bind(1, static_cast<std::int64_t>(revision));
    SLUICE_TRY(const bool found, query.step());
    return found ? std::optional<StoredText>{readText(query)} : std::nullopt;
}

} // namespace sluice
