// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Seed.h"
#include "tests/unit/ingest/RuleOracle.h"

#include <QTest>

using namespace sluice;
using namespace sluice::test;

namespace {

const std::vector<std::string> Columns{"A", "B", "C", "D", "E"};

// Random rules over five columns and one that the file does not have.
class RandomRules {
public:
    explicit RandomRules(SeededRandom& random)
        : m_random{random}
    {
    }

    std::string text()
    {
        const int leaves = static_cast<int>(m_random.between(3, 8));
        const int composites = static_cast<int>(m_random.between(0, 5));
        std::string rules;
        for (int i = 0; i < leaves + composites; ++i) {
            const bool composite = i >= leaves;
            const std::string requirement
                = composite ? references(i) : (m_random.chance(1, 8) ? distinct() : tree(2));
            rules += (i == 0 ? "" : ",")
                + ruleText("R" + std::to_string(i), column(), requirement,
                    m_random.chance(1, 2) ? tree(2) : "{}", keyword());
            m_rowwise.push_back(composite || requirement.find("Distinct") == std::string::npos);
        }
        return rules;
    }

private:
    std::string column()
    {
        return m_random.chance(1, 25) ? "Absent" : Columns[m_random.below(Columns.size())];
    }
    std::string keyword()
    {
        const char* words[] = {"MUST", "MUST NOT", "SHOULD", "RECOMMENDED", "MAY"};
        return words[m_random.chance(3, 4) ? m_random.below(2) : m_random.below(5)];
    }
    std::string value()
    {
        const char* values[] = {"null", "\"x\"", "\"USD\"", "\"1\"", "0", "1", "-2"};
        return values[m_random.below(7)];
    }
    std::string tree(int depth)
    {
        if (depth == 0 || m_random.chance(1, 2))
            return leaf();
        std::string items;
        const int count = static_cast<int>(m_random.between(1, 3));
        for (int i = 0; i < count; ++i)
            items += (i == 0 ? "" : ",") + tree(depth - 1);
        return std::string{"{\"CheckFunction\":\""} + (m_random.chance(1, 2) ? "AND" : "OR")
            + "\",\"Items\":[" + items + "]}";
    }
    std::string leaf()
    {
        const char* pairs[] = {"CheckSameValue", "CheckNotSameValue", "CheckAtLeastColumn"};
        const char* singles[] = {"TypeDecimal", "CheckNationalCurrency", "FormatString"};
        const auto call = [](const std::string& function, const std::string& rest) {
            return "{\"CheckFunction\":\"" + function + "\"," + rest + "}";
        };
        switch (m_random.below(5)) {
        case 0:
            return call(pairs[m_random.below(3)],
                "\"ColumnAName\":\"" + column() + "\",\"ColumnBName\":\"" + column() + "\"");
        case 1:
            return call(singles[m_random.below(3)], "\"ColumnName\":\"" + column() + "\"");
        case 2:
            return call(
                "CheckGreaterOrEqualThanValue", "\"ColumnName\":\"" + column() + "\",\"Value\":0");
        default:
            return call(m_random.chance(1, 2) ? "CheckValue" : "CheckNotValue",
                "\"ColumnName\":\"" + column() + "\",\"Value\":" + value());
        }
    }
    std::string distinct()
    {
        return "{\"CheckFunction\":\"CheckDistinctCount\",\"ColumnAName\":\"" + column()
            + "\",\"ColumnBName\":\"" + column()
            + "\",\"ExpectedCount\":" + std::to_string(m_random.between(1, 2)) + "}";
    }
    // Of row-by-row rules: what whole-file parts make of a composite is tested by itself.
    std::string references(int before)
    {
        std::string items;
        for (int i = 0; i < before; ++i) {
            if (m_rowwise[static_cast<std::size_t>(i)] && m_random.chance(1, 2))
                items += (items.empty() ? "" : ",")
                    + std::string{"{\"CheckFunction\":\"CheckModelRule\",\"ModelRuleId\":\"R"}
                    + std::to_string(i) + "\"}";
        }
        if (items.empty())
            return leaf();
        return std::string{"{\"CheckFunction\":\""} + (m_random.chance(2, 3) ? "AND" : "OR")
            + "\",\"Items\":[" + items + "]}";
    }

