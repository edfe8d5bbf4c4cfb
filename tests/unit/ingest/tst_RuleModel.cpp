// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/RuleModel.h"
#include "tests/unit/ingest/RuleTable.h"

#include <QTest>

#include <set>

using namespace sluice;
using namespace sluice::test;

namespace {

const std::string NotNull = R"({"CheckFunction":"CheckNotValue","ColumnName":"A","Value":null})";

std::string reference(const std::string& id)
{
    return R"({"CheckFunction":"CheckModelRule","ModelRuleId":")" + id + "\"}";
}

void collectColumns(const RuleCheck& check, std::set<std::string>& out)
{
    for (const std::string& column : {check.columnA, check.columnB, check.columnC}) {
        if (!column.empty())
            out.insert(column);
    }
    for (const RuleCheck& item : check.items)
        collectColumns(item, out);
}

} // namespace

class TestRuleModel : public QObject {
    Q_OBJECT

private slots:
    void refusesWhatIsNoModel_data();
    void refusesWhatIsNoModel();
    void keepsWhatItDoesNotUnderstand_data();
    void keepsWhatItDoesNotUnderstand();
    void partsComeFirst();
    void longChains();
    void readsArguments();
    void readsTheShorthand();
    void versionsAreAChoice();
    void builtInTable();
    void builtInCoversTheCatalogue();
    void publishedModel();
};

void TestRuleModel::refusesWhatIsNoModel_data()
{
    QTest::addColumn<QString>("json");
    QTest::newRow("nothing") << "";
    QTest::newRow("no JSON") << "hello";
    QTest::newRow("array") << "[]";
    QTest::newRow("no rules") << "{}";
    QTest::newRow("rules are a list") << R"({"ModelRules":[]})";
    QTest::newRow("cut off") << R"({"ModelRules":{"A":{)";
    const auto model = [](const std::string& rules) {
        return QString::fromStdString("{\"ModelRules\":{" + rules + "}}");
    };
    QTest::newRow("itself") << model(ruleText("X", "A", reference("X")));
    QTest::newRow("circle") << model(
        ruleText("X", "A", reference("Y")) + "," + ruleText("Y", "A", NotNull, reference("X")));
    QTest::newRow("twice") << model(
        ruleText("X", "A", NotNull) + "," + ruleText("X", "A", NotNull));
    QTest::newRow("deeper than JSON is read") << QString(5000, '[');
}

void TestRuleModel::refusesWhatIsNoModel()
{
    QFETCH(QString, json);
    const auto model = RuleModel::parse(json.toStdString());
    QVERIFY(!model.ok());
    QVERIFY(model.error().code == ErrorCode::BadInput);
    QVERIFY(!model.error().what.empty());
}

void TestRuleModel::keepsWhatItDoesNotUnderstand_data()
{
    QTest::addColumn<QString>("rule");
    const auto add = [](const char* name, const std::string& text) {
        QTest::newRow(name) << QString::fromStdString(text);
    };
    add("unknown function",
        ruleText("X", "A", R"({"CheckFunction":"CheckMoon","ColumnName":"A"})"));
    add("unknown keyword", ruleText("X", "A", NotNull, "{}", "WOULD"));
    add("no requirement", ruleText("X", "A", "{}"));
    add("no items", ruleText("X", "A", R"({"CheckFunction":"AND","Items":[]})"));
    add("no argument", ruleText("X", "A", R"({"CheckFunction":"TypeDecimal"})"));
    add("half a pair",
        ruleText("X", "A", R"({"CheckFunction":"CheckSameValue","ColumnAName":"A"})"));
    add("no number",
        ruleText("X", "A",
            R"({"CheckFunction":"CheckDistinctCount","ColumnAName":"A","ColumnBName":"B"})"));
    add("a fraction",
        ruleText("X", "A", R"({"CheckFunction":"CheckValue","ColumnName":"A","Value":0.5})"));
    add("item is no object", ruleText("X", "A", R"({"CheckFunction":"OR","Items":[1]})"));
    add("condition unknown", ruleText("X", "A", NotNull, R"({"CheckFunction":"?"})"));
    add("not an object", R"("X":5)");
    std::string deep = NotNull;
    for (int i = 0; i <= RuleModel::MaxDepth; ++i)
        deep = R"({"CheckFunction":"AND","Items":[)" + deep + "]}";
    add("too deep", ruleText("X", "A", deep));
    add("dynamic",
        R"("X":{"Type":"Dynamic","ValidationCriteria":{"Keyword":"MUST","Requirement":{}}})");
    add("level",
        R"("X":{"Level":"grave","ValidationCriteria":{"Keyword":"MUST","Requirement":)" + NotNull
            + "}}");
    add("version",
        R"("X":{"FocusFrom":"7","ValidationCriteria":{"Keyword":"MUST","Requirement":)" + NotNull
            + "}}");
}

