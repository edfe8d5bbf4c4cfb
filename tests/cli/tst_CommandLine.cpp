// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/CommandLine.h"
#include "app/cli/Options.h"
#include "app/cli/ProgressLine.h"
#include "app/cli/Secrets.h"
#include "app/cli/VerbContext.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sstream>

using namespace sluice;

namespace {

struct Heard {
    std::vector<std::string> where;
    std::string file;
};

// Says what it heard, and fails when it is told to.
class EchoVerb final : public Verb {
public:
    explicit EchoVerb(std::string name, Heard& heard)
        : m_name{std::move(name)}
        , m_heard{heard}
    {
    }
    [[nodiscard]] VerbInfo info() const override
    {
        return {m_name, "Says what it heard.", "sluice-cli echo file"};
    }
    void declare(Options& options) override
    {
        options.argument("FILE", m_heard.file, "a file");
        options.repeated({"--where", "DIM=VALUE", "a filter"}, m_heard.where);
        options.option({"--fail", "N", "an error to end with"}, m_failure);
    }
    Result<ExitCode> run(VerbContext& context) override
    {
        if (context.task().stopRequested())
            return TaskContext::cancelled();
        if (m_failure >= 0)
            return Error{static_cast<ErrorCode>(m_failure), "f\x1b.csv", "it is wrong", "Mend it"};
        context.output().answer(7, [this](JsonWriter& json) { json.member("file", m_heard.file); });
        context.output().line(m_heard.file);
        context.output().note("a remark");
        return ExitCode::Faults;
    }

private:
    std::string m_name;
    Heard& m_heard;
    int m_failure{-1};
};

struct Session {
    Heard heard;
    std::ostringstream out;
    std::ostringstream err;
    StopToken stop;

    int run(const std::vector<std::string>& words)
    {
        VerbRegistry verbs;
        verbs.add(std::make_unique<EchoVerb>("echo", heard));
        verbs.add(std::make_unique<EchoVerb>("echo twice", heard));
        verbs.add(std::make_unique<EchoVerb>("import", heard));
        const FixedClock clock{Timestamp{}};
        CommandLine line{std::move(verbs), {out, err, false}, {clock, nullptr}, stop};
        return static_cast<int>(line.run(words));
    }
};

QString writeFile(const QTemporaryDir& folder, const QByteArray& bytes)
{
    const QString path = folder.filePath(QStringLiteral("secret"));
    QFile file{path};
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        return {};
    return path;
}

std::string textOf(const SecureBytes& bytes)
{
    return {bytes.bytes().begin(), bytes.bytes().end()};
}

} // namespace

class tst_CommandLine : public QObject {
    Q_OBJECT

private slots:
    void findsVerbs();
    void filtersDoNotTakeTheLedger();
    void formats();
    void errorsAndExitCodes_data();
    void errorsAndExitCodes();
    void cancelling();
    void wrongWords_data();
    void wrongWords();
    void helpNamesEverything();
    void distances();
    void passphrases();
    void keys();
    void progress();
};

void tst_CommandLine::findsVerbs()
{
    Session session;
    QCOMPARE(session.run({"echo", "a"}), 1);
    QCOMPARE(session.heard.file, std::string{"a"});
    QCOMPARE(session.run({"echo", "twice", "b"}), 1);
    QCOMPARE(session.heard.file, std::string{"b"});
    QCOMPARE(session.out.str(), std::string{"a\na remark\nb\na remark\n"});
}

void tst_CommandLine::filtersDoNotTakeTheLedger()
{
    Session session;
    const std::vector<std::string> expected{"a=1", "b=2", "c=-3"};
    session.run({"echo", "--where", "a=1", "b=2", "books", "--where", "c=-3"});
    QCOMPARE(session.heard.where, expected);
    QCOMPARE(session.heard.file, std::string{"books"});
}

void tst_CommandLine::formats()
{
    Session json;
    QCOMPARE(json.run({"echo", "a", "--json"}), 1);
    QCOMPARE(json.out.str(), std::string{"{\n  \"file\": \"a\",\n  \"revision\": 7\n}\n"});
    Session quiet;
    quiet.run({"echo", "a", "--quiet"});
    QCOMPARE(quiet.out.str(), std::string{"a\n"});
    Session csv;
    csv.run({"echo", "a", "--csv"});
    QCOMPARE(csv.out.str(), std::string{});
}

