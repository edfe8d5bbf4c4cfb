// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/RuleFix.h"
#include "tests/unit/ingest/RuleTable.h"

#include <QTest>

using namespace sluice;
using namespace sluice::test;

namespace {

std::string check(const std::string& function, const std::string& arguments)
{
    return "{\"CheckFunction\":\"" + function + "\"," + arguments + "}";
}

std::string ofA(const std::string& function)
{
    return check(function, R"("ColumnName":"A")");
}

std::string pair(const std::string& function)
{
    return check(function, R"("ColumnAName":"A","ColumnBName":"B")");
}

RuleResult only(const std::shared_ptr<const RuleModel>& model, const RuleTable& table, bool ofClass)
{
    RuleRun run{
        RulePlan::compile(model, table.columns, std::vector<bool>(table.columns.size(), ofClass))};
    feed(run, table, 0, table.rows.size());
    return run.finish().back();
}

// One rule, one row A,B,C: whether the row holds.
auto addCase()
{
    QTest::addColumn<QString>("requirement");
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<bool>("holds");
    return [](const std::string& requirement, const char* a, const char* b, bool holds) {
        const std::string name = requirement + " on " + a + "," + b;
        QTest::newRow(name.c_str()) << QString::fromStdString(requirement) << a << b << holds;
    };
}

} // namespace

class TestRulePlan : public QObject {
    Q_OBJECT

private slots:
    void everyFunction_data();
    void everyFunction();
    void pairsAndGroups_data();
    void pairsAndGroups();
    void conditions_data();
    void conditions();
    void keywords();
    void presence();
    void composites();
    void equalChecksAreMadeOnce();
    void tooManyRowChecks();
    void needsSayWhatIsRead();
    void columnNames();
};

void TestRulePlan::everyFunction_data()
{
    const auto add = addCase();
    add(check("CheckValue", R"("ColumnName":"A","Value":"x")"), "x", "", true);
    add(check("CheckValue", R"("ColumnName":"A","Value":"x")"), "X", "", false);
    add(check("CheckValue", R"("ColumnName":"A","Value":"x")"), "NULL", "", true);
    add(check("CheckValue", R"("ColumnName":"A","Value":null)"), "", "", true);
    add(check("CheckValue", R"("ColumnName":"A","Value":null)"), "0", "", false);
    add(check("CheckValue", R"("ColumnName":"A","Value":0)"), "0.000", "", true);
    add(check("CheckValue", R"("ColumnName":"A","Value":0)"), "1e-9", "", false);
    add(check("CheckValue", R"("ColumnName":"A","Value":0)"), "none", "", true);
    add(check("CheckNotValue", R"("ColumnName":"A","Value":"x")"), "x", "", false);
    add(check("CheckNotValue", R"("ColumnName":"A","Value":"x")"), "", "", true);
    add(check("CheckNotValue", R"("ColumnName":"A","Value":null)"), "NULL", "", false);
    add(check("CheckNotValue", R"("ColumnName":"A","Value":null)"), "null", "", true);
    add(check("CheckGreaterOrEqualThanValue", R"("ColumnName":"A","Value":0)"), "-0.0", "", true);
    add(check("CheckGreaterOrEqualThanValue", R"("ColumnName":"A","Value":0)"), "-0.01", "", false);
    add(check("CheckGreaterOrEqualThanValue", R"("ColumnName":"A","Value":0)"), "", "", true);
    for (const char* function : {"TypeDecimal", "CheckDecimalValue", "FormatNumeric"}) {
        add(ofA(function), "1.50", "", true);
        add(ofA(function), "1,50", "", false);
        add(ofA(function), "", "", true);
    }
    add(ofA("TypeDecimal"), "1e+5", "", true);
    add(ofA("FormatNumeric"), "1e+5", "", false);
    add(ofA("TypeString"), "x", "", true);
    add(ofA("FormatString"), "\x01", "", false);
    add(ofA("TypeDateTime"), "2024-09-01 00:00:00", "", true);
    add(ofA("TypeDateTime"), "today", "", false);
    add(ofA("FormatDateTime"), "2024-09-01 00:00:00", "", false);
    add(ofA("FormatDateTime"), "2024-09-01T00:00:00Z", "", true);
    add(ofA("FormatDateTime"), "NULL", "", true);
    add(ofA("FormatUnit"), "GB-Hours", "", true);
    add(ofA("FormatUnit"), "GB,Hours", "", false);
    add(ofA("FormatCurrency"), "tokens", "", true);
    add(ofA("FormatCurrency"), "ZZZ", "", false);
    add(ofA("FormatCurrencyCode"), "ZZZ", "", true);
    add(ofA("FormatCurrencyCode"), "usd", "", false);
    add(ofA("CheckNationalCurrency"), "USD", "", true);
    add(ofA("CheckNationalCurrency"), "tokens", "", false);
    add(ofA("FormatKeyValue"), R"({"a":1})", "", true);
    add(ofA("FormatKeyValue"), R"({"a":[]})", "", false);
    add(ofA("FormatJson"), R"({"a":[]})", "", true);
    add(ofA("FormatJson"), "a", "", false);
}

