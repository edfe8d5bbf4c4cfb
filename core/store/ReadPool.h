// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/Connection.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

namespace sluice {

// A fixed number of read connections. A lease is one of them in a read transaction: a snapshot of
// one commit, whatever the writer does meanwhile, and no page of a later one. acquire() waits for a
// free one; any thread, but a lease is used by one thread at a time. The pool outlives its leases.
class ReadPool {
public:
    class Lease {
    public:
        ~Lease();
        Lease(Lease&& other) noexcept;
        Lease& operator=(Lease&&) = delete;
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        Connection& connection() { return *m_connection; }

    private:
        friend class ReadPool;
        Lease(ReadPool& pool, Connection& connection)
            : m_pool{&pool}
            , m_connection{&connection}
        {
        }
        ReadPool* m_pool; // nullptr once moved from
        Connection* m_connection;
    };

    static Result<std::unique_ptr<ReadPool>> open(
        const std::string& path, const SecureBytes& key, std::size_t count);
    ~ReadPool();
    ReadPool(const ReadPool&) = delete;
    ReadPool& operator=(const ReadPool&) = delete;

    Result<Lease> acquire();

private:
    explicit ReadPool(std::vector<Connection> connections);
    void release(Connection& connection);

    std::vector<Connection> m_connections; // never resized: leases point into it
    std::mutex m_mutex;
    std::condition_variable m_returned;
    std::vector<Connection*> m_free; // guarded by m_mutex
};

} // namespace sluice
