// SPDX-License-Identifier: GPL-3.0-or-later
// Who sees what, and whose it is shown as: shares of split charges, older versions, the
// organisation, previews.
#include "core/services/OwnershipService.h"
#include "core/services/SpendService.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/support/TempLedger.h"

#include <fstream>
#include <set>

using namespace sluice;
using sluice::test::TempLedger;

namespace {

constexpr std::int64_t Unit9 = 1'000'000'000; // of a dollar

const std::string Organisation1
    = "kind,id,name,parent,owner,roles,scope,cost_centre,unit,email,category,valid_from,valid_to\n"
      "person,lea,Lea,,,Department,lab,,,lea@x.example,,,\n"
      "person,olga,Olga,,,Department,ops,,,olga@x.example,,,\n"
      "person,nobody,Nobody,,,Department,,,,,,,\n"
      "unit,lab,Lab,,lea,,,cc-lab,,,,,\n"
      "unit,ops,Ops,,olga,,,cc-ops,,,,,\n"
      "cost_centre,cc-lab,Lab money,,lea,,,,,,,,\n"
      "cost_centre,cc-ops,Ops money,,olga,,,,,,,,\n"
      "workflow,ranking,Ranking,,olga,,,,ops,,,,\n";

// Everything tagged "shared" is split 1 : 3, the rest belongs to the unit that the tag names.
const std::string Split = R"({"name": "split", "rules": [
    {"id": "tagged", "when": [{"field": "tag:team", "in": ["lab", "ops"]}], "assign": {"unit": {"field": "tag:team"}}},
    {"id": "half", "when": [{"field": "tag:team", "equals": "shared"}],
     "split": [{"weight": 1, "assign": {"unit": "lab"}}, {"weight": 3, "assign": {"unit": "ops", "workflow": "ranking"}}]}]})";

std::string row(const std::string& cost, const std::string& team,
    const std::string& day = "2026-09-03", const std::string& extra = {})
{
    return cost + ",acc-1,USD,2026-09-01T00:00:00Z,2026-10-01T00:00:00Z,Usage," + day
        + "T00:00:00Z," + day + "T01:00:00Z," + cost + "," + cost + "," + cost
        + ",Inference,OpenAI,res-" + team + "," + cost + " USD of inference,2,7.77," + extra
        + ",\"{\"\"team\"\": \"\"" + team + "\"\"}\"\n";
}

const std::string Header
    = "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargeCategory,ChargePeriodStart,ChargePeriodEnd,"
      "EffectiveCost,ListCost,ContractedCost,ServiceName,ProviderName,ResourceId,ChargeDescription,PricingQuantity,ListUnitPrice,x_Inner,Tags\n";

// A ledger with the organisation, the split and three charges: of the lab, of the operations,
// shared.
struct Company {
    TempLedger ledger;
    OwnershipService ownership{ledger.workspace()};
    SpendService service{ledger.workspace()};
    std::string batch;

    explicit Company(
        const std::string& rules = Split, const std::string& organisation = Organisation1)
    {
        must(ownership.importOrganisation(organisation, "org.csv", Principal::owner(), {}));
        must(ownership.publishRuleset(rules, "rules.json", BusinessDate{}, Principal::owner(), {}));
        const auto report = ledger.import("a.csv",
            Header + row("1", "lab") + row("100", "ops")
                + row("40.00", "shared", "2026-09-03", "40.00"));
        must(report);
        batch = report->batches.front().batch.publicId;
    }
    template <class T>
    static void must(const Result<T>& result)
    {
        if (!result.ok())
            qFatal("%s", errorSentence(result.error()).c_str());
    }
    Principal as(const std::string& person)
    {
        const auto principal = ledger.workspace().principal(person);
        must(principal);
        return *principal;
    }
    // "lab 11, ops 130" of billed cost by unit.
    std::string byUnit(const Principal& principal, const SnapshotRequest& at = {},
        const std::string& dimension = "unit")
    {
        SpendQuery query;
        query.by.push_back(*parseDimension(dimension));
        const auto answer = service.spend(query, at, principal, {});
        if (!answer.ok())
            return errorSentence(answer.error());
        std::string text;
        for (const SpendRow& found : answer->rows)
            text += (text.empty() ? "" : ", ") + found.values.front() + " "
                + amountText(found.amount, found.currency);
        return text;
    }
    ChargeView shared(const Principal& principal, const std::vector<DimensionFilter>& where = {})
    {
        ChargeQuery query;
        query.filter.where = where;
        const auto page = service.charges(query, principal, {});
        must(page);
        for (const ChargeView& view : page->rows) {
            if (view.id == batch + "-3")
                return view;
        }
        return {};
    }
};

