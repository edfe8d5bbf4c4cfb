// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/OwnershipService.h"
#include "core/services/SpendService.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/support/TempLedger.h"

using namespace sluice;
using sluice::test::TempLedger;

namespace {

const std::string Header
    = "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargeCategory,ChargePeriodStart,ChargePeriodEnd,"
      "EffectiveCost,ListCost,ContractedCost,ServiceName,ProviderName,InvoiceId,Tags\n";

// One charge of a provider on a day of 2026; its billing period is that month.
std::string row(const std::string& provider, int month, int day, const std::string& invoice = {},
    const std::string& team = "search")
{
    const auto iso
        = [](int m, int d) { return BusinessDate{std::chrono::year{2026} / m / d}.toIso(); };
    return "10,acc-" + provider + ",USD," + iso(month, 1) + "T00:00:00Z," + iso(month + 1, 1)
        + "T00:00:00Z,Usage," + iso(month, day) + "T00:00:00Z," + iso(month, day)
        + "T01:00:00Z,10,10,10,Inference," + provider + "," + invoice + ",\"{\"\"team\"\": \"\""
        + team + "\"\"}\"\n";
}

Period days(const char* text)
{
    return *parsePeriod(text, {});
}

Freshness of(
    TempLedger& ledger, const char* period, const Principal& principal = Principal::owner())
{
    SpendQuery query;
    if (period)
        query.period = days(period);
    const auto answer = SpendService{ledger.workspace()}.freshness(query, principal, {});
    if (!answer.ok())
        qFatal("%s", errorSentence(answer.error()).c_str());
    return *answer;
}

// One invoiced charge of a provider on each such day of 2026 before 20 November.
template <class Wanted>
void importDays(TempLedger& ledger, const std::string& provider, Wanted wanted)
{
    std::string csv = Header;
    for (BusinessDate day = days("2026").first; day < days("2026-11-20").first;
         day = day.plusDays(1)) {
        const auto ymd = day.ymd();
        if (wanted(day))
            csv += row(provider, static_cast<int>(static_cast<unsigned>(ymd.month())),
                static_cast<int>(static_cast<unsigned>(ymd.day())), "INV");
    }
    const auto imported = ledger.import(provider + ".csv", csv);
    if (!imported.ok())
        qFatal("%s", errorSentence(imported.error()).c_str());
}

} // namespace

// Today is 20 November 2026.
class TestFreshness : public QObject {
    Q_OBJECT

private slots:
    void anIssuedInvoiceMakesAnEndedMonthFinal()
    {
        TempLedger ledger{{}, Today};
        QVERIFY_OK(ledger.import(
            "oct.csv", Header + row("OpenAI", 10, 1, "INV-10") + row("OpenAI", 10, 30, "INV-10")));
        QVERIFY_OK(ledger.import("nov.csv", Header + row("OpenAI", 11, 18)));
        QCOMPARE(of(ledger, "2026-10").state, FreshnessState::Final);
        // the 31st had no charge, and later days came
        QVERIFY(of(ledger, "2026-10").missing.empty());
        QCOMPARE(of(ledger, "2026-10").lastDay->toIso(), std::string{"2026-10-31"});
        QCOMPARE(of(ledger, "2026-11").state, FreshnessState::Preliminary);
        QCOMPARE(of(ledger, nullptr).state, FreshnessState::Preliminary);
    }

    void withoutAnInvoiceItStaysPreliminary()
    {
        TempLedger ledger{{}, Today};
        QVERIFY_OK(ledger.import(
            "oct.csv", Header + row("OpenAI", 10, 1, "INV-10") + row("OpenAI", 10, 31)));
        const Freshness october = of(ledger, "2026-10");
        QCOMPARE(october.state, FreshnessState::Preliminary);
        QVERIFY(october.missing.empty());
    }

