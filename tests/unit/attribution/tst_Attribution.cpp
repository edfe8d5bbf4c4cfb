// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/Attribution.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/unit/attribution/NaiveAttribution.h"

#include <QTest>

#include <ctime>

using namespace sluice;
using test::NaiveAttribution;
using Key = NaiveAttribution::Key;

namespace {

BusinessDate day(std::string_view text)
{
    return *BusinessDate::parseIso(text);
}

void addKey(KeyDictionary& keys, const Key& key)
{
    std::vector<KeyCell> cells;
    for (const auto& cell : key)
        if (!cell.second.empty())
            cells.push_back({keys.intern(cell.first), keys.intern(cell.second)});
    std::sort(cells.begin(), cells.end());
    keys.internKey(cells);
}

// What the table says of the only key on that day, by attribute name; one part.
Key said(const AttributionTable& table, KeyId key, BusinessDate on)
{
    Key out;
    const Assignment& assignment = table.of(key, on);
    for (std::size_t i = 0; i < AttributeCount; ++i)
        if (const StringId value = assignment.parts.front().values[i]; value != 0)
            out[std::string{attributeName(static_cast<Attribute>(i))}] = table.strings.text(value);
    return out;
}

Key attributeOne(const Key& key, const Ruleset& ruleset, const Organisation& org, BusinessDate on)
{
    KeyDictionary keys;
    addKey(keys, key);
    const std::vector<Ruleset> rulesets{ruleset};
    const auto table = attribute(keys, rulesets, org, std::nullopt, {});
    return table.ok() ? said(*table, 0, on) : Key{};
}

Organisation sampleOrganisation()
{
    return *parseOrganisationCsv(
        "kind,id,name,parent,owner,cost_centre,unit,email,category,valid_from,valid_to\n"
        "person,ann,Ann,,,,,Ann@Example.org,,,\n"
        "person,bob,Bob,,,,,bob@example.org,,,2026-06-01\n"
        "unit,co,Company,,,c0,,,,,\n"
        "unit,rnd,Research & Development,co,ann,,,,,,\n"
        "unit,lab,AI Lab,rnd,bob,c1,,,,,\n"
        "cost_centre,c0,General,,,,,,,,\n"
        "cost_centre,c1,Lab,,,,,,,,\n"
        "workflow,w1,Answer Bot,,ann,,lab,,agents,,2026-03-01\n"
        "workflow,w1,Answer Bot,,ann,,rnd,,evaluation,2026-03-01,\n",
        "org");
}

struct Generator {
    SeededRandom random;

    template <std::size_t N>
    std::string pick(const std::array<const char*, N>& values)
    {
        return values[random.below(N)];
    }
    std::string fieldName()
    {
        return pick(std::array{"ServiceName", "provider", "tag:team", "tag:owner", "tag:env", "x_P",
            "SkuMeter", "tag:TEAM"});
    }
    std::string text()
    {
        return pick(std::array{"Prod", "prod-eu", "Lab", "AI lab", "ai_lab", "rnd", "w1",
            "answer-bot", "ann@example.org", "BOB", "c1", "agents", "Zürich", " ", "general", "x"});
    }
    std::string pattern()
    {
        return pick(std::array{"prod*", "*a*", "?o?", "*-eu", "answer?bot", "prod-eu", "*", "ab*"});
    }

