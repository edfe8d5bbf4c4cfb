// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tasks/TaskPool.h"
#include "tests/support/Qt.h"

#include <QDir>

#include <latch>
#include <memory>

using namespace sluice;

namespace {

// Of this process; none where the system does not say.
qsizetype threadCount()
{
    return QDir{QStringLiteral("/proc/self/task")}
        .entryList(QDir::Dirs | QDir::NoDotAndDotDot)
        .size();
}

void fill(QThreadPool& pool)
{
    const auto all = std::make_shared<std::latch>(pool.maxThreadCount() + 1);
    for (int i = 0; i < pool.maxThreadCount(); ++i)
        pool.start([all] { all->arrive_and_wait(); });
    all->arrive_and_wait();
}

} // namespace

class TestTaskPool : public QObject {
    Q_OBJECT

private slots:
    void noJobWaitsForAThreadToBeMade()
    {
        const qsizetype before = threadCount();
        TaskPool pools;
        const qsizetype with = threadCount();
        if (before > 0)
            QCOMPARE(with - before, pools.io().maxThreadCount() + pools.compute().maxThreadCount());
        fill(pools.io());
        fill(pools.compute());
        QCOMPARE(threadCount(), with);
        QVERIFY(pools.io().expiryTimeout() < 0 && pools.compute().expiryTimeout() < 0);
    }
};

QTEST_GUILESS_MAIN(TestTaskPool)
#include "tst_TaskPool.moc"