void tst_CommandLine::errorsAndExitCodes_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("exitCode");
    const auto row = [](ErrorCode code, int exitCode) {
        QTest::newRow(errorCodeName(code).data()) << static_cast<int>(code) << exitCode;
    };
    row(ErrorCode::Usage, 2);
    row(ErrorCode::BadInput, 3);
    row(ErrorCode::MissingColumns, 3);
    row(ErrorCode::SmallerDelivery, 3);
    row(ErrorCode::NotFound, 3);
    row(ErrorCode::AlreadyExists, 3);
    row(ErrorCode::Overflow, 3);
    row(ErrorCode::Locked, 4);
    row(ErrorCode::WrongPassphrase, 4);
    row(ErrorCode::NotAllowed, 4);
    row(ErrorCode::OutOfScope, 4);
    row(ErrorCode::Damaged, 5);
    row(ErrorCode::NotALedger, 5);
    row(ErrorCode::NewerSchema, 5);
    row(ErrorCode::Cancelled, 6);
    row(ErrorCode::Internal, 70);
}

void tst_CommandLine::errorsAndExitCodes()
{
    QFETCH(int, code);
    QFETCH(int, exitCode);
    Session people;
    QCOMPARE(people.run({"echo", "a", "--fail", std::to_string(code)}), exitCode);
    QCOMPARE(people.err.str(), std::string{"sluice-cli: f␛.csv: it is wrong. Mend it.\n"});
    Session json;
    QCOMPARE(json.run({"echo", "a", "--json", "--fail", std::to_string(code)}), exitCode);
    QCOMPARE(json.err.str(),
        R"({"error":{"code":")" + std::string{errorCodeName(static_cast<ErrorCode>(code))}
            + R"(","where":"f\u001b.csv","message":"it is wrong","fix":"Mend it"}})" + "\n");
    QVERIFY(json.out.str().empty());
}

void tst_CommandLine::cancelling()
{
    Session session;
    session.stop.requestStop();
    QCOMPARE(session.run({"echo", "a"}), 6);
    QCOMPARE(session.err.str(), std::string{"sluice-cli: cancelled.\n"});
}

void tst_CommandLine::wrongWords_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("hint");
    QTest::newRow("none") << QStringList{} << QStringLiteral("Usage:");
    QTest::newRow("unknown") << QStringList{QStringLiteral("frobnicate")}
                             << QStringLiteral("lists the verbs");
    QTest::newRow("near") << QStringList{QStringLiteral("imprt"), QStringLiteral("x")}
                          << QStringLiteral("Did you mean 'import'?");
    QTest::newRow("near, two words") << QStringList{QStringLiteral("ehco"), QStringLiteral("twice")}
                                     << QStringLiteral("Did you mean 'echo");
    QTest::newRow("no argument") << QStringList{QStringLiteral("echo")}
                                 << QStringLiteral("See sluice-cli help echo");
    QTest::newRow("unknown option") << QStringList{QStringLiteral("echo"), QStringLiteral("a"),
        QStringLiteral("--loud")} << QStringLiteral("--loud");
    QTest::newRow("no number") << QStringList{QStringLiteral("echo"), QStringLiteral("a"),
        QStringLiteral("--fail"), QStringLiteral("x")}
                               << QStringLiteral("--fail");
    QTest::newRow("two formats") << QStringList{QStringLiteral("echo"), QStringLiteral("a"),
        QStringLiteral("--json"), QStringLiteral("--csv")}
                                 << QStringLiteral("exclude each other");
}

void tst_CommandLine::wrongWords()
{
    QFETCH(QStringList, words);
    QFETCH(QString, hint);
    std::vector<std::string> arguments;
    for (const QString& word : words)
        arguments.push_back(word.toStdString());
    Session session;
    QCOMPARE(session.run(arguments), 2);
    QVERIFY2(
        session.err.str().find(hint.toStdString()) != std::string::npos, session.err.str().c_str());
    QVERIFY(session.out.str().empty());
}