    RuleCondition condition()
    {
        RuleCondition out;
        out.field = fieldName();
        out.test = static_cast<RuleCondition::Test>(random.below(8));
        out.negated = random.chance(1, 5);
        for (std::uint64_t n = 1 + random.below(3); n > 0; --n)
            out.values.push_back(out.test == RuleCondition::Test::Like ? pattern() : text());
        return out;
    }
    std::map<Attribute, RuleValue> assign()
    {
        std::map<Attribute, RuleValue> out;
        for (std::uint64_t n = 1 + random.below(3); n > 0; --n) {
            RuleValue& value = out[static_cast<Attribute>(random.below(AttributeCount))];
            value = {};
            if (random.chance(1, 2))
                value.literal = pick(
                    std::array{"lab", "rnd", "ann", "bob", "c1", "w1", "agents", "production"});
            else
                value.field = fieldName();
            if (!value.field.empty() && random.chance(1, 2))
                value.table = "t";
        }
        return out;
    }
    Ruleset ruleset(std::uint32_t number)
    {
        Ruleset out;
        out.number = number;
        out.effectiveFrom
            = day("2026-01-01").plusDays(static_cast<std::int32_t>(random.below(6)) * 40);
        for (int i = 0; i < 4; ++i)
            out.tables["t"][folded(random.chance(1, 2) ? pattern() : text())]
                = text() == " " ? "agents" : "lab";
        out.tables["t"].erase("");
        if (random.chance(1, 2))
            out.normalise["tag:team"] = "t";
        for (std::uint64_t n = random.below(9); n > 0; --n) {
            AttributionRule& rule = out.rules.emplace_back();
            for (std::uint64_t c = random.below(3); c > 0; --c) {
                auto& clause = rule.when.emplace_back();
                for (std::uint64_t a = 1 + random.below(2); a > 0; --a)
                    clause.push_back(condition());
            }
            if (random.chance(3, 4))
                rule.assign = assign();
            if (random.chance(1, 4))
                for (std::uint64_t s = 2 + random.below(2); s > 0; --s)
                    rule.split.push_back(
                        {static_cast<std::uint32_t>(1 + random.below(9)), assign()});
        }
        return out;
    }
    Key key()
    {
        Key out;
        for (const char* field : {"ServiceName", "ProviderName", "ServiceProviderName", "tag:team",
                 "tag: Team", "tag:TEAM", "tag:owner", "tag:env", "x_P", "SkuMeter"})
            if (random.chance(1, 2))
                out[field] = text();
        return out;
    }
    Organisation organisation()
    {
        Organisation out = sampleOrganisation();
        for (Unit& unit : out.units) {
            if (random.chance(1, 4))
                unit.effective.from
                    = day("2026-02-01").plusDays(static_cast<std::int32_t>(random.below(200)));
            if (random.chance(1, 3))
                unit.owner = random.chance(1, 2) ? "bob" : "";
        }
        if (random.chance(1, 3))
            out.costCentres[1].owner = "bob";
        if (random.chance(1, 3))
            out.people[0].effective.from = day("2026-04-01");
        return out;
    }

    // One object of up to three records that follow each other, with days in between now and then.
    template <class Make>
    void history(Make&& make)
    {
        std::int32_t at = static_cast<std::int32_t>(random.below(30));
        for (std::uint64_t n = 1 + random.below(3); n > 0; --n) {
            Effective effective;
            if (!random.chance(1, 4))
                effective.from = day("2026-01-01").plusDays(at);
            at += 1 + static_cast<std::int32_t>(random.below(20));
            if (n > 1 || random.chance(1, 2))
                effective.until = day("2026-01-01").plusDays(at);
            make(effective);
            at += static_cast<std::int32_t>(random.below(2) * random.below(10));
        }
    }
    // Everything is dated, and people are reached by id, by e-mail, by likeness and through what
    // they own.
    Organisation datedOrganisation()
    {
        constexpr std::array people{"ana-marsh", "Bo.Li", "cy"};
        Organisation out;
        for (const char* id : people)
            history([&](Effective e) {
                out.people.push_back(
                    {id, id, random.chance(1, 2) ? "x@example.org" : "", {}, {}, e});
            });
        for (const char* id : {"lab", "r-and-d"})
            history([&](Effective e) {
                out.units.push_back({id, random.chance(1, 2) ? "co" : "", "Big Lab",
                    random.chance(1, 2) ? pick(people) : "", "c1", e});
            });
        history([&](Effective e) { out.units.push_back({"co", "", "Co", pick(people), "", e}); });
        history([&](Effective e) { out.costCentres.push_back({"c1", "C 1", pick(people), e}); });
        history([&](Effective e) {
            out.workflows.push_back(
                {"w-1", "Bot", "lab", random.chance(1, 2) ? pick(people) : "", "agents", e});
        });
        return out;
    }
    Key datedKey()
    {
        Key out;
        const auto maybe = [&](const char* field, std::string value) {
            if (random.chance(2, 3))
                out[field] = std::move(value);
        };
        maybe("tag:owner",
            pick(std::array{"ana-marsh", "Ana_Marsh", "ANA MARSH", "bo li", "Bo.Li", "bo.li", "CY",
                "X@example.org", "nobody"}));
        maybe("tag:team", pick(std::array{"lab", "Big_Lab", "R and D", "co", "else"}));
        maybe("tag:workflow", pick(std::array{"w-1", "W_1", "bot"}));
        maybe("tag:cc", pick(std::array{"c1", "c.1"}));
        return out;
    }
};

} // namespace