    SeededRandom& m_random;
    std::vector<bool> m_rowwise;
};

RuleTable randomTable(SeededRandom& random)
{
    const char* texts[] = {"", "NULL", "x", "y", "USD", "1", "1.0", "0", "-2", "3.5"};
    RuleTable table{Columns, {}};
    const std::uint64_t rows = random.below(30);
    for (std::uint64_t i = 0; i < rows; ++i) {
        std::vector<std::string> row;
        for (std::size_t column = 0; column < Columns.size(); ++column)
            row.emplace_back(texts[random.below(10)]);
        table.rows.push_back(std::move(row));
    }
    return table;
}

std::vector<bool> randomMask(SeededRandom& random)
{
    std::vector<bool> mask;
    for (std::size_t i = 0; i < Columns.size(); ++i)
        mask.push_back(random.chance(1, 2));
    return mask;
}

bool same(const RuleResult& a, const RuleResult& b)
{
    return a.rule == b.rule && a.outcome == b.outcome && a.failingRows == b.failingRows
        && a.firstLine == b.firstLine && a.sample == b.sample && a.reason == b.reason
        && a.fix == b.fix;
}

} // namespace

class TestRuleRun : public QObject {
    Q_OBJECT

private slots:
    void agreesWithTheOracle();
    void demotionChangesNothing();
    void verdictsNameTheBrokenRules();
    void samplesAreShortened();
    void manyPairsAreFolded();
    void noRows();
};

void TestRuleRun::agreesWithTheOracle()
{
    SeededRandom random{seed(42)};
    std::map<RuleOutcome, int> seen;
    for (int round = 0; round < rounds(6000); ++round) {
        const std::string rules = RandomRules{random}.text();
        const auto model = modelOf(rules);
        QVERIFY2(model, rules.c_str());
        const RuleTable table = randomTable(random);
        RuleRun run{RulePlan::compile(model, table.columns, randomMask(random))};
        feed(run, table, 0, table.rows.size());
        QCOMPARE(run.rowCount(), std::uint64_t{table.rows.size()});
        const RuleOracle oracle{*model, table};
        for (const RuleResult& result : run.finish()) {
            const RuleOracle::Answer expected = oracle.answer(*model->find(result.rule));
            ++seen[result.outcome];
            const std::string what = "round " + std::to_string(round) + ", " + result.rule + " "
                + std::string{ruleOutcomeText(result.outcome)} + " "
                + std::to_string(result.failingRows) + ", expected "
                + std::string{ruleOutcomeText(expected.outcome)} + " "
                + std::to_string(expected.failingRows) + " in " + rules;
            QVERIFY2(result.outcome == expected.outcome
                    && result.failingRows == expected.failingRows
                    && result.firstLine == expected.firstLine,
                what.c_str());
        }
    }
    QVERIFY(seen[RuleOutcome::Pass] > 0 && seen[RuleOutcome::Fail] > 0
        && seen[RuleOutcome::NotApplicable] > 0);
}

// A change of class columns in mid-file, any number of times, is not seen in the results.
void TestRuleRun::demotionChangesNothing()
{
    SeededRandom random{seed(43)};
    for (int round = 0; round < rounds(2000); ++round) {
        const auto model = modelOf(RandomRules{random}.text());
        const RuleTable table = randomTable(random);
        RuleRun whole{
            RulePlan::compile(model, table.columns, std::vector<bool>(Columns.size(), true))};
        feed(whole, table, 0, table.rows.size());
        RuleRun parts{RulePlan::compile(model, table.columns, randomMask(random))};
        for (std::size_t at = 0; at < table.rows.size();) {
            const std::size_t end
                = std::min<std::size_t>(table.rows.size(), at + 1 + random.below(12));
            feed(parts, table, at, end);
            parts.setPlan(RulePlan::compile(model, table.columns, randomMask(random)));
            at = end;
        }
        const auto expected = whole.finish();
        const auto results = parts.finish();
        QCOMPARE(results.size(), expected.size());
        for (std::size_t i = 0; i < results.size(); ++i)
            QVERIFY2(same(results[i], expected[i]), expected[i].rule.c_str());
    }
}

