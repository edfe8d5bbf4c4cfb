// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/RuleDriver.h"
#include "tests/unit/ingest/RuleTable.h"

#include <QTest>

#include <set>

using namespace sluice;
using namespace sluice::test;

namespace {

RuleRecordSource sourceOf(const RuleTable& table)
{
    return [&table, at = std::size_t{0}, cells = std::vector<std::string_view>{}](
               RuleRecord& record) mutable -> Result<bool> {
        if (at == table.rows.size())
            return false;
        cells = table.cells(at);
        record = {cells, at + 2};
        ++at;
        return true;
    };
}

std::vector<bool> classColumnsOf(const HeaderMatch& match)
{
    std::vector<bool> columns;
    for (const HeaderColumn& column : match.columns)
        columns.push_back(column.known != nullptr && column.known->role == ColumnRole::Key);
    return columns;
}

} // namespace

class TestRuleDriver : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void publishedModelOnTheRealSample();
    void ownTableOnTheRealSample();
    void crowdedColumnsAreDemoted();
    void shortRecords();
    void raggedRecords();
    void errorsOfTheSource();
    void cancel();

private:
    FocusCatalogue m_catalogue;
    RuleTable m_sample;
};

void TestRuleDriver::initTestCase()
{
    if (const QString path = sharedPath("data/focus/focus_sample_data_1.0/focus_sample.csv");
        !path.isEmpty())
        m_sample = readTable(path);
}

// Counts told by an independent program over the same file.
void TestRuleDriver::publishedModelOnTheRealSample()
{
    QFile file{sharedPath("data/focus/rules/model-1.2.json")};
    if (m_sample.rows.empty() || !file.open(QIODevice::ReadOnly))
        QSKIP("the shared data is not here");
    auto model = RuleModel::parse(file.readAll().toStdString());
    QVERIFY_OK(model);
    const HeaderMatch match = m_catalogue.match(m_sample.columns);
    RuleDriver driver{std::make_shared<const RuleModel>(std::move(*model)), match.canonicalNames(),
        classColumnsOf(match)};
    auto results = driver.run(sourceOf(m_sample));
    QVERIFY_OK(results);
    QCOMPARE(driver.rowCount(), std::uint64_t{1000});
    int checked = 0;
    int decided = 0;
    for (const RuleResult& result : *results) {
        checked += result.outcome != RuleOutcome::NotChecked ? 1 : 0;
        decided
            += result.outcome == RuleOutcome::Pass || result.outcome == RuleOutcome::Fail ? 1 : 0;
    }
    QCOMPARE(checked, 420);
    QVERIFY(decided >= 270);
    const auto rules = byId(std::move(*results));
    const auto fails = [&rules](const char* id, std::uint64_t rows, std::uint64_t line) {
        QVERIFY2(rules.at(id).outcome == RuleOutcome::Fail, id);
        QCOMPARE(rules.at(id).failingRows, rows);
        QCOMPARE(rules.at(id).firstLine, line);
    };
    fails("ContractedCost-C-003-M", 7, 927);
    fails("BillingPeriodStart-C-002-M", 1000, 2);
    fails("CostAndUsage-D-033-O", 0, 1);
    fails("ContractedUnitPrice-C-011-C", 18, 77);
    fails("ListCost-C-009-C", 253, 3);
    fails("RegionName-C-003-C", 9, 445);
    fails("ConsumedQuantity-C-004-C", 2, 949);
    fails("ServiceName-C-005-C", 554, 5);
    QCOMPARE(rules.at("BillingPeriodStart-C-002-M").sample, std::string{"2024-09-01 00:00:00"});
    for (const char* id : {"BilledCost-C-001-M", "BillingCurrency-C-003-M"})
        QVERIFY2(rules.at(id).outcome == RuleOutcome::Pass, id);
    QVERIFY(rules.at("SkuMeter-C-001-M").outcome == RuleOutcome::NotApplicable);
}

void TestRuleDriver::ownTableOnTheRealSample()
{
    if (m_sample.rows.empty())
        QSKIP("the shared data is not here");
    const HeaderMatch match = m_catalogue.match(m_sample.columns);
    auto model = std::make_shared<const RuleModel>(RuleModel::builtIn().forVersion(match.version));
    RuleDriver driver{model, match.canonicalNames(), classColumnsOf(match)};
    auto results = driver.run(sourceOf(m_sample));
    QVERIFY_OK(results);
    const auto rules = byId(std::move(*results));
    // What needs more than one file is told of, with what it needs.
    const std::set<std::string> beyond{"SLUICE-A3", "SLUICE-A4", "SLUICE-A8", "SLUICE-I3"};
    for (const auto& [id, result] : rules) {
        const bool notChecked = result.outcome == RuleOutcome::NotChecked;
        QVERIFY2(notChecked == (beyond.count(id) > 0), id.c_str());
        QVERIFY2(!notChecked || result.reason.starts_with("it needs "), id.c_str());
        // nothing here is no charge
        QVERIFY2(
            result.level == RuleLevel::Finding || result.outcome == RuleOutcome::Pass, id.c_str());
    }
    for (const std::string& id : beyond)
        QVERIFY2(rules.count(id) == 1, id.c_str());
    QCOMPARE(rules.at("ContractedCost-C-003-M").failingRows, std::uint64_t{7});
    QCOMPARE(rules.at("SLUICE-P2a").firstLine, std::uint64_t{946});
}

