// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/TaskContext.h"

#include <QElapsedTimer>
#include <QFutureWatcher>
#include <QMutex>
#include <QObject>
#include <QPointer>
#include <QPromise>
#include <QThreadPool>

#include <exception>
#include <functional>
#include <memory>
#include <utility>

namespace sluice {

// Carries the newest progress of one job from its worker to the receiver, at most ten times a
// second. post() may be called from any thread, latest() too.
class ProgressBox {
public:
    // True when the receiver should be told now: the first report, the last one, or 100 ms after
    // the one before.
    bool post(const Progress& progress)
    {
        const QMutexLocker lock{&m_mutex};
        m_latest = progress;
        const bool complete = progress.total > 0 && progress.done >= progress.total;
        if (m_sinceTold.isValid() && m_sinceTold.elapsed() < IntervalMs && !complete)
            return false;
        m_sinceTold.start();
        ++m_told;
        return true;
    }
    [[nodiscard]] Progress latest() const
    {
        const QMutexLocker lock{&m_mutex};
        return m_latest;
    }
    [[nodiscard]] int told() const
    {
        const QMutexLocker lock{&m_mutex};
        return m_told;
    }

private:
    static constexpr qint64 IntervalMs = 100;

    mutable QMutex m_mutex;
    QElapsedTimer m_sinceTold;
    Progress m_latest;
    int m_told{0};
};

// One background job per question, and the latest question wins: start() stops and forgets the job
// before it. The answer comes back on the receiver's thread, and never to a receiver that is gone:
// the QFutureWatcher belongs to the receiver. (QFuture::then with a context aborts in Qt 6.4 when
// the context dies first.) Exceptions of the work end here, as Internal errors. Use from the
// receiver's thread only.
template <class T>
class LatestTask {
public:
    LatestTask(QThreadPool& pool, QObject* receiver)
        : m_pool{pool}
        , m_receiver{receiver}
    {
    }
    ~LatestTask() { cancel(); }
    LatestTask(const LatestTask&) = delete;
    LatestTask& operator=(const LatestTask&) = delete;

    // work: Result<T>(const TaskContext&), on a worker. done: void(Result<T>), on the receiver's
    // thread, not called after cancel() or a later start(). progress, if given: void(const
    // Progress&), on the receiver's thread.
    template <class Work, class DoneFn>
    void start(Work work, DoneFn done, std::function<void(const Progress&)> progress = {})
    {
        cancel();
        m_stop = StopToken{};
        auto promise = std::make_shared<QPromise<Outcome>>();
        auto box = std::make_shared<ProgressBox>();
        auto* watcher = new QFutureWatcher<Outcome>(m_receiver);
        m_watcher = watcher;
        QObject::connect(watcher, &QFutureWatcherBase::finished, m_receiver,
            [this, watcher, box, progress, done = std::move(done)]() mutable {
                watcher->deleteLater();
                if (watcher->isCanceled() || watcher->future().resultCount() == 0)
                    return;
                if (m_watcher == watcher)
                    m_watcher.clear();
                if (progress && box->told() > 0)
                    // QFuture drops reports that come too fast, and so maybe the last one
                    progress(box->latest());
                done(std::move(*watcher->result()));
            });
        if (progress) {
            QObject::connect(watcher, &QFutureWatcherBase::progressValueChanged, m_receiver,
                [box, progress = std::move(progress)] {
                    if (box->told() > 0)
                        progress(box->latest());
                });
        }
        promise->setProgressRange(0, ProgressMax);
        watcher->setFuture(promise->future());
        // std::function wants copies, work may be move-only
        auto shared = std::make_shared<Work>(std::move(work));
        m_pool.start([promise, box, shared, stop = m_stop] {
            promise->start();
            const TaskContext context{stop, [&promise, &box](const Progress& now) {
                                          if (box->post(now))
                                              promise->setProgressValue(box->told());
                                      }};
            promise->addResult(std::make_shared<Result<T>>(runGuarded(*shared, context)));
            promise->finish();
        });
    }

    // Asks the job to stop; its answer (mostly ErrorCode::Cancelled) is still delivered.
    void requestStop() const
    {
        if (m_watcher)
            m_stop.requestStop();
    }
    // Asks the job to stop and forgets it: done is not called.
    void cancel()
    {
        if (!m_watcher)
            return;
        m_stop.requestStop();
        m_watcher->disconnect(m_receiver);
        m_watcher->deleteLater();
        m_watcher.clear();
    }
    [[nodiscard]] bool isRunning() const { return !m_watcher.isNull(); }

private:
    using Outcome = std::shared_ptr<Result<T>>;
    // a counter of reports, not a share: the box holds the numbers
    static constexpr int ProgressMax = 1'000'000'000;

    template <class Work>
    static Result<T> runGuarded(Work& work, const TaskContext& context)
    {
        try {
            return work(context);
        } catch (const std::exception& exception) {
            return Error{ErrorCode::Internal, {}, exception.what(), "report this fault"};
        }
    }

    QThreadPool& m_pool;
    QObject* m_receiver;
    QPointer<QFutureWatcher<Outcome>> m_watcher;
    StopToken m_stop;
};

} // namespace sluice
