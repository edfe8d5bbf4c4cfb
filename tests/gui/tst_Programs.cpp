// SPDX-License-Identifier: GPL-3.0-or-later
// What the programs promise from their first moment on: no core file that would hold a key.
#include "tests/support/Qt.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>

namespace {

constexpr int PatienceMs = 20'000;

QString limitsOf(qint64 process)
{
    QFile file{QStringLiteral("/proc/%1/limits").arg(process)};
    return file.open(QIODevice::ReadOnly) ? QString::fromLatin1(file.readAll()) : QString{};
}

} // namespace

class TestPrograms : public QObject {
    Q_OBJECT

private slots:
    void noProgramLeavesACoreFile_data()
    {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("window") << QStringLiteral(SLUICE_PROGRAM) << QStringList{};
        QTest::newRow("command line")
            << QStringLiteral(SLUICE_CLI_PROGRAM)
            << QStringList{QStringLiteral("demo"), m_folder.filePath(QStringLiteral("a.sluice")),
                   QStringLiteral("--key-file"), m_folder.filePath(QStringLiteral("key"))};
    }
    void noProgramLeavesACoreFile()
    {
        if (!QFile::exists(QStringLiteral("/proc/self/limits")))
            QSKIP("this system does not show the limits of a process");
        QFETCH(QString, program);
        QFETCH(QStringList, arguments);
        QFile key{m_folder.filePath(QStringLiteral("key"))};
        QVERIFY(key.open(QIODevice::WriteOnly));
        QVERIFY(key.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
        key.write(QByteArray(32, 'k'));
        key.close();
        QProcess process;
        // A limit that the program has to lower itself.
        process.start(QStringLiteral("/bin/sh"),
            QStringList{QStringLiteral("-c"),
                QStringLiteral("ulimit -Sc $(ulimit -Hc); exec \"$@\""), QStringLiteral("sh"),
                program}
                + arguments);
        QVERIFY(process.waitForStarted(PatienceMs));
        const QRegularExpression none{QStringLiteral("Max core file size +0 +0 ")};
        QString limits;
        QElapsedTimer since;
        since.start();
        while (since.elapsed() < PatienceMs && process.state() == QProcess::Running) {
            limits = limitsOf(process.processId());
            if (limits.contains(none))
                break;
            process.waitForFinished(10);
        }
        process.kill();
        QVERIFY(process.waitForFinished(PatienceMs));
        QVERIFY2(limits.contains(none), qPrintable(limits));
    }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestPrograms)
#include "tst_Programs.moc"
