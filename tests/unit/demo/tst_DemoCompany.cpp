// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/Attribution.h"
#include "core/base/CsvText.h"
#include "core/base/Decimal.h"
#include "core/ledger/Digest.h"
#include "core/services/demo/DemoCompany.h"
#include "core/services/demo/DemoOrganisation.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <map>
#include <set>

using namespace sluice;

namespace {

const BusinessDate Today = *BusinessDate::parseIso("2026-10-15");

// The columns that the tests look at.
constexpr std::array<std::string_view, 25> Kept{"ProviderName", "PublisherName",
    "InvoiceIssuerName", "ServiceName", "ServiceCategory", "ServiceSubcategory", "SkuId",
    "SkuMeter", "SubAccountName", "SubAccountId", "ChargeDescription", "ChargeCategory", "RegionId",
    "BillingCurrency", "Tags", "SkuPriceDetails", "BilledCost", "EffectiveCost", "ListCost",
    "ContractedCost", "ChargeClass", "ChargePeriodStart", "ChargePeriodEnd", "PricingQuantity",
    "ContractedUnitPrice"};
constexpr std::size_t KeyColumns = 14; // the first so many are part of the charge key

struct Row {
    std::array<std::string, Kept.size()> cells;
    std::string source;
    std::string day;
    std::string month;
    BatchKind kind{BatchKind::Billed};
};

// What stands in a ledger after all deliveries: of a scope delivered twice only the later one.
struct Delivered {
    std::map<std::string, std::vector<Row>> scopes; // source and month → rows
    std::map<std::string, std::vector<Row>> superseded;
    std::string truth;
    std::size_t rows{0};
};

// Under sanitizers only the files of single months: reading a hundred megabytes would take minutes.
bool isRead(const DemoDelivery& delivery)
{
#if defined(__SANITIZE_ADDRESS__)
    return delivery.fileName.find("_20") == std::string::npos;
#else
    return !delivery.fileName.empty();
#endif
}

Delivered deliver(DemoCompany& company)
{
    Delivered out;
    const Status done = company.deliver([&](const DemoDelivery& delivery) -> Status {
        if (!isRead(delivery))
            return Status::success();
        SLUICE_TRY(const auto table, parseCsvText(delivery.csv, delivery.fileName));
        std::map<std::string, std::size_t> columnOf;
        for (std::size_t c = 0; c < table[0].size(); ++c)
            columnOf[table[0][c].text] = c;
        std::map<std::string, std::vector<Row>> scopes;
        for (std::size_t i = 1; i < table.size(); ++i) {
            Row row;
            row.source = delivery.source;
            row.kind = delivery.kind;
            for (std::size_t c = 0; c < Kept.size(); ++c)
                row.cells[c] = table[i][columnOf.at(std::string{Kept[c]})].text;
            row.day = table[i][columnOf.at("ChargePeriodStart")].text.substr(0, 10);
            row.month = table[i][columnOf.at("BillingPeriodStart")].text.substr(0, 7);
            scopes[delivery.source + " " + row.month].push_back(std::move(row));
            ++out.rows;
        }
        for (auto& scope : scopes) {
            if (out.scopes.contains(scope.first))
                out.superseded[scope.first] = std::move(out.scopes[scope.first]);
            out.scopes[scope.first] = std::move(scope.second);
        }
        return Status::success();
    });
    if (!done.ok())
        qFatal("%s", errorSentence(done.error()).c_str());
    out.truth = company.truthJson();
    return out;
}

const std::string& cell(const Row& row, std::string_view column)
{
    const auto found = std::find(Kept.begin(), Kept.end(), column);
    SLUICE_CHECK(found != Kept.end());
    return row.cells[static_cast<std::size_t>(found - Kept.begin())];
}

void collectKeys(
    const Delivered& delivered, KeyDictionary& keys, std::map<KeyId, DecimalSum>& billedBy)
{
    for (const auto& scope : delivered.scopes) {
        for (const Row& row : scope.second) {
            std::vector<KeyCell> cells;
            for (std::size_t c = 0; c < KeyColumns; ++c)
                if (!row.cells[c].empty())
                    cells.push_back({keys.intern(Kept[c]), keys.intern(row.cells[c])});
            const QJsonObject tags
                = QJsonDocument::fromJson(QByteArray::fromStdString(cell(row, "Tags"))).object();
            for (auto tag = tags.begin(); tag != tags.end(); ++tag)
                cells.push_back({keys.intern("tag:" + tag.key().toStdString()),
                    keys.intern(tag.value().toString().toStdString())});
            const QJsonObject details
                = QJsonDocument::fromJson(QByteArray::fromStdString(cell(row, "SkuPriceDetails")))
                      .object();
            if (details.contains(QStringLiteral("Model")))
                cells.push_back({keys.intern("SkuPriceDetails.Model"),
                    keys.intern(details[QStringLiteral("Model")].toString().toStdString())});
            std::sort(cells.begin(), cells.end());
            const KeyId key = keys.internKey(cells);
            if (row.kind == BatchKind::Billed && cell(row, "BillingCurrency") == "USD")
                billedBy[key].add(*parseDecimal(cell(row, "BilledCost")));
        }
    }
}

} // namespace

