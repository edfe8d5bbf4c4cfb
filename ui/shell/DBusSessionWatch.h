// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/SessionWatch.h"

#include <QDBusObjectPath>
#include <QDBusUnixFileDescriptor>

namespace sluice::ui {

// logind says Lock of our session and PrepareForSleep of the machine; desktops without it say
// ActiveChanged of their screen saver. While we hold logind's delay the machine waits for us, a few
// seconds at most, before it sleeps.
class DBusSessionWatch : public SessionWatch {
    Q_OBJECT

public:
    DBusSessionWatch();
    void readyToSleep() override;

private slots:
    void onPrepareForSleep(bool begins);
    void onScreenSaver(bool active);

private:
    void findSession();
    void askForDelay();

    QDBusUnixFileDescriptor m_delay;
};

} // namespace sluice::ui
