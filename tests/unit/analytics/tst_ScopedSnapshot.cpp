// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/ChargeFilter.h"
#include "core/analytics/LedgerSnapshot.h"
#include "core/analytics/RulesetPreview.h"
#include "core/analytics/VisibleShares.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/unit/analytics/RandomLedger.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace sluice;
using test::asNaive;
using test::naiveSpend;
using test::RandomLedger;

namespace {

constexpr std::size_t UnitIndex = static_cast<std::size_t>(Attribute::Unit);
constexpr std::size_t OwnerIndex = static_cast<std::size_t>(Attribute::Owner);

// The rule, said again in the plainest way.
test::MaySee visibleTo(const LedgerSnapshot& whole, const Principal& principal)
{
    return [&whole, &principal](const AttributionPart& part, BusinessDate day) {
        const std::string_view unit = whole.attribution->strings.text(part.values[UnitIndex]);
        if (principal.scope.empty())
            return whole.attribution->strings.text(part.values[OwnerIndex]) == principal.person;
        for (const std::string& root : principal.scope) {
            for (const std::string& below : whole.organisation->subtree(root, day)) {
                if (!unit.empty() && unit == below)
                    return true;
            }
        }
        return false;
    };
}

// The units of the principal's subtrees at any time, and those in which the principal owns a share
// in person.
std::set<std::string> unitsOf(const LedgerSnapshot& whole,
    const std::vector<std::shared_ptr<const AttributionTable>>& attributions,
    const Principal& principal)
{
    std::set<std::string> units;
    for (const std::string& root : principal.scope) {
        for (std::int32_t day = RandomLedger::FirstDay - 1;
             day <= RandomLedger::FirstDay + RandomLedger::Days; ++day)
            units.merge([&] {
                const auto below = whole.organisation->subtree(root, BusinessDate{day});
                return std::set<std::string>{below.begin(), below.end()};
            }());
    }
    for (const auto& attribution : attributions) {
        for (const Assignment& assignment : attribution->assignments)
            for (const AttributionPart& part : assignment.parts)
                if (principal.scope.empty()
                    && attribution->strings.text(part.values[OwnerIndex]) == principal.person)
                    units.emplace(attribution->strings.text(part.values[UnitIndex]));
    }
    return units;
}

std::set<std::string> textsOf(const Interner& strings)
{
    std::set<std::string> texts;
    for (StringId id = 0; id < strings.size(); ++id)
        texts.emplace(strings.text(id));
    return texts;
}

} // namespace

