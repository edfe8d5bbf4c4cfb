// SPDX-License-Identifier: GPL-3.0-or-later
// Holds the house rules over the whole source, and shows on small samples that each rule can fail.
#include "tests/tidy/Rules.h"

#include <QTest>

using namespace sluice::test;

class Tidy : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();

    void literalsAndCommentsAreNoCode();
    void functionsAreFound();
    void includeTableCanFail_data();
    void includeTableCanFail();
    void ringsAreFound();
    void sizesCanFail();
    void licenceCanFail();
    void wordsCanFail_data();
    void wordsCanFail();
    void verbRuleCanFail();
    void schemaRuleCanFail();

    void includeTableHolds() { QCOMPARE(report(checkIncludes(m_files)), QString{}); }
    void includesHaveNoRings() { QCOMPARE(report(checkCycles(m_files)), QString{}); }
    void sizesHold() { QCOMPARE(report(checkSizes(m_files)), QString{}); }
    void licenceHolds() { QCOMPARE(report(checkLicence(m_files)), QString{}); }
    void wordsHold() { QCOMPARE(report(checkWords(m_files)), QString{}); }
    void verbsHaveGoldens() { QCOMPARE(report(checkVerbsHaveGoldens(m_files)), QString{}); }
    void schemasHaveFixtures() { QCOMPARE(report(checkSchemasHaveFixtures(m_files)), QString{}); }

private:
    static QString report(const Findings& findings);

    std::vector<SourceFile> m_files;
};

QString Tidy::report(const Findings& findings)
{
    QString text;
    for (const Finding& finding : findings) {
        const std::string line
            = finding.path + ':' + std::to_string(finding.line) + ": " + finding.what;
        qWarning("%s", line.c_str());
        text += QString::fromStdString(line) + u'\n';
    }
    return text;
}

void Tidy::initTestCase()
{
    m_files = readTree(SLUICE_SOURCE_DIR, {"core", "ui", "app", "tests", "resources", "installer"});
    QVERIFY2(m_files.size() > 50, "the source tree was not found");
}

void Tidy::literalsAndCommentsAreNoCode()
{
    const std::string code = codeOnly(
        "int a = 1'000; // double\nf(\"double \\\" x\", 'd'); /* double\n */ R\"(a \" double)\" b;\n");
    QCOMPARE(code.find("double"), std::string::npos);
    QVERIFY(code.find("1'000") != std::string::npos);
    QVERIFY(code.find(" b;") != std::string::npos);
    QCOMPARE(linesOf(code).size(), std::size_t{3});
}

void Tidy::functionsAreFound()
{
    const std::string code = codeOnly(
        "namespace a {\n"
        "struct S : Base {\n"
        "    S()\n        : m_x{1}\n    {\n        go();\n    }\n"
        "    int m_x{0};\n"
        "};\n"
        "const std::array<int, 2> Table{{\n 1,\n 2}};\n"
        "template<class T> bool f(T a = {}) noexcept\n{\n    if (a) {\n    }\n    return true;\n}\n"
        "#define OPEN {\n"
        "bool operator==(const S&, const S&) { return true; }\n"
        "}\n");
    const std::vector<FunctionSpan> spans = functionsOf(code);
    QVERIFY(std::find(spans.begin(), spans.end(), FunctionSpan{5, 7}) != spans.end());
    QVERIFY(std::find(spans.begin(), spans.end(), FunctionSpan{14, 18}) != spans.end());
    QVERIFY(std::find(spans.begin(), spans.end(), FunctionSpan{20, 20}) != spans.end());
    QVERIFY(std::none_of(
        spans.begin(), spans.end(), [](const FunctionSpan& s) { return s.lastLine == 12; }));
}

