// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>

namespace sluice::ui {

// Says when nobody has touched keyboard or pointer for a while. Watches the whole program.
class IdleLock : public QObject {
    Q_OBJECT

public:
    IdleLock(std::chrono::milliseconds after, QObject* parent);
    void setActive(bool active);
    void setAfter(std::chrono::milliseconds after);

signals:
    void idle();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QTimer m_timer;
};

} // namespace sluice::ui
