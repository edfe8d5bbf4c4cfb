// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tasks/LatestTask.h"
#include "core/tasks/TaskPool.h"
#include "tests/support/Qt.h"

#include <QSemaphore>
#include <QTest>

#include <stdexcept>
#include <vector>

using namespace sluice;

class TestLatestTask : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression{QStringLiteral(".")}); }

    void deliversOnTheReceiversThread()
    {
        TaskPool pools;
        LatestTask<int> task{pools.compute(), this};
        int got = 0;
        QThread* worker = nullptr;
        QThread* receiver = nullptr;
        task.start(
            [&worker](const TaskContext&) -> Result<int> {
                worker = QThread::currentThread();
                return 42;
            },
            [&](Result<int> answer) {
                QVERIFY_OK(answer);
                got = *answer;
                receiver = QThread::currentThread();
            });
        QVERIFY(task.isRunning());
        QTRY_COMPARE(got, 42);
        QVERIFY(!task.isRunning());
        QCOMPARE(receiver, thread());
        QVERIFY(worker != thread());
    }

    void theLatestQuestionWins()
    {
        TaskPool pools;
        LatestTask<int> task{pools.io(), this};
        std::vector<int> answers;
        QSemaphore go;
        for (int i = 1; i <= 5; ++i) {
            task.start(
                [i, &go](const TaskContext&) -> Result<int> {
                    go.acquire();
                    return i;
                },
                [&answers](Result<int> answer) { answers.push_back(*answer); });
        }
        go.release(5);
        QTRY_COMPARE(answers.size(), std::size_t{1});
        pools.drain();
        QCoreApplication::sendPostedEvents();
        QCOMPARE(answers, std::vector<int>{5});
    }

    void cancelStopsAndForgets()
    {
        TaskPool pools;
        bool called = false;
        bool stopped = false;
        QSemaphore running;
        LatestTask<int> task{pools.io(), this};
        task.start(
            [&](const TaskContext& context) -> Result<int> {
                running.release();
                while (!context.stopRequested())
                    QThread::yieldCurrentThread();
                stopped = true;
                return TaskContext::cancelled();
            },
            [&called](Result<int>) { called = true; });
        running.acquire();
        task.cancel();
        pools.drain();
        QCoreApplication::sendPostedEvents();
        QVERIFY(stopped);
        QVERIFY(!called);
    }

    void requestStopStillDelivers()
    {
        TaskPool pools;
        ErrorCode code = ErrorCode::Internal;
        LatestTask<int> task{pools.io(), this};
        task.start(
            [](const TaskContext& context) -> Result<int> {
                while (!context.stopRequested())
                    QThread::yieldCurrentThread();
                return TaskContext::cancelled();
            },
            [&code](Result<int> answer) { code = answer.error().code; });
        task.requestStop();
        QTRY_COMPARE(code, ErrorCode::Cancelled);
    }

    void aDeadReceiverIsNotCalled()
    {
        TaskPool pools;
        bool called = false;
        QSemaphore go;
        {
            QObject receiver;
            LatestTask<int> task{pools.io(), &receiver};
            task.start(
                [&go](const TaskContext&) -> Result<int> {
                    go.acquire();
                    return 1;
                },
                [&called](Result<int>) { called = true; });
        }
        go.release();
        pools.drain();
        QCoreApplication::sendPostedEvents();
        QVERIFY(!called);
    }

    void anExceptionBecomesAnError()
    {
        TaskPool pools;
        LatestTask<int> task{pools.compute(), this};
        std::string what;
        task.start([](const TaskContext&) -> Result<int> { throw std::runtime_error{"broken"}; },
            [&what](Result<int> answer) { what = answer.error().what; });
        QTRY_COMPARE(what, std::string{"broken"});
    }

    void carriesMoveOnlyValues()
    {
        TaskPool pools;
        LatestTask<std::unique_ptr<int>> task{pools.compute(), this};
        int got = 0;
        auto given = std::make_unique<int>(7);
        task.start(
            [given = std::move(given)](const TaskContext&) mutable -> Result<std::unique_ptr<int>> {
                return std::move(given);
            },
            [&got](Result<std::unique_ptr<int>> answer) { got = **answer; });
        QTRY_COMPARE(got, 7);
    }

    void progressIsThrottledAndCarriesTheNumbers()
    {
        TaskPool pools;
        LatestTask<int> task{pools.io(), this};
        std::vector<Progress> seen;
        bool done = false;
        constexpr std::uint64_t Total = 200'000;
        task.start(
            [](const TaskContext& context) -> Result<int> {
                for (std::uint64_t i = 1; i <= Total; ++i)
                    context.report({"reading", i, Total});
                return 1;
            },
            [&done](Result<int>) { done = true; },
            [&seen](const Progress& progress) { seen.push_back(progress); });
        QTRY_VERIFY(done);
        QVERIFY(!seen.empty());
        QVERIFY2(seen.size() < 200, qPrintable(QString::number(seen.size())));
        QCOMPARE(seen.back().done, Total);
        QCOMPARE(seen.back().what, std::string{"reading"});
    }

    void startingAgainFromTheAnswerIsAllowed()
    {
        TaskPool pools;
        LatestTask<int> task{pools.compute(), this};
        int last = 0;
        std::function<void(int)> ask = [&](int n) {
            task.start([n](const TaskContext&) -> Result<int> { return n; },
                [&, n](Result<int> answer) {
                    last = *answer;
                    if (n < 20)
                        ask(n + 1);
                });
        };
        ask(1);
        QTRY_COMPARE(last, 20);
    }
};

QTEST_GUILESS_MAIN(TestLatestTask)
#include "tst_LatestTask.moc"
