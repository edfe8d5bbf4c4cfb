// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/Organisation.h"
#include "core/ledger/Principal.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"

#include <QTest>

#include <algorithm>

using namespace sluice;

namespace {

BusinessDate day(std::string_view text)
{
    return *BusinessDate::parseIso(text);
}

constexpr std::string_view Sample
    = "kind,id,name,parent,owner,roles,scope,cost_centre,unit,email,category,valid_from,valid_to,x_hr\n"
      "person,p1,Ann Lee,,,Department;Engineering, research ,,,ann@example.org,,,,17\n"
      "person,p2,Bo,,,Finance,,,,,,2024-01-01,,\n"
      "unit,company,Company,,,,,,,,,,,\n"
      "unit,research,Research,company,p1,,,cc1,,,,,2026-03-01,\n"
      "unit,research,Research & AI,company,p2,,,cc1,,,,2026-03-01,,\n"
      "unit,lab,Lab,research,,,,,,,,,,\n"
      "cost_centre,cc1,Cost one,,p2,,,,,,,,,\n"
      "workflow,w1,Answering,,p1,,,,lab,,agents,,,\n";

std::string where(const std::string& rows)
{
    const auto result = parseOrganisationCsv(
        "kind,id,name,parent,owner,roles,scope,cost_centre,unit,email,category,valid_from,valid_to\n"
            + rows,
        "org.csv");
    return result.ok() ? std::string{} : result.error().where;
}

} // namespace

class tst_Organisation : public QObject {
    Q_OBJECT
private slots:
    void readsWithEffectiveDates();
    void subtree();
    void breakpoints();
    void idsThatAreAlike();
    void faults_data();
    void faults();
    void headerFaults();
    void printedIsReadBack();
    void randomTreesAgreeWithAWalkUp();
    void principals();
};

void tst_Organisation::readsWithEffectiveDates()
{
    const auto org = parseOrganisationCsv(Sample, "org.csv");
    QVERIFY_OK(org);
    QCOMPARE(org->people.size(), std::size_t{2});
    QCOMPARE(org->unit("research", day("2026-02-28"))->owner, std::string{"p1"});
    QCOMPARE(org->unit("research", day("2026-03-01"))->owner, std::string{"p2"});
    QVERIFY(org->person("p2", day("2023-12-31")) == nullptr);
    QVERIFY(org->person("p2", day("2024-01-01")) != nullptr);
    QCOMPARE(org->people[0].scope, std::vector<std::string>{"research"});
    QCOMPARE(org->people[0].roles, (std::vector<std::string>{"Department", "Engineering"}));
    QCOMPARE(org->workflow("w1", day("2026-01-01"))->category, std::string{"agents"});
    QCOMPARE(org->costCentre("cc1", day("2026-01-01"))->owner, std::string{"p2"});
    QVERIFY(org->costCentre("cc2", day("2026-01-01")) == nullptr);
}

void tst_Organisation::subtree()
{
    const auto org = parseOrganisationCsv(Sample, "org.csv");
    QVERIFY_OK(org);
    QCOMPARE(org->subtree("company", day("2026-01-01")),
        (std::vector<std::string>{"company", "research", "lab"}));
    QCOMPARE(org->subtree("lab", day("2026-01-01")), std::vector<std::string>{"lab"});
    QVERIFY(org->subtree("nowhere", day("2026-01-01")).empty());
}

void tst_Organisation::idsThatAreAlike()
{
    const auto read = [](const std::string& rows) {
        return parseOrganisationCsv("kind,id,name,valid_from,valid_to\n" + rows, "org.csv");
    };
    for (const char* other : {"ops", "OPS", "o_p", "O P"}) {
        const auto refused = read(
            std::string{"unit,Ops,A,,\nunit,o-p,A,,\nperson,ops,B,,\nunit,"} + other + ",C,,\n");
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::BadInput);
        QVERIFY(refused.error().where.find("5") != std::string::npos);
        QVERIFY(refused.error().what.find("of line ") != std::string::npos);
        QVERIFY(!refused.error().fix.empty());
    }
    QVERIFY_OK(parseOrganisationCsv(
        "kind,id\nunit,Ops\nunit,ops\n", "org.csv", OrganisationText::Published));
    QVERIFY_OK(read("unit,Ops,A,,2026-01-01\nunit,ops,B,2026-01-01,\nperson,OPS,C,,\n"));
}

void tst_Organisation::breakpoints()
{
    const auto org = parseOrganisationCsv(Sample, "org.csv");
    QVERIFY_OK(org);
    QCOMPARE(org->breakpoints(), (std::vector<BusinessDate>{day("2024-01-01"), day("2026-03-01")}));
}