class tst_DemoCompany : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void sameSeedSameBytes();
    void everyDayCanBeToday();
    void noFileIsWithoutRows();
    void rowsAreSound();
    void looksLikeACompany();
    void restatedMonth();
    void organisationAndRules();
    void everythingHasItsPlace();

private:
    std::unique_ptr<DemoCompany> m_company;
    Delivered m_delivered;
};

void tst_DemoCompany::initTestCase()
{
    m_company = std::make_unique<DemoCompany>(7, Today);
    m_delivered = deliver(*m_company);
}

void tst_DemoCompany::sameSeedSameBytes()
{
    const auto digest = [](std::uint64_t seed) {
        DemoCompany company{seed, Today};
        std::string hashes
            = toHex(sha256(company.organisationCsv())) + toHex(sha256(company.rulesetJson()));
        const Status done = company.deliver([&](const DemoDelivery& delivery) {
            hashes += delivery.fileName + toHex(sha256(delivery.csv));
            return Status::success();
        });
        return done.ok() ? toHex(sha256(hashes + company.truthJson())).substr(0, 16)
                         : std::string{};
    };
    QCOMPARE(QString::fromStdString(digest(7)), QStringLiteral("c635af2e295c6a59"));
    QVERIFY(digest(8) != digest(7));
}

// The first of a month, a leap day, the turn of the year: what is delivered ends yesterday.
void tst_DemoCompany::everyDayCanBeToday()
{
    for (const char* text : {"2026-10-01", "2024-02-29", "2027-01-01", "2026-03-31"}) {
        const BusinessDate today = *BusinessDate::parseIso(text);
        DemoCompany company{1, today};
        std::string last;
        const std::string yesterday = today.plusDays(-1).toIso();
        const Status done = company.deliver([&](const DemoDelivery& delivery) {
            for (const std::string& day : {yesterday, today.toIso()})
                if (delivery.source == "aws"
                    && delivery.csv.find("," + day + "T00:00:00Z,,,,,,") != std::string::npos
                    && last < day)
                    last = day;
            return Status::success();
        });
        QVERIFY_OK(done);
        QCOMPARE(last, yesterday);
        QVERIFY_OK(parseOrganisationCsv(company.organisationCsv(), "org"));
        QVERIFY_OK(parseRuleset(company.rulesetJson(), "rules"));
    }
}

