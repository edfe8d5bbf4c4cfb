// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/OwnershipService.h"
#include "core/services/SpendService.h"
#include "tests/support/Qt.h"
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