class tst_Attribution : public QObject {
    Q_OBJECT
private slots:
    void firstRuleWins();
    void twinTags();
    void derivesFromOrganisation();
    void peopleWhoLeft();
    void splits();
    void effectiveDates();
    void datesOfAnOwnerByLikeness();
    void eachDayAloneSaysTheSame();
    void oneVersionOnly();
    void cancelled();
    void agreesWithTheNaiveInterpreter();
    void defaultRules_data();
    void defaultRules();
    void isFast();
};

void tst_Attribution::firstRuleWins()
{
    const auto ruleset = parseRuleset(R"({"tables": {"env": {"prd": "production"}}, "rules": [
        {"id": "1", "when": [{"field": "tag:env", "equals": "x"}], "assign": {"app": "no"}},
        {"id": "2", "assign": {"environment": {"field": "tag:env", "table": "env"}, "app": {"field": "tag:app"}}},
        {"id": "3", "assign": {"environment": "development", "app": "yes"}}]})",
        "f");
    QVERIFY_OK(ruleset);
    QCOMPARE(attributeOne({{"tag:ENV", " Prd "}}, *ruleset, {}, day("2026-01-01")),
        (Key{{"environment", "production"}, {"app", "yes"}}));
    QCOMPARE(
        attributeOne({{"tag:env", "prod"}, {"tag:app", " a b "}}, *ruleset, {}, day("2026-01-01")),
        (Key{{"environment", "development"}, {"app", "a b"}}));
}

void tst_Attribution::twinTags()
{
    const auto ruleset
        = parseRuleset(R"({"rules": [{"id": "1", "assign": {"app": {"field": "tag:org"}}}]})", "f");
    QCOMPARE(attributeOne({{"tag: org", "a"}, {"tag:ORG", "b"}}, *ruleset, {}, day("2026-01-01")),
        (Key{{"app", "a"}}));
    QCOMPARE(attributeOne({{"tag: org", "a"}, {"tag:org", "b"}}, *ruleset, {}, day("2026-01-01")),
        (Key{{"app", "b"}}));
    QCOMPARE(attributeOne({{"tag: org", "a"}, {"tag:org", " "}}, *ruleset, {}, day("2026-01-01")),
        (Key{{"app", "a"}}));
}

