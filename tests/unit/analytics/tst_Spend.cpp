// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/DetailNumbers.h"
#include "core/analytics/SpendQuery.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/unit/analytics/RandomLedger.h"

#include <QTest>

#include <algorithm>
#include <ctime>
#include <limits>
#include <set>

using namespace sluice;
using test::asNaive;
using test::naiveSpend;
using test::RandomLedger;

namespace {

Int128 rowsSum(const SpendAnswer& answer, Currency currency)
{
    Int128 sum = 0;
    for (const SpendRow& row : answer.rows)
        sum += row.currency == currency ? row.amount : 0;
    return sum;
}

void checkNode(const SpendNode& node, std::size_t depth, std::size_t levels)
{
    if (depth == levels || node.value == OtherValue)
        return;
    Int128 sum = 0;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        sum += node.children[i].amount;
        QVERIFY(node.children[i].currency == node.currency);
        QVERIFY(node.children[i].charges <= node.charges || node.children[i].value == OtherValue);
        if (i > 0 && node.children[i].value != OtherValue)
            QVERIFY(node.children[i - 1].amount >= node.children[i].amount);
        checkNode(node.children[i], depth + 1, levels);
    }
    QVERIFY(sum == node.amount);
}

// Cells as three months of charges make them, sorted as a roll-up is; one assignment in twenty is a
// split.
std::shared_ptr<LedgerSnapshot> bigLedger(std::size_t cellCount, std::uint32_t keyCount)
{
    SeededRandom random{7};
    auto snapshot = std::make_shared<LedgerSnapshot>();
    auto keys = std::make_shared<KeyDictionary>();
    const std::vector<std::string> fields{"BillingAccountId", "BillingCurrency", "ChargeCategory",
        "ChargeDescription", "ChargeFrequency", "ConsumedUnit", "InvoiceIssuerName",
        "PricingCategory", "PricingUnit", "ProviderName", "PublisherName", "RegionId", "RegionName",
        "ResourceType", "ServiceCategory", "ServiceName", "ServiceSubcategory", "SkuId", "SkuMeter",
        "SkuPriceId", "SubAccountId", "SubAccountName", "tag:team", "tag:env", "tag:project"};
    for (std::uint32_t key = 0; key < keyCount; ++key) {
        std::vector<KeyCell> cells;
        for (const std::string& field : fields) {
            const bool unique = field == "SkuId";
            const std::string value = field == "BillingCurrency"
                ? "USD"
                : field + "-" + std::to_string(unique ? key : random.below(40));
            cells.push_back({keys->intern(field), keys->intern(value)});
        }
        std::sort(cells.begin(), cells.end());
        keys->internKey(cells);
    }
    auto table = std::make_shared<AttributionTable>();
    for (std::uint32_t i = 0; i < 200; ++i) {
        Assignment assignment;
        AttributionPart part;
        part.values[static_cast<std::size_t>(Attribute::Unit)]
            = table->strings.intern("unit-" + std::to_string(i % 12));
        part.values[static_cast<std::size_t>(Attribute::Workflow)]
            = table->strings.intern("flow-" + std::to_string(i % 60));
        part.values[static_cast<std::size_t>(Attribute::Category)]
            = table->strings.intern(SpendCategories[i % 8]);
        assignment.parts.assign(1 + (i % 20 == 0), part);
        assignment.parts.back().values[static_cast<std::size_t>(Attribute::Unit)]
            = table->strings.intern("unit-3");
        table->assignments.push_back(assignment);
    }
    table->eraStarts = {BusinessDate{0}, BusinessDate{20'040}, BusinessDate{20'060}};
    for (int era = 0; era < 3; ++era) {
        std::vector<std::uint32_t>& of = table->assignmentOf.emplace_back();
        for (std::uint32_t key = 0; key < keyCount; ++key)
            of.push_back(static_cast<std::uint32_t>(random.below(200)));
    }
    const std::size_t perChunk = 400'000;
    for (std::size_t left = cellCount; left > 0;) {
        const std::size_t count = std::min(left, perChunk);
        left -= count;
        auto cells = std::make_shared<RollupCells>();
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t inScope = i * 3 % count;
            cells->scope.push_back(static_cast<std::uint32_t>(i * 3 / count));
            cells->key.push_back(static_cast<KeyId>(inScope * keyCount / count));
            cells->day.push_back(
                20'000 + static_cast<std::int32_t>(inScope * keyCount % count * 90 / count));
            cells->charges.push_back(static_cast<std::uint32_t>(1 + random.below(3)));
            for (auto& costs : cells->costs)
                costs.push_back(random.between(0, 10'000'000'000));
        }
        const auto number = static_cast<std::uint32_t>(snapshot->batches.size());
        snapshot->chunks.push_back({number, BusinessDate{20'000}, BusinessDate{20'090}, cells, {}});
        SnapshotBatch batch;
        batch.source = "source";
        batch.scopes.resize(3);
        batch.live.resize(3, true);
        snapshot->batches.push_back(batch);
    }
    snapshot->keys = keys;
    snapshot->attribution = table;
    snapshot->organisation = std::make_shared<Organisation>();
    return snapshot;
}

SpendQuery queryBy(std::initializer_list<const char*> names, std::optional<Grain> grain = {})
{
    SpendQuery query;
    for (const char* name : names)
        query.by.push_back(*parseDimension(name));
    query.grain = grain;
    return query;
}

} // namespace

class TestSpend : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression{QStringLiteral(".")}); }

    void agreesWithPlainLoops()
    {
        const std::uint64_t start = test::seed(20'261'101);
        for (std::uint64_t round = 0; round < static_cast<std::uint64_t>(test::rounds(1'000));
             ++round) {
            RandomLedger ledger{start + round};
            for (int queries = 0; queries < 10; ++queries) {
                const SpendQuery query = ledger.query();
                const auto answer = spend(ledger.snapshot(), query, {});
                QVERIFY_OK(answer);
                QCOMPARE(answer->revision, ledger.snapshot().revision);
                QVERIFY(asNaive(*answer) == naiveSpend(ledger.snapshot(), query));
                QVERIFY(asNaive(*answer).rows.size() == answer->rows.size()); // no row twice
            }
        }
    }

    void theRemainderKeepsTotals()
    {
        const std::uint64_t start = test::seed(20'261'102);
        for (std::uint64_t round = 0; round < static_cast<std::uint64_t>(test::rounds(500));
             ++round) {
            RandomLedger ledger{start + round};
            SpendQuery query = ledger.query();
            const auto whole = spend(ledger.snapshot(), query, {});
            query.top = 1 + ledger.random().below(4);
            const auto top = spend(ledger.snapshot(), query, {});
            QVERIFY_OK(whole);
            QVERIFY_OK(top);
            std::map<std::string, std::map<std::vector<std::string>, Int128>> series;
            for (const SpendRow& row : whole->rows)
                series[std::string{row.currency.code()}][row.values] += row.amount;
            for (const SpendTotal& total : top->totals) {
                QVERIFY(rowsSum(*top, total.currency) == total.amount);
                std::set<std::vector<std::string>> kept;
                std::uint64_t charges = 0;
                for (const SpendRow& row : top->rows) {
                    charges += row.currency == total.currency ? row.charges : 0;
                    if (row.currency == total.currency
                        && (row.values.empty() || row.values[0] != OtherValue))
                        kept.insert(row.values);
                }
                const auto& all = series[std::string{total.currency.code()}];
                QCOMPARE(kept.size(), std::min<std::size_t>(query.top, all.size()));
                for (const auto& [values, amount] : all) {
                    for (const auto& other : kept)
                        QVERIFY(kept.count(values) != 0 || all.at(other) >= amount);
                }
                std::uint64_t before = 0;
                for (const SpendRow& row : whole->rows)
                    before += row.currency == total.currency ? row.charges : 0;
                QCOMPARE(charges, before);
            }
        }
    }

    void detailsComeFromTheCharges()
    {
        const std::uint64_t start = test::seed(20'261'103);
        for (std::uint64_t round = 0; round < static_cast<std::uint64_t>(test::rounds(500));
             ++round) {
            RandomLedger ledger{start + round};
            const SpendQuery query = ledger.query(true);
            const ChargeScan scan = [&](const SpendQuery&, const auto& visit) {
                for (const RandomLedger::Placed& placed : ledger.charges())
                    visit(placed.charge, placed.batch, {});
                return Status::success();
            };
            QCOMPARE(spend(ledger.snapshot(), query, {}).error().code, ErrorCode::Usage);
            const auto answer = spend(ledger.snapshot(), query, {}, scan);
            QVERIFY_OK(answer);
            QVERIFY(asNaive(*answer) == test::naiveSpendOfCharges(ledger, query));
        }
    }

    void theTreeAddsUp()
    {
        const std::uint64_t start = test::seed(20'261'104);
        for (std::uint64_t round = 0; round < static_cast<std::uint64_t>(test::rounds(500));
             ++round) {
            RandomLedger ledger{start + round};
            SpendQuery query = ledger.query();
            query.top = ledger.random().below(3);
            const auto tree = spendTree(ledger.snapshot(), query, {});
            QVERIFY_OK(tree);
            query.grain.reset();
            const auto flat = spend(ledger.snapshot(), query, {});
            QVERIFY_OK(flat);
            QCOMPARE(tree->roots.size(), flat->totals.size());
            for (std::size_t i = 0; i < tree->roots.size(); ++i) {
                QVERIFY(tree->roots[i].amount == flat->totals[i].amount);
                QCOMPARE(tree->roots[i].charges, flat->totals[i].charges);
                checkNode(tree->roots[i], 0, query.by.size());
            }
        }
    }

    void coverageIsBySize()
    {
        const std::uint64_t start = test::seed(20'261'105);
        for (std::uint64_t round = 0; round < static_cast<std::uint64_t>(test::rounds(300));
             ++round) {
            RandomLedger ledger{start + round};
            SpendQuery query = ledger.query(ledger.random().chance(1, 2));
            query.grain.reset();
            query.by.clear();
            const bool ofCharges = DetailNumbers{query}.asked();
            const ChargeScan scan = [&](const SpendQuery&, const auto& visit) {
                for (const RandomLedger::Placed& placed : ledger.charges())
                    visit(placed.charge, placed.batch, {});
                return Status::success();
            };
            const auto answer = coverage(ledger.snapshot(), query, {}, scan);
            QVERIFY_OK(answer);
            for (const Coverage& found : *answer) {
                SpendQuery byValue = query;
                byValue.by = {*parseDimension(attributeName(found.attribute))};
                const test::NaiveAnswer naive = ofCharges
                    ? test::naiveSpendOfCharges(ledger, byValue)
                    : naiveSpend(ledger.snapshot(), byValue);
                const std::string currency{found.currency.code()};
                const auto none = naive.rows.find({"", currency, {std::string{NoValue}}});
                const Int128 total = naive.totals.at(currency).amount;
                QVERIFY(found.total == total);
                QVERIFY(found.covered
                    == total - (none == naive.rows.end() ? Int128{0} : none->second.amount));
            }
            QCOMPARE(answer->size() % 3, std::size_t{0});
        }
    }

    void aPercentageNeedsAPart()
    {
        const auto hasShare = [](Int128 covered, Int128 total) {
            Coverage found;
            found.covered = covered;
            found.total = total;
            return found.hasShare();
        };
        QVERIFY(hasShare(0, 10) && hasShare(10, 10) && hasShare(-3, -10));
        QVERIFY(!hasShare(4, 0) && !hasShare(12, 10) && !hasShare(-1, 10) && !hasShare(1, -10)
            && !hasShare(-12, -10) && !hasShare(0, 0));
    }

    void namesAndOrder()
    {
        RandomLedger ledger{5};
        auto snapshot = std::make_shared<LedgerSnapshot>(ledger.snapshot());
        const auto answer
            = spend(*snapshot, queryBy({"unit", "owner", "service"}, Grain::Month), {});
        QVERIFY_OK(answer);
        QVERIFY(!answer->rows.empty());
        for (std::size_t i = 0; i < answer->rows.size(); ++i) {
            const SpendRow& row = answer->rows[i];
            QVERIFY(row.names[2].empty());
            QCOMPARE(row.names[1],
                row.values[1] == "p-1"       ? std::string{"Head"}
                    : row.values[1] == "p-2" ? std::string{"Stranger"}
                                             : std::string{});
            QVERIFY(row.values[0] == NoValue ? row.names[0].empty()
                                             : row.names[0].substr(0, 5) == "Unit ");
            if (i > 0) {
                const SpendRow& before = answer->rows[i - 1];
                QVERIFY(before.bucket <= row.bucket);
                QVERIFY(before.bucket != row.bucket || before.currency < row.currency
                    || before.amount >= row.amount);
            }
        }
    }

    void stopsWhenAsked()
    {
        const TaskContext context;
        context.stopToken().requestStop();
        const auto snapshot = bigLedger(1'000, 100);
        QCOMPARE(spend(*snapshot, queryBy({"unit"}), context).error().code, ErrorCode::Cancelled);
        QCOMPARE(coverage(*snapshot, queryBy({}), context).error().code, ErrorCode::Cancelled);
        QCOMPARE(
            spendTree(*snapshot, queryBy({"unit"}), context).error().code, ErrorCode::Cancelled);
    }

    void anEmptyLedgerHasAnEmptyAnswer()
    {
        LedgerSnapshot snapshot;
        snapshot.keys = std::make_shared<KeyDictionary>();
        auto table = std::make_shared<AttributionTable>();
        table->eraStarts = {BusinessDate{0}};
        table->assignmentOf.resize(1);
        snapshot.attribution = table;
        snapshot.organisation = std::make_shared<Organisation>();
        const auto answer = spend(snapshot, queryBy({"unit", "service"}, Grain::Day), {});
        QVERIFY_OK(answer);
        QVERIFY(answer->rows.empty() && answer->totals.empty());
    }

    // Speeds are printed, not judged, because machines differ.
    void speed()
    {
        for (const std::size_t cells : {500'000, 6'000'000}) {
            const auto snapshot
                = bigLedger(static_cast<std::size_t>(test::rounds(static_cast<int>(cells))), 8'000);
            SpendQuery quarter = queryBy({"service", "region"});
            quarter.period = Period{BusinessDate{20'030}, BusinessDate{20'060}};
            const std::vector<std::pair<const char*, SpendQuery>> queries{{"total", queryBy({})},
                {"service × region", queryBy({"service", "region"})},
                {"unit × workflow", queryBy({"unit", "workflow"})},
                {"category × service", queryBy({"category", "service"})},
                {"service by day", queryBy({"service"}, Grain::Day)},
                {"unit by month", queryBy({"unit"}, Grain::Month)},
                {"sku × provider", queryBy({"sku", "provider"})},
                {"service × region in a month", quarter}};
            for (const auto& [name, query] : queries) {
                std::clock_t best = std::numeric_limits<std::clock_t>::max();
                for (int round = 0; round < 7; ++round) {
                    // of the processor: other programs run at the same time
                    const std::clock_t start = std::clock();
                    const auto answer = spend(*snapshot, query, {});
                    best = std::min(best, std::clock() - start);
                    QVERIFY_OK(answer);
                }
                qInfo("%zu cells, %s: %.2f ms", cells, name,
                    static_cast<double>(best) * 1e3 / CLOCKS_PER_SEC);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestSpend)
#include "tst_Spend.moc"