void TestRuleDriver::crowdedColumnsAreDemoted()
{
    const auto model = modelOf(
        ruleText("X", "A", R"({"CheckFunction":"CheckNotValue","ColumnName":"A","Value":"v7"})")
        + ","
        + ruleText("D", "B",
            R"({"CheckFunction":"CheckDistinctCount","ColumnAName":"B","ColumnBName":"A","ExpectedCount":1})"));
    RuleTable table{{"A", "B"}, {}};
    for (std::size_t i = 0; i < 3 * RuleDriver::MaxClassValues; ++i)
        table.rows.push_back({"v" + std::to_string(i % (RuleDriver::MaxClassValues + 50)),
            "b" + std::to_string(i % 3)});
    RuleDriver driver{model, table.columns, {true, true}};
    auto results = driver.run(sourceOf(table));
    QVERIFY_OK(results);
    const auto rules = byId(std::move(*results));
    QCOMPARE(rules.at("X").failingRows, std::uint64_t{3});
    QCOMPARE(rules.at("X").firstLine, std::uint64_t{9});
    QCOMPARE(rules.at("D").failingRows, std::uint64_t{table.rows.size()});
    QCOMPARE(rules.at("D").firstLine, std::uint64_t{2});
}

void TestRuleDriver::shortRecords()
{
    const auto model = modelOf(
        ruleText("X", "B", R"({"CheckFunction":"CheckNotValue","ColumnName":"B","Value":null})"));
    const RuleTable table{{"A", "B"}, {{"1", "2"}, {"1"}, {}, {"1", "2", "3"}}};
    RuleDriver driver{model, table.columns, {true, false}};
    auto results = driver.run(sourceOf(table));
    QVERIFY_OK(results);
    QCOMPARE(results->front().failingRows, std::uint64_t{2});
    QCOMPARE(results->front().firstLine, std::uint64_t{3});
}

void TestRuleDriver::raggedRecords()
{
    const auto model = modelOf(
        ruleText("X", "B", R"({"CheckFunction":"CheckNotValue","ColumnName":"B","Value":null})"));
    const std::vector<std::string_view> cells{"1", "2", "3"};
    std::uint64_t line = 1;
    RuleDriver driver{model, {"A", "B"}, {true, false}};
    const auto results = driver.run([&](RuleRecord& record) -> Result<bool> {
        ++line;
        const std::size_t fields = line == 3 ? 1 : line == 4 ? 3 : 2;
        record = {std::span{cells}.first(fields), line, fields != 2};
        return line < 6;
    });
    QVERIFY_OK(results);
    QCOMPARE(driver.rowCount(), std::uint64_t{4});
    QCOMPARE(results->size(), std::size_t{2});
    QVERIFY(results->front().outcome == RuleOutcome::Pass); // nobody looks for its missing fields
    const RuleResult& ragged = results->back();
    QCOMPARE(ragged.rule, std::string{"SLUICE-Q3"});
    QVERIFY(ragged.outcome == RuleOutcome::Fail && ragged.level == RuleLevel::Quarantine);
    QCOMPARE(ragged.failingRows, std::uint64_t{2});
    QCOMPARE(ragged.firstLine, std::uint64_t{3});
}

void TestRuleDriver::errorsOfTheSource()
{
    RuleDriver driver{modelOf(""), {"A"}, {true}};
    const auto results = driver.run([](RuleRecord&) -> Result<bool> {
        return Error{ErrorCode::BadInput, "f.csv:3", "cut off", {}};
    });
    QVERIFY(!results.ok());
    QCOMPARE(results.error().where, std::string{"f.csv:3"});
}

void TestRuleDriver::cancel()
{
    StopToken stop;
    stop.requestStop();
    RuleDriver driver{modelOf(""), {"A"}, {true}};
    const std::string_view cell = "x";
    std::uint64_t line = 1;
    const auto results = driver.run(
        [&](RuleRecord& record) -> Result<bool> {
            record = {{&cell, 1}, ++line};
            return true;
        },
        TaskContext{stop, {}});
    QVERIFY(!results.ok());
    QVERIFY(results.error().code == ErrorCode::Cancelled);
    QVERIFY(line < 5000);
}

QTEST_GUILESS_MAIN(TestRuleDriver)
#include "tst_RuleDriver.moc"
