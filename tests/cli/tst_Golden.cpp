// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Connection.h"
#include "tests/cli/GoldenFile.h"
#include "tests/support/XlsxCells.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace sluice;
using namespace sluice::test;

namespace {

const QString Folder = QStringLiteral(SLUICE_SOURCE_DIR "/tests/cli/");
constexpr int CommandMsMax = 120'000;

QString readText(const QString& path)
{
    QFile file{path};
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString{};
}

QStringList linesOf(const QByteArray& bytes)
{
    QStringList lines = QString::fromUtf8(bytes).split(u'\n');
    if (lines.last().isEmpty())
        lines.removeLast();
    return lines;
}

// What is drawn at random when a ledger is made, and nothing else.
QString withoutChance(QString text)
{
    static const QRegularExpression LedgerId{QStringLiteral("\\bl-[0-9a-f]{32}\\b")};
    static const QRegularExpression RecoveryCode{
        QStringLiteral("\\b(?:[0-9A-Z]{4,8}-){3,}[0-9A-Z]{4,8}\\b")};
    return text.replace(LedgerId, QStringLiteral("l-(random)"))
        .replace(RecoveryCode, QStringLiteral("(recovery code)"));
}

QStringList withoutChance(QStringList lines, const QDir& folder)
{
    for (QString& line : lines)
        line = withoutChance(line.remove(folder.path() + u'/'));
    return lines;
}

// What somebody who has the key can do to a ledger behind our back.
bool alter(const QString& ledger, const QString& keyFile, const QString& sql)
{
    QFile file{keyFile};
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray bytes = QByteArray::fromHex(file.readAll());
    SecureBytes key{static_cast<std::size_t>(bytes.size())};
    std::copy(bytes.begin(), bytes.end(), key.data());
    auto connection = Connection::open(ledger.toStdString(), key, {.mode = OpenMode::ReadWrite});
    return connection.ok() && connection->execute(sql.toStdString()).ok();
}

// Commands of the harness itself, to look at files and to damage them.
bool runOwn(const QStringList& words, const QDir& folder, Transcript& transcript)
{
    const QString path = words.size() > 1 ? folder.filePath(words[1]) : QString{};
    if (words[0] == QStringLiteral("cat"))
        transcript.out = linesOf(readText(path).toUtf8());
    else if (words[0] == QStringLiteral("cells"))
        transcript.out = XlsxCells{path}.lines();
    else if (words[0] == QStringLiteral("rm"))
        transcript.exitCode = QFile::remove(path) ? 0 : 1;
    else if (words[0] == QStringLiteral("cp"))
        transcript.exitCode = QFile::copy(path, folder.filePath(words.value(2))) ? 0 : 1;
    else if (words[0] == QStringLiteral("truncate"))
        transcript.exitCode = QFile::resize(path, words.value(2).toLongLong()) ? 0 : 1;
    else if (words[0] == QStringLiteral("alter"))
        transcript.exitCode = alter(path, folder.filePath(words.value(2)), words.value(3)) ? 0 : 1;
    else
        return false;
    return true;
}

Transcript runCli(const QStringList& arguments, const QDir& folder)
{
    QProcess process;
    process.setWorkingDirectory(folder.path());
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("SLUICE_NOW"), QStringLiteral("2026-10-15T09:30:00Z"));
    // no keychain of the person who runs the tests
    environment.remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
    process.setProcessEnvironment(environment);
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(QStringLiteral(SLUICE_CLI), arguments);
    const bool ended
        = process.waitForFinished(CommandMsMax) && process.exitStatus() == QProcess::NormalExit;
    Transcript transcript;
    transcript.out
        = withoutChance(linesOf(process.readAllStandardOutput().replace("\r\n", "\n")), folder);
    transcript.err = withoutChance(linesOf(process.readAllStandardError()), folder);
    transcript.exitCode = ended ? process.exitCode() : -1;
    return transcript;
}

Transcript runStep(const QString& command, const QDir& folder)
{
    const QStringList words = wordsOf(command);
    Transcript transcript;
    if (words.isEmpty() || runOwn(words, folder, transcript))
        return transcript;
    return runCli(words.mid(1), folder);
}

