// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Random.h"
#include "tests/support/Gui.h"
#include "tests/support/Seed.h"
#include "ui/kit/Roles.h"
#include "ui/models/SpendTreeModel.h"

#include <QAbstractItemModelTester>

#include <set>

using namespace sluice;
using namespace sluice::ui;

namespace {

constexpr Currency Usd = Currency::literal("USD");
constexpr Int128 One = 1'000'000'000;

SpendNode node(const char* value, Int128 amount, std::vector<SpendNode> children = {})
{
    std::uint64_t charges = children.empty() ? 3 : 0;
    for (const SpendNode& child : children)
        charges += child.charges;
    return {value, value, Usd, amount * One, charges, std::move(children)};
}

SpendNode randomNode(const std::string& name, SeededRandom& random)
{
    const Int128 amount = random.chance(1, 10) ? 0 : random.between(-20, 40);
    return {name, name, Usd, amount * One / 7, 1 + random.below(5), {}};
}

void verifySums(const MapView& view)
{
    Int128 groups = 0;
    Int128 drawn = 0;
    std::uint64_t charges = 0;
    std::set<QString> below; // the keys of what is listed as a credit
    std::set<QString> seen;
    const auto count = [&](const MapNode& node) {
        QVERIFY2(seen.insert(node.key).second, qPrintable(node.key));
        if (!node.children.empty())
            return;
        QVERIFY(node.drawn == std::max(node.amount, Int128{0}));
        drawn += node.drawn;
        charges += node.charges;
        if (node.amount < 0)
            below.insert(node.key);
    };
    for (const MapNode& group : view.groups) {
        groups += group.amount;
        Int128 leaves = 0;
        Int128 leavesDrawn = 0;
        count(group);
        for (const MapNode& leaf : group.children) {
            count(leaf);
            leaves += leaf.amount;
            leavesDrawn += leaf.drawn;
        }
        QVERIFY(group.children.empty() || leaves == group.amount);
        QVERIFY(group.children.empty() || leavesDrawn == group.drawn);
    }
    QVERIFY(groups == view.total);
    QVERIFY(charges == view.charges);
    QVERIFY(drawn == view.drawn);
    for (const MapNode& credit : view.credits) {
        QVERIFY2(below.erase(credit.key) == 1, qPrintable(credit.key));
        drawn += credit.amount;
    }
    QVERIFY(below.empty());
    QVERIFY(drawn == view.total);
}

SpendTree tree()
{
    SpendTree made;
    made.revision = 7;
    made.roots.push_back(node("", 175,
        {node("(none)", 60, {node("(none)", 60)}),
            node("agents", 40, {node("u1", 30), node("u2", 10)}),
            node("product_inference", 80, {node("u1", 90), node("u3", -10)}),
            node("evaluation", -5, {node("u1", -5)})}));
    made.roots.push_back({"", "", Currency::literal("EUR"), One, 1, {}});
    return made;
}

} // namespace

class TestSpendTreeModel : public QObject {
    Q_OBJECT

private slots:
    void init() { test::failOnWarnings(); }

    void theViewKeepsEveryCent()
    {
        const SpendTree now = tree();
        const MapView view
            = makeMapView({.now = now, .firstDimension = "category", .secondDimension = "unit"});
        QCOMPARE(view.revision, std::uint64_t{7});
        QVERIFY(view.currency == Usd);
        QCOMPARE(view.currencies.size(), std::size_t{2});
        QCOMPARE(view.groups.size(), std::size_t{4});
        QCOMPARE(view.groups[0].name, QStringLiteral("Product inference"));
        QCOMPARE(view.groups[0].slot, 1);
        QVERIFY(view.groups.back().unattributed); // last, though larger than "agents"
        QCOMPARE(view.credits.size(), std::size_t{2});
        verifySums(view);
    }

    // A group that is below zero in all: its spend is drawn, its credit is listed, each once.
    void creditsCountOnce()
    {
        SpendTree now;
        now.roots.push_back(node("", 45,
            {node("product_inference", 65, {node("tc", 50), node("te", 20), node("td", -5)}),
                node("infrastructure", -20, {node("ta", 10), node("tb", -30)})}));
        const MapView view
            = makeMapView({.now = now, .firstDimension = "category", .secondDimension = "unit"});
        verifySums(view);
        QVERIFY(view.drawn == 80 * One);
        QVERIFY(view.groups[1].amount == -20 * One);
        QVERIFY(view.groups[1].drawn == 10 * One);
        QCOMPARE(view.credits.size(), std::size_t{2});
        QCOMPARE(view.credits[0].name, QStringLiteral("tb"));
        QCOMPARE(view.credits[1].name, QStringLiteral("td"));
    }