std::string attribute(const NamedValues& values, std::string_view name)
{
    for (const auto& [known, value] : values) {
        if (known == name)
            return value;
    }
    return "-";
}

} // namespace

class tst_Scopes : public QObject {
    Q_OBJECT

private slots:
    void aSplitChargeShowsItsShares()
    {
        Company company;
        const ChargeView whole = company.shared(Principal::owner());
        QCOMPARE(whole.costs[0], 40 * Unit9);
        QCOMPARE(attribute(whole.attributes, "unit"), std::string{SplitValue});
        QCOMPARE(attribute(whole.attributes, "owner"), std::string{SplitValue});
        QCOMPARE(whole.shares.size(), std::size_t{2});
        QCOMPARE(whole.shares[0].weight, 1U);
        QCOMPARE(whole.shares[0].costs[0], 10 * Unit9);
        QCOMPARE(attribute(whole.shares[0].attributes, "owner"), std::string{"lea"});
        QCOMPARE(whole.shares[1].costs[0], 30 * Unit9);
        QCOMPARE(attribute(whole.shares[1].attributes, "workflow"), std::string{"ranking"});

        const ChargeView ofOps
            = company.shared(Principal::owner(), {{*parseDimension("unit"), {"ops"}}});
        QCOMPARE(ofOps.costs[0], 30 * Unit9);
        QCOMPARE(attribute(ofOps.attributes, "unit"), std::string{"ops"});
        QCOMPARE(attribute(ofOps.attributes, "owner"), std::string{"olga"});
        QCOMPARE(ofOps.shares.size(), std::size_t{2});

        const ChargeView leas = company.shared(company.as("lea"));
        QCOMPARE(leas.costs[0], 10 * Unit9);
        QCOMPARE(attribute(leas.attributes, "unit"), std::string{"lab"});
        QCOMPARE(leas.shares.size(), std::size_t{1}); // of the others not even that they are there
    }

    void rulesAreThoseOfTheShareShown()
    {
        Company company;
        const auto whole = company.service.explain(company.batch + "-3", Principal::owner(), {});
        QVERIFY_OK(whole);
        QCOMPARE(whole->rule, std::string{"half"});
        QCOMPARE(whole->rules.at("unit"), std::string{"half"});
        QCOMPARE(whole->owner, std::string{SplitValue});
        QCOMPARE(whole->charge.shares[1].rules.at("workflow"), std::string{"half"});
        QVERIFY(!whole->rawLine.empty());
        const auto olgas = company.service.explain(company.batch + "-3", company.as("olga"), {});
        QVERIFY_OK(olgas);
        QCOMPARE(olgas->owner, std::string{"olga"});
        QCOMPARE(olgas->rules.at("workflow"), std::string{"half"});
        QVERIFY(olgas->rules.count("owner") == 0); // the organisation's doing
        QCOMPARE(company.service.explain(company.batch + "-2", company.as("lea"), {}).error().code,
            ErrorCode::OutOfScope);
    }

    // 40 or 40.00 anywhere would tell a sharer what the others pay.
    void theFilesNumbersOfASharedChargeStayOut()
    {
        Company company;
        const auto whole = company.service.explain(company.batch + "-3", Principal::owner(), {});
        QVERIFY_OK(whole);
        QVERIFY(std::any_of(whole->verdicts.begin(), whole->verdicts.end(),
            [](const Verdict& verdict) { return !verdict.sample.empty(); }));
        QCOMPARE(attribute(whole->charge.columns, "x_Inner"), std::string{"40.00"});
        const auto leas = company.service.explain(company.batch + "-3", company.as("lea"), {});
        QVERIFY_OK(leas);
        QVERIFY(leas->rawLine.empty());
        for (const Verdict& verdict : leas->verdicts)
            QVERIFY2(verdict.sample.empty(), verdict.rule.c_str());
        for (const auto& [column, text] : leas->charge.columns)
            QVERIFY2(text.find("40") == std::string::npos && text.find("7.77") == std::string::npos,
                column.c_str());
        QCOMPARE(attribute(leas->charge.columns, "ServiceName"), std::string{"Inference"});
    }

