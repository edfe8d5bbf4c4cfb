// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/store/Workload.h"

#include "core/store/Transaction.h"

#include <string>

namespace sluice::test {
namespace {

constexpr std::int64_t AccountCount = 200;

// The entry's text is a function of its number, so that wrong data is seen even where every
// checksum fits.
std::string entryText(std::int64_t number)
{
    SeededRandom random{static_cast<std::uint64_t>(number)};
    std::string text = "transfer " + std::to_string(number) + " ";
    for (std::uint64_t i = random.below(900); i > 0; --i)
        text += static_cast<char>('a' + random.below(26));
    return text;
}

Error wrong(std::string what)
{
    return {ErrorCode::Internal, {}, std::move(what), {}};
}

} // namespace

SecureBytes bankKey()
{
    SecureBytes key{32};
    for (std::size_t i = 0; i < key.size(); ++i)
        key.data()[i] = static_cast<std::uint8_t>(200 - i);
    return key;
}

FileSalt bankSalt()
{
    return {7, 1, 7, 2, 7, 3, 7, 4, 7, 5, 7, 6, 7, 7, 7, 8};
}

Status createBank(Connection& connection)
{
    return inTransaction(connection, [](Connection& open) {
        return open.execute(
            "CREATE TABLE account(id INTEGER PRIMARY KEY, balance INTEGER NOT NULL, note TEXT NOT NULL) STRICT;"
            "CREATE TABLE entry(number INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;"
            "CREATE INDEX account_balance ON account(balance);"
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
            + std::to_string(AccountCount)
            + ") INSERT INTO account SELECT i, 0, 'an account with a note of some length, number ' || i FROM n");
    });
}

Status transferWithin(Connection& connection, std::int64_t number, SeededRandom& random)
{
    SLUICE_TRY(Statement change,
        connection.prepare("UPDATE account SET balance = balance + ?2 WHERE id = ?1"));
    const std::int64_t amount = random.between(-1000, 1000);
    SLUICE_TRY_DO(change.bind(1, random.between(1, AccountCount)).bind(2, amount).run());
    SLUICE_TRY(Statement insert, connection.prepare("INSERT INTO entry VALUES (?1, ?2)"));
    SLUICE_TRY_DO(insert.bind(1, number).bindText(2, entryText(number)).run());
    return change.bind(1, random.between(1, AccountCount)).bind(2, -amount).run();
}

Status transfer(Connection& connection, std::int64_t number, SeededRandom& random)
{
    return inTransaction(
        connection, [&](Connection& open) { return transferWithin(open, number, random); });
}

Result<std::int64_t> checkBank(Connection& connection)
{
    SLUICE_TRY(Statement integrity, connection.prepare("PRAGMA integrity_check"));
    SLUICE_TRY(const bool row, integrity.step());
    if (!row || integrity.columnText(0) != "ok")
        return wrong("integrity_check: " + std::string{integrity.columnText(0)});
    SLUICE_TRY(const std::int64_t sum, connection.queryInt("SELECT sum(balance) FROM account"));
    if (sum != 0)
        return wrong("the balances do not add up to zero");
    SLUICE_TRY(
        Statement entries, connection.prepare("SELECT number, text FROM entry ORDER BY number"));
    std::int64_t count = 0;
    while (true) {
        SLUICE_TRY(const bool more, entries.step());
        if (!more)
            return count;
        ++count;
        if (entries.columnInt(0) != count)
            return wrong("entry " + std::to_string(count) + " is missing");
        if (entries.columnText(1) != entryText(count))
            return wrong("entry " + std::to_string(count) + " is not what was written");
    }
}

} // namespace sluice::test