    // At every level the rows add up to what is above them; what is drawn and the credits add up to
    // the total; nothing is in the view twice.
    void anyTreeAddsUp()
    {
        SeededRandom random{test::seed(2026)};
        for (int round = 0; round < test::rounds(2000); ++round) {
            const bool deep = random.chance(2, 3);
            SpendNode root{"", "", Usd, 0, 0, {}};
            const auto groups = random.below(8);
            for (std::uint64_t g = 0; g < groups; ++g) {
                const bool none = g == 0 && random.chance(1, 2);
                SpendNode group = randomNode(none ? "(none)" : "g" + std::to_string(g), random);
                const auto leaves = deep ? random.below(6) : 0;
                if (leaves > 0) {
                    group.amount = 0;
                    group.charges = 0;
                }
                for (std::uint64_t l = 0; l < leaves; ++l) {
                    group.children.push_back(randomNode("l" + std::to_string(l), random));
                    group.amount += group.children.back().amount;
                    group.charges += group.children.back().charges;
                }
                root.amount += group.amount;
                root.charges += group.charges;
                root.children.push_back(std::move(group));
            }
            SpendTree now;
            now.roots.push_back(std::move(root));
            verifySums(
                makeMapView({.now = now, .firstDimension = "category", .secondDimension = "unit"}));
            if (QTest::currentTestFailed())
                return;
        }
    }

    void groupsKeepTheirPlace()
    {
        SpendTree now = tree();
        MapOrder order;
        rememberOrder(order, "category",
            makeMapView({.now = now, .firstDimension = "category", .secondDimension = "unit"}));
        now.roots[0].children[1].amount += 100 * One;
        now.roots[0].children[1].children[0].amount += 100 * One;
        const MapView later = makeMapView({.now = now,
            .firstDimension = "category",
            .secondDimension = "unit",
            .order = order,
            .nesting = "category"});
        QCOMPARE(later.groups[0].name, QStringLiteral("Product inference"));
        const MapView fresh
            = makeMapView({.now = now, .firstDimension = "category", .secondDimension = "unit"});
        QCOMPARE(fresh.groups[0].name, QStringLiteral("Agents"));
    }

    void comparesWithThePeriodBefore()
    {
        const SpendTree now = tree();
        SpendTree before = tree();
        before.roots[0].children[1].amount = 20 * One;
        const MapView view = makeMapView({.now = now,
            .before = &before,
            .firstDimension = "category",
            .secondDimension = "unit"});
        QVERIFY(view.groups[1].before.has_value());
        QVERIFY(*view.groups[1].before == 20 * One);
        QVERIFY(!makeMapView({.now = now, .firstDimension = "category", .secondDimension = "unit"})
                     .groups[1]
                     .before.has_value());
    }

    void keepsTheRulesOfModels()
    {
        SpendTreeModel model{{}};
        const QAbstractItemModelTester tester{
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest};
        const SpendTree now = tree();
        model.show(std::make_shared<const MapView>(makeMapView(
                       {.now = now, .firstDimension = "category", .secondDimension = "unit"})),
            QStringLiteral("Category"));
        QCOMPARE(model.rowCount(), 4);
        const QModelIndex first = model.index(0, SpendTreeModel::NameColumn);
        QCOMPARE(model.rowCount(first), 2); // with the credit that is in it
        QCOMPARE(model.index(0, SpendTreeModel::AmountColumn, first).data().toString(),
            QStringLiteral("90.00"));
        QCOMPARE(model.index(2, SpendTreeModel::AmountColumn).data().toString(),
            QStringLiteral("-5.00"));
        QCOMPARE(model.index(0, SpendTreeModel::ShareColumn).data().toString(),
            QStringLiteral("46\u00A0%"));
        QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(),
            QStringLiteral("Spend, USD"));
        const QModelIndex leaf = model.index(1, 0, model.index(1, 0));
        QCOMPARE(model.indexOfKey(leaf.data(KeyRole).toString()), leaf);
        model.show(std::make_shared<const MapView>(), {});
        QCOMPARE(model.rowCount(), 0);
    }

    void namesForPeople()
    {
        QCOMPARE(valueText("category", "(none)", {}), QStringLiteral("Unattributed"));
        QCOMPARE(valueText("owner", "(none)", {}), QStringLiteral("No owner"));
        QCOMPARE(valueText("sku", "(none)", {}), QStringLiteral("None"));
        QCOMPARE(valueText("unit", "u-1", "Support"), QStringLiteral("Support"));
        QCOMPARE(valueText("model", "gpt-4o", {}), QStringLiteral("gpt-4o"));
        QCOMPARE(dimensionText("cost_centre"), QStringLiteral("Cost centre"));
        QCOMPARE(dimensionText("tag:team"), QStringLiteral("tag:team"));
    }
};

QTEST_MAIN(TestSpendTreeModel)
#include "tst_SpendTreeModel.moc"
