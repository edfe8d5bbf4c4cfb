// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Transaction.h"

#include <sqlite3.h>

namespace sluice {

Result<Transaction> Transaction::begin(Connection& connection, TransactionKind kind)
{
    SLUICE_CHECK(!connection.inTransaction());
    SLUICE_TRY_DO(
        connection.execute(kind == TransactionKind::Write ? "BEGIN IMMEDIATE" : "BEGIN DEFERRED"));
    Transaction transaction{connection};
    // a deferred transaction takes its snapshot at the first read
    if (kind == TransactionKind::Read)
        SLUICE_TRY_DO(connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1"));
    return transaction;
}

Transaction::Transaction(Transaction&& other) noexcept
    : m_connection{std::exchange(other.m_connection, nullptr)}
{
}

Transaction::~Transaction()
{
    rollback();
}

Status Transaction::commit()
{
    SLUICE_CHECK(m_connection);
    auto status = m_connection->execute("COMMIT");
    if (status.ok())
        m_connection = nullptr;
    else
        rollback();
    return status;
}

void Transaction::rollback()
{
    // SQLite has already rolled back by itself after some errors (disk full, I/O); a ROLLBACK would
    // then fail.
    if (m_connection && m_connection->inTransaction())
        sqlite3_exec(m_connection->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    m_connection = nullptr;
}

} // namespace sluice
