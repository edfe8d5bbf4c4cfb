// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/OwnershipService.h"
#include "core/services/SpendService.h"
#include "tests/support/FocusRows.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/support/TempLedger.h"

#include <map>

using namespace sluice;
using sluice::test::FocusHeader;
using sluice::test::focusRow;
using sluice::test::TempLedger;

namespace {

using Sums = std::map<std::string, Int128>; // by unit

Sums spendByUnit(TempLedger& ledger, const char* detail)
{
    SpendQuery query;
    query.by.push_back(*parseDimension("unit"));
    if (detail != nullptr)
        query.by.push_back(*parseDimension(detail));
    const auto answer = SpendService{ledger.workspace()}.spend(query, {}, Principal::owner(), {});
    Sums sums;
    if (answer.ok())
        for (const SpendRow& row : answer->rows)
            sums[row.values.front()] += row.amount;
    return sums;
}

// The shares that the list of charges shows. The costs of a charge are the sum of its shares.
Sums listedByUnit(TempLedger& ledger, std::size_t& charges)
{
    Sums sums;
    ChargeQuery query;
    query.limit = 1'000;
    query.withColumns = false;
    do {
        const auto page = SpendService{ledger.workspace()}.charges(query, Principal::owner(), {});
        if (!page.ok())
            return {};
        for (const ChargeView& view : page->rows) {
            ++charges;
            std::int64_t all = 0;
            for (const ChargeShare& share : view.shares) {
                all += share.costs[0];
                for (const auto& [attribute, value] : share.attributes)
                    if (attribute == "unit")
                        sums[value] += share.costs[0];
            }
            if (all != view.costs[0])
                return {};
        }
        query.after = page->next;
    } while (!query.after.empty());
    return sums;
}

std::string rules(const std::vector<int>& weights)
{
    std::string shares;
    for (std::size_t i = 0; i < weights.size(); ++i)
        shares += (i == 0 ? "" : ", ") + std::string{R"({"weight": )"} + std::to_string(weights[i])
            + R"(, "assign": {"unit": "u)" + std::to_string(i) + R"("}})";
    return R"({"effective_from": "2020-01-01", "rules": [{"id": "s", "split": [)" + shares + "]}]}";
}

std::string withResource(std::string row, std::uint64_t number)
{
    return row.replace(row.find("res-1"), 5, "res-" + std::to_string(number));
}

} // namespace

class tst_SplitCharges : public QObject {
    Q_OBJECT

private slots:
    void sumsOfSharesAgree_data()
    {
        QTest::addColumn<QList<int>>("weights");
        QTest::addColumn<QString>("cost"); // empty: at random
        QTest::newRow("1:1:1 of 0.0000004") << QList<int>{1, 1, 1} << QStringLiteral("0.0000004");
        QTest::newRow("1:1 of one unit") << QList<int>{1, 1} << QStringLiteral("0.000000001");
        QTest::newRow("60:40 of one unit") << QList<int>{60, 40} << QStringLiteral("0.000000001");
        QTest::newRow("5:3:2 at random") << QList<int>{5, 3, 2} << QString{};
    }

    void sumsOfSharesAgree()
    {
        QFETCH(QList<int>, weights);
        QFETCH(QString, cost);
        constexpr std::uint64_t Rows = 4'000;
        SeededRandom random{test::seed(20'261'401)};
        std::string text = FocusHeader;
        for (std::uint64_t i = 0; i < Rows; ++i) {
            const std::string amount = cost.isEmpty()
                ? "0.00000" + std::to_string(1'000 + random.below(9'000))
                : cost.toStdString();
            const std::string day = i % 2 == 0 ? "2026-09-03" : "2026-09-04";
            text += withResource(focusRow(amount, "Inference", day), i / 2);
        }
        TempLedger ledger;
        QVERIFY_OK(ledger.import("a.csv", text));
        QVERIFY_OK(OwnershipService{ledger.workspace()}.publishRuleset(
            rules({weights.begin(), weights.end()}), "r.json", {}, Principal::owner(), {}));
        const Sums figure = spendByUnit(ledger, nullptr);
        QCOMPARE(figure.size(), static_cast<std::size_t>(weights.size()));
        QVERIFY(spendByUnit(ledger, "resource") == figure);
        QVERIFY(spendByUnit(ledger, "invoice") == figure);
        std::size_t charges = 0;
        const Sums listed = listedByUnit(ledger, charges);
        QCOMPARE(charges, std::size_t{Rows});
        QCOMPARE(listed.size(), figure.size());
        // Never as many units as there are charges; of charges that are alike a few.
        const Int128 bound = cost.isEmpty() ? 250 : 25;
        Int128 all = 0;
        for (const auto& [unit, amount] : figure) {
            const Int128 off = listed.at(unit) - amount;
            QVERIFY2(-bound <= off && off <= bound, unit.c_str());
            all += off;
        }
        QVERIFY(all == 0);
    }
};

QTEST_GUILESS_MAIN(tst_SplitCharges)
#include "tst_SplitCharges.moc"