    // Also where the file writes them in another way than the columns do.
    void soDoThoseInAnotherNotation()
    {
        Company company;
        std::string text = Header + row("1234.56", "shared", "2026-09-03", "1234.56");
        std::replace(text.begin(), text.end(), ',', ';');
        for (auto at = text.find("1234.56"); at != std::string::npos; at = text.find("1234.56"))
            text.replace(at, 7, "1.234,56");
        ImportRequest request;
        request.mappingFile = company.ledger.file(QStringLiteral("mapping.json"));
        std::ofstream{request.mappingFile} << R"({"decimal": ",", "thousands": "."})";
        request.replaceSmaller = true;
        const auto report = company.ledger.import("b.csv", text, request);
        QVERIFY_OK(report);
        const std::string id = report->batches.front().batch.publicId + "-1";
        const auto whole = company.service.explain(id, Principal::owner(), {});
        QVERIFY_OK(whole);
        QCOMPARE(attribute(whole->charge.columns, "BilledCost"), std::string{"1234.56"});
        QCOMPARE(attribute(whole->charge.columns, "ChargeDescription"),
            std::string{"1.234,56 USD of inference"});
        const auto leas = company.service.explain(id, company.as("lea"), {});
        QVERIFY_OK(leas);
        for (const auto& [column, value] : leas->charge.columns)
            QVERIFY2(value.find("234") == std::string::npos, column.c_str());
        const auto page = company.service.charges({}, company.as("lea"), {});
        QVERIFY_OK(page);
        QCOMPARE(page->rows.size(), std::size_t{1});
        QCOMPARE(page->rows.front().columns, leas->charge.columns);
    }