// Early in a month some sources have nothing to deliver yet. Under sanitizers only the 2nd, on
// which the cards have not been used.
void tst_DemoCompany::noFileIsWithoutRows()
{
    const BusinessDate first = *BusinessDate::parseIso("2026-12-02");
    for (int day = 0; day < 31; day += 31 / sluice::test::rounds(31)) {
        DemoCompany company{7, first.plusDays(day)};
        std::string empty;
        const Status done = company.deliver([&](const DemoDelivery& delivery) {
            if (std::count(delivery.csv.begin(), delivery.csv.end(), '\n') < 2)
                empty = delivery.fileName;
            return Status::success();
        });
        QVERIFY_OK(done);
        QVERIFY2(empty.empty(), (empty + " of " + first.plusDays(day).toIso()).c_str());
    }
}

void tst_DemoCompany::rowsAreSound()
{
    for (const auto& scope : m_delivered.scopes) {
        for (const Row& row : scope.second) {
            QVERIFY(cell(row, "ChargePeriodStart") < cell(row, "ChargePeriodEnd"));
            QVERIFY(row.day < Today.toIso());
            QVERIFY(row.day.substr(0, 7) == row.month || cell(row, "ChargeClass") == "Correction");
            for (const char* cost : {"BilledCost", "EffectiveCost", "ListCost", "ContractedCost"})
                QVERIFY(parseDecimal(cell(row, cost)).ok());
            if (cell(row, "PricingQuantity").empty())
                continue;
            // Exactly, to the last digit: cost = unit price × quantity.
            const Decimal price = *parseDecimal(cell(row, "ContractedUnitPrice"));
            const Decimal quantity = *parseDecimal(cell(row, "PricingQuantity"));
            QCOMPARE(
                compare(Decimal{price.mantissa * quantity.mantissa, price.scale + quantity.scale},
                    *parseDecimal(cell(row, "ContractedCost"))),
                0);
        }
    }
}

void tst_DemoCompany::looksLikeACompany()
{
    std::map<std::string, DecimalSum> byMonth;
    std::set<std::string> providers;
    std::set<std::string> currencies;
    std::set<std::string> categories;
    std::set<BatchKind> kinds;
    for (const auto& scope : m_delivered.scopes) {
        for (const Row& row : scope.second) {
            kinds.insert(row.kind);
            currencies.insert(cell(row, "BillingCurrency"));
            categories.insert(cell(row, "ChargeCategory"));
            providers.insert(cell(row, "ProviderName"));
            if (row.kind == BatchKind::Billed)
                byMonth[row.month].add(*parseDecimal(cell(row, "BilledCost")));
        }
    }
    QCOMPARE(kinds.size(), std::size_t{3});
    QCOMPARE(currencies, (std::set<std::string>{"EUR", "USD"}));
    QCOMPARE(categories, (std::set<std::string>{"Credit", "Purchase", "Tax", "Usage"}));
    for (const char* provider :
        {"AWS", "Microsoft", "Google Cloud", "Oracle", "OpenAI", "Anthropic", "Mistral AI"})
        QVERIFY2(providers.contains(provider), provider);
    const auto millions = [&](const char* month) {
        return QString::fromStdString(byMonth[month].toString()).toDouble() / 1e6;
    };
    QVERIFY(millions("2026-09") > 0.5 && millions("2026-09") < 1.2);
#if !defined(__SANITIZE_ADDRESS__)
    QCOMPARE(byMonth.size(), std::size_t{24});
    QVERIFY(m_delivered.rows > 60'000 && m_delivered.rows < 125'000);
    QVERIFY(millions("2024-11") > 0.3 && millions("2024-11") < 0.6);
#endif
}

void tst_DemoCompany::restatedMonth()
{
    QCOMPARE(m_delivered.superseded.size(), std::size_t{1});
    const std::string scope = m_delivered.superseded.begin()->first;
    const auto sum = [](const std::vector<Row>& rows) {
        DecimalSum total;
        for (const Row& row : rows)
            total.add(*parseDecimal(cell(row, "BilledCost")));
        return total;
    };
    DecimalSum difference = sum(m_delivered.scopes.at(scope));
    difference.subtract(sum(m_delivered.superseded.at(scope)));
    QVERIFY2(m_delivered.truth.find("\"" + difference.toString() + "\"") != std::string::npos,
        difference.toString().c_str());
}

