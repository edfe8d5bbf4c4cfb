// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/Connection.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>

namespace sluice {

// The one thread that writes. Jobs run in the order they came, each in one transaction; its future
// is resolved after the commit, so Ok means that the change survives a power cut. A job that fails
// changes nothing. submit() and maintain(): any thread. Checkpoints run between jobs, so that no
// answer waits for one; a job's stop token ends with the job. The destructor finishes every job
// that was taken, then closes the connection.
class StoreWriter {
public:
    using Job = std::function<Status(Connection&)>;

    explicit StoreWriter(Connection connection);
    ~StoreWriter();
    StoreWriter(const StoreWriter&) = delete;
    StoreWriter& operator=(const StoreWriter&) = delete;

    std::future<Status> submit(Job job);
    // Without a transaction around it, for what cannot run in one: backup, checkpoint, migration.
    std::future<Status> maintain(Job job);

private:
    std::future<Status> enqueue(Job job);
    void run();

    Connection m_connection;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::packaged_task<Status(Connection&)>> m_jobs; // guarded by m_mutex
    bool m_closing{false}; // guarded by m_mutex
    std::jthread m_thread; // last, and started last: it uses all of the above
};

} // namespace sluice
