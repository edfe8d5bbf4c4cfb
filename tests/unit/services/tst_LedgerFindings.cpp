// SPDX-License-Identifier: GPL-3.0-or-later
// What a ledger finds in its deliveries: rows held back and the money in them, rules, bills beside
// each other, months that are not over; and how far each source is.
#include "tests/support/Bills.h"
#include "tests/support/Qt.h"

#include <QTest>

#include <algorithm>

using namespace sluice;
using namespace sluice::test;

namespace {

const Timestamp Today = *Timestamp::parseIso("2026-10-15T09:30:00Z");

FindingsAnswer found(TempLedger& ledger, const char* period = nullptr,
    const Principal& principal = Principal::owner())
{
    FindingsQuestion question;
    if (period != nullptr)
        question.query.period = *parsePeriod(period, {});
    auto answer = SpendService{ledger.workspace()}.findings(std::move(question), principal, {});
    if (!answer.ok())
        qFatal("%s", errorSentence(answer.error()).c_str());
    return std::move(answer).value();
}

std::vector<Finding> of(const FindingsAnswer& answer, FindingKind kind)
{
    std::vector<Finding> some;
    std::ranges::copy_if(answer.findings, std::back_inserter(some),
        [kind](const Finding& finding) { return finding.kind == kind; });
    return some;
}

std::string amount(const Finding& finding)
{
    return finding.currency ? amountText(finding.amount, *finding.currency) : "unknown";
}

} // namespace

class tst_LedgerFindings : public QObject {
    Q_OBJECT

private slots:
    void nothingIsFoundInAnEmptyLedger()
    {
        TempLedger ledger{{}, Today};
        const FindingsAnswer answer = found(ledger);
        QVERIFY(answer.findings.empty() && answer.sums.empty() && answer.totals.empty());
    }

    void rowsThatAreHeldBackSayTheirMoney()
    {
        TempLedger ledger{{}, Today};
        const std::string good = row({.cost = "7.5"});
        std::string noPeriod = row({.cost = "31.25"});
        noPeriod.replace(noPeriod.find("2026-10-01T00:00:00Z"), 20, "never");
        QVERIFY_OK(ledger.import("a.csv", csv({{.cost = "10"}, {.cost = "20"}}) + good + noPeriod));
        const std::vector<Finding> held = of(found(ledger), FindingKind::Quarantined);
        QCOMPARE(held.size(), std::size_t{1});
        QCOMPARE(held[0].rows, std::uint64_t{1});
        QCOMPARE(amount(held[0]), std::string{"31.25"});
        QVERIFY(!held[0].rule.empty() && !held[0].fix.empty());
        QCOMPARE(held[0].firstLine, std::uint64_t{5});
        // it is of September
        QVERIFY(of(found(ledger, "2026-08"), FindingKind::Quarantined).empty());
        QCOMPARE(of(found(ledger, "2026-09"), FindingKind::Quarantined).size(), std::size_t{1});
    }

    void billsSideBySideAreNamedWithWhatMayCountTwice()
    {
        TempLedger ledger{{}, Today};
        QVERIFY_OK(ledger.import("both.csv",
            csv({{.cost = "10"}, {.cost = "120", .start = "2026-01-01", .end = "2027-01-01"}})));
        QVERIFY_OK(ledger.import(
            "month.csv", csv({{.cost = "15", .start = "2026-08-01", .end = "2026-09-01"}})));
        const std::vector<Finding> beside = of(found(ledger), FindingKind::Beside);
        QCOMPARE(beside.size(), std::size_t{1});
        QCOMPARE(amount(beside[0]), std::string{"15"});
        QVERIFY(beside[0].days == *parsePeriod("2026-08", {}));
    }

    void aMonthThatIsNotOverIsPreliminary()
    {
        TempLedger ledger{{}, Today};
        QVERIFY_OK(ledger.import("sep.csv", csv({{.cost = "10"}})));
        QVERIFY_OK(ledger.import(
            "oct.csv", csv({{.cost = "4", .start = "2026-10-01", .end = "2026-11-01"}})));
        const std::vector<Finding> open = of(found(ledger), FindingKind::Preliminary);
        QCOMPARE(open.size(), std::size_t{1});
        QCOMPARE(amount(open[0]), std::string{"4"});
        QVERIFY(open[0].days == *parsePeriod("2026-10", {}));
        QVERIFY(of(found(ledger, "2026-09"), FindingKind::Preliminary).empty());
    }

    // A month that has begun is held against as many days of the one before.
    void whatIsNotOverIsComparedAsFarAsItIsThere()
    {
        TempLedger ledger{{}, Today};
        QVERIFY_OK(ledger.import("sep.csv", csv({{.cost = "10"}})));
        QVERIFY_OK(ledger.import(
            "oct.csv", csv({{.cost = "14", .start = "2026-10-01", .end = "2026-11-01"}})));
        const FindingsAnswer answer = found(ledger, "2026-10");
        QVERIFY(answer.compared == *parsePeriod("2026-10-01", {}));
        QVERIFY(answer.before == *parsePeriod("2026-09-01", {}));
        QVERIFY(answer.totals.at(0).compared - answer.totals.at(0).before == 4'000'000'000);
    }

    void aReplacedDeliveryIsNoNews()
    {
        TempLedger ledger{{}, Today};
        std::string bad = row({.cost = "31.25"});
        bad.replace(bad.find("2026-10-01T00:00:00Z"), 20, "never");
        QVERIFY_OK(ledger.import("a.csv", csv({{.cost = "10"}}) + bad));
        QVERIFY_OK(ledger.import("b.csv", csv({{.cost = "11"}})));
        QVERIFY(of(found(ledger), FindingKind::Quarantined).empty());
    }

    void eachSourceHasAFreshnessOfItsOwn()
    {
        TempLedger ledger{{}, Today};
        QVERIFY_OK(ledger.import("a.csv",
            csv({{.cost = "1"}, {.cost = "2", .start = "2026-10-01", .end = "2026-11-01"}})));
        QVERIFY_OK(ledger.import("b.csv", csv({{.account = "b1", .provider = "Anthropic"}})));
        const auto sources
            = SpendService{ledger.workspace()}.freshnessBySource({}, Principal::owner(), {});
        QVERIFY_OK(sources);
        QCOMPARE(sources->size(), std::size_t{2});
        QCOMPARE(sources->at(0).source, std::string{"anthropic"});
        QCOMPARE(sources->at(0).freshness.lastDay->toIso(), std::string{"2026-09-01"});
        QCOMPARE(sources->at(1).source, std::string{"openai"});
        QCOMPARE(sources->at(1).freshness.lastDay->toIso(), std::string{"2026-10-01"});
        for (const SourceFreshness& source : *sources) {
            for (const MissingDays& days : source.freshness.missing)
                QCOMPARE(days.source, source.source);
        }
    }
};

QTEST_GUILESS_MAIN(tst_LedgerFindings)
#include "tst_LedgerFindings.moc"
