// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/Connection.h"

#include <cstdint>
#include <utility>

namespace sluice {

enum class TransactionKind : std::uint8_t {
    Write, // BEGIN IMMEDIATE: takes the write lock now, so that it cannot fail half-way
    Read, // a snapshot: everything read until the end belongs to one commit
};

// Rolls back unless commit() was called and returned ok. Never nested. Thread: the connection's.
class Transaction {
public:
    static Result<Transaction> begin(
        Connection& connection, TransactionKind kind = TransactionKind::Write);
    ~Transaction();
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    // Ok means durable: the write-ahead log was synced. On an error nothing of the transaction
    // remains.
    Status commit();
    void rollback();

private:
    explicit Transaction(Connection& connection)
        : m_connection{&connection}
    {
    }
    Connection* m_connection; // nullptr once ended
};

// Runs `work(connection)`, which returns a Status or Result, in one write transaction: commits when
// it is ok and the file is still where it was opened, else rolls back.
template <class Work>
auto inTransaction(Connection& connection, Work&& work) -> decltype(work(connection))
{
    SLUICE_TRY(Transaction transaction, Transaction::begin(connection));
    auto outcome = std::forward<Work>(work)(connection);
    if (!outcome.ok())
        return outcome;
    SLUICE_TRY_DO(connection.requireInPlace());
    SLUICE_TRY_DO(transaction.commit());
    return outcome;
}

} // namespace sluice
