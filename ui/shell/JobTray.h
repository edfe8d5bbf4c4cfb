// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"
#include "core/base/TaskContext.h"

#include <QElapsedTimer>
#include <QFrame>
#include <QTimer>

#include <map>

class QLabel;
class QProgressBar;
class QPushButton;

namespace sluice::ui {

// One job in the tray: what it does and to what, how far it is, how fast, how long it still takes,
// a way to stop it; once it failed: why, and what can be done about it. A job that is done within
// 400 ms is never shown.
class JobRow : public QFrame {
    Q_OBJECT

public:
    JobRow(const QString& title, QWidget* parent);

    void setProgress(const Progress& progress);
    void setWaiting(std::size_t jobs); // behind it
    void fail(const Error& error, bool canRetry);
    [[nodiscard]] bool hasFailed() const { return m_failed; }

signals:
    void cancelWanted();
    void retryWanted();
    void dismissed();

private:
    void copyDetails() const;

    QString m_title;
    QString m_details;
    QLabel* m_what;
    QLabel* m_far;
    QProgressBar* m_bar;
    QPushButton* m_cancel;
    QPushButton* m_retry;
    QPushButton* m_copy;
    QTimer m_showSoon;
    QElapsedTimer m_running;
    bool m_failed{false};
};

// The foot of the window: the jobs that run, and those that failed until they are dealt with.
class JobTray : public QFrame {
    Q_OBJECT

public:
    explicit JobTray(QWidget* parent = nullptr);

    // Jobs are the caller's numbers.
    JobRow& start(int job, const QString& title);
    [[nodiscard]] JobRow* row(int job) const; // null: none
    void finish(int job);
    void clear();

signals:
    void cancelWanted(int job);
    void retryWanted(int job);

private:
    std::map<int, JobRow*> m_rows;
};

} // namespace sluice::ui
