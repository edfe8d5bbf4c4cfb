// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/ChargeFilter.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/unit/analytics/RandomLedger.h"

#include <QTest>

#include <map>

using namespace sluice;
using test::RandomLedger;

class TestChargeFilter : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression{QStringLiteral(".")}); }

    // The list of charges under a figure adds up to the figure, for every measure at once.
    void theListAddsUpToTheFigure()
    {
        const std::uint64_t start = test::seed(20'261'301);
        for (std::uint64_t round = 0; round < static_cast<std::uint64_t>(test::rounds(1'000));
             ++round) {
            RandomLedger ledger{start + round};
            SpendQuery query = ledger.query(ledger.random().chance(1, 2));
            const ChargeFilter filter{ledger.snapshot(), query};
            std::map<std::string, test::NaiveRow> sums;
            for (const RandomLedger::Placed& placed : ledger.charges()) {
                Charge charge = placed.charge;
                if (!filter.apply(charge, placed.batch))
                    continue;
                QVERIFY(filter.wantsBatch(placed.batch)
                    && filter.wantsScope(placed.batch, charge.scope));
                const StringId field = *ledger.snapshot().keys->strings().find("BillingCurrency");
                test::NaiveRow& sum = sums[std::string{ledger.snapshot().keys->text(
                    ledger.snapshot().keys->value(charge.key, field))}];
                sum.amount += charge.costs[static_cast<std::size_t>(query.measure)];
                ++sum.charges;
            }
            query.by.clear();
            query.grain.reset();
            QVERIFY(sums == test::naiveListOfCharges(ledger, query).totals);
        }
    }

    void aPrincipalGetsTheShareOfTheScope()
    {
        const std::uint64_t start = test::seed(20'261'302);
        for (std::uint64_t round = 0; round < static_cast<std::uint64_t>(test::rounds(300));
             ++round) {
            RandomLedger ledger{start + round};
            const LedgerSnapshot& whole = ledger.snapshot();
            const Principal principal = ledger.departmentHead();
            SpendQuery query;
            query.measure = Measure::EffectiveCost;
            AmountRange
                range; // of what the principal sees: the whole amount of a charge is not told
            if (ledger.random().chance(1, 2)) {
                range.least = {Decimal{ledger.random().between(0, 500) * 1'000'003, 9}, true};
                query.amounts.push_back({range, false});
            }
            const ChargeFilter filter{whole, whole, query, principal};
            for (const RandomLedger::Placed& placed : ledger.charges()) {
                const BusinessDate day{placed.charge.day};
                std::vector<std::string> visible;
                for (const std::string& root : principal.scope) {
                    const auto below = whole.organisation->subtree(root, day);
                    visible.insert(visible.end(), below.begin(), below.end());
                }
                const auto& parts = whole.attribution->of(placed.charge.key, day).parts;
                std::vector<std::uint32_t> weights;
                for (const AttributionPart& part : parts)
                    weights.push_back(part.weight);
                const auto shares
                    = allocateInTurn(placed.charge.costs[1], weights, placed.charge.row);
                bool any = false;
                std::int64_t expected = 0;
                for (std::size_t i = 0; i < parts.size(); ++i) {
                    const std::string_view unit = whole.attribution->strings.text(
                        parts[i].values[static_cast<std::size_t>(Attribute::Unit)]);
                    const std::string_view owner = whole.attribution->strings.text(
                        parts[i].values[static_cast<std::size_t>(Attribute::Owner)]);
                    if (std::find(visible.begin(), visible.end(), unit) == visible.end()
                        && (!principal.scope.empty() || owner != principal.person))
                        continue;
                    any = true;
                    expected += shares[i];
                }
                const SnapshotBatch& batch = whole.batches[placed.batch];
                any = any && batch.kind == BatchKind::Billed && batch.live[placed.charge.scope];
                any = any && range.contains({expected, 9});
                Charge charge = placed.charge;
                QCOMPARE(filter.apply(charge, placed.batch), any);
                QVERIFY(!any || charge.costs[1] == expected);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestChargeFilter)
#include "tst_ChargeFilter.moc"