class TestScopedSnapshot : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression{QStringLiteral(".")}); }

    void whoSeesEverythingGetsTheWhole()
    {
        RandomLedger ledger{1};
        for (const Role role : {Role::Finance, Role::Admin, Role::Auditor}) {
            Principal principal;
            principal.roles = {Role::Department, role};
            const auto snapshot = scopedSnapshot(ledger.shared(), ledger.snapshot(), principal, {});
            QVERIFY_OK(snapshot);
            QVERIFY(*snapshot == ledger.shared());
        }
    }

    // Every query of a scoped principal answers exactly what the whole ledger answers about the
    // scope's shares, to the last unit and charge.
    void answersAreTheWholesInScope()
    {
        const std::uint64_t start = test::seed(20'261'201);
        std::size_t rows = 0;
        for (std::uint64_t round = 0; round < static_cast<std::uint64_t>(test::rounds(1'000));
             ++round) {
            RandomLedger ledger{start + round};
            const Principal principal = ledger.departmentHead();
            const auto scoped = scopedSnapshot(ledger.shared(), ledger.snapshot(), principal, {});
            QVERIFY_OK(scoped);
            const LedgerSnapshot& snapshot = **scoped;
            QCOMPARE(snapshot.revision, ledger.snapshot().revision);
            QCOMPARE(snapshot.principal.person, principal.person);
            for (int queries = 0; queries < 10; ++queries) {
                const SpendQuery query = ledger.query();
                const auto answer = spend(snapshot, query, {});
                QVERIFY_OK(answer);
                QVERIFY(asNaive(*answer)
                    == naiveSpend(
                        ledger.snapshot(), query, visibleTo(ledger.snapshot(), principal)));
                QVERIFY(asNaive(*answer) == naiveSpend(snapshot, query));
                rows += answer->rows.size();
            }
        }
        QVERIFY(rows > 1'000 || test::rounds(1'000) < 1'000);
    }

    void nothingForeignIsLeft()
    {
        const std::uint64_t start = test::seed(20'261'202);
        for (std::uint64_t round = 0; round < static_cast<std::uint64_t>(test::rounds(1'000));
             ++round) {
            RandomLedger ledger{start + round};
            const LedgerSnapshot& whole = ledger.snapshot();
            const Principal principal = ledger.departmentHead();
            const auto scoped = scopedSnapshot(ledger.shared(), ledger.snapshot(), principal, {});
            QVERIFY_OK(scoped);
            const LedgerSnapshot& snapshot = **scoped;
            const test::MaySee maySee = visibleTo(whole, principal);

            std::set<std::string> keyTexts{""};
            std::set<std::string> objects{""};
            std::set<std::string> units;
            std::set<std::string> accounts{""};
            for (const SnapshotChunk& chunk : whole.chunks) {
                const RollupCells& cells = *chunk.cells;
                for (std::size_t i = 0; i < cells.size(); ++i) {
                    if (!whole.batches[chunk.batch].live[cells.scope[i]])
                        continue;
                    bool visible = false;
                    for (const AttributionPart& part :
                        whole.attribution->of(cells.key[i], BusinessDate{cells.day[i]}).parts)
                        visible = visible || maySee(part, BusinessDate{cells.day[i]});
                    if (!visible)
                        continue;
                    accounts.insert(
                        whole.batches[chunk.batch].scopes[cells.scope[i]].billingAccount);
                    for (const KeyCell& cell : whole.keys->cells(cells.key[i])) {
                        keyTexts.emplace(whole.keys->text(cell.field));
                        keyTexts.emplace(whole.keys->text(cell.value));
                    }
                }
            }
            QVERIFY(textsOf(snapshot.keys->strings()) == keyTexts);
            for (const std::string& text : textsOf(snapshot.attribution->strings)) {
                if (text.substr(0, 5) == "unit-")
                    units.insert(text);
            }
            for (const Unit& unit : snapshot.organisation->units)
                units.insert(unit.id);
            const std::set<std::string> mine = unitsOf(whole, {whole.attribution}, principal);
            for (const std::string& unit : units)
                QVERIFY(mine.contains(unit));
            for (const SnapshotBatch& batch : snapshot.batches) {
                for (const Scope& scope : batch.scopes) {
                    QVERIFY(accounts.count(scope.billingAccount) != 0);
                    QVERIFY(scope.totals.empty());
                }
            }
            QCOMPARE(snapshot.ledgerKeys->size(), snapshot.keys->keyCount());
            for (const std::vector<std::uint32_t>& of : snapshot.attribution->assignmentOf)
                QCOMPARE(of.size(), snapshot.keys->keyCount());
        }
    }

    void peopleAreThoseOfTheScope()
    {
        RandomLedger ledger{3};
        Principal nobody;
        nobody.roles = {Role::Department};
        nobody.person = "p-3";
        const auto scoped = scopedSnapshot(ledger.shared(), ledger.snapshot(), nobody, {});
        QVERIFY_OK(scoped);
        QVERIFY((*scoped)->organisation->people.empty());
        QVERIFY((*scoped)->organisation->units.empty());
        QVERIFY((*scoped)->chunks.empty() && (*scoped)->batches.empty());
        const auto answer = spend(**scoped, {}, {});
        QVERIFY_OK(answer);
        QVERIFY(answer->totals.empty());
    }

    // A scan over the store's charges, seen by a scoped principal: foreign charges do not come, and
    // each row is what the whole ledger answers about the scope's shares, to the last unit.
    void chargesAreTheScopesToo()
    {
        const std::uint64_t start = test::seed(20'261'203);
        for (std::uint64_t round = 0; round < static_cast<std::uint64_t>(test::rounds(500));
             ++round) {
            RandomLedger ledger{start + round};
            const LedgerSnapshot& whole = ledger.snapshot();
            const Principal principal = ledger.departmentHead();
            const auto scoped = scopedSnapshot(ledger.shared(), whole, principal, {});
            QVERIFY_OK(scoped);
            const ChargeScan scan = [&](const SpendQuery& asked, const ChargeVisit& visit) {
                SnapshotCharges charges{whole, whole, **scoped, asked};
                for (std::uint32_t batch = 0; batch < (*scoped)->batches.size(); ++batch) {
                    for (const RandomLedger::Placed& placed : ledger.charges()) {
                        Charge charge = placed.charge;
                        if (placed.batch == charges.wholeBatch(batch)
                            && charges.apply(charge, batch))
                            visit(charge, batch, charges.shares());
                    }
                }
                return Status::success();
            };
            for (int queries = 0; queries < 5; ++queries) {
                const SpendQuery query = ledger.query(true);
                const auto answer = spend(**scoped, query, {}, scan);
                QVERIFY_OK(answer);
                QVERIFY(asNaive(*answer)
                    == test::naiveSpendOfCharges(ledger, query, visibleTo(whole, principal)));
            }
        }
    }

    // An older version of the attribution shows a principal no more of any charge than today's, and
    // only what it gave to the principal's units then.
    void olderVersionsShowNoMore()
    {
        const std::uint64_t start = test::seed(20'261'204);
        std::size_t seen = 0;
        for (std::uint64_t round = 0; round < static_cast<std::uint64_t>(test::rounds(500));
             ++round) {
            RandomLedger ledger{start + round};
            const LedgerSnapshot& newest = ledger.snapshot();
            const Principal principal = ledger.departmentHead();
            auto older = std::make_shared<LedgerSnapshot>(newest);
            older->attribution = ledger.otherAttribution();
            const auto scoped = scopedSnapshot(older, newest, principal, {});
            QVERIFY_OK(scoped);
            const VisibleShares visible{older->attribution, newest, principal};
            const test::MaySee then = visibleTo(*older, principal);
            const test::MaySee now = visibleTo(newest, principal);
            Int128 sum = 0;
            for (const SnapshotChunk& chunk : newest.chunks) {
                const RollupCells& cells = *chunk.cells;
                for (std::size_t i = 0; i < cells.size(); ++i) {
                    const BusinessDate day{cells.day[i]};
                    const VisiblePortion portion = visible.of(cells.key[i], day);
                    const auto& parts = older->attribution->of(cells.key[i], day).parts;
                    for (const std::uint32_t share : portion.shares)
                        QVERIFY(then(parts[share], day));
                    Int128 bound = 0;
                    Int128 whole = 0;
                    for (const AttributionPart& part :
                        newest.attribution->of(cells.key[i], day).parts) {
                        bound += now(part, day) ? part.weight : 0;
                        whole += part.weight;
                    }
                    QVERIFY(bound > 0 || portion.shares.empty());
                    Int128 amount = 0;
                    for (const std::int64_t part : portion.amounts(1'000'000'000))
                        amount += part;
                    QVERIFY(amount * whole <= bound * 1'000'000'000 + 8 * whole);
                    if (newest.batches[chunk.batch].kind != BatchKind::Billed
                        || !newest.batches[chunk.batch].live[cells.scope[i]])
                        continue;
                    for (const std::int64_t part : portion.amounts(cells.costs[0][i]))
                        sum += part;
                    seen += portion.shares.size();
                }
            }
            const auto answer = spend(**scoped, {}, {});
            QVERIFY_OK(answer);
            Int128 total = 0;
            for (const SpendTotal& currency : answer->totals)
                total += currency.amount;
            QVERIFY(total == sum);
            const std::set<std::string> mine
                = unitsOf(newest, {newest.attribution, older->attribution}, principal);
            for (const Unit& unit : (*scoped)->organisation->units)
                QVERIFY(mine.contains(unit.id));
        }
        QVERIFY(seen > 0);
    }

    // Publishing what is published already moves nothing, whoever looks; what a principal is told
    // to move is never more than the own shares.
    void previewsStayInScope()
    {
        const std::uint64_t start = test::seed(20'261'205);
        for (std::uint64_t round = 0; round < static_cast<std::uint64_t>(test::rounds(300));
             ++round) {
            RandomLedger ledger{start + round};
            const Principal principal = ledger.departmentHead();
            for (const Principal& who : {Principal::owner(), principal}) {
                const auto same
                    = movedAmounts(ledger.snapshot(), ledger.snapshot().attribution, who, {});
                QVERIFY_OK(same);
                QVERIFY(same->empty());
            }
            const auto other = ledger.otherAttribution();
            const auto moved = movedAmounts(ledger.snapshot(), other, principal, {});
            QVERIFY_OK(moved);
            std::set<std::string> mine
                = unitsOf(ledger.snapshot(), {ledger.snapshot().attribution, other}, principal);
            mine.emplace(OutsideScope);
            mine.emplace(NoValue); // the principal's own share without a unit
            for (const MovedAmount& move : *moved) {
                for (const std::string& unit : {move.from, move.to})
                    QVERIFY2(
                        move.attribute != Attribute::Unit || mine.contains(unit), unit.c_str());
            }
        }
    }

    void stopsWhenAsked()
    {
        RandomLedger ledger{2};
        const TaskContext context;
        context.stopToken().requestStop();
        Principal principal = ledger.departmentHead();
        principal.scope = {"unit-0"};
        QCOMPARE(
            scopedSnapshot(ledger.shared(), ledger.snapshot(), principal, context).error().code,
            ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestScopedSnapshot)
#include "tst_ScopedSnapshot.moc"