void TestRuleModel::keepsWhatItDoesNotUnderstand()
{
    QFETCH(QString, rule);
    const auto model = modelOf(rule.toStdString());
    QVERIFY(model);
    QCOMPARE(model->rules().size(), std::size_t{1});
    QVERIFY(!model->rules().front().notChecked.empty());
}

void TestRuleModel::partsComeFirst()
{
    const auto model = modelOf(ruleText("Whole", "A", reference("Half")) + ","
        + ruleText("Half", "A", reference("Part")) + "," + ruleText("Part", "A", NotNull) + ","
        + ruleText("Other", "A", NotNull));
    QVERIFY(model);
    QVERIFY(*model->indexOf("Part") < *model->indexOf("Half"));
    QVERIFY(*model->indexOf("Half") < *model->indexOf("Whole"));
    QVERIFY(model->find("Other") != nullptr);
    QVERIFY(model->find("None") == nullptr);
}

// A chain as long as the file allows must not eat the stack.
void TestRuleModel::longChains()
{
    std::string rules = ruleText("R0", "A", NotNull);
    for (int i = 1; i < 5000; ++i)
        rules
            += "," + ruleText("R" + std::to_string(i), "A", reference("R" + std::to_string(i - 1)));
    const auto model = modelOf(rules);
    QVERIFY(model);
    QCOMPARE(model->rules().back().id, std::string{"R4999"});
}

void TestRuleModel::readsArguments()
{
    const auto model = modelOf(
        ruleText("P", "C",
            R"({"CheckFunction":"ColumnByColumnEqualsColumnValue","ColumnAName":"A","ColumnBName":"B","ResultColumnName":"C"})",
            R"({"CheckFunction":"CheckNotValue","CheckCondition":"A","Value":null})", "SHOULD NOT")
        + "," + ruleText("Z", "A", R"({"CheckFunction":"CheckValue","ColumnName":"A","Value":0})"));
    QVERIFY(model);
    const Rule& product = *model->find("P");
    QCOMPARE(product.requirement.columnC, std::string{"C"});
    QCOMPARE(product.condition->columnA, std::string{"A"});
    QVERIFY(!product.condition->value);
    QVERIFY(product.keyword == RuleKeyword::ShouldNot);
    QVERIFY(!product.isRequired());
    QCOMPARE(ruleKeywordText(product.keyword), std::string_view{"SHOULD NOT"});
    const RuleCheck& zero = model->find("Z")->requirement;
    QVERIFY(zero.valueIsNumber);
    QCOMPARE(zero.value, std::optional<std::string>{"0"});
}

void TestRuleModel::readsTheShorthand()
{
    const auto model = modelOf(ruleText("One", "A", NotNull, "{\"AND\":" + NotNull + "}") + ","
        + ruleText("Two", "A", NotNull, "{\"OR\":[" + NotNull + "," + NotNull + "]}"));
    QVERIFY(model);
    QVERIFY(model->find("One")->notChecked.empty());
    QCOMPARE(model->find("One")->condition->items.size(), std::size_t{1});
    QVERIFY(model->find("Two")->condition->function == CheckFunction::Or);
    QCOMPARE(model->find("Two")->condition->items.size(), std::size_t{2});
}

void TestRuleModel::versionsAreAChoice()
{
    const RuleModel all = RuleModel::builtIn();
    const RuleModel oldest = all.forVersion(FocusVersion::V0_5);
    const RuleModel newest = all.forVersion(FocusVersion::V1_4);
    QVERIFY(oldest.find("CostAndUsage-D-038-M") != nullptr); // ProviderName
    QVERIFY(newest.find("CostAndUsage-D-038-M") == nullptr);
    QVERIFY(oldest.find("SLUICE-D-ServiceProviderName") == nullptr);
    QVERIFY(newest.find("SLUICE-D-ServiceProviderName") != nullptr);
    QVERIFY(all.forVersion(FocusVersion::V1_2).find("CostAndUsage-D-033-O")->keyword
        == RuleKeyword::Recommended);
    QVERIFY(oldest.rules().size() < newest.rules().size());
    QCOMPARE(newest.rules()[*newest.indexOf("SLUICE-P1a")].id, std::string{"SLUICE-P1a"});
}