void tst_Attribution::derivesFromOrganisation()
{
    const auto ruleset = parseRuleset(
        R"({"rules": [{"id": "1", "assign": {"workflow": {"field": "tag:workflow"}, "unit": {"field": "tag:team"}, "owner": {"field": "tag:owner"}}}]})",
        "f");
    QVERIFY_OK(ruleset);
    const Organisation org = sampleOrganisation();
    QCOMPARE(attributeOne({{"tag:workflow", "answer_bot"}}, *ruleset, org, day("2026-02-28")),
        (Key{{"workflow", "w1"}, {"unit", "lab"}, {"owner", "ann"}, {"cost_centre", "c1"},
            {"category", "agents"}}));
    QCOMPARE(attributeOne({{"tag:workflow", "answer_bot"}}, *ruleset, org, day("2026-03-01")),
        (Key{{"workflow", "w1"}, {"unit", "rnd"}, {"owner", "ann"}, {"cost_centre", "c0"},
            {"category", "evaluation"}}));
    QCOMPARE(attributeOne({{"tag:team", "AI-LAB"}, {"tag:owner", "ANN@example.org"}}, *ruleset, org,
                 day("2026-02-28")),
        (Key{{"unit", "lab"}, {"owner", "ann"}, {"cost_centre", "c1"}}));
    QCOMPARE(attributeOne({{"tag:team", "elsewhere"}}, *ruleset, org, day("2026-02-28")),
        (Key{{"unit", "elsewhere"}}));
}

void tst_Attribution::peopleWhoLeft()
{
    const auto ruleset = parseRuleset(
        R"({"rules": [{"id": "1", "assign": {"unit": "lab", "owner": {"field": "tag:owner"}}}]})",
        "f");
    const Organisation org = sampleOrganisation();
    QCOMPARE(attributeOne({{"tag:owner", "bob"}}, *ruleset, org, day("2026-05-31")).at("owner"),
        std::string{"bob"});
    // of the unit above
    QCOMPARE(attributeOne({{"tag:owner", "bob"}}, *ruleset, org, day("2026-06-01")).at("owner"),
        std::string{"ann"});
}

void tst_Attribution::splits()
{
    const auto ruleset
        = parseRuleset(R"({"rules": [{"id": "s", "when": [{"field": "tag:shared", "present": true}],
        "split": [{"weight": 60, "assign": {"unit": "lab"}}, {"weight": 30, "assign": {"unit": "rnd"}}, {"weight": 10, "assign": {"unit": "lab"}}]},
        {"id": "o", "assign": {"app": "x"}}]})",
            "f");
    QVERIFY_OK(ruleset);
    KeyDictionary keys;
    addKey(keys, {{"tag:shared", "1"}});
    addKey(keys, {{"ServiceName", "s"}});
    const auto table
        = attribute(keys, std::vector<Ruleset>{*ruleset}, sampleOrganisation(), std::nullopt, {});
    QVERIFY_OK(table);
    const Assignment& split = table->of(0, day("2026-01-01"));
    QCOMPARE(split.parts.size(), std::size_t{2}); // the two shares of the lab are one
    QCOMPARE(split.parts[0].weight, 70U);
    QCOMPARE(table->strings.text(split.parts[1].values[static_cast<std::size_t>(Attribute::Owner)]),
        std::string_view{"ann"});
    for (const AttributionPart& part : split.parts) {
        QCOMPARE(part.rules[static_cast<std::size_t>(Attribute::Unit)], 0);
        QCOMPARE(part.rules[static_cast<std::size_t>(Attribute::CostCentre)], FromOrganisation);
    }
    QCOMPARE(table->of(1, day("2026-01-01")).parts.size(), std::size_t{1});
}

