// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/StoreWriter.h"

#include "core/store/Transaction.h"

#include <utility>

namespace sluice {

StoreWriter::StoreWriter(Connection connection)
    : m_connection{std::move(connection)}
{
    m_connection.deferCheckpoints();
    m_thread = std::jthread{[this] { run(); }};
}

StoreWriter::~StoreWriter()
{
    {
        const std::scoped_lock lock{m_mutex};
        m_closing = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

std::future<Status> StoreWriter::submit(Job job)
{
    return enqueue(
        [job = std::move(job)](Connection& connection) { return inTransaction(connection, job); });
}

std::future<Status> StoreWriter::maintain(Job job)
{
    return enqueue(std::move(job));
}

std::future<Status> StoreWriter::enqueue(Job job)
{
    std::packaged_task<Status(Connection&)> task{std::move(job)};
    auto future = task.get_future();
    {
        const std::scoped_lock lock{m_mutex};
        m_jobs.push_back(std::move(task));
    }
    m_wake.notify_one();
    return future;
}

void StoreWriter::run()
{
    std::unique_lock lock{m_mutex};
    while (true) {
        m_wake.wait(lock, [this] { return m_closing || !m_jobs.empty(); });
        if (m_jobs.empty())
            return;
        auto job = std::move(m_jobs.front());
        m_jobs.pop_front();
        lock.unlock();
        job(m_connection); // an exception goes into the future
        m_connection.setStopToken(std::nullopt);
        // After the answer. A failure loses nothing, for the log still has it all; the next one
        // tries again.
        (void)m_connection.checkpointWhenLong();
        lock.lock();
    }
}

} // namespace sluice
