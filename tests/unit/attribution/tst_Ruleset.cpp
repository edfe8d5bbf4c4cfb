// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/Ruleset.h"
#include "tests/support/Qt.h"

#include <QTest>

#include <algorithm>

using namespace sluice;

namespace {

// The rules start at line 4.
std::string withRules(const std::string& rules)
{
    return "{\n\"tables\": {\"t\": {\"a\": \"agents\"}},\n\"rules\": [\n" + rules + "\n]}";
}

bool remarks(const RulesetCheck& check, bool fault, std::size_t line, const char* what)
{
    return std::any_of(
        check.remarks.begin(), check.remarks.end(), [&](const RulesetRemark& remark) {
            return remark.fault == fault && remark.line == line
                && remark.what.find(what) != std::string::npos;
        });
}

} // namespace

class tst_Ruleset : public QObject {
    Q_OBJECT
private slots:
    void reads();
    void conditions();
    void faults_data();
    void faults();
    void allFaultsAtOnce();
    void findings();
    void extends();
    void defaults();
};

void tst_Ruleset::reads()
{
    const auto ruleset = parseRuleset(R"({"name": "Company", "effective_from": "2026-01-01",
        "tables": {"env": {" PROD ": "production"}}, "normalise": {"tag:env": "env"},
        "rules": [{"id": "r1", "note": "why", "when": [{"field": "tag:env", "equals": "production"}],
            "assign": {"owner": "p1", "environment": {"field": "tag:env", "table": "env"}}},
          {"id": "r2", "split": [{"weight": 60, "assign": {"unit": "a"}}, {"weight": 40, "assign": {"unit": "b"}}]}]})",
        "rules.json");
    QVERIFY_OK(ruleset);
    QCOMPARE(ruleset->name, std::string{"Company"});
    QCOMPARE(ruleset->effectiveFrom, *BusinessDate::parseIso("2026-01-01"));
    QCOMPARE(ruleset->tables.at("env").at("prod"), std::string{"production"});
    QCOMPARE(ruleset->rules.size(), std::size_t{2});
    QCOMPARE(ruleset->rules[0].assign.at(Attribute::Owner).literal, std::string{"p1"});
    QCOMPARE(ruleset->rules[0].assign.at(Attribute::Environment).table, std::string{"env"});
    QCOMPARE(ruleset->rules[0].line, std::size_t{3});
    QCOMPARE(ruleset->rules[1].split[1].weight, 40U);
    QVERIFY(!ruleset->body.empty());
}

void tst_Ruleset::conditions()
{
    const auto ruleset
        = parseRuleset(withRules(R"({"id": "r", "assign": {"app": "x"}, "when": {"all": [
        {"any": [{"field": "service", "like": ["a*", "b?"]}, {"not": {"field": "tag:x", "present": true}}]},
        {"field": "sku", "absent": false}]}})"),
            "f");
    QVERIFY_OK(ruleset);
    const auto& when = ruleset->rules[0].when;
    QCOMPARE(when.size(), std::size_t{2});
    QCOMPARE(when[0].size(), std::size_t{2});
    QVERIFY(when[0][0].test == RuleCondition::Test::Like && when[0][0].values.size() == 2);
    QVERIFY(when[0][1].test == RuleCondition::Test::Present && when[0][1].negated);
    QVERIFY(when[1][0].test == RuleCondition::Test::Present && !when[1][0].negated);
}

void tst_Ruleset::faults_data()
{
    QTest::addColumn<std::string>("json");
    QTest::addColumn<std::string>("where");
    QTest::addColumn<QString>("what");
    const auto row
        = [](const char* name, const std::string& json, const char* where, const char* what) {
              QTest::newRow(name) << json << std::string{where} << QString::fromUtf8(what);
          };
    const auto rule
        = [&](const char* name, const std::string& inside, const char* where, const char* what) {
              row(name, withRules("{\"id\": \"r\", " + inside + "}"), where, what);
          };
    row("empty", "", "f:1:1", "not JSON");
    row("scalar", "7", "f:1:1", "single value");
    row("list", "[]", "f:1:1", "has to be an object");
    row("cut off", "{\"rules\": [", "f:1:12", "not JSON");
    row("trailing", "{\"rules\": []} x", "f:1:15", "text follows");
    rule("bad number", "\"split\": [{\"weight\": 1.2.3}]", "f:4:34", "not JSON");
    row("deep", std::string(200, '[') + std::string(200, ']'), "f:1:34", "nests deeper");
    row("no rules", "{}", "f:1:1", "no rules");
    row("unknown member", "{\"rules\": [],\n \"rule\": 1}", "f:2:2", "has no 'rule'");
    row("twice", "{\"rules\": [], \"rules\": []}", "f:1:15", "twice");
    row("bad day", "{\"rules\": [], \"effective_from\": \"2026-02-30\"}", "f:1:33", "not a day");
    row("no id", withRules("{\"assign\": {\"app\": \"x\"}}"), "f:4:1", "no id");
    row("same id",
        withRules(
            "{\"id\": \"r\", \"assign\": {\"app\": \"x\"}},\n{\"id\": \"r\", \"assign\": {\"app\": \"x\"}}"),
        "f:5:8", "the rule of line 4");
    row("nothing assigned", withRules("{\"id\": \"r\"}"), "f:4:1", "assigns nothing");
    rule("detail column",
        "\"when\": [{\"field\": \"ResourceId\", \"equals\": \"x\"}], \"assign\": {\"app\": \"x\"}",
        "f:4:32", "detail of the single charge");
    rule("price",
        "\"when\": [{\"field\": \"ListCost\", \"equals\": \"x\"}], \"assign\": {\"app\": \"x\"}",
        "f:4:32", "number or a date");
    rule("no test", "\"when\": [{\"field\": \"sku\"}], \"assign\": {\"app\": \"x\"}", "f:4:22",
        "tests nothing");
    rule("unknown test",
        "\"when\": [{\"field\": \"sku\", \"equal\": \"x\"}], \"assign\": {\"app\": \"x\"}",
        "f:4:39", "has no 'equal'");
    rule("two tests",
        "\"when\": [{\"field\": \"sku\", \"equals\": \"x\", \"in\": [\"y\"]}], \"assign\": {\"app\": \"x\"}",
        "f:4:22", "several tests");
    rule("empty any", "\"when\": [{\"any\": []}], \"assign\": {\"app\": \"x\"}", "f:4:30",
        "never holds");
    rule("empty text", "\"assign\": {\"app\": \" \"}", "f:4:31", "is empty");
    rule(
        "attribute", "\"assign\": {\"color\": \"x\"}", "f:4:24", "not something a rule can assign");
    rule("category", "\"assign\": {\"category\": \"fun\"}", "f:4:36", "not a category");
    rule("category of a field", "\"assign\": {\"category\": {\"field\": \"sku\"}}", "f:4:36",
        "needs a table");
    rule("table", "\"assign\": {\"app\": {\"field\": \"sku\", \"table\": \"u\"}}", "f:4:57",
        "no table 'u'");
    rule("one share", "\"split\": [{\"weight\": 1, \"assign\": {\"unit\": \"a\"}}]", "f:4:22",
        "2 to 64 shares");
    rule("weight",
        "\"split\": [{\"weight\": 0, \"assign\": {\"unit\": \"a\"}}, {\"weight\": 1, \"assign\": {\"unit\": \"b\"}}]",
        "f:4:34", "whole number from 1");
    row("extends", "{\"rules\": [], \"extends\": \"default-0\"}", "f:1:26",
        "no ruleset 'default-0'");
    row("table twice", "{\"rules\": [], \"tables\": {\"t\": {\"A\": \"x\", \"a \": \"y\"}}}",
        "f:1:42", "twice");
}