    void daysAfterTheLastDeliveryAreMissing()
    {
        TempLedger ledger{{}, Today};
        QVERIFY_OK(ledger.import("nov.csv", Header + row("OpenAI", 11, 1) + row("OpenAI", 11, 17)));
        const Freshness november = of(ledger, "2026-11");
        QCOMPARE(november.state, FreshnessState::Preliminary);
        QCOMPARE(november.lastDay->toIso(), std::string{"2026-11-17"});
        // today is not over
        QCOMPARE(november.missing,
            (std::vector<MissingDays>{{"openai", days("2026-11-18..2026-11-20")}}));
        QCOMPARE(of(ledger, "2026-11-19").state, FreshnessState::Missing);
        QCOMPARE(of(ledger, "2026-12").state, FreshnessState::NoData);
        QVERIFY(of(ledger, "2026-12").missing.empty()); // nobody expects it yet
        QCOMPARE(of(ledger, "2026-09").state, FreshnessState::NoData);
        QVERIFY(of(ledger, "2026-09").missing.empty()); // nobody had it yet
    }

    void aSourceThatIsBehindIsNamed()
    {
        TempLedger ledger{{}, Today};
        QVERIFY_OK(ledger.import("oct.csv", Header + row("OpenAI", 10, 31, "INV-10")));
        QVERIFY_OK(ledger.import(
            "other.csv", Header + row("Anthropic", 10, 15, "INV-A") + row("Anthropic", 11, 19)));
        const Freshness november = of(ledger, "2026-11");
        QCOMPARE(november.missing,
            (std::vector<MissingDays>{{"openai", days("2026-11-01..2026-11-20")}}));
        QCOMPARE(november.lastDay->toIso(), std::string{"2026-11-19"});
    }

    void aBillingPeriodThatNeverCameIsMissingBetweenOthers()
    {
        TempLedger ledger{{.timeZone = "America/New_York"}, Today};
        QVERIFY_OK(ledger.import("aug.csv", Header + row("OpenAI", 8, 30, "INV-8")));
        QVERIFY_OK(ledger.import("oct.csv", Header + row("OpenAI", 10, 2, "INV-10")));
        const Freshness september = of(ledger, "2026-09-10..2026-09-20");
        QCOMPARE(september.state, FreshnessState::Missing);
        QCOMPARE(september.missing,
            (std::vector<MissingDays>{{"openai", days("2026-09-10..2026-09-20")}}));
    }

    // A month without a delivery has none of its days, also where a month begins on the evening of
    // the day before.
    void aMonthWithoutADeliveryHasNoDay()
    {
        for (const char* zone : {"UTC", "America/New_York", "Asia/Tokyo"}) {
            TempLedger ledger{{.timeZone = zone}, Today};
            QVERIFY_OK(ledger.import("sep.csv", Header + row("OpenAI", 9, 10)));
            QVERIFY_OK(ledger.import("nov.csv", Header + row("OpenAI", 11, 15)));
            const Freshness october = of(ledger, "2026-10");
            QCOMPARE(october.state, FreshnessState::Missing);
            QCOMPARE(october.missing, (std::vector<MissingDays>{{"openai", days("2026-10")}}));
        }
    }

    // What bills once a month is not late on the second day of it, and late when the next does not
    // come.
    void aSourceIsLateByItsOwnRhythm()
    {
        TempLedger ledger{{}, Today};
        for (int month = 5; month <= 11; ++month) {
            std::string monthly = Header + row("Seats", month, 1);
            QVERIFY_OK(ledger.import("seats-" + std::to_string(month) + ".csv", monthly));
            std::string burst = Header;
            for (int day = 9; day <= (month == 11 ? 14 : 18); ++day)
                burst += row("Cards", month, day);
            QVERIFY_OK(ledger.import("cards-" + std::to_string(month) + ".csv", burst));
        }
        const Freshness november = of(ledger, "2026-11");
        QVERIFY(november.missing.empty());
        QCOMPARE(november.state, FreshnessState::Preliminary);
        ledger.clock().set(*Timestamp::parseIso("2026-12-20T09:30:00Z"));
        QCOMPARE(of(ledger, "2026-12").missing,
            (std::vector<MissingDays>{{"cards", days("2026-12-06..2026-12-20")},
                {"seats", days("2026-12-02..2026-12-20")}}));
    }

