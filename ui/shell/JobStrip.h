// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/TaskContext.h"

#include <QElapsedTimer>
#include <QFrame>
#include <QTimer>

class QLabel;
class QProgressBar;
class QPushButton;

namespace sluice::ui {

// The line at the foot of the window while a job runs: what it does, how far it is, a way to stop
// it. A job that is done within 400 ms is never shown.
class JobStrip : public QFrame {
    Q_OBJECT

public:
    explicit JobStrip(QWidget* parent = nullptr);
    void start(const QString& what);
    void setProgress(const Progress& progress);
    void setWaiting(std::size_t jobs);
    void finish();

signals:
    void cancelWanted();

private:
    QLabel* m_what;
    QLabel* m_far;
    QProgressBar* m_bar;
    QPushButton* m_cancel;
    QString m_title;
    QTimer m_showSoon;
    QElapsedTimer m_running;
};

} // namespace sluice::ui
