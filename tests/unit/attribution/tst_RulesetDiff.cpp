// SPDX-License-Identifier: GPL-3.0-or-later
// What one version of the rules changed against another, beside plain loops.
#include "core/attribution/RulesetDiff.h"
#include "core/base/Random.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <set>

using namespace sluice;

namespace {

AttributionRule rule(const std::string& id, const std::string& unit)
{
    AttributionRule made;
    made.id = id;
    made.assign[Attribute::Unit].literal = unit;
    return made;
}

Ruleset anyRuleset(SeededRandom& random)
{
    Ruleset ruleset;
    std::vector<int> ids{0, 1, 2, 3, 4, 5, 6};
    for (std::size_t i = ids.size(); i > 1; --i)
        std::swap(ids[i - 1], ids[random.below(i)]);
    ids.resize(random.below(ids.size() + 1));
    for (const int id : ids)
        ruleset.rules.push_back(rule("r" + std::to_string(id), random.chance(2, 3) ? "a" : "b"));
    if (random.chance(1, 2))
        ruleset.tables["t"]["x"] = random.chance(1, 2) ? "1" : "2";
    return ruleset;
}

std::size_t placeOf(const Ruleset& ruleset, const std::string& id)
{
    return static_cast<std::size_t>(
        std::ranges::find(ruleset.rules, id, &AttributionRule::id) - ruleset.rules.begin());
}

// The longest run of shared rules that keep their order, by trying all choices.
std::size_t naiveStaying(const std::vector<std::size_t>& places)
{
    std::size_t best = 0;
    for (unsigned choice = 0; choice < (1U << places.size()); ++choice) {
        std::vector<std::size_t> kept;
        for (std::size_t i = 0; i < places.size(); ++i) {
            if ((choice >> i & 1U) != 0)
                kept.push_back(places[i]);
        }
        if (std::ranges::is_sorted(kept))
            best = std::max(best, kept.size());
    }
    return best;
}

} // namespace

class tst_RulesetDiff : public QObject {
    Q_OBJECT

private slots:
    void itIsThatOfPlainLoops()
    {
        SeededRandom random{test::seed(20'261'129)};
        for (int round = 0; round < test::rounds(2'000); ++round) {
            const Ruleset before = anyRuleset(random);
            const Ruleset after = anyRuleset(random);
            const RulesetDiff diff = rulesetDiff(before, after);
            std::map<std::string, RuleChange> changes;
            for (const RuleChange& change : diff.rules)
                QVERIFY(changes.emplace(change.id, change).second);
            std::vector<std::size_t> places;
            std::size_t moved = 0;
            for (const AttributionRule& is : after.rules) {
                const std::size_t old = placeOf(before, is.id);
                const auto change = changes.find(is.id);
                if (old == before.rules.size()) {
                    QVERIFY(change != changes.end());
                    QCOMPARE(change->second.kind, RuleChangeKind::Added);
                    continue;
                }
                places.push_back(old);
                const bool differs = before.rules[old] != is;
                const bool isMoved = change != changes.end() && change->second.isMoved;
                moved += isMoved ? 1 : 0;
                QCOMPARE(change != changes.end(), differs || isMoved);
                if (change == changes.end())
                    continue;
                QCOMPARE(
                    change->second.kind, differs ? RuleChangeKind::Changed : RuleChangeKind::Moved);
                QVERIFY(change->second.before == old);
                QVERIFY(change->second.after == placeOf(after, is.id));
            }
            QCOMPARE(places.size() - moved, naiveStaying(places));
            std::size_t removed = 0;
            for (const AttributionRule& was : before.rules) {
                if (placeOf(after, was.id) < after.rules.size())
                    continue;
                ++removed;
                QCOMPARE(changes.at(was.id).kind, RuleChangeKind::Removed);
            }
            QCOMPARE(static_cast<std::size_t>(std::ranges::count(
                         diff.rules, RuleChangeKind::Removed, &RuleChange::kind)),
                removed);
            QCOMPARE(diff.tables.empty(), before.tables == after.tables);
        }
    }

    void theSameIsNoDifference()
    {
        const RulesetDiff diff = rulesetDiff(defaultRuleset(), defaultRuleset());
        QVERIFY(diff.rules.empty() && diff.tables.empty() && diff.normalise.empty());
    }
};

QTEST_GUILESS_MAIN(tst_RulesetDiff)
#include "tst_RulesetDiff.moc"
