// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Gui.h"
#include "ui/kit/Roles.h"
#include "ui/models/SpendTreeModel.h"

#include <QAbstractItemModelTester>

using namespace sluice;
using namespace sluice::ui;

namespace {

constexpr Currency Usd = Currency::literal("USD");
constexpr Int128 One = 1'000'000'000;

SpendNode node(const char* value, Int128 amount, std::vector<SpendNode> children = {})
{
    return {value, value, Usd, amount * One, 3, std::move(children)};
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
        QCOMPARE(view.groups.size(), std::size_t{3});
        QCOMPARE(view.groups[0].name, QStringLiteral("Product inference"));
        QCOMPARE(view.groups[0].slot, 1);
        QVERIFY(view.groups.back().unattributed); // last, though larger than "agents"
        Int128 sum = 0;
        for (const MapNode& group : view.groups) {
            for (const MapNode& leaf : group.children)
                sum += leaf.amount;
        }
        for (const MapNode& credit : view.credits)
            sum += credit.amount;
        QVERIFY(sum == view.total);
        QCOMPARE(view.credits.size(), std::size_t{2});
    }

    void groupsKeepTheirPlace()
    {
        SpendTree now = tree();
        MapOrder order;
        rememberOrder(order, "category",
            makeMapView({.now = now, .firstDimension = "category", .secondDimension = "unit"}));
        std::swap(now.roots[0].children[1].amount, now.roots[0].children[2].amount);
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
        QCOMPARE(model.rowCount(), 4); // three groups and the credits
        const QModelIndex first = model.index(0, SpendTreeModel::NameColumn);
        QCOMPARE(model.rowCount(first), 1);
        QCOMPARE(model.index(0, SpendTreeModel::AmountColumn, first).data().toString(),
            QStringLiteral("90.00"));
        QCOMPARE(model.index(3, SpendTreeModel::AmountColumn).data().toString(),
            QStringLiteral("-15.00"));
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
