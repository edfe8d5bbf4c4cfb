// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <algorithm>

namespace sluice::test {

// Notices when the thread it lives on stops answering: a timer should fire every few milliseconds, and the longest gap
// between two firings is how long the window did not react. allowedMs() is five times as much under sanitizers.
// What a test does itself between two turns of the event loop counts too, so pause() around what is not the window's.
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
        m_last.start();
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
        m_last.start();
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
        if (m_timer.isActive())
            m_longestMs = std::max(m_longestMs, m_last.restart() - IntervalMs);
    }

    QTimer m_timer;
    QElapsedTimer m_last;
    qint64 m_longestMs{0};
};

} // namespace sluice::test
