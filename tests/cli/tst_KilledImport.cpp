// SPDX-License-Identifier: GPL-3.0-or-later
// The real program, killed at any moment of an import: the month is the one before or the new one,
// the new one where the program had said so, and nothing of what was staged counts.
#include "core/base/Random.h"
#include "tests/support/FocusRows.h"
#include "tests/support/LedgerFacts.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/support/TempLedger.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>

using namespace sluice;
using namespace sluice::test;

namespace {

constexpr int Rows = 40'000; // some segments, frames and staging transactions
constexpr int ImportMsMax = 120'000;

// September of one account; each version of it costs something else.
QByteArray september(int version)
{
    std::string text = FocusHeader;
    for (int row = 0; row < Rows; ++row)
        text += focusRow(std::to_string(version), "Service " + std::to_string(row % 97));
    return QByteArray::fromStdString(text);
}

bool write(const QString& path, const QByteArray& bytes)
{
    QFile file{path};
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

} // namespace

class tst_KilledImport : public QObject {
    Q_OBJECT

private slots:
    void theMonthIsWhole_property()
    {
        TempLedger ledger;
        const QString keyFile = QString::fromStdString(ledger.file(QStringLiteral("key")));
        const QString file = QString::fromStdString(ledger.file(QStringLiteral("september.csv")));
        QVERIFY(write(keyFile, QByteArray(32, '\7').toHex()));
        const QStringList command{QStringLiteral("import"), QString::fromStdString(ledger.path()),
            file, QStringLiteral("--key-file"), keyFile};
        SeededRandom random{seed(20261126)};
        std::string standing = "\n"; // the figures before, without the revision
        qint64 usual = 0; // how long an import takes that is left alone
        int killed = 0;
        int saved = 0;
        const int last = rounds(60);
        for (int version = 1; version <= last; ++version) {
            QVERIFY(write(file, september(version)));
            ledger.lock();
            QElapsedTimer clock;
            clock.start();
            QProcess program;
            program.start(QStringLiteral(SLUICE_CLI), command);
            QVERIFY(program.waitForStarted());
            const bool kill = version > 1 && version < last;
            if (kill && !program.waitForFinished(static_cast<int>(random.between(0, usual))))
                program.kill();
            QVERIFY(
                program.state() == QProcess::NotRunning || program.waitForFinished(ImportMsMax));
            const bool acknowledged = program.exitStatus() == QProcess::NormalExit
                || program.readAllStandardOutput().contains("batch ");
            QVERIFY2(program.exitStatus() == QProcess::CrashExit || program.exitCode() == 0,
                program.readAllStandardError());
            if (!kill)
                usual = clock.elapsed();
            killed += program.exitStatus() == QProcess::CrashExit ? 1 : 0;

            QVERIFY_OK(ledger.unlock());
            const std::string facts = ledgerFacts(ledger.workspace());
            QVERIFY2(isSound(facts), facts.c_str());
            const std::string now = facts.substr(facts.find('\n'));
            // No other version costs what this one does.
            const bool isNew = now.find("\nBilledCost USD " + std::to_string(Rows * version) + " ")
                != std::string::npos;
            QVERIFY2(isNew || now == standing, facts.c_str());
            QVERIFY2(isNew || !acknowledged, "an import that was reported as saved is lost");
            saved += isNew ? 1 : 0;
            standing = now;
        }
        qInfo("%d imports, %d killed, %d saved; one takes %lld ms", last, killed, saved,
            static_cast<long long>(usual));
        QVERIFY(killed > 0 || last < 10);
    }
};

QTEST_GUILESS_MAIN(tst_KilledImport)
#include "tst_KilledImport.moc"