    // Within a delivered month, what a source that bills each day leaves out is unknown, and its
    // figure is not final.
    void aSilenceOfASteadySourceIsMissing()
    {
        TempLedger ledger{{}, Today};
        const auto isSilent = [](BusinessDate day) {
            return days("2026-10-11..2026-10-14").contains(day) || day == days("2026-09-07").first;
        };
        importDays(ledger, "Oracle", [&](BusinessDate day) { return !isSilent(day); });
        const std::vector<MissingDays> expected{
            {"oracle", days("2026-09-07")}, {"oracle", days("2026-10-11..2026-10-14")}};
        QCOMPARE(of(ledger, nullptr).missing, expected);
        QCOMPARE(of(ledger, "2026-10").state, FreshnessState::Preliminary);
        QCOMPARE(of(ledger, "2026-10").missing, (std::vector<MissingDays>{expected[1]}));
        QCOMPARE(of(ledger, "2026-08").state, FreshnessState::Final);
        QCOMPARE(of(ledger, "2026-10-12").state, FreshnessState::Missing);
        QCOMPARE(of(ledger, "2026-10-09..2026-10-13").lastDay->toIso(), std::string{"2026-10-10"});
    }

    void aWeekThatNeverCameIsMissing()
    {
        TempLedger ledger{{}, Today};
        importDays(ledger, "Labels", [&](BusinessDate day) {
            return day.isoWeekday() == 0 && day != days("2026-08-17").first;
        });
        QCOMPARE(of(ledger, nullptr).missing,
            (std::vector<MissingDays>{{"labels", days("2026-08-17..2026-08-24")}}));
    }

    // Office days with long weekends, purchases by chance, once a month, bursts: none is behind.
    void whoHasNoSteadyRhythmIsNotCalledMissing()
    {
        SeededRandom random{sluice::test::seed(11)};
        TempLedger ledger{{}, Today};
        const auto isOffice = [](BusinessDate day) {
            const auto week = day.daysSinceEpoch() / 7;
            return day.isoWeekday() < 5 && !(day.isoWeekday() == 0 && week % 6 == 0);
        };
        importDays(ledger, "Office", isOffice);
        importDays(ledger, "Cards", [&](BusinessDate) { return random.chance(1, 4); });
        importDays(ledger, "Trials", [&](BusinessDate) { return random.chance(9, 10); });
        importDays(ledger, "Seats", [](BusinessDate day) { return day == firstOfMonth(day); });
        importDays(ledger, "Burst", [](BusinessDate day) {
            const auto within = day.daysSinceEpoch() - firstOfMonth(day).daysSinceEpoch();
            return 8 <= within && within < 18;
        });
        for (const char* month : {"2026-02", "2026-05", "2026-08", "2026-10"})
            for (const MissingDays& days : of(ledger, month).missing)
                QFAIL((days.source + " " + days.days.first.toIso()).c_str());
        QCOMPARE(of(ledger, "2026-09").state, FreshnessState::Final);
    }

    // A day without charges of one's own is not a missing one.
    void aScopedPersonIsToldTheDeliveriesOfAll()
    {
        TempLedger ledger{{}, Today};
        const std::string organisation
            = "kind,id,name,parent,owner,roles,scope\nunit,search,Search,,,,\nunit,lab,Lab,,,,\nperson,bo,Bo,,,Department,search\n";
        QVERIFY_OK(OwnershipService{ledger.workspace()}.importOrganisation(
            organisation, "org.csv", Principal::owner(), {}));
        const std::string rules
            = R"({"name": "r", "effective_from": "2026-01-01", "rules": [{"id": "team", "when": [{"field": "tag:team", "equals": "search"}],
            "assign": {"unit": "search"}}]})";
        QVERIFY_OK(OwnershipService{ledger.workspace()}.publishRuleset(
            rules, "rules.json", std::nullopt, Principal::owner(), {}));
        QVERIFY_OK(ledger.import(
            "nov.csv", Header + row("OpenAI", 11, 3) + row("OpenAI", 11, 19, {}, "lab")));
        const auto bo = ledger.workspace().principal("bo");
        QVERIFY_OK(bo);
        QVERIFY(of(ledger, "2026-11", *bo).missing.empty());
    }

private:
    const Timestamp Today = *Timestamp::parseIso("2026-11-20T09:30:00Z");
};

QTEST_GUILESS_MAIN(TestFreshness)
#include "tst_Freshness.moc"