void TestRuleRun::verdictsNameTheBrokenRules()
{
    const auto model = modelOf(
        ruleText("X", "A", R"({"CheckFunction":"CheckNotValue","ColumnName":"A","Value":null})")
        + "," + ruleText("Y", "B", R"({"CheckFunction":"TypeDecimal","ColumnName":"B"})"));
    RuleRun run{RulePlan::compile(model, {"A", "B"}, {true, false})};
    const auto broken = [&run](const char* a, const char* b, std::uint64_t line) {
        const std::string_view texts[] = {a, b};
        const RuleCell cells[] = {readRuleCell(a, 0), readRuleCell(b, NeedText | NeedDecimal)};
        RowBits bits;
        run.plan().evaluateRow(cells, bits);
        return run.brokenRules(run.add(run.addClass(texts), bits, line, texts));
    };
    QCOMPARE(broken("a", "1", 2), (std::vector<std::uint32_t>{}));
    QCOMPARE(broken("", "1", 3), (std::vector<std::uint32_t>{0}));
    QCOMPARE(broken("a", "one", 4), (std::vector<std::uint32_t>{1}));
    QCOMPARE(broken("", "one", 5), (std::vector<std::uint32_t>{0, 1}));
    QCOMPARE(run.verdictCount(), std::size_t{4});
    run.setPlan(RulePlan::compile(model, {"A", "B"}, {false, false}));
    QCOMPARE(run.brokenRules(3), (std::vector<std::uint32_t>{0, 1}));
}

void TestRuleRun::samplesAreShortened()
{
    const auto model = modelOf(
        ruleText("X", "A", R"({"CheckFunction":"CheckValue","ColumnName":"A","Value":null})"));
    std::string text(RuleRun::MaxSample - 1, 'a');
    text += "üüü";
    const RuleTable table{{"A"}, {{text}, {"other"}}};
    RuleRun run{RulePlan::compile(model, table.columns, {true})};
    feed(run, table, 0, 2);
    QCOMPARE(run.finish().front().sample, std::string(RuleRun::MaxSample - 1, 'a') + "…");
}

// More pairs of class and bits than are kept: the counts go on, the memory does not.
void TestRuleRun::manyPairsAreFolded()
{
    const auto model = modelOf(
        ruleText("X", "A", R"({"CheckFunction":"CheckNotValue","ColumnName":"A","Value":"3"})")
        + ","
        + ruleText("Y", "B", R"({"CheckFunction":"CheckNotValue","ColumnName":"B","Value":null})")
        + ","
        + ruleText("D", "A",
            R"({"CheckFunction":"CheckDistinctCount","ColumnAName":"B","ColumnBName":"A","ExpectedCount":1})"));
    RuleRun run{RulePlan::compile(model, {"A", "B"}, {true, false})};
    const std::size_t count = RuleRun::MaxPairs + 1000;
    std::uint64_t line = 1;
    for (int pass = 0; pass < 2; ++pass) {
        for (std::size_t i = 0; i < count; ++i) {
            const std::string a = std::to_string(i);
            const std::string_view texts[] = {a, i % 2 == 0 ? "" : "b"};
            const RuleCell cells[] = {readRuleCell(a, 0), readRuleCell(texts[1], NeedText)};
            RowBits bits;
            run.plan().evaluateRow(cells, bits);
            run.add(pass == 0 ? run.addClass(texts) : static_cast<RuleRun::ClassId>(i), bits,
                ++line, texts);
        }
    }
    const auto results = byId(run.finish());
    QCOMPARE(results.at("X").failingRows, std::uint64_t{2});
    QCOMPARE(results.at("X").firstLine, std::uint64_t{5});
    QCOMPARE(results.at("Y").failingRows, std::uint64_t{count});
    QCOMPARE(results.at("D").failingRows, std::uint64_t{count});
}

void TestRuleRun::noRows()
{
    const auto model = std::make_shared<const RuleModel>(RuleModel::builtIn());
    RuleRun run{RulePlan::compile(model, {"BilledCost"}, {false})};
    const auto results = byId(run.finish());
    QVERIFY(results.at("BilledCost-C-003-M").outcome == RuleOutcome::Pass);
    QVERIFY(results.at("CostAndUsage-D-031-M").outcome == RuleOutcome::Fail);
    QVERIFY(results.at("SkuId-C-001-M").outcome == RuleOutcome::NotApplicable);
}

QTEST_GUILESS_MAIN(TestRuleRun)
#include "tst_RuleRun.moc"
