// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/ReadPool.h"

#include "core/store/Transaction.h"

#include <utility>

namespace sluice {

Result<std::unique_ptr<ReadPool>> ReadPool::open(
    const std::string& path, const SecureBytes& key, std::size_t count)
{
    SLUICE_CHECK(count > 0);
    std::vector<Connection> connections;
    connections.reserve(count);
    while (connections.size() < count) {
        SLUICE_TRY(
            Connection connection, Connection::open(path, key, {.mode = OpenMode::ReadOnly}));
        connections.push_back(std::move(connection));
    }
    return std::unique_ptr<ReadPool>{new ReadPool{std::move(connections)}};
}

ReadPool::ReadPool(std::vector<Connection> connections)
    : m_connections{std::move(connections)}
{
    for (Connection& connection : m_connections)
        m_free.push_back(&connection);
}

ReadPool::~ReadPool()
{
    // a lease would point to a closed connection
    SLUICE_CHECK(m_free.size() == m_connections.size());
}

Result<ReadPool::Lease> ReadPool::acquire()
{
    Connection* connection = nullptr;
    {
        std::unique_lock lock{m_mutex};
        m_returned.wait(lock, [this] { return !m_free.empty(); });
        connection = m_free.back();
        m_free.pop_back();
    }
    Lease lease{*this, *connection};
    SLUICE_TRY_DO(connection->execute("BEGIN DEFERRED;SELECT 1 FROM sqlite_schema LIMIT 1"));
    return lease;
}

void ReadPool::release(Connection& connection)
{
    connection.setStopToken(std::nullopt);
    if (connection.inTransaction())
        SLUICE_CHECK(connection.execute("ROLLBACK").ok());
    {
        const std::scoped_lock lock{m_mutex};
        m_free.push_back(&connection);
    }
    m_returned.notify_one();
}

ReadPool::Lease::~Lease()
{
    if (m_pool)
        m_pool->release(*m_connection);
}

ReadPool::Lease::Lease(Lease&& other) noexcept
    : m_pool{std::exchange(other.m_pool, nullptr)}
    , m_connection{other.m_connection}
{
}

} // namespace sluice