void copyData(const QDir& to)
{
    const QDir data{Folder + QStringLiteral("data")};
    for (const QString& name : data.entryList(QDir::Files))
        QVERIFY(QFile::copy(data.filePath(name), to.filePath(name)));
}

} // namespace

class tst_Golden : public QObject {
    Q_OBJECT

private slots:
    void filesPrintThemselves();
    void sessions_data();
    void sessions();
    void theOrganisationOfTheHelpCanBePasted();
};

void tst_Golden::filesPrintThemselves()
{
    const QString text = QStringLiteral(
        "# one\n\n@ ledger\n$ sluice-cli x 'a b' \"c\"\n| out\n|\n! err\n= 3\n\n# two\n$ cat f\n# end\n");
    QCOMPARE(GoldenFile::parse(text).print(), text);
    const QStringList words{QStringLiteral("sluice-cli"), QStringLiteral("x"),
        QStringLiteral("a b"), QStringLiteral("c"), QString{}};
    QCOMPARE(wordsOf(QStringLiteral("sluice-cli x  'a b' \"c\" ''")), words);
}

void tst_Golden::sessions_data()
{
    QTest::addColumn<QString>("path");
    for (const QString& name : QDir{Folder}.entryList({QStringLiteral("*.golden")}, QDir::Files))
        QTest::newRow(qPrintable(name)) << Folder + name;
}

// SLUICE_GOLDEN_UPDATE=1 writes down what is printed now; read the difference before it is
// committed.
void tst_Golden::sessions()
{
    QFETCH(QString, path);
#if defined(__SANITIZE_ADDRESS__)
    if (path.endsWith(QStringLiteral("demo.golden")))
        QSKIP("two years of a company: made in release");
#endif
    const QTemporaryDir temporary;
    const QDir folder{temporary.path()};
    copyData(folder);
    GoldenFile golden = GoldenFile::parse(readText(path));
    QVERIFY(!golden.steps.isEmpty());
    for (const QString& setup : golden.setups) {
        for (const GoldenStep& step : GoldenFile::parse(
                 readText(Folder + QStringLiteral("setups/") + setup + QStringLiteral(".txt")))
                                          .steps) {
            const Transcript done = runStep(step.command, folder);
            QVERIFY2(done.exitCode == step.expected.exitCode,
                qPrintable(step.command + u'\n' + done.err.join(u'\n')));
        }
    }
    const QString before = golden.print();
    for (GoldenStep& step : golden.steps)
        step.expected = runStep(step.command, folder);
    const QString now = golden.print();
    if (now != before && qEnvironmentVariableIsSet("SLUICE_GOLDEN_UPDATE")) {
        QFile file{path};
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(now.toUtf8()) > 0);
        QSKIP("written anew");
    }
    const QStringList expected = before.split(u'\n');
    const QStringList actual = now.split(u'\n');
    for (qsizetype i = 0; i < qMax(expected.size(), actual.size()); ++i) {
        QVERIFY2(expected.value(i) == actual.value(i),
            qPrintable(QStringLiteral("%1:%2\n  expected: %3\n  printed:  %4")
                           .arg(path)
                           .arg(i + 1)
                           .arg(expected.value(i), actual.value(i))));
    }
}

// With the indentation of the help and without.
void tst_Golden::theOrganisationOfTheHelpCanBePasted()
{
    const QTemporaryDir temporary;
    const QDir folder{temporary.path()};
    copyData(folder);
    const auto run = [&folder](const char* command) {
        return runStep(QStringLiteral("sluice-cli ") + QLatin1String{command}, folder);
    };
    QStringList example;
    for (const QString& line : run("help org import").out)
        if (line.count(QLatin1Char{','}) >= 10)
            example << line;
    QVERIFY(example.size() > 5);
    QCOMPARE(run("init books.sluice --key-file ledger.key").exitCode, 0);
    for (const bool indented : {true, false}) {
        QFile file{folder.filePath(QStringLiteral("pasted.csv"))};
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        for (const QString& line : example)
            file.write((indented ? line : line.trimmed()).toUtf8() + '\n');
        file.close();
        const Transcript imported = run("org import books.sluice pasted.csv --key-file ledger.key");
        QVERIFY2(imported.exitCode == 0, qPrintable(imported.err.join(QLatin1Char{'\n'})));
    }
}

QTEST_GUILESS_MAIN(tst_Golden)
#include "tst_Golden.moc"
