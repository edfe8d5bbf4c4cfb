// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/DBusSessionWatch.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace sluice::ui {

namespace {

const QString Login = QStringLiteral("org.freedesktop.login1");
const QString LoginPath = QStringLiteral("/org/freedesktop/login1");
const QString Manager = QStringLiteral("org.freedesktop.login1.Manager");

QDBusMessage managerCall(const char* method)
{
    return QDBusMessage::createMethodCall(Login, LoginPath, Manager, QString::fromLatin1(method));
}

} // namespace

std::unique_ptr<SessionWatch> systemSessionWatch()
{
    return std::make_unique<DBusSessionWatch>();
}

DBusSessionWatch::DBusSessionWatch()
{
    QDBusConnection system = QDBusConnection::systemBus();
    if (system.isConnected()) {
        system.connect(Login, LoginPath, Manager, QStringLiteral("PrepareForSleep"), this,
            SLOT(onPrepareForSleep(bool)));
        findSession();
        askForDelay();
    }
    QDBusConnection session = QDBusConnection::sessionBus();
    if (session.isConnected()) {
        for (const char* path : {"/org/freedesktop/ScreenSaver", "/ScreenSaver"})
            session.connect({}, QString::fromLatin1(path),
                QStringLiteral("org.freedesktop.ScreenSaver"), QStringLiteral("ActiveChanged"),
                this, SLOT(onScreenSaver(bool)));
        session.connect({}, QStringLiteral("/org/gnome/ScreenSaver"),
            QStringLiteral("org.gnome.ScreenSaver"), QStringLiteral("ActiveChanged"), this,
            SLOT(onScreenSaver(bool)));
    }
}

// Lock is said of one session, and others' sessions are none of ours.
void DBusSessionWatch::findSession()
{
    QDBusMessage call = managerCall("GetSessionByPID");
    call << static_cast<uint>(QCoreApplication::applicationPid());
    auto* watcher = new QDBusPendingCallWatcher{QDBusConnection::systemBus().asyncCall(call), this};
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusObjectPath> session = *watcher;
        watcher->deleteLater();
        if (!session.isError())
            QDBusConnection::systemBus().connect(Login, session.value().path(),
                QStringLiteral("org.freedesktop.login1.Session"), QStringLiteral("Lock"), this,
                SIGNAL(sessionLocked()));
    });
}

void DBusSessionWatch::askForDelay()
{
    QDBusMessage call = managerCall("Inhibit");
    call << QStringLiteral("sleep") << QStringLiteral("Sluice")
         << QStringLiteral("The ledger is locked first") << QStringLiteral("delay");
    auto* watcher = new QDBusPendingCallWatcher{QDBusConnection::systemBus().asyncCall(call), this};
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusUnixFileDescriptor> delay = *watcher;
        watcher->deleteLater();
        if (!delay.isError())
            m_delay = delay.value();
    });
}

void DBusSessionWatch::onPrepareForSleep(bool begins)
{
    if (begins)
        emit goingToSleep();
    else
        askForDelay(); // for the next time
}

void DBusSessionWatch::onScreenSaver(bool active)
{
    if (active)
        emit sessionLocked();
}

void DBusSessionWatch::readyToSleep()
{
    m_delay = QDBusUnixFileDescriptor{}; // closing it lets the machine go
}

} // namespace sluice::ui
