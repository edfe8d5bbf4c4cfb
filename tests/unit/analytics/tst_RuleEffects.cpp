// SPDX-License-Identifier: GPL-3.0-or-later
// What rules decide of the spend, beside a loop over all cells and shares.
#include "core/analytics/RuleEffects.h"
#include "core/base/Money.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/unit/analytics/RandomLedger.h"

#include <QTest>

#include <set>

using namespace sluice;
using test::RandomLedger;

namespace {

struct Sum {
    Int128 amount{0};
    std::uint64_t charges{0};
    bool operator==(const Sum&) const = default;
};
// ruleset, rule, currency
using Sums = std::map<std::tuple<std::uint32_t, std::size_t, std::string>, Sum>;

// The same attribution, with rules by chance.
std::shared_ptr<const LedgerSnapshot> withRules(RandomLedger& ledger)
{
    auto snapshot = std::make_shared<LedgerSnapshot>(ledger.snapshot());
    auto table = std::make_shared<AttributionTable>();
    const AttributionTable& plain = *ledger.snapshot().attribution;
    for (std::size_t i = 0; i < plain.strings.size(); ++i)
        table->strings.intern(plain.strings.text(static_cast<StringId>(i)));
    table->eraStarts = plain.eraStarts;
    table->assignmentOf = plain.assignmentOf;
    table->assignments = plain.assignments;
    for (Assignment& assignment : table->assignments) {
        assignment.ruleset = 1 + static_cast<std::uint32_t>(ledger.random().below(2));
        for (AttributionPart& part : assignment.parts) {
            for (std::int32_t& rule : part.rules)
                rule = static_cast<std::int32_t>(ledger.random().between(-2, 4));
        }
    }
    snapshot->attribution = table;
    return snapshot;
}

Sums naiveEffects(const LedgerSnapshot& snapshot, const SpendQuery& query)
{
    Sums sums;
    const StringId* field = snapshot.keys->strings().find("BillingCurrency");
    for (const SnapshotChunk& chunk : snapshot.chunks) {
        const SnapshotBatch& batch = snapshot.batches[chunk.batch];
        const RollupCells& cells = *chunk.cells;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const BusinessDate day{cells.day[i]};
            if (batch.kind != query.kind || !batch.live[cells.scope[i]]
                || (query.period && !query.period->contains(day)))
                continue;
            const Assignment& assignment = snapshot.attribution->of(cells.key[i], day);
            std::vector<std::uint32_t> weights;
            for (const AttributionPart& part : assignment.parts)
                weights.push_back(part.weight);
            const auto shares
                = allocate(cells.costs[static_cast<std::size_t>(query.measure)][i], weights);
            std::set<std::int32_t> counted;
            for (std::size_t p = 0; p < shares.size(); ++p) {
                for (const std::int32_t rule : std::set<std::int32_t>{
                         assignment.parts[p].rules.begin(), assignment.parts[p].rules.end()}) {
                    if (rule < 0)
                        continue;
                    Sum& sum = sums[{assignment.ruleset, static_cast<std::size_t>(rule),
                        std::string{
                            snapshot.keys->text(snapshot.keys->value(cells.key[i], *field))}}];
                    sum.amount += shares[p];
                    sum.charges += counted.insert(rule).second ? cells.charges[i] : 0;
                }
            }
        }
    }
    return sums;
}

} // namespace

class tst_RuleEffects : public QObject {
    Q_OBJECT

private slots:
    void theyAreThoseOfAllCells()
    {
        const std::uint64_t seed = test::seed(20'261'131);
        for (int round = 0; round < test::rounds(300); ++round) {
            RandomLedger ledger{seed + static_cast<std::uint64_t>(round)};
            const auto snapshot = withRules(ledger);
            const SpendQuery query = ledger.query();
            const auto effects = ruleEffects(*snapshot, query, Principal::owner(), {});
            QVERIFY_OK(effects);
            Sums found;
            for (const RuleEffect& effect : *effects) {
                QVERIFY(effect.keys > 0);
                for (const SpendTotal& total : effect.totals)
                    found[{effect.ruleset, effect.rule, std::string{total.currency.code()}}]
                        = {total.amount, total.charges};
            }
            QVERIFY(found == naiveEffects(*snapshot, query));
        }
    }

    void aScopedPrincipalIsToldNoMore()
    {
        const std::uint64_t seed = test::seed(77);
        for (int round = 0; round < test::rounds(100); ++round) {
            RandomLedger ledger{seed + static_cast<std::uint64_t>(round)};
            const auto snapshot = withRules(ledger);
            const Principal head = ledger.departmentHead();
            const auto scoped = scopedSnapshot(snapshot, *snapshot, head, {});
            QVERIFY_OK(scoped);
            SpendQuery query;
            const auto spent = spend(**scoped, query, {});
            QVERIFY_OK(spent);
            const auto effects = ruleEffects(*snapshot, query, head, {});
            QVERIFY_OK(effects);
            for (const RuleEffect& effect : *effects) {
                for (const SpendTotal& total : effect.totals) {
                    const auto seen
                        = std::ranges::find(spent->totals, total.currency, &SpendTotal::currency);
                    QVERIFY(seen != spent->totals.end());
                    QVERIFY(total.charges <= seen->charges);
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(tst_RuleEffects)
#include "tst_RuleEffects.moc"