void tst_Organisation::faults_data()
{
    QTest::addColumn<std::string>("rows");
    QTest::addColumn<std::string>("place");
    const auto row = [](const char* name, const char* rows, const char* place) {
        QTest::newRow(name) << std::string{rows} << std::string{place};
    };
    row("kind", "team,t1,,,,,,,,,,,\n", "org.csv:2:1");
    row("no id", "unit,,,,,,,,,,,,\n", "org.csv:2:6");
    row("role", "person,p,,,,Boss,,,,,,,\n", "org.csv:2:13");
    row("day", "unit,u,,,,,,,,,,2026-02-30,\n", "org.csv:2:17");
    row("ends first", "unit,u,,,,,,,,,,2026-02-01,2026-02-01\n", "org.csv:2:28");
    row("unknown parent", "unit,u,,x,,,,,,,,,\n", "org.csv:2:9");
    row("unknown owner", "unit,u,,,x,,,,,,,,\n", "org.csv:2:10");
    row("unknown scope", "person,p,,,,Department,x,,,,,,\n", "org.csv:2:24");
    row("unknown unit", "workflow,w,,,,,,,x,,,,\n", "org.csv:2:18");
    row("unknown category", "workflow,w,,,,,,,,,fun,,\n", "org.csv:2:20");
    row("overlap", "unit,u,,,,,,,,,,,2026-01-02\nunit,u,,,,,,,,,,2026-01-01,\n", "org.csv:3:6");
    row("cycle", "unit,a,,b,,,,,,,,,\nunit,b,,c,,,,,,,,,\nunit,c,,a,,,,,,,,,\n", "org.csv:2:9");
    row("late cycle",
        "unit,a,,,,,,,,,,,2026-01-01\nunit,a,,b,,,,,,,,2026-01-01,\nunit,b,,a,,,,,,,,,\n",
        "org.csv:3:9");
    row("parent ends before its child", "unit,a,,,,,,,,,,,2026-01-01\nunit,b,,a,,,,,,,,,\n",
        "org.csv:3:9");
    row("column of another kind", "person,p,,x,,,,,,,,,\n", "org.csv:2:11");
    row("too many values", "unit,u,,,,,,,,,,,,more\n", "org.csv:2:19");
}

void tst_Organisation::faults()
{
    QFETCH(std::string, rows);
    QFETCH(std::string, place);
    QCOMPARE(where(rows), place);
}

void tst_Organisation::headerFaults()
{
    QCOMPARE(parseOrganisationCsv("", "o").error().where, std::string{"o"});
    QCOMPARE(parseOrganisationCsv("id,name\n", "o").error().where, std::string{"o:1:1"});
    QCOMPARE(parseOrganisationCsv("kind,id,onwer\n", "o").error().where, std::string{"o:1:9"});
    QCOMPARE(parseOrganisationCsv("kind,id,ID\n", "o").error().where, std::string{"o:1:9"});
    QVERIFY_OK(parseOrganisationCsv("kind;id;name\nunit;u;\"a;b\"\n", "o"));
}

namespace {

Effective somePeriod(SeededRandom& random, int index)
{
    Effective effective;
    if (index > 0 || random.chance(1, 2))
        effective.from = BusinessDate{20'000 + index * 100};
    effective.until = BusinessDate{20'100 + index * 100};
    return effective;
}

Organisation someOrganisation(SeededRandom& random)
{
    Organisation org;
    org.people.push_back({"p", "Ann, \"A\"", "a@b", {"Finance"}, {}, {}});
    const auto units = static_cast<int>(random.between(1, 12));
    for (int i = 0; i < units; ++i) {
        const std::string parent = i == 0 || random.chance(1, 5)
            ? ""
            : "u" + std::to_string(random.below(static_cast<std::uint64_t>(i)));
        org.units.push_back({"u" + std::to_string(i), parent, "Größe " + std::to_string(i),
            random.chance(1, 2) ? "p" : "", "", {}});
    }
    for (int i = 0; i < 3; ++i)
        org.costCentres.push_back({"c", "Cost; centre", "p", somePeriod(random, i)});
    org.workflows.push_back({"w", "", org.units.back().id, "", "evaluation", {}});
    return org;
}

} // namespace

void tst_Organisation::printedIsReadBack()
{
    SeededRandom random{test::seed(5)};
    for (int round = 0; round < test::rounds(2'000); ++round) {
        const Organisation org = someOrganisation(random);
        const auto back = parseOrganisationCsv(organisationCsv(org), "x");
        QVERIFY_OK(back);
        QVERIFY(*back == org);
    }
}

void tst_Organisation::randomTreesAgreeWithAWalkUp()
{
    SeededRandom random{test::seed(6)};
    const BusinessDate today{20'050};
    for (int round = 0; round < test::rounds(2'000); ++round) {
        const Organisation org = someOrganisation(random);
        for (const Unit& root : org.units) {
            std::vector<std::string> expected;
            for (const Unit& unit : org.units) {
                const Unit* at = &unit;
                while (at != nullptr && at->id != root.id)
                    at = at->parent.empty() ? nullptr : org.unit(at->parent, today);
                if (at != nullptr)
                    expected.push_back(unit.id);
            }
            std::vector<std::string> got = org.subtree(root.id, today);
            std::sort(got.begin(), got.end());
            std::sort(expected.begin(), expected.end());
            QCOMPARE(got, expected);
        }
    }
}

void tst_Organisation::principals()
{
    QVERIFY(Principal::owner().seesEverything() && Principal::owner().mayChange());
    const Principal head{"p", {Role::Department}, {"u"}};
    QVERIFY(!head.seesEverything() && !head.mayChange());
    const Principal auditor{"p", {Role::Auditor, Role::Finance}, {}};
    QVERIFY(auditor.seesEverything() && !auditor.mayChange());
    for (const Role role : {Role::Admin, Role::Finance, Role::Department, Role::Procurement,
             Role::Engineering, Role::Auditor})
        QVERIFY(*parseRole(roleName(role)) == role);
    QVERIFY(!parseRole("admin").ok());
}

QTEST_GUILESS_MAIN(tst_Organisation)
#include "tst_Organisation.moc"
