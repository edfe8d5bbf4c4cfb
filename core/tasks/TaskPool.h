// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QThreadPool>

namespace sluice {

// The two thread pools of a program. `compute` has one thread less than the machine has cores (at
// least one), so that the window keeps a core; `io` is small and for work that mostly waits (files,
// the store's writer). All threads are there from the beginning: who hands a job over never waits
// for one to be made. Owned by the composition root, which destroys every receiver of results
// before it. The destructor drains.
class TaskPool {
public:
    TaskPool();
    ~TaskPool();
    TaskPool(const TaskPool&) = delete;
    TaskPool& operator=(const TaskPool&) = delete;

    [[nodiscard]] QThreadPool& compute() noexcept { return m_compute; }
    [[nodiscard]] QThreadPool& io() noexcept { return m_io; }
    // Drops the jobs that wait (their futures count as cancelled) and returns when those that run
    // have ended. Not for the thread of a visible window: it blocks.
    void drain();

private:
    QThreadPool m_compute;
    QThreadPool m_io;
};

} // namespace sluice