void tst_Ruleset::faults()
{
    QFETCH(std::string, json);
    QFETCH(std::string, where);
    QFETCH(QString, what);
    const auto ruleset = parseRuleset(json, "f");
    QVERIFY(!ruleset.ok());
    QVERIFY2(
        QString::fromStdString(ruleset.error().what).contains(what), ruleset.error().what.c_str());
    QCOMPARE(QString::fromStdString(ruleset.error().where), QString::fromStdString(where));
}

void tst_Ruleset::allFaultsAtOnce()
{
    const auto json = withRules(
        "{\"id\": \"a\", \"assign\": {\"color\": \"x\"}},\n{\"id\": \"b\", \"when\": [{\"field\": \"BilledCost\", "
        "\"equals\": \"1\"}], \"assign\": {\"app\": \"x\"}}");
    const RulesetCheck check = checkRuleset(json);
    QVERIFY(!check.ruleset);
    QVERIFY(remarks(check, true, 4, "not something a rule can assign"));
    QVERIFY(remarks(check, true, 5, "number or a date"));
    QVERIFY(std::any_of(check.remarks.begin(), check.remarks.end(),
        [](const RulesetRemark& r) { return r.rule == "b" && r.line == 5; }));
    QVERIFY(
        parseRuleset(json, "f").error().what.find("the first of 2 faults") != std::string::npos);
}

void tst_Ruleset::findings()
{
    const RulesetCheck check = checkRuleset(
        "{\"tables\": {\n\"unused\": {\"a\": \"b\"}},\n\"normalise\": {\n\"tag:x\": \"unused\"}, \"rules\": [\n"
        "{\"id\": \"all\", \"assign\": {\"app\": \"x\"}},\n"
        "{\"id\": \"late\", \"when\": [{\"field\": \"sku\", \"equals\": \"s\"}], \"assign\": {\"app\": \"y\"}},\n"
        "{\"id\": \"partly\", \"assign\": {\"app\": \"y\", \"unit\": \"u\"}}\n]}");
    QVERIFY(check.ruleset);
    QVERIFY(remarks(check, false, 4, "normalising it does nothing"));
    QVERIFY(remarks(check, false, 6, "never reached"));
    QCOMPARE(check.remarks.size(), std::size_t{2});
    QVERIFY(remarks(checkRuleset("{\"tables\": {\"t\": {}}, \"rules\": []}"), false, 1,
        "no rule uses the table"));
}

void tst_Ruleset::extends()
{
    const auto ruleset = parseRuleset(R"({"extends": "default-1", "rules": [{"id": "own", "assign":
        {"vendor": {"field": "provider", "table": "vendor"}}}]})",
        "f");
    QVERIFY_OK(ruleset);
    QCOMPARE(ruleset->rules.size(), defaultRuleset().rules.size() + 1);
    QCOMPARE(ruleset->rules.front().id, std::string{"own"});
    const std::string clash = "{\"extends\": \"default-1\", \"rules\": [{\"id\": \""
        + defaultRuleset().rules[0].id + "\", \"assign\": {\"app\": \"x\"}}]}";
    QVERIFY(!parseRuleset(clash, "f").ok());
}

void tst_Ruleset::defaults()
{
    QVERIFY(defaultRuleset().rules.size() > 30);
    for (const RulesetRemark& remark : checkRuleset(defaultRuleset().body).remarks)
        QFAIL(remark.what.c_str());
}

QTEST_GUILESS_MAIN(tst_Ruleset)
#include "tst_Ruleset.moc"
