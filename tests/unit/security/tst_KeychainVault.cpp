// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/security/KeychainVault.h"

#include "tests/support/Qt.h"

#include <QCoreApplication>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace sluice;
using namespace sluice::test;

class tst_KeychainVault : public QObject {
    Q_OBJECT

private slots:
    void saysSoWhereThereIsNone()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        KeychainVault vault;
        QCOMPARE(vault.load("ledger").error().code, ErrorCode::Unavailable);
        QCOMPARE(vault.store("ledger", SecureBytes{32}).error().code, ErrorCode::Unavailable);
    }

    // A keychain of its own on a bus of its own: the test must not ask the developer's.
    void keepsAKey()
    {
        const QString bus = QStandardPaths::findExecutable(QStringLiteral("dbus-run-session"));
        const QString daemon
            = QStandardPaths::findExecutable(QStringLiteral("gnome-keyring-daemon"));
        if (bus.isEmpty() || daemon.isEmpty())
            QSKIP("needs dbus-run-session and gnome-keyring-daemon");
        const QTemporaryDir home;
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("HOME"), home.path());
        environment.insert(QStringLiteral("XDG_DATA_HOME"), home.path());
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), home.path());
        environment.insert(QStringLiteral("XDG_CURRENT_DESKTOP"), QStringLiteral("GNOME"));
        environment.remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        const QString script = QStringLiteral(
            "printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null && "
            "exec \"$0\" --inner");
        process.start(bus,
            {QStringLiteral("--"), QStringLiteral("sh"), QStringLiteral("-c"), script,
                QCoreApplication::applicationFilePath()});
        QVERIFY(process.waitForFinished(60000));
        const QByteArray output = process.readAll();
        QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0,
            output.constData());
    }
};

// Runs within a session that has a keychain.
static int inner()
{
    KeychainVault vault;
    SecureBytes secret{32};
    for (std::size_t i = 0; i < secret.size(); ++i)
        secret.data()[i] = static_cast<std::uint8_t>(i * 9); // zero bytes too
    const auto fail = [](const char* step, const Error& error) {
        qCritical("%s: %s", step, errorSentence(error).c_str());
        return 1;
    };
    if (const auto missing = vault.load("none");
        missing.ok() || missing.error().code != ErrorCode::NotFound)
        return fail("missing", missing.ok() ? Error{} : missing.error());
    if (const auto stored = vault.store("ledger", secret); !stored.ok())
        return fail("store", stored.error());
    const auto loaded = vault.load("ledger");
    if (!loaded.ok() || *loaded != secret)
        return fail("load", loaded.ok() ? Error{} : loaded.error());
    if (const auto removed = vault.remove("ledger"); !removed.ok())
        return fail("remove", removed.error());
    return vault.load("ledger").ok() ? 1 : 0;
}

int main(int argc, char* argv[])
{
    QCoreApplication application{argc, argv};
    if (application.arguments().contains(QStringLiteral("--inner")))
        return inner();
    tst_KeychainVault test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_KeychainVault.moc"