void Tidy::includeTableCanFail_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("include");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char* path, const char* include, bool allowed) {
        QTest::addRow("%s %s", path, include)
            << QString::fromLatin1(path) << QString::fromLatin1(include) << allowed;
    };
    row("core/base/A.h", "\"core/ledger/B.h\"", false);
    row("core/base/A.h", "<vector>", true);
    row("core/base/A.h", "<boost/any.hpp>", false);
    row("core/ledger/A.h", "<QString>", false);
    row("core/ledger/A.h", "\"core/base/B.h\"", true);
    row("core/ledger/A.cpp", "\"core/analytics/B.h\"", false);
    row("core/analytics/A.cpp", "\"core/ingest/B.h\"", true);
    row("core/ingest/A.cpp", "<sqlite3.h>", false);
    row("core/store/A.cpp", "<sqlite3.h>", true);
    row("core/store/A.cpp", "<QObject>", false);
    row("core/store/A.cpp", "\"core/security/B.h\"", false);
    row("core/security/A.cpp", "<qt6keychain/keychain.h>", true);
    row("core/services/A.cpp", "<qt6keychain/keychain.h>", false);
    row("core/services/A.h", "\"core/store/B.h\"", false);
    row("core/services/A.cpp", "\"core/store/B.h\"", true);
    row("core/services/A.cpp", "\"ui/kit/B.h\"", false);
    row("core/services/A.cpp", "\"core/services/internal/B.h\"", true);
    row("core/services/A.h", "\"core/services/internal/B.h\"", false);
    row("core/services/internal/A.h", "\"core/store/B.h\"", true);
    row("app/gui/A.cpp", "\"core/services/internal/B.h\"", false);
    row("ui/kit/A.cpp", "\"ui/models/B.h\"", false);
    row("ui/models/A.cpp", "\"ui/charts/B.h\"", false);
    row("ui/charts/A.cpp", "\"ui/kit/B.h\"", true);
    row("ui/pages/spendmap/A.cpp", "\"ui/pages/charges/B.h\"", false);
    row("ui/pages/spendmap/A.cpp", "\"ui/pages/Page.h\"", true);
    row("ui/pages/spendmap/A.cpp", "\"core/store/B.h\"", false);
    row("ui/pages/spendmap/A.cpp", "\"core/services/B.h\"", true);
    row("ui/pages/spendmap/A.cpp", "<QNetworkAccessManager>", false);
    row("ui/shell/A.cpp", "\"ui/pages/charges/B.h\"", true);
    row("app/cli/A.cpp", "\"ui/kit/B.h\"", false);
    row("app/cli/A.cpp", "\"app/composition/B.h\"", true);
    row("app/gui/A.cpp", "\"ui/shell/B.h\"", true);
    row("app/gui/A.cpp", "\"tests/support/B.h\"", false);
    row("core/store/A.cpp", "\"../base/B.h\"", false);
}

void Tidy::includeTableCanFail()
{
    QFETCH(QString, path);
    QFETCH(QString, include);
    QFETCH(bool, allowed);
    const Findings findings
        = checkIncludes({{path.toStdString(), "#include " + include.toStdString() + "\n"}});
    QCOMPARE(findings.empty(), allowed);
}

void Tidy::ringsAreFound()
{
    QCOMPARE(ringsOf({{"a", {"b"}}, {"b", {"c"}}, {"c", {}}}).size(), std::size_t{0});
    QCOMPARE(ringsOf({{"a", {"b"}}, {"b", {"c"}}, {"c", {"a"}}}),
        std::vector<std::string>{"a > b > c > a"});
    const Findings findings = checkCycles({{"core/base/A.h", "#include \"core/base/B.h\"\n"},
        {"core/base/B.h", "#include \"core/base/A.h\"\n"}});
    QCOMPARE(findings.size(), std::size_t{1});
}

void Tidy::sizesCanFail()
{
    std::string body;
    for (int i = 0; i < 69; ++i)
        body += "    step();\n";
    QVERIFY(checkSizes({{"core/base/A.cpp", "void f()\n{\n" + body.substr(12) + "}\n"}}).empty());
    QCOMPARE(
        checkSizes({{"core/base/A.cpp", "void f()\n{\n" + body + "}\n"}}).size(), std::size_t{1});
    QVERIFY(checkSizes({{"core/base/A.cpp", std::string(700, '\n')}}).empty());
    QCOMPARE(checkSizes({{"core/base/A.cpp", std::string(701, '\n')}}).size(), std::size_t{1});
    const auto wide = [](const std::string& line) {
        return checkSizes({{"core/base/A.cpp", line}});
    };
    QVERIFY(wide("// " + std::string(97, 'x')).empty());
    QCOMPARE(wide("// " + std::string(98, 'x')).size(), std::size_t{1});
    QCOMPARE(wide("    f(" + std::string(95, 'x') + ");").size(), std::size_t{1});
    QVERIFY(wide("    f(\"" + std::string(95, 'x') + "\");").empty());
    QVERIFY(wide("// \u00E4" + std::string(96, 'x')).empty());
    QVERIFY(wide("f(R\"(\n" + std::string(101, 'x') + "\n)\");").empty());
}