void tst_Attribution::effectiveDates()
{
    std::vector<Ruleset> rulesets(4);
    const std::array<const char*, 4> from{"2026-01-01", "2026-03-01", "2026-03-01", "2026-02-15"};
    for (std::uint32_t i = 0; i < 4; ++i) {
        rulesets[i].number = i + 1;
        rulesets[i].effectiveFrom = day(from[i]);
        rulesets[i].rules.push_back(
            {"r", {}, {}, {{Attribute::App, {"v" + std::to_string(i + 1), {}, {}}}}, {}, 1});
    }
    KeyDictionary keys;
    addKey(keys, {{"ServiceName", "s"}});
    const auto table = attribute(keys, std::span{rulesets}.first(3), {}, std::nullopt, {});
    QVERIFY_OK(table);
    QCOMPARE(said(*table, 0, day("2025-12-31")), Key{});
    QCOMPARE(said(*table, 0, day("2026-02-28")), (Key{{"app", "v1"}}));
    // of two on one day the later one
    QCOMPARE(said(*table, 0, day("2026-03-01")), (Key{{"app", "v3"}}));
    QCOMPARE(table->eraStarts.size(), std::size_t{3});

    const auto corrected = attribute(keys, rulesets, {}, std::nullopt, {});
    QVERIFY_OK(corrected);
    QCOMPARE(said(*corrected, 0, day("2026-02-14")), (Key{{"app", "v1"}}));
    QCOMPARE(said(*corrected, 0, day("2026-02-15")), (Key{{"app", "v4"}}));
    // from its first day on, whatever begins later
    QCOMPARE(said(*corrected, 0, day("2026-03-01")), (Key{{"app", "v4"}}));
}

void tst_Attribution::datesOfAnOwnerByLikeness()
{
    const auto ruleset = parseRuleset(
        R"({"rules": [{"id": "o", "assign": {"owner": {"field": "tag:owner"}}}]})", "f");
    QVERIFY_OK(ruleset);
    const auto organisation
        = parseOrganisationCsv("kind,id,name,email,valid_from,valid_to\n"
                               "person,ana-marsh,Ana Marsh,ana@x.example,2026-09-10,2026-09-20\n",
            "org");
    QVERIFY_OK(organisation);
    for (const char* text : {"ana-marsh", "Ana_Marsh", "Ana Marsh", "ANA@x.example"}) {
        const Key key{{"tag:owner", text}};
        const Key ana{{"owner", "ana-marsh"}};
        QCOMPARE(attributeOne(key, *ruleset, *organisation, day("2026-09-09")), Key{});
        QCOMPARE(attributeOne(key, *ruleset, *organisation, day("2026-09-10")), ana);
        QCOMPARE(attributeOne(key, *ruleset, *organisation, day("2026-09-19")), ana);
        QCOMPARE(attributeOne(key, *ruleset, *organisation, day("2026-09-20")), Key{});
    }
}

void tst_Attribution::eachDayAloneSaysTheSame()
{
    Generator make{SeededRandom{test::seed(78)}};
    auto ruleset = parseRuleset(
        R"({"rules": [{"id": "a", "assign": {"owner": {"field": "tag:owner"}, "unit": {"field": "tag:team"},
        "workflow": {"field": "tag:workflow"}, "cost_centre": {"field": "tag:cc"}}}]})",
        "f");
    QVERIFY_OK(ruleset);
    const std::vector<Ruleset> rulesets{*ruleset};
    for (int round = 0; round < test::rounds(2'000); ++round) {
        const Organisation org = make.datedOrganisation();
        KeyDictionary keys;
        std::vector<Key> plain;
        for (int k = 0; k < 3; ++k) { // few, so that no key's dates hide behind another's
            const Key key = make.datedKey();
            addKey(keys, key);
            if (keys.keyCount() > plain.size())
                plain.push_back(key);
        }
        const auto table = attribute(keys, rulesets, org, std::nullopt, {});
        QVERIFY_OK(table);
        const NaiveAttribution naive{rulesets, org};
        for (KeyId key = 0; key < plain.size(); ++key) {
            for (std::int32_t offset = -2; offset < 110; ++offset) {
                const BusinessDate on = day("2026-01-01").plusDays(offset);
                const auto expected = naive.of(plain[key], on, std::nullopt);
                const AttributionPart& got = table->of(key, on).parts.front();
                QCOMPARE(got.rules, expected.parts.front().rules);
                for (std::size_t i = 0; i < AttributeCount; ++i)
                    QCOMPARE(table->strings.text(got.values[i]),
                        std::string_view{expected.parts.front().values[i]});
            }
        }
    }
}