void tst_DemoCompany::organisationAndRules()
{
    const auto org = parseOrganisationCsv(m_company->organisationCsv(), "org");
    QVERIFY_OK(org);
    QCOMPARE(org->workflows.size(), std::size_t{60});
    QVERIFY(org->breakpoints().size() >= 2);
    std::size_t heads = 0;
    for (const Person& person : org->people)
        heads += std::count(person.roles.begin(), person.roles.end(), "Department") > 0
                && !person.scope.empty()
            ? 1
            : 0;
    QVERIFY(heads >= 12);
    const RulesetCheck check = checkRuleset(m_company->rulesetJson());
    QVERIFY(check.ruleset.has_value());
    for (const RulesetRemark& remark : check.remarks)
        QFAIL(remark.what.c_str());
}

// Under the company's own rules: every category, every department, at least three values of
// everything, and a part that is nobody's.
void tst_DemoCompany::everythingHasItsPlace()
{
    std::map<KeyId, DecimalSum> billedBy;
    KeyDictionary keys;
    collectKeys(m_delivered, keys, billedBy);
    QVERIFY2(keys.keyCount() < 3'000, std::to_string(keys.keyCount()).c_str());
    const auto org = parseOrganisationCsv(m_company->organisationCsv(), "org");
    auto ruleset = parseRuleset(m_company->rulesetJson(), "rules");
    QVERIFY_OK(ruleset);
    ruleset->number = 2;
    const std::vector<Ruleset> rulesets{defaultRuleset(), *ruleset};
    const auto table = attribute(keys, rulesets, *org, std::nullopt, {});
    QVERIFY_OK(table);
    std::array<std::set<std::string>, AttributeCount> values;
    DecimalSum total;
    DecimalSum unowned;
    for (const auto& item : billedBy) {
        const Assignment& assignment = table->of(item.first, Today.plusDays(-20));
        total.add(*parseDecimal(item.second.toString()));
        for (const AttributionPart& part : assignment.parts)
            for (std::size_t i = 0; i < AttributeCount; ++i)
                if (part.values[i] != 0)
                    values[i].insert(std::string{table->strings.text(part.values[i])});
        if (assignment.parts.front().values[static_cast<std::size_t>(Attribute::Unit)] == 0)
            unowned.add(*parseDecimal(item.second.toString()));
    }
    const auto of = [&](Attribute attribute) -> const std::set<std::string>& {
        return values[static_cast<std::size_t>(attribute)];
    };
    QCOMPARE(of(Attribute::Category),
        (std::set<std::string>{SpendCategories.begin(), SpendCategories.end()}));
    for (std::size_t i = 0; i < DemoOrganisation::DepartmentCount; ++i)
        QVERIFY(of(Attribute::Unit).contains(std::string{DemoOrganisation::department(i).id}));
    for (const Attribute attribute : {Attribute::Owner, Attribute::Unit, Attribute::CostCentre,
             Attribute::Workflow, Attribute::Vendor, Attribute::Model, Attribute::Environment})
        QVERIFY2(of(attribute).size() >= 3, std::string{attributeName(attribute)}.c_str());
    for (const std::string& unit : of(Attribute::Unit))
        QVERIFY2(org->unit(unit, Today) != nullptr, unit.c_str());
    for (const std::string& environment : of(Attribute::Environment))
        QVERIFY2((std::set<std::string>{"production", "staging", "development", "test"})
                     .contains(environment),
            environment.c_str());
    const double share = QString::fromStdString(unowned.toString()).toDouble()
        / QString::fromStdString(total.toString()).toDouble();
    qInfo("%zu keys, %.1f %% without a unit", keys.keyCount(), share * 100);
    QVERIFY(share > 0.04 && share < 0.14);
}

QTEST_GUILESS_MAIN(tst_DemoCompany)
#include "tst_DemoCompany.moc"
