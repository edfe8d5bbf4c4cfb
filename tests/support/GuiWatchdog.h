// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QFile>
#include <QObject>
#include <QTimer>

#include <algorithm>

namespace sluice::test {

// Notices when the thread it lives on stops answering: a timer should fire every few milliseconds,
// and the longest gap between two firings is how long the window did not react. allowedMs() is five
// times as much under sanitizers. Time in which the machine was too busy to give the thread a core
// is not the window's fault and not counted (Linux). What a test does itself between two turns of
// the event loop counts too, so pause() around what is not the window's.
class GuiWatchdog : public QObject {
public:
    GuiWatchdog()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(IntervalMs);
        connect(&m_timer, &QTimer::timeout, this, [this] { tick(); });
        resume();
    }

    static constexpr qint64 allowedMs()
    {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        return 250;
#else
        return 50;
#endif
    }
    void resume()
    {
        restart();
        m_timer.start();
    }
    void pause()
    {
        tick();
        m_timer.stop();
    }
    void reset()
    {
        m_longestMs = 0;
        restart();
    }
    // Empty while the event loop never stood still for longer than allowed.
    [[nodiscard]] QString complaint()
    {
        if (longestMs() <= allowedMs())
            return {};
        return QStringLiteral("the window did not answer for %1 ms, %2 are allowed")
            .arg(m_longestMs)
            .arg(allowedMs());
    }
    // The longest time, in milliseconds, in which the event loop did not turn.
    [[nodiscard]] qint64 longestMs()
    {
        tick();
        return m_longestMs;
    }

private:
    static constexpr int IntervalMs = 5;

    void tick()
    {
        if (!m_timer.isActive())
            return;
        const qint64 starvedBefore = m_starvedMs;
        const qint64 gap = m_last.elapsed();
        restart();
        m_longestMs = std::max(m_longestMs, gap - (m_starvedMs - starvedBefore) - IntervalMs);
    }
    void restart()
    {
        m_last.start();
        m_starvedMs = starvedMs();
    }
    // How long this thread has waited for a core so far: the second number of its schedstat,
    // nanoseconds.
    static qint64 starvedMs()
    {
        QFile file{QStringLiteral("/proc/thread-self/schedstat")};
        if (!file.open(QIODevice::ReadOnly))
            return 0;
        return file.readAll().split(' ').value(1).toLongLong() / 1'000'000;
    }

    QTimer m_timer;
    QElapsedTimer m_last;
    qint64 m_starvedMs{0};
    qint64 m_longestMs{0};
};

} // namespace sluice::test
