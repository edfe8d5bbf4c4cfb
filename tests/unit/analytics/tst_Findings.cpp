// SPDX-License-Identifier: GPL-3.0-or-later
// What a ledger finds by itself, beside plain loops over it: what lacks an owner, what moved, what
// was credited; and that each finding's own question has the finding's figure.
#include "core/analytics/Findings.h"

#include "core/analytics/Freshness.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/unit/analytics/RandomLedger.h"

#include <QTest>

#include <algorithm>

using namespace sluice;
using test::NaiveRow;
using test::naiveSpend;
using test::RandomLedger;

namespace {

using Places = std::map<std::vector<std::string>, NaiveRow>; // currency, provider, service, account

SpendQuery cutBy(SpendQuery query, std::initializer_list<const char*> names)
{
    query.by.clear();
    query.grain.reset();
    query.top = 0;
    for (const char* name : names)
        query.by.push_back(*parseDimension(name));
    return query;
}

// Rows of a naive answer by currency and the first `count` values, those that `wants` says.
template <class Wants>
Places gathered(const RandomLedger& ledger, const SpendQuery& query, std::size_t count, Wants wants)
{
    Places places;
    for (const auto& [head, row] : naiveSpend(ledger.snapshot(), query).rows) {
        const auto& [bucket, currency, values] = head;
        if (!wants(values))
            continue;
        std::vector<std::string> place{currency};
        place.insert(
            place.end(), values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count));
        places[place].amount += row.amount;
        places[place].charges += row.charges;
    }
    return places;
}

Places found(const FindingsAnswer& answer, FindingKind kind, std::optional<Attribute> attribute)
{
    Places places;
    for (const Finding& finding : answer.findings) {
        if (finding.kind != kind || finding.attribute != attribute)
            continue;
        std::vector<std::string> place{std::string{finding.currency->code()}};
        for (const FindingPlace& about : finding.about)
            place.push_back(about.value);
        places[place].amount += finding.amount;
    }
    return places;
}

Places amountsOnly(Places places)
{
    for (auto& entry : places)
        entry.second.charges = 0;
    return places;
}

FindingsAnswer ask(const RandomLedger& ledger, const FindingsQuestion& question)
{
    auto answer = findings(ledger.snapshot(), ledger.snapshot(), {}, question, {});
    if (!answer.ok())
        qFatal("%s", errorSentence(answer.error()).c_str());
    return std::move(answer).value();
}

FindingsQuestion anyQuestion(RandomLedger& ledger)
{
    FindingsQuestion question;
    question.query = cutBy(ledger.query(), {});
    question.today = BusinessDate{
        RandomLedger::FirstDay + static_cast<std::int32_t>(ledger.random().below(150))};
    question.perKind = 0;
    return question;
}

// The first and last day of what a query asks for, from plain cells.
std::optional<Period> naiveDays(const RandomLedger& ledger, const SpendQuery& query)
{
    SpendQuery daily = query;
    daily.grain = Grain::Day;
    std::optional<Period> days;
    for (const auto& [head, row] : naiveSpend(ledger.snapshot(), daily).rows) {
        const BusinessDate day = *BusinessDate::parseIso(std::get<0>(head));
        if (!days)
            days = Period{day, day.plusDays(1)};
        days->first = std::min(days->first, day);
        days->end = std::max(days->end, day.plusDays(1));
    }
    return days;
}

} // namespace

class tst_Findings : public QObject {
    Q_OBJECT

private slots:
    void whatLacksAnOwnerIsAllOfIt()
    {
        const std::uint64_t seed = test::seed(20'261'127);
        for (int round = 0; round < test::rounds(400); ++round) {
            RandomLedger ledger{seed + static_cast<std::uint64_t>(round)};
            const FindingsQuestion question = anyQuestion(ledger);
            const FindingsAnswer answer = ask(ledger, question);
            constexpr std::array Asked{
                Attribute::Owner, Attribute::CostCentre, Attribute::Workflow, Attribute::Category};
            for (const Attribute attribute : Asked) {
                const std::string name{attributeName(attribute)};
                const Places naive = gathered(ledger,
                    cutBy(question.query, {"provider", "service", "billing_account", name.c_str()}),
                    3, [](const auto& values) { return values[3] == NoValue; });
                const bool isOwner = attribute == Attribute::Owner;
                QVERIFY2(amountsOnly(naive)
                        == found(answer, isOwner ? FindingKind::Unowned : FindingKind::Unassigned,
                            isOwner ? std::nullopt : std::optional{attribute}),
                    qPrintable(QString::number(seed + static_cast<std::uint64_t>(round))));
            }
            const Places credits = gathered(ledger,
                cutBy(
                    question.query, {"provider", "service", "billing_account", "charge_category"}),
                3, [](const auto& values) { return values[3] == "Credit"; });
            QVERIFY(amountsOnly(credits) == found(answer, FindingKind::Credit, {}));
        }
    }