void Tidy::licenceCanFail()
{
    QVERIFY(checkLicence({{"core/A.h", "// SPDX-License-Identifier: GPL-3.0-or-later\n"}}).empty());
    QVERIFY(checkLicence({{"core/CMakeLists.txt", "# SPDX-License-Identifier: GPL-3.0-or-later\n"}})
                .empty());
    QCOMPARE(checkLicence({{"core/A.h", "#pragma once\n"}}).size(), std::size_t{1});
    QCOMPARE(checkLicence({{"core/A.h", ""}}).size(), std::size_t{1});
}

void Tidy::wordsCanFail_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("found");
    const auto row = [](const char* path, const char* text, int found) {
        QTest::addRow("%s %s", path, text)
            << QString::fromLatin1(path) << QString::fromLatin1(text) << found;
    };
    row("ui/kit/A.cpp", "QCoreApplication::processEvents();", 1);
    row("ui/kit/A.cpp", "QEventLoop loop;", 1);
    row("core/security/A.cpp", "QEventLoop loop;", 0);
    row("ui/kit/A.cpp", "watcher.waitForFinished();", 1);
    row("core/base/A.h", "double amount;", 1);
    row("core/base/A.h", "int a; // a double would lie", 0);
    row("core/analytics/A.h", "double score;", 0);
    row("core/analytics/A.h", "float score;", 1);
    row("app/gui/A.cpp", "qDebug() << 1;", 1);
    row("app/gui/A.cpp", "qCDebug(log) << 1;", 0);
    row("tests/unit/base/A.cpp", "// FIXME later", 1);
    row("ui/charts/A.cpp", "QColor{\"red\"}", 1);
    row("ui/charts/A.cpp", "QColor(255, 0, 0)", 1);
    row("ui/charts/A.cpp", "Qt::red", 1);
    row("ui/charts/A.cpp", "Qt::transparent", 0);
    row("ui/charts/A.cpp", "u\"#ff0000\"_s", 1);
    row("ui/kit/ThemeColours.cpp", "u\"#ff0000\"_s", 0);
    row("core/connectors/A.cpp", "reply->ignoreSslErrors();", 1);
    row("core/security/A.cpp", "job.setInsecureFallback(true);", 1);
    row("core/security/A.cpp", "job.setInsecureFallback(false);", 0);
    row("ui/kit/A.cpp", "tr(\" charges\")", 1);
    row("core/base/A.cpp", "std::format(x)", 1);
    row("ui/kit/A.cpp", "connect(a, &A::done, [this] { f(1, 2, 3); });", 1);
    row("ui/kit/A.cpp", "QObject::connect(a, &A::done,\n    [this] {});", 1);
    row("ui/kit/A.cpp", "connect(a, &A::done, this, [this] {});", 0);
    row("ui/kit/A.cpp", "connect(a, &A::done, b, &B::go);", 0);
}

void Tidy::wordsCanFail()
{
    QFETCH(QString, path);
    QFETCH(QString, text);
    QFETCH(int, found);
    QCOMPARE(static_cast<int>(checkWords({{path.toStdString(), text.toStdString() + "\n"}}).size()),
        found);
}

void Tidy::verbRuleCanFail()
{
    const SourceFile verb{"app/cli/verbs/OrgShowVerb.cpp",
        "VerbInfo OrgShowVerb::info() const\n{\n    return {\"org show\", \"…\"};\n}\n"};
    QCOMPARE(checkVerbsHaveGoldens({verb}).size(), std::size_t{1});
    QCOMPARE(
        checkVerbsHaveGoldens({verb, {"tests/cli/org-show.golden", "$ sluice-cli org import\n"}})
            .size(),
        std::size_t{1});
    QVERIFY(checkVerbsHaveGoldens(
        {verb, {"tests/cli/org-show.golden", "# x\n$ sluice-cli org show a.sluice\n"}})
                .empty());
}

void Tidy::schemaRuleCanFail()
{
    const SourceFile schema{"resources/schema/0002_more.sql", ""};
    QCOMPARE(checkSchemasHaveFixtures({schema}).size(), std::size_t{1});
    QCOMPARE(checkSchemasHaveFixtures({schema, {"tests/migrations/0001_first.sql", ""}}).size(),
        std::size_t{1});
    QVERIFY(checkSchemasHaveFixtures({schema, {"tests/migrations/0002_more.sql", ""}}).empty());
}

QTEST_GUILESS_MAIN(Tidy)
#include "tst_Tidy.moc"
