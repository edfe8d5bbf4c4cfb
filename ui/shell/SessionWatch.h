// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <memory>

namespace sluice::ui {

// Hears when the desktop's session is locked and when the machine goes to sleep. This one hears
// nothing by itself: a system's own does, and a test says it has.
class SessionWatch : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    // What was done about going to sleep is done: the machine need not wait any longer.
    virtual void readyToSleep() { }

signals:
    void sessionLocked();
    void goingToSleep();
};

// That of the system: on Linux with D-Bus what logind and the desktop's screen saver say.
// Elsewhere, and where nobody answers, it hears nothing. Never waits for an answer.
[[nodiscard]] std::unique_ptr<SessionWatch> systemSessionWatch();

} // namespace sluice::ui