void tst_CommandLine::helpNamesEverything()
{
    Session overview;
    QCOMPARE(overview.run({"help"}), 0);
    QVERIFY(overview.out.str().find("echo twice  Says what it heard.") != std::string::npos);
    for (const std::vector<std::string>& words : {std::vector<std::string>{"help", "echo", "twice"},
             {"echo", "twice", "--help"}, {"echo", "twice", "x", "-h"}}) {
        Session session;
        QCOMPARE(session.run(words), 0);
        for (const char* part : {"Usage: sluice-cli echo twice FILE [OPTIONS]", "--where DIM=VALUE",
                 "--passphrase-file FILE", "Example:\n  sluice-cli echo file"})
            QVERIFY2(session.out.str().find(part) != std::string::npos, session.out.str().c_str());
    }
    Session version;
    QCOMPARE(version.run({"--version"}), 0);
    QCOMPARE(version.out.str().rfind("sluice-cli ", 0), std::size_t{0});
    Session unknown;
    QCOMPARE(unknown.run({"help", "nothing"}), 2);
}

void tst_CommandLine::distances()
{
    QCOMPARE(editDistance("", "abc"), std::size_t{3});
    QCOMPARE(editDistance("import", "import"), std::size_t{0});
    QCOMPARE(editDistance("imprt", "import"), std::size_t{1});
    QCOMPARE(editDistance("ipmort", "import"), std::size_t{1});
    QCOMPARE(editDistance("kitten", "sitting"), std::size_t{3});
}

void tst_CommandLine::passphrases()
{
    const QTemporaryDir folder;
    const auto read = [&folder](const QByteArray& bytes) {
        return readPassphraseFile(writeFile(folder, bytes).toStdString());
    };
    QCOMPARE(textOf(*read("a long one, 2026\n")), std::string{"a long one, 2026"});
    QCOMPARE(textOf(*read("with end\r\n\r\n")), std::string{"with end"});
    QCOMPARE(textOf(*read(" blanks stay \n")), std::string{" blanks stay "});
    QCOMPARE(textOf(*read("two\nlines")), std::string{"two\nlines"});
    QCOMPARE(read("\n").error().code, ErrorCode::BadInput);
    QCOMPARE(read(QByteArray(5000, 'x')).error().code, ErrorCode::BadInput);
    QCOMPARE(readPassphraseFile(folder.filePath(QStringLiteral("none")).toStdString()).error().code,
        ErrorCode::NotFound);
    QCOMPARE(readPassphraseFile(folder.path().toStdString()).error().code, ErrorCode::BadInput);
}

void tst_CommandLine::keys()
{
    const QTemporaryDir folder;
    const auto read = [&folder](const QByteArray& bytes) {
        return readKeyFile(writeFile(folder, bytes).toStdString());
    };
    QByteArray raw;
    for (int i = 0; i < 32; ++i)
        raw.append(static_cast<char>(255 - i));
    QCOMPARE(textOf(*read(raw)), raw.toStdString());
    QCOMPARE(textOf(*read(raw.toHex())), raw.toStdString());
    QCOMPARE(textOf(*read(raw.toHex().toUpper() + "\n")), raw.toStdString());
    QCOMPARE(read(raw + "\n").error().code, ErrorCode::BadInput);
    QCOMPARE(read(raw.toHex().chopped(1)).error().code, ErrorCode::BadInput);
    QCOMPARE(read(QByteArray(64, 'g')).error().code, ErrorCode::BadInput);
    QCOMPARE(read("").error().code, ErrorCode::BadInput);
}

void tst_CommandLine::progress()
{
    QCOMPARE(ProgressLine::lineOf({"march.csv", 450, 1000}), std::string{"march.csv  45 %"});
    QCOMPARE(ProgressLine::lineOf({"march.csv", 2000, 1000}), std::string{"march.csv  100 %"});
    QCOMPARE(ProgressLine::lineOf({"a\nb", 1234, 0}), std::string{"a␊b  1,234"});
}

QTEST_GUILESS_MAIN(tst_CommandLine)
#include "tst_CommandLine.moc"