void TestRuleModel::builtInTable()
{
    const RuleModel model = RuleModel::builtIn();
    QVERIFY(model.rules().size() > 300);
    std::set<std::string> quarantine;
    std::set<std::string> beyondTheFile;
    for (const Rule& rule : model.rules()) {
        if (!rule.notChecked.empty()) {
            QVERIFY2(rule.notChecked.starts_with("it needs "), rule.id.c_str());
            QCOMPARE(rule.level, RuleLevel::Finding);
            beyondTheFile.insert(rule.id);
        }
        QVERIFY2(!rule.text.empty() && rule.text.back() != '.', rule.id.c_str());
        if (rule.level == RuleLevel::Quarantine)
            quarantine.insert(rule.column);
        if (rule.level == RuleLevel::Reject)
            QVERIFY(rule.requirement.function == CheckFunction::ColumnPresent);
    }
    QCOMPARE(
        beyondTheFile, (std::set<std::string>{"SLUICE-A3", "SLUICE-A4", "SLUICE-A8", "SLUICE-I3"}));
    QCOMPARE(quarantine,
        (std::set<std::string>{"BilledCost", "BillingCurrency", "BillingPeriodEnd",
            "BillingPeriodStart", "ChargePeriodEnd", "ChargePeriodStart", "ContractedCost",
            "EffectiveCost", "ListCost"}));
    for (const char* id :
        {"BilledCost-C-001-M", "BilledCost-C-003-M", "SLUICE-Q1", "SLUICE-Q2-BilledCost",
            "ListCost-C-009-C", "ContractedUnitPrice-C-011-C", "SLUICE-A5a", "SLUICE-A6a",
            "ListCost-C-008-C", "SLUICE-N6", "SkuPriceId-C-008-M", "SLUICE-P1", "SLUICE-P1a",
            "SLUICE-P2a", "ColumnHandling-A-010-M", "SLUICE-F3-RegionId"})
        QVERIFY2(model.find(id) != nullptr, id);
    QCOMPARE(model.find("ServiceSubcategory-C-003-M")->requirement.items.size(), std::size_t{82});
}

// Each column of the catalogue has a presence rule and a rule of its own, in the versions that have
// it.
void TestRuleModel::builtInCoversTheCatalogue()
{
    const FocusCatalogue catalogue;
    const RuleModel model = RuleModel::builtIn();
    std::set<std::string> mentioned;
    for (const Rule& rule : model.rules()) {
        collectColumns(rule.requirement, mentioned);
        if (rule.condition)
            collectColumns(*rule.condition, mentioned);
    }
    for (const std::string& name : mentioned)
        QVERIFY2(catalogue.canonical(name) != nullptr && catalogue.canonical(name)->name == name,
            name.c_str());
    for (const FocusColumn& column : catalogue.columns()) {
        for (const FocusVersion version :
            {FocusVersion::V0_5, FocusVersion::V1_0, FocusVersion::V1_2, FocusVersion::V1_4}) {
            if (!column.renamedTo.empty() || column.name == "ChargeSubcategory"
                || !column.isIn(version))
                continue;
            int presence = 0;
            int own = 0;
            const RuleModel chosen = model.forVersion(version);
            for (const Rule& rule : chosen.rules()) {
                presence
                    += rule.column == column.name && rule.entity == RuleEntity::Dataset ? 1 : 0;
                own += rule.column == column.name && rule.entity == RuleEntity::Column ? 1 : 0;
            }
            QVERIFY2(presence == 1, column.name.c_str());
            QVERIFY2(own > 0, column.name.c_str());
        }
    }
}

void TestRuleModel::publishedModel()
{
    QFile file{sharedPath("data/focus/rules/model-1.2.json")};
    if (file.fileName().isEmpty() || !file.open(QIODevice::ReadOnly))
        QSKIP("the published model is not here");
    const auto model = RuleModel::parse(file.readAll().toStdString());
    QVERIFY_OK(model);
    QCOMPARE(model->rules().size(), std::size_t{621});
    const auto checkable = std::count_if(model->rules().begin(), model->rules().end(),
        [](const Rule& rule) { return rule.notChecked.empty(); });
    QCOMPARE(checkable, std::ptrdiff_t{420});
    QCOMPARE(model->versionText(), std::string{"1.2"});
}

QTEST_GUILESS_MAIN(TestRuleModel)
#include "tst_RuleModel.moc"