void TestRulePlan::pairsAndGroups_data()
{
    const auto add = addCase();
    add(pair("CheckSameValue"), "x", "x", true);
    add(pair("CheckSameValue"), "x", "y", false);
    add(pair("CheckSameValue"), "x", "", true);
    add(pair("CheckNotSameValue"), "x", "x", false);
    add(pair("CheckNotSameValue"), "x", "y", true);
    add(pair("CheckNotSameValue"), "", "", true);
    add(pair("CheckSameNumber"), "1.0", "1", true);
    add(pair("CheckSameNumber"), "1", "2", false);
    add(pair("CheckSameNumber"), "1", "two", true);
    add(pair("CheckAtLeastColumn"), "2", "1", true);
    add(pair("CheckAtLeastColumn"), "1", "2", false);
    add(pair("CheckBefore"), "2024-01-01", "2024-01-01T00:00:01Z", true);
    add(pair("CheckBefore"), "2024-01-01", "2024-01-01", false);
    add(pair("CheckBefore"), "2024-01-01", "", true);
    add(pair("CheckLedgerRange"), "9999999999999999999999999999999999999999999", "JPY", false);
    add(pair("CheckLedgerRange"), "many", "JPY", true);
    add(pair("CheckLedgerRange"), "1e999999999", "USD", false);
    add(pair("CheckLedgerRange"), "1e-999999999", "USD", true);
    add(pair("CheckLedgerRange"), "1e20", "", false);
    const std::string sixes(45, '6');
    add(pair("CheckLedgerRange"), ("0." + sixes).c_str(), "USD", true);
    add(pair("CheckLedgerRange"), ("9223372036.8547758074" + sixes).c_str(), "USD", true);
    add(pair("CheckLedgerRange"), ("9223372036.8547758075" + sixes).c_str(), "USD", false);
    add(pair("CheckLedgerRange"), ("9223372036.8547758075" + sixes).c_str(), "JPY", true);
    add(pair("CheckAtLeastColumn"), ("1." + sixes).c_str(), "1.7", false);
    add(pair("CheckAtLeastColumn"), ("1." + sixes).c_str(), "1.6", true);
    add(pair("CheckSameNumber"), ("1." + sixes).c_str(), "1.6", false);
    add(pair("CheckNotAfter"), "2024-01-01", "2024-01-01T00:00:00Z", true);
    add(pair("CheckNotAfter"), "2024-01-01T00:00:01Z", "2024-01-01", false);
    add(pair("CheckNotAfter"), "", "2024-01-01", true);
    add(pair("CheckLedgerRange"), "9223372036.854775807", "USD", true);
    add(pair("CheckLedgerRange"), "9223372036.854775808", "USD", false);
    add(pair("CheckLedgerRange"), "9223372036.854775808", "JPY", true);
    add(pair("CheckLedgerRange"), "-9223372036855", "JPY", false);
    add(check("ColumnByColumnEqualsColumnValue",
            R"("ColumnAName":"A","ColumnBName":"B","ResultColumnName":"C")"),
        "2", "6", true);
    add(check("ColumnByColumnEqualsColumnValue",
            R"("ColumnAName":"A","ColumnBName":"B","ResultColumnName":"C")"),
        "2", "5", false);
    add(check("ColumnByColumnEqualsColumnValue",
            R"("ColumnAName":"A","ColumnBName":"B","ResultColumnName":"C")"),
        "2", "", true);
    const std::string x = check("CheckValue", R"("ColumnName":"A","Value":"x")");
    const std::string y = check("CheckValue", R"("ColumnName":"B","Value":"y")");
    add(check("AND", "\"Items\":[" + x + "," + y + "]"), "x", "z", false);
    add(check("AND", "\"Items\":[" + x + "," + y + "]"), "x", "y", true);
    add(check("OR", "\"Items\":[" + x + "," + y + "]"), "x", "z", true);
    add(check("OR", "\"Items\":[" + x + "," + y + "]"), "z", "z", false);
}

