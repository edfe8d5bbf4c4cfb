// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tasks/TaskPool.h"

#include <QThread>

#include <algorithm>
#include <latch>
#include <memory>

namespace sluice {

namespace {

constexpr int IoThreads = 4;
constexpr int Forever = -1;

// A new thread's stack is mapped by whoever starts it, who waits for every other that changes the
// address space: while a key is derived that is a long time, and the window starts the jobs.
void startThreads(QThreadPool& pool, int count)
{
    pool.setMaxThreadCount(count);
    pool.setExpiryTimeout(Forever);
    const auto all = std::make_shared<std::latch>(count);
    for (int i = 0; i < count; ++i)
        pool.start([all] { all->arrive_and_wait(); }); // so that none takes two
}

} // namespace

TaskPool::TaskPool()
{
    startThreads(m_compute, std::max(1, QThread::idealThreadCount() - 1));
    startThreads(m_io, IoThreads);
}

TaskPool::~TaskPool()
{
    drain();
}

void TaskPool::drain()
{
    m_compute.clear();
    m_io.clear();
    m_compute.waitForDone();
    m_io.waitForDone();
}

} // namespace sluice
