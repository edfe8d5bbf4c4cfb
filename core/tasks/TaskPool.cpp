// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tasks/TaskPool.h"

#include <QThread>

#include <algorithm>

namespace sluice {

namespace {

constexpr int IoThreads = 4;
constexpr int KeepAliveMs = 30'000;

} // namespace

TaskPool::TaskPool()
{
    m_compute.setMaxThreadCount(std::max(1, QThread::idealThreadCount() - 1));
    m_compute.setExpiryTimeout(KeepAliveMs);
    m_io.setMaxThreadCount(IoThreads);
    m_io.setExpiryTimeout(KeepAliveMs);
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