void TestRulePlan::pairsAndGroups()
{
    everyFunction();
}

void TestRulePlan::everyFunction()
{
    QFETCH(QString, requirement);
    QFETCH(QString, a);
    QFETCH(QString, b);
    QFETCH(bool, holds);
    const auto model = modelOf(ruleText("X", "A", requirement.toStdString()));
    QVERIFY(model);
    const RuleTable table{{"A", "B", "C"}, {{a.toStdString(), b.toStdString(), "12"}}};
    for (const bool ofClass : {true, false}) {
        const RuleResult result = only(model, table, ofClass);
        QCOMPARE(ruleOutcomeText(result.outcome),
            ruleOutcomeText(holds ? RuleOutcome::Pass : RuleOutcome::Fail));
        QCOMPARE(result.failingRows, std::uint64_t{holds ? 0U : 1U});
        QCOMPARE(result.firstLine, std::uint64_t{holds ? 0U : 2U});
        QCOMPARE(result.fix.empty(), holds);
        QVERIFY(holds
            || (result.fix.front() >= 'A' && result.fix.front() <= 'Z'
                && result.fix.back() != '.'));
    }
}

// Whether a condition applies to A,B: the rule behind it never holds.
void TestRulePlan::conditions_data()
{
    QTest::addColumn<QString>("condition");
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<bool>("applies");
    const auto add = [](const std::string& condition, const char* a, const char* b, bool applies) {
        QTest::newRow((condition + " on " + a + "," + b).c_str())
            << QString::fromStdString(condition) << a << b << applies;
    };
    add(check("CheckValue", R"("ColumnName":"A","Value":"x")"), "x", "", true);
    add(check("CheckValue", R"("ColumnName":"A","Value":"x")"), "", "", false);
    add(check("CheckNotValue", R"("ColumnName":"A","Value":"x")"), "", "", true);
    add(check("CheckNotValue", R"("ColumnName":"Absent","Value":"x")"), "", "", true);
    add(check("CheckNotValue", R"("ColumnName":"Absent","Value":null)"), "", "", false);
    add(check("CheckValue", R"("ColumnName":"Absent","Value":null)"), "", "", true);
    add(check("CheckValue", R"("ColumnName":"Absent","Value":"x")"), "", "", false);
    add(pair("CheckNotSameValue"), "x", "y", true);
    add(pair("CheckNotSameValue"), "x", "", false);
    add(pair("CheckSameValue"), "", "", false);
    add(ofA("TypeDecimal"), "", "", false);
    add(check("CheckGreaterOrEqualThanValue", R"("ColumnName":"A","Value":1)"), "x", "", false);
    add(check("CheckGreaterOrEqualThanValue", R"("ColumnName":"A","Value":1)"), "1", "", true);
}

void TestRulePlan::conditions()
{
    QFETCH(QString, condition);
    QFETCH(QString, a);
    QFETCH(QString, b);
    QFETCH(bool, applies);
    const auto model = modelOf(ruleText("X", "C",
        check("CheckValue", R"("ColumnName":"C","Value":"never")"), condition.toStdString()));
    QVERIFY(model);
    const RuleTable table{{"A", "B", "C"}, {{a.toStdString(), b.toStdString(), "c"}}};
    for (const bool ofClass : {true, false})
        QCOMPARE(only(model, table, ofClass).outcome == RuleOutcome::Fail, applies);
}