void tst_Attribution::oneVersionOnly()
{
    std::vector<Ruleset> rulesets(2);
    rulesets[0].number = 1;
    rulesets[1].number = 2;
    rulesets[1].effectiveFrom = day("2026-01-01");
    rulesets[0].rules.push_back({"r", {}, {}, {{Attribute::App, {"old", {}, {}}}}, {}, 1});
    KeyDictionary keys;
    addKey(keys, {{"ServiceName", "s"}});
    const auto table = attribute(keys, rulesets, {}, 1, {});
    QVERIFY_OK(table);
    QCOMPARE(said(*table, 0, day("2026-05-01")), (Key{{"app", "old"}}));
    QCOMPARE(attribute(keys, rulesets, {}, 7, {}).error().code, ErrorCode::NotFound);
}

void tst_Attribution::cancelled()
{
    KeyDictionary keys;
    addKey(keys, {{"ServiceName", "s"}});
    StopToken stop;
    stop.requestStop();
    const std::vector<Ruleset> rulesets{defaultRuleset()};
    QCOMPARE(attribute(keys, rulesets, {}, std::nullopt, TaskContext{stop, {}}).error().code,
        ErrorCode::Cancelled);
}

void tst_Attribution::agreesWithTheNaiveInterpreter()
{
    Generator make{SeededRandom{test::seed(77)}};
    for (int round = 0; round < test::rounds(3'000); ++round) {
        std::vector<Ruleset> rulesets;
        for (std::uint32_t n = 1; n <= 1 + make.random.below(3); ++n)
            rulesets.push_back(make.ruleset(n));
        const Organisation org = make.organisation();
        KeyDictionary keys;
        std::vector<Key> plain;
        for (int k = 0; k < 12; ++k) {
            const Key key = make.key();
            addKey(keys, key);
            if (keys.keyCount() > plain.size())
                plain.push_back(key);
        }
        const std::optional<std::uint32_t> only
            = make.random.chance(1, 4) ? std::optional<std::uint32_t>{1} : std::nullopt;
        const auto table = attribute(keys, rulesets, org, only, {});
        QVERIFY_OK(table);
        const NaiveAttribution naive{rulesets, org};
        for (KeyId key = 0; key < plain.size(); ++key) {
            for (std::int32_t offset = -20; offset < 300; offset += 9) {
                const BusinessDate on = day("2026-01-01").plusDays(offset);
                const auto expected = naive.of(plain[key], on, only);
                const Assignment& got = table->of(key, on);
                QCOMPARE(got.ruleset, expected.ruleset);
                QCOMPARE(got.parts.size(), expected.parts.size());
                for (std::size_t p = 0; p < got.parts.size(); ++p) {
                    QCOMPARE(got.parts[p].weight, expected.parts[p].weight);
                    QCOMPARE(got.parts[p].rules, expected.parts[p].rules);
                    for (std::size_t i = 0; i < AttributeCount; ++i)
                        QCOMPARE(table->strings.text(got.parts[p].values[i]),
                            std::string_view{expected.parts[p].values[i]});
                }
            }
        }
    }
}

void tst_Attribution::defaultRules_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* key, const char* expected) {
        QTest::newRow(key) << QString::fromUtf8(key) << QString::fromUtf8(expected);
    };
    row("ServiceName=Amazon Bedrock|ServiceCategory=AI and Machine Learning|ProviderName=AWS|PublisherName=Anthropic|ChargeDescription=USE1 Claude 3.5 Sonnet input tokens",
        "category=product_inference|vendor=Anthropic|model=claude-3-5-sonnet");
    row("ServiceName=Amazon Elastic Compute Cloud|ServiceCategory=Compute|ProviderName=AWS|PublisherName=Amazon Web Services, Inc.|tag:Environment=Dev",
        "category=infrastructure|vendor=AWS|environment=development");
    row("ServiceName=Virtual Machines|ServiceCategory=Compute|ProviderName=Microsoft|PublisherName=Microsoft|tag:env=prod|tag:business_unit=TempeAI",
        "category=infrastructure|vendor=Microsoft|environment=production|unit=TempeAI");
    row("ServiceName=OpenAI API|ServiceCategory=AI and Machine Learning|ProviderName=OpenAI|SkuPriceDetails.ModelId=gpt-4o-mini-2024-07-18|SkuMeter=Input Tokens",
        "category=product_inference|vendor=OpenAI|model=gpt-4o-mini");
    row("ServiceName=Claude API|ServiceProviderName=Anthropic, PBC|SkuMeter=claude-sonnet-4-5 output|tag:agent=triage|ServiceCategory=AI and Machine Learning",
        "category=agents|vendor=Anthropic|model=claude-sonnet-4.5");
    row("ServiceName=Amazon SageMaker Ground Truth|ProviderName=AWS|ServiceCategory=AI and Machine Learning",
        "category=data_preparation|vendor=AWS");
    row("ServiceName=LangSmith|ProviderName=LangChain Inc|tag:cost-center=CC7",
        "category=evaluation|vendor=LangChain|cost_centre=CC7");
    row("ServiceName=GitHub Copilot Business|ProviderName=GitHub|SkuMeter=Seats",
        "category=internal_tools|vendor=GitHub");
    row("ServiceName=Jasper Business|ProviderName=Jasper AI",
        "category=vendor_overlap|vendor=Jasper");
    row("ServiceName=Human review|ProviderName=Acme Payroll|tag:use_case=claims",
        "category=human_review|vendor=Acme Payroll|workflow=claims");
    row("ServiceName=COMPUTE|ServiceCategory=Compute|ProviderName=Oracle|SubAccountName=ml-prod",
        "category=infrastructure|vendor=Oracle|environment=production");
    row("ServiceName=CoreWeave GPU Compute|ProviderName=CoreWeave, Inc.",
        "category=infrastructure|vendor=CoreWeave");
    row("ServiceName=Pinecone Serverless|ProviderName=Pinecone Systems",
        "category=infrastructure|vendor=Pinecone");
    row("ServiceName=Azure OpenAI Service|ProviderName=Microsoft|SkuMeter=gpt 4.1 mini Inp glbl Tokens|ServiceCategory=AI and Machine Learning",
        "category=product_inference|vendor=Microsoft|model=gpt-4.1-mini");
    row("ServiceName=Vertex AI|ProviderName=Google Cloud|SkuId=Gemini 2.5 Pro Text Output|ServiceCategory=AI and Machine Learning",
        "category=product_inference|vendor=Google|model=gemini-2.5-pro");
    row("ServiceName=Amazon Elastic Block Store|ChargeDescription=io1 provisioned gpt-4 disk|ServiceCategory=Storage|ProviderName=AWS",
        "category=infrastructure|vendor=AWS");
    row("ServiceName=Claude 3.5 Sonnet (Amazon Bedrock Edition)|ServiceCategory=AI and Machine Learning|ProviderName=AWS",
        "category=product_inference|vendor=AWS");
    row("ServiceName=GPT-4o|ServiceCategory=AI and Machine Learning|ProviderName=OpenAI",
        "category=product_inference|vendor=OpenAI");
    row("ServiceName=o3|ServiceCategory=AI and Machine Learning|ProviderName=OpenAI",
        "category=product_inference|vendor=OpenAI");
    row("ServiceName=Claude Sonnet 4|ServiceCategory=AI and Machine Learning|ProviderName=Anthropic",
        "category=product_inference|vendor=Anthropic");
    row("ServiceName=Meta Llama 3.3 70B|ServiceCategory=AI and Machine Learning|ProviderName=Microsoft",
        "category=product_inference|vendor=Microsoft");
    row("ServiceName=Nova Pro|ServiceCategory=AI and Machine Learning|ProviderName=AWS",
        "category=product_inference|vendor=AWS");
    row("ServiceName=A model of tomorrow|ServiceCategory=AI and Machine Learning|ProviderName=Nobody Yet|PricingUnit=1M Tokens",
        "category=product_inference|vendor=Nobody Yet");
    row("ServiceName=Claude Code|ServiceCategory=AI and Machine Learning|ProviderName=Anthropic",
        "category=internal_tools|vendor=Anthropic");
    row("ServiceName=Amazon SageMaker|ServiceCategory=AI and Machine Learning|ProviderName=AWS",
        "category=infrastructure|vendor=AWS");
    row("ServiceName=Machine Learning Clusters|ServiceCategory=AI and Machine Learning|ProviderName=Nobody Yet|PricingUnit=Hours",
        "category=infrastructure|vendor=Nobody Yet");
    row("ServiceName=Llama Hosting|ServiceCategory=Compute|ProviderName=Nobody Yet",
        "category=infrastructure|vendor=Nobody Yet");
    row("ChargeCategory=Tax|ProviderName=AWS|tag:Application=Zoom|tag:spend_category=Eval",
        "vendor=AWS|app=Zoom|category=evaluation");
}

