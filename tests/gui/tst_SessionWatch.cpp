// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Gui.h"
#include "ui/shell/SessionWatch.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QProcess>
#include <QSignalSpy>

using namespace sluice::ui;

// What logind and a screen saver say, on a bus of the test's own.
class TestSessionWatch : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_bus.start(QStringLiteral("dbus-daemon"),
            {QStringLiteral("--session"), QStringLiteral("--nofork"),
                QStringLiteral("--print-address")});
        if (!m_bus.waitForStarted() || !m_bus.waitForReadyRead())
            QSKIP("there is no dbus-daemon");
        const QByteArray address = m_bus.readLine().trimmed();
        qputenv("DBUS_SESSION_BUS_ADDRESS", address);
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", address);
        m_other = std::make_unique<QDBusConnection>(
            QDBusConnection::connectToBus(QString::fromLatin1(address), QStringLiteral("other")));
        QVERIFY(m_other->registerService(QStringLiteral("org.freedesktop.login1")));
    }
    void cleanupTestCase()
    {
        m_bus.kill();
        m_bus.waitForFinished();
    }

    void hearsTheScreenSaverAndSleep()
    {
        const auto watch = systemSessionWatch();
        QSignalSpy locked{watch.get(), &SessionWatch::sessionLocked};
        QSignalSpy sleeping{watch.get(), &SessionWatch::goingToSleep};
        QTest::qWait(100); // until the bus knows what is listened for
        say("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", false);
        say("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", true);
        QTRY_COMPARE(locked.size(), 1); // waking up locks nothing
        say("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", true);
        QTRY_COMPARE(sleeping.size(), 1);
        watch->readyToSleep();
        say("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", false);
        QTest::qWait(100);
        QCOMPARE(sleeping.size(), 1);
        QCOMPARE(locked.size(), 1);
    }

private:
    void say(const char* path, const char* interface, const char* name, bool value)
    {
        QDBusMessage signal = QDBusMessage::createSignal(
            QString::fromLatin1(path), QString::fromLatin1(interface), QString::fromLatin1(name));
        signal << value;
        QVERIFY(m_other->send(signal));
    }

    QProcess m_bus;
    std::unique_ptr<QDBusConnection> m_other;
};

QTEST_MAIN(TestSessionWatch)
#include "tst_SessionWatch.moc"