void TestRulePlan::keywords()
{
    const RuleTable table{{"A"}, {{""}}};
    const std::string notNull = check("CheckNotValue", R"("ColumnName":"A","Value":null)");
    for (const char* keyword : {"MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "RECOMMENDED"})
        QVERIFY(only(modelOf(ruleText("X", "A", notNull, "{}", keyword)), table, true).outcome
            == RuleOutcome::Fail);
    QVERIFY(only(modelOf(ruleText("X", "A", notNull, "{}", "MAY")), table, true).outcome
        == RuleOutcome::Pass);
}

void TestRulePlan::presence()
{
    const RuleTable table{{"A"}, {{"1"}}};
    const auto rule = [](const char* column, const char* keyword, const char* more) {
        return modelOf(std::string{"\"X\":{\"Reference\":\""} + column
            + "\",\"EntityType\":\"Dataset\"," + more + "\"ValidationCriteria\":{\"Keyword\":\""
            + keyword + "\",\"Requirement\":"
            + check("ColumnPresent", std::string{"\"ColumnName\":\""} + column + "\"") + "}}");
    };
    QVERIFY(only(rule("A", "MUST", ""), table, true).outcome == RuleOutcome::Pass);
    const RuleResult missing = only(rule("B", "RECOMMENDED", ""), table, true);
    QVERIFY(missing.outcome == RuleOutcome::Fail);
    QCOMPARE(missing.firstLine, std::uint64_t{1});
    QCOMPARE(missing.failingRows, std::uint64_t{0});
    QVERIFY(only(rule("B", "MAY", ""), table, true).outcome == RuleOutcome::Pass);
    const RuleResult conditional
        = only(rule("B", "MUST", "\"ApplicabilityCriteria\":[\"SOMETHING\"],"), table, true);
    QVERIFY(conditional.outcome == RuleOutcome::NotApplicable);
    QVERIFY(conditional.reason.find("SOMETHING") != std::string::npos);
    const RuleResult column = only(
        modelOf(ruleText("X", "B", check("TypeDecimal", R"("ColumnName":"B")"))), table, true);
    QVERIFY(column.outcome == RuleOutcome::NotApplicable);
}

void TestRulePlan::composites()
{
    const auto reference = [](const char* id) {
        return check("CheckModelRule", std::string{"\"ModelRuleId\":\""} + id + "\"");
    };
    const std::string parts
        = ruleText("NotNull", "A", check("CheckNotValue", R"("ColumnName":"A","Value":null)")) + ","
        + ruleText(
            "Should", "A", check("CheckValue", R"("ColumnName":"A","Value":"x")"), "{}", "SHOULD")
        + ","
        + ruleText("One", "A",
            check("CheckDistinctCount", R"("ColumnAName":"A","ColumnBName":"B","ExpectedCount":1)"))
        + "," + ruleText("Absent", "Z", check("TypeDecimal", R"("ColumnName":"Z")")) + ","
        + R"("Judge":{"Reference":"A","Type":"Dynamic","ValidationCriteria":{"Keyword":"MUST","Requirement":{}}},)"
        + ruleText("And", "A",
            check("AND",
                "\"Items\":[" + reference("NotNull") + "," + reference("Should") + ","
                    + reference("Judge") + "]"))
        + ","
        + ruleText("Or", "A",
            check("OR", "\"Items\":[" + reference("NotNull") + "," + reference("Absent") + "]"))
        + ","
        + ruleText("OrJudge", "A",
            check("OR", "\"Items\":[" + reference("NotNull") + "," + reference("Judge") + "]"))
        + ","
        + ruleText("Late", "A",
            check("AND", "\"Items\":[" + reference("NotNull") + "," + reference("One") + "]"))
        + "," + ruleText("Later", "A", check("AND", "\"Items\":[" + reference("Late") + "]")) + ","
        + ruleText("Moot", "A", check("AND", "\"Items\":[" + reference("Absent") + "]")) + ","
        + ruleText("Lost", "A", reference("Nobody"));
    const auto model = modelOf(parts);
    QVERIFY(model);
    const RuleTable table{
        {"A", "B"}, {{"x", "1"}, {"", "1"}, {"y", "1"}, {"x", "1"}, {"y", "2"}, {"y", "2"}}};
    for (const bool ofClass : {true, false}) {
        RuleRun run{RulePlan::compile(model, table.columns, {ofClass, ofClass})};
        feed(run, table, 0, table.rows.size());
        const auto results = byId(run.finish());
        const auto is = [&results](const char* id, RuleOutcome outcome, std::uint64_t rows,
                            std::uint64_t line) {
            const RuleResult& result = results.at(id);
            QVERIFY2(result.outcome == outcome, id);
            QCOMPARE(result.failingRows, rows);
            QCOMPARE(result.firstLine, line);
        };
        is("NotNull", RuleOutcome::Fail, 1, 3);
        is("Should", RuleOutcome::Fail, 3, 4);
        is("One", RuleOutcome::Fail, 3, 4);
        is("And", RuleOutcome::Fail, 1, 3);
        is("Or", RuleOutcome::Fail, 1, 3);
        is("OrJudge", RuleOutcome::NotApplicable, 0, 0);
        is("Late", RuleOutcome::Fail, 3, 3);
        is("Later", RuleOutcome::Fail, 3, 3);
        is("Moot", RuleOutcome::NotApplicable, 0, 0);
        is("Lost", RuleOutcome::NotChecked, 0, 0);
        is("Judge", RuleOutcome::NotChecked, 0, 0);
    }
}

void TestRulePlan::equalChecksAreMadeOnce()
{
    const std::string notNull = check("CheckNotValue", R"("ColumnName":"A","Value":null)");
    const std::string isNull = check("CheckValue", R"("ColumnName":"A","Value":null)");
    const auto model = modelOf(ruleText("X", "A", notNull) + "," + ruleText("Y", "A", isNull) + ","
        + ruleText("Z", "A", isNull, notNull));
    const auto plan = RulePlan::compile(model, {"A"}, {false});
    QCOMPARE(plan->rowAtomCount(), std::size_t{1});
    QCOMPARE(plan->classAtomCount(), std::size_t{0});
}

void TestRulePlan::tooManyRowChecks()
{
    std::string rules;
    for (int i = 0; i < 300; ++i)
        rules += (i == 0 ? "" : ",")
            + ruleText("R" + std::to_string(i), "A",
                check("CheckValue", R"("ColumnName":"A","Value":"v)" + std::to_string(i) + "\""));
    const auto model = modelOf(rules);
    const RuleTable table{{"A"}, {{"v3"}}};
    RuleRun run{RulePlan::compile(model, table.columns, {false})};
    QCOMPARE(run.plan().rowAtomCount(), RulePlan::MaxRowAtoms);
    feed(run, table, 0, 1);
    const auto results = byId(run.finish());
    QVERIFY(results.at("R3").outcome == RuleOutcome::Pass);
    QVERIFY(results.at("R4").outcome == RuleOutcome::Fail);
    QVERIFY(results.at("R299").outcome == RuleOutcome::NotChecked);
    QVERIFY(!results.at("R299").reason.empty());
    const auto ofClass = RulePlan::compile(model, table.columns, {true});
    QCOMPARE(ofClass->classAtomCount(), std::size_t{300});
}

void TestRulePlan::needsSayWhatIsRead()
{
    const auto model = modelOf(ruleText("X", "A", pair("CheckAtLeastColumn")) + ","
        + ruleText("Y", "C", check("FormatDateTime", R"("ColumnName":"C")")) + ","
        + ruleText("Z", "D", check("TypeDecimal", R"("ColumnName":"D")")));
    const auto plan
        = RulePlan::compile(model, {"A", "B", "C", "D", "E"}, {true, false, false, true, false});
    QCOMPARE(plan->needs(),
        (std::vector<std::uint8_t>{
            NeedText | NeedDecimal, NeedText | NeedDecimal, NeedText | NeedInstant, 0, 0}));
    QCOMPARE(plan->classAtomCount(), std::size_t{1});
}

void TestRulePlan::columnNames()
{
    const auto model = modelOf(
        "\"N\":{\"EntityType\":\"Attribute\",\"ValidationCriteria\":{\"Keyword\":\"MUST\",\"Requirement\":{\"CheckFunction\":\"CheckColumnNames\"}}},"
        + ruleText("X", "A", ofA("TypeString")));
    QVERIFY(model);
    const auto outcome = [&model](std::vector<std::string> columns) {
        RuleRun run{RulePlan::compile(model, columns, std::vector<bool>(columns.size(), true))};
        return byId(run.finish()).at("N").outcome;
    };
    QVERIFY(outcome({"A", "x_Own", ""}) == RuleOutcome::Pass);
    QVERIFY(outcome({"A", "Own"}) == RuleOutcome::Fail);
}

QTEST_GUILESS_MAIN(TestRulePlan)
#include "tst_RulePlan.moc"