    void olderRulesShowNoMoreThanTodays()
    {
        Company company;
        company.ledger.clock().set(Timestamp::fromSeconds(1'770'000'000));
        const std::string later
            = R"({"name": "later", "rules": [{"id": "all", "assign": {"unit": "ops"}}]})";
        QVERIFY_OK(
            company.ownership.publishRuleset(later, "later.json", {}, Principal::owner(), {}));
        const SnapshotRequest second{{}, 2};
        const SnapshotRequest before{Timestamp::fromSeconds(1'765'000'000), {}};
        QCOMPARE(company.byUnit(Principal::owner(), second), std::string{"ops 130, lab 11"});
        QCOMPARE(company.byUnit(company.as("lea")), std::string{});
        QCOMPARE(company.byUnit(company.as("lea"), second), std::string{});
        QCOMPARE(company.byUnit(company.as("lea"), before), std::string{});
        QCOMPARE(company.byUnit(company.as("lea"), second, "resource"), std::string{});
        QCOMPARE(company.byUnit(company.as("olga"), second), std::string{"ops 130"});
        QCOMPARE(company.byUnit(company.as("olga"), second, "resource"),
            std::string{"res-ops 100, res-shared 30"});
        QCOMPARE(company.byUnit(company.as("olga")), std::string{"ops 141"});
        ChargeQuery query;
        query.at = second;
        const auto page = company.service.charges(query, company.as("lea"), {});
        QVERIFY_OK(page);
        QVERIFY(page->rows.empty());
        query.filter.where = {{*parseDimension("unit"), {"lab"}}};
        const auto then = company.service.charges(query, Principal::owner(), {});
        QVERIFY_OK(then);
        QCOMPARE(then->rows.size(), std::size_t{2});
    }

    void whatWasRestatedIsFoundInItsVersion()
    {
        Company company;
        company.ledger.clock().set(Timestamp::fromSeconds(1'770'000'000));
        QVERIFY_OK(company.ledger.import(
            "b.csv", Header + row("2", "lab") + row("100", "ops") + row("40", "shared")));
        const SnapshotRequest before{Timestamp::fromSeconds(1'765'000'000), {}};
        QCOMPARE(company.byUnit(Principal::owner(), before, "resource"),
            std::string{"res-ops 100, res-shared 40, res-lab 1"});
        QCOMPARE(company.byUnit(company.as("lea"), before, "resource"),
            std::string{"res-shared 10, res-lab 1"});
        QCOMPARE(company.byUnit(Principal::owner(), {}, "resource"),
            std::string{"res-ops 100, res-shared 40, res-lab 2"});
        ChargeQuery query;
        query.at = before;
        const auto page = company.service.charges(query, Principal::owner(), {});
        QVERIFY_OK(page);
        QCOMPARE(page->rows.front().id, company.batch + "-1");
        const auto explained
            = company.service.explain(company.batch + "-1", Principal::owner(), {});
        QVERIFY_OK(explained);
        QVERIFY(!explained->supersededBy.empty() && explained->supersededBy != company.batch);
    }

    // To the last unit, whatever it is cut by, though no share of these charges is a whole unit.
    void aScopeAddsUpToTheFilterOfItsUnit()
    {
        Company company;
        SeededRandom random{sluice::test::seed(5)};
        std::string csv = Header;
        for (int i = 0; i < 300; ++i)
            csv += row("1.00000" + std::to_string(1'000 + random.below(9'000)),
                std::array{"lab", "ops", "shared", "shared"}[random.below(4)],
                "2026-09-0" + std::to_string(1 + random.below(3)));
        QVERIFY_OK(company.ledger.import("many.csv", csv));
        for (const auto& [person, unit] : {std::pair{"lea", "lab"}, std::pair{"olga", "ops"}}) {
            std::set<Int128> amounts;
            for (const char* dimension : {"unit", "day", "resource", "invoice"}) {
                for (const bool scoped : {true, false}) {
                    SpendQuery query;
                    if (std::string_view{dimension} == "day")
                        query.grain = Grain::Day;
                    else
                        query.by = {*parseDimension(dimension)};
                    if (!scoped)
                        query.where = {{*parseDimension("unit"), {unit}}};
                    const auto answer = company.service.spend(
                        query, {}, scoped ? company.as(person) : Principal::owner(), {});
                    QVERIFY_OK(answer);
                    QCOMPARE(answer->totals.size(), std::size_t{1});
                    amounts.insert(answer->totals[0].amount);
                }
            }
            QCOMPARE(amounts.size(), std::size_t{1});
        }
    }

    // What the rules give to a person without units is theirs to see; of the unit it lies in they
    // learn the name. A head sees the figures of the units.
    void whatAPersonOwnsIsTheirsToSee()
    {
        const std::string rules = R"({"name": "owned", "rules": [
            {"id": "fay", "when": [{"field": "tag:team", "equals": "shared"}],
             "split": [{"weight": 1, "assign": {"unit": "lab", "owner": "fay"}},
                       {"weight": 3, "assign": {"unit": "ops"}}]},
            {"id": "gil", "when": [{"field": "tag:team", "equals": "ops"}], "assign": {"unit": "ops", "owner": "gil"}},
            {"id": "lab", "assign": {"unit": "lab"}}]})";
        Company company{rules,
            Organisation1
                + "person,fay,Fay,,,Engineering,,,,,,,\nperson,gil,Gil,,,Engineering,lab,,,,,,\n"};
        const Principal fay = company.as("fay");
        QCOMPARE(company.byUnit(fay), std::string{"lab 10"});
        QCOMPARE(company.byUnit(fay, {}, "resource"), std::string{"res-shared 10"});
        QCOMPARE(company.byUnit(company.as("gil")), std::string{"lab 11"});
        QCOMPARE(company.byUnit(company.as("lea")), std::string{"lab 11"});
        QCOMPARE(company.byUnit(company.as("nobody")), std::string{});
        QCOMPARE(company.shared(fay).costs[0], 10 * Unit9);
        QCOMPARE(company.shared(fay).shares.size(), std::size_t{1});
        for (const char* foreign : {"-1", "-2"})
            QCOMPARE(company.service.explain(company.batch + foreign, fay, {}).error().code,
                ErrorCode::OutOfScope);
        SpendQuery owned;
        owned.where = {{*parseDimension("owner"), {"fay"}}};
        const auto filter = company.service.spend(owned, {}, Principal::owner(), {});
        const auto scope = company.service.spend({}, {}, fay, {});
        QVERIFY_OK(filter);
        QVERIFY_OK(scope);
        QCOMPARE(scope->totals.size(), std::size_t{1});
        QVERIFY(scope->totals[0].amount == filter->totals[0].amount);
        QCOMPARE(scope->totals[0].charges, filter->totals[0].charges);
        const auto known = company.ownership.organisation(fay, {});
        QVERIFY_OK(known);
        QCOMPARE((*known)->units.size(), std::size_t{1});
        QCOMPARE((*known)->units[0].name, std::string{"Lab"});
        QVERIFY((*known)->units[0].owner.empty() && (*known)->units[0].costCentre.empty());
    }

    void aScopedPersonKnowsTheOwnUnitsOnly()
    {
        Company company;
        const auto leas = company.ownership.organisation(company.as("lea"), {});
        QVERIFY_OK(leas);
        QCOMPARE((*leas)->units.size(), std::size_t{1});
        QCOMPARE((*leas)->units.front().id, std::string{"lab"});
        QCOMPARE((*leas)->people.size(), std::size_t{1});
        QVERIFY((*leas)->workflows.empty());
        const auto nobodys = company.ownership.organisation(company.as("nobody"), {});
        QVERIFY_OK(nobodys);
        QVERIFY((*nobodys)->units.empty() && (*nobodys)->costCentres.empty());
        QCOMPARE((*nobodys)->people.size(), std::size_t{1});
        QCOMPARE((*company.ownership.organisation(Principal::owner(), {}))->people.size(),
            std::size_t{3});
    }

    void aPreviewMovesTheOwnShareOnly()
    {
        Company company;
        const auto moved = [&company](const std::string& rules, const Principal& principal,
                               std::optional<BusinessDate> from = {}) {
            const auto answer
                = company.ownership.previewRuleset(rules, "draft.json", from, principal, {});
            Company::must(answer);
            std::string text;
            for (const MovedAmount& move : *answer) {
                if (move.attribute == Attribute::Unit)
                    text += (text.empty() ? "" : ", ") + move.from + " > " + move.to + " "
                        + amountText(move.amount, move.currency);
            }
            return text;
        };
        for (const Principal& who : {Principal::owner(), company.as("lea"), company.as("olga")})
            QCOMPARE(moved(Split, who), std::string{});
        const std::string allToOps = R"({"rules": [{"id": "all", "assign": {"unit": "ops"}}]})";
        QCOMPARE(moved(allToOps, Principal::owner()), std::string{"lab > ops 11"});
        QCOMPARE(moved(allToOps, company.as("lea")), "lab > " + std::string{OutsideScope} + " 11");
        // what others lose is theirs to know
        QCOMPARE(moved(allToOps, company.as("olga")), std::string{});
        QCOMPARE(
            moved(allToOps, Principal::owner(), BusinessDate{std::chrono::year{2026} / 10 / 1}),
            std::string{});
    }

    void slipsInNamesAreTold()
    {
        Company company;
        const std::string rules = R"({"name": "slips", "rules": [
            {"id": "typo", "when": [{"field": "tag:team", "present": true}], "assign": {"unit": "labb", "owner": "LEA@x.example", "app": "anything"}},
            {"id": "shares", "split": [{"weight": 1, "assign": {"unit": "Lab"}}, {"weight": 1, "assign": {"workflow": "rankings"}}]}]})";
        const auto published
            = company.ownership.publishRuleset(rules, "s.json", {}, Principal::owner(), {});
        QVERIFY_OK(published);
        std::vector<std::string> said;
        for (const RulesetRemark& remark : published->remarks)
            said.push_back(remark.rule + ": " + remark.what);
        QCOMPARE(said,
            (std::vector<std::string>{
                "typo: it assigns the unit 'labb', which the organisation does not have",
                "shares: it assigns the workflow 'rankings', which the organisation does not have"}));
    }

    void aVersionRulesFromItsFirstDayOn()
    {
        Company company;
        const auto day = [](const char* text) { return *BusinessDate::parseIso(text); };
        const std::string toLab
            = R"({"name": "to lab", "rules": [{"id": "all", "assign": {"unit": "lab"}}]})";
        const std::string toOps
            = R"({"name": "to ops", "rules": [{"id": "all", "assign": {"unit": "ops"}}]})";
        const auto third = company.ownership.publishRuleset(
            toLab, "l.json", day("2026-09-02"), Principal::owner(), {});
        QVERIFY_OK(third);
        QCOMPARE(third->replaces, (std::vector<RulesetDays>{{2, day("2026-09-02"), {}}}));
        QCOMPARE(company.byUnit(Principal::owner()), std::string{"lab 141"});
        const auto fourth = company.ownership.publishRuleset(
            toOps, "o.json", day("2026-08-01"), Principal::owner(), {});
        QVERIFY_OK(fourth);
        QCOMPARE(fourth->replaces,
            (std::vector<RulesetDays>{
                {2, day("2026-08-01"), day("2026-09-02")}, {3, day("2026-09-02"), {}}}));
        QCOMPARE(company.byUnit(Principal::owner()), std::string{"ops 141"});
        const auto again = company.ownership.publishRuleset(
            toOps, "o.json", day("2026-08-01"), Principal::owner(), {});
        QVERIFY_OK(again);
        QVERIFY(!again->isNew);
        QCOMPARE(again->ruleset.number, fourth->ruleset.number);
        QCOMPARE(company.ownership.rulesets()->size(), std::size_t{4});
    }
};

QTEST_GUILESS_MAIN(tst_Scopes)
#include "tst_Scopes.moc"