void tst_Attribution::defaultRules()
{
    const auto read = [](const QString& text) {
        Key out;
        for (const QString& cell : text.split(QLatin1Char('|')))
            out[cell.section(QLatin1Char('='), 0, 0).toStdString()]
                = cell.section(QLatin1Char('='), 1).toStdString();
        return out;
    };
    QFETCH(QString, key);
    QFETCH(QString, expected);
    const Key got = attributeOne(read(key), defaultRuleset(), {}, day("2026-01-01"));
    for (const auto& value : read(expected))
        QCOMPARE(got.contains(value.first) ? got.at(value.first) : std::string{}, value.second);
    QCOMPARE(got.size(), read(expected).size());
}

void tst_Attribution::isFast()
{
    SeededRandom random{5};
    KeyDictionary keys;
    for (std::size_t i = 0; keys.keyCount() < 8'000; ++i) {
        Key key{{"ProviderName", "Provider " + std::to_string(i % 7)},
            {"PublisherName", "Publisher " + std::to_string(i % 11)}};
        key["ServiceName"] = i % 3 == 0 ? "Amazon Bedrock" : "Service " + std::to_string(i % 60);
        key["ServiceCategory"] = i % 3 == 0 ? "AI and Machine Learning" : "Compute";
        key["SkuId"] = "SKU-" + std::to_string(random.below(3'000));
        key["SkuMeter"] = "Meter " + std::to_string(random.below(500));
        key["ChargeDescription"]
            = "Charge for something with a longer text " + std::to_string(i % 4'000);
        key["tag:team"] = "team-" + std::to_string(i % 40);
        key["tag:env"] = i % 2 == 0 ? "prod" : "dev";
        for (int c = 0; c < 15; ++c)
            key["x_Column" + std::to_string(c)] = std::to_string(random.below(20));
        addKey(keys, key);
    }
    const Organisation org = sampleOrganisation();
    const std::vector<Ruleset> rulesets{defaultRuleset()};
    const std::clock_t start = std::clock(); // of the processor: other tests run at the same time
    const auto table = attribute(keys, rulesets, org, std::nullopt, {});
    const auto took = (std::clock() - start) * 1000 / CLOCKS_PER_SEC;
    QVERIFY_OK(table);
    // before and after 1970: nothing in these keys is in the organisation
    QCOMPARE(table->eraStarts.size(), std::size_t{2});
    qInfo("%zu keys, %zu rules: %lld ms", keys.keyCount(), defaultRuleset().rules.size(),
        static_cast<long long>(took));
#if defined(NDEBUG) && !defined(__SANITIZE_ADDRESS__)
    QVERIFY2(took < 200, "slower than the bar for re-attribution");
#endif
}

QTEST_GUILESS_MAIN(tst_Attribution)
#include "tst_Attribution.moc"