    void eachFindingIsProvenByItsQuestion()
    {
        const std::uint64_t seed = test::seed(7'001);
        for (int round = 0; round < test::rounds(200); ++round) {
            RandomLedger ledger{seed + static_cast<std::uint64_t>(round)};
            const FindingsQuestion question = anyQuestion(ledger);
            for (const Finding& finding : ask(ledger, question).findings) {
                if (!finding.currency || finding.kind == FindingKind::Beside)
                    continue;
                const auto totals = naiveSpend(ledger.snapshot(), finding.query).totals;
                QVERIFY(totals.size() == 1);
                const NaiveRow& total = totals.begin()->second;
                QCOMPARE(totals.begin()->first, std::string{finding.currency->code()});
                const bool isGone = finding.kind == FindingKind::VanishedSpend;
                QVERIFY(total.amount == (isGone ? finding.before : finding.amount));
                if (finding.kind != FindingKind::Preliminary)
                    QVERIFY(finding.days == naiveDays(ledger, finding.query));
            }
        }
    }

    void movementsAreTheDifferenceOfTwoPeriods()
    {
        const std::uint64_t seed = test::seed(99);
        int compared = 0;
        for (int round = 0; round < test::rounds(400); ++round) {
            RandomLedger ledger{seed + static_cast<std::uint64_t>(round)};
            FindingsQuestion question = anyQuestion(ledger);
            const FindingsAnswer answer = ask(ledger, question);
            const auto by = [&](const std::optional<Period>& period, const char* name) {
                SpendQuery query = cutBy(question.query, {name});
                query.period = period;
                return gathered(ledger, query, 1, [](const auto&) { return true; });
            };
            if (!answer.compared)
                continue;
            ++compared;
            Places now = by(answer.compared, "service");
            Places before = by(answer.before, "service");
            Int128 moved = 0;
            for (const Finding& finding : answer.findings) {
                const bool isNew = finding.kind == FindingKind::NewSpend;
                const bool isGone = finding.kind == FindingKind::VanishedSpend;
                if (!isNew && !isGone && finding.kind != FindingKind::Mover)
                    continue;
                if (finding.about.front().dimension != "service")
                    continue;
                const std::vector<std::string> key{
                    std::string{finding.currency->code()}, finding.about.front().value};
                QCOMPARE(now.count(key) == 0, isGone);
                QCOMPARE(before.count(key) == 0, isNew);
                QVERIFY(finding.amount == now[key].amount);
                QVERIFY(finding.before == before[key].amount);
                moved += finding.amount - finding.before;
            }
            Int128 difference = 0;
            for (const FindingsAnswer::Total& total : answer.totals)
                difference += total.compared - total.before;
            QVERIFY(moved == difference);
        }
        QVERIFY(compared > 0);
    }

    // Heaviest first within a currency, the ledger's own before others, and no sum of two.
    void theListIsSortedAndItsSumsAreWhole()
    {
        const std::uint64_t seed = test::seed(5);
        for (int round = 0; round < test::rounds(200); ++round) {
            RandomLedger ledger{seed + static_cast<std::uint64_t>(round)};
            FindingsQuestion question = anyQuestion(ledger);
            const FindingsAnswer all = ask(ledger, question);
            question.perKind = 1 + ledger.random().below(3);
            const FindingsAnswer some = ask(ledger, question);
            QCOMPARE(some.sums.size(), all.sums.size());
            for (std::size_t i = 0; i < all.sums.size(); ++i) {
                QVERIFY(some.sums[i].amount == all.sums[i].amount);
                const auto isOf = [&](const Finding& finding) {
                    return finding.kind == all.sums[i].kind
                        && finding.attribute == all.sums[i].attribute
                        && finding.currency == all.sums[i].currency;
                };
                QCOMPARE(static_cast<std::uint64_t>(std::ranges::count_if(all.findings, isOf)),
                    all.sums[i].findings);
                QCOMPARE(static_cast<std::size_t>(std::ranges::count_if(some.findings, isOf)),
                    std::min(question.perKind, static_cast<std::size_t>(all.sums[i].findings)));
            }
            bool hasEnded = false;
            for (std::size_t i = 0; i < all.findings.size(); ++i) {
                hasEnded = hasEnded || !all.findings[i].currency;
                QCOMPARE(all.findings[i].currency.has_value(), !hasEnded);
                if (i > 0 && all.findings[i].currency
                    && all.findings[i - 1].currency == all.findings[i].currency)
                    QVERIFY(all.findings[i - 1].stake() >= all.findings[i].stake());
            }
        }
    }

    void aScopedPrincipalFindsTheOwnPartAlone()
    {
        const std::uint64_t seed = test::seed(31);
        for (int round = 0; round < test::rounds(200); ++round) {
            RandomLedger ledger{seed + static_cast<std::uint64_t>(round)};
            FindingsQuestion question = anyQuestion(ledger);
            const Principal head = ledger.departmentHead();
            const auto scoped = scopedSnapshot(ledger.shared(), ledger.snapshot(), head, {});
            QVERIFY(scoped.ok());
            std::vector<Batch> batches(1);
            batches[0].rowsQuarantined = 3;
            batches[0].kind = question.query.kind;
            const auto answer = findings(ledger.snapshot(), **scoped, batches, question, {});
            QVERIFY(answer.ok());
            for (const Finding& finding : answer->findings) {
                QVERIFY(finding.kind != FindingKind::Quarantined);
                QVERIFY(finding.kind != FindingKind::Beside);
                if (!finding.currency)
                    continue;
                const auto spent = spend(**scoped, finding.query, {});
                QVERIFY(spent.ok() && spent->totals.size() == 1);
                QVERIFY(spent->totals.front().amount
                    == (finding.kind == FindingKind::VanishedSpend ? finding.before
                                                                   : finding.amount));
            }
        }
    }

    void missingDaysAreThoseOfTheFreshness()
    {
        const std::uint64_t seed = test::seed(64);
        for (int round = 0; round < test::rounds(100); ++round) {
            RandomLedger ledger{seed + static_cast<std::uint64_t>(round)};
            const FindingsQuestion question = anyQuestion(ledger);
            std::set<std::string> sources;
            SpendQuery ever = cutBy(question.query, {"source"});
            ever.period.reset();
            for (const auto& [head, row] : naiveSpend(ledger.snapshot(), ever).rows)
                sources.insert(
                    std::get<2>(head)[0] == NoValue ? std::string{} : std::get<2>(head)[0]);
            std::vector<std::pair<std::string, Period>> expected;
            for (const MissingDays& days :
                delivered(ledger.snapshot(), sources, question.query, question.today).missing)
                expected.emplace_back(
                    days.source.empty() ? std::string{NoValue} : days.source, days.days);
            std::vector<std::pair<std::string, Period>> said;
            for (const Finding& finding : ask(ledger, question).findings) {
                if (finding.kind == FindingKind::Missing)
                    said.emplace_back(finding.about.front().value, *finding.days);
            }
            const auto before = [](const auto& a, const auto& b) {
                return std::tie(a.first, a.second.first) < std::tie(b.first, b.second.first);
            };
            std::ranges::sort(expected, before);
            std::ranges::sort(said, before);
            QVERIFY(expected == said);
        }
    }

    void thePeriodBeforeHasTheSameMonths()
    {
        const auto of = [](const char* text) {
            const Period before = previousPeriod(*parsePeriod(text, {}));
            return before.first.toIso() + ".." + before.end.toIso();
        };
        QCOMPARE(of("2026-03"), std::string{"2026-02-01..2026-03-01"});
        QCOMPARE(of("2026-Q1"), std::string{"2025-10-01..2026-01-01"});
        QCOMPARE(of("2026"), std::string{"2025-01-01..2026-01-01"});
        QCOMPARE(of("2026-03-05..2026-03-10"), std::string{"2026-02-28..2026-03-05"});
        QCOMPARE(of("2026-W10"), std::string{"2026-02-23..2026-03-02"});
    }

    void aStopIsObeyed()
    {
        RandomLedger ledger{12};
        StopToken stop;
        stop.requestStop();
        const auto answer = findings(
            ledger.snapshot(), ledger.snapshot(), {}, anyQuestion(ledger), TaskContext{stop, {}});
        QVERIFY(!answer.ok() || ledger.snapshot().chunks.empty());
    }
};

QTEST_GUILESS_MAIN(tst_Findings)
#include "tst_Findings.moc"
