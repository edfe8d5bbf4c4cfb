// SPDX-License-Identifier: GPL-3.0-or-later
// A file that is not written as FOCUS writes (commas in numbers, names of its own, days without
// times) is read through a profile or a mapping. What `charges` and `explain` then say of a row is
// what the figures count and what the import found, never the file's own text.
#include "tests/support/FocusRows.h"
#include "tests/support/LedgerFacts.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/support/TempLedger.h"

#include <fstream>

using namespace sluice;
using sluice::test::FocusHeader;
using sluice::test::focusRow;
using sluice::test::TempLedger;

namespace {

constexpr int Rows = 60;

using Choices = std::vector<std::pair<std::string, std::vector<std::string>>>; // by column

std::string quoted(const std::string& text)
{
    std::string out{"\""};
    for (const char c : text)
        out.append(c == '"' ? 2 : 1, c);
    return out + "\"";
}

// A header and rows with one of the choices in each column.
std::string randomFile(const Choices& choices, SeededRandom& random)
{
    std::string text;
    for (const auto& [column, values] : choices)
        text += (text.empty() ? "" : ",") + column;
    for (int row = 0; row < Rows; ++row) {
        std::string_view separator{"\n"};
        for (const auto& [column, values] : choices) {
            text.append(separator).append(quoted(values[random.below(values.size())]));
            separator = ",";
        }
    }
    return text + "\n";
}

// German numbers and days, service names of the house.
Choices houseColumns()
{
    const std::vector<std::string> costs{"1.234,50", "0,07", "-12,5", "1.000.000,25", "3"};
    return {{"Brutto", costs}, {"EffectiveCost", costs}, {"ListCost", {"1.234,50", "", "k. A."}},
        {"ContractedCost", {"0,07", ""}}, {"BillingCurrency", {"EUR"}}, {"BillingAccountId", {"A"}},
        {"BillingAccountName", {"acc A"}}, {"BillingPeriodStart", {"01.09.2026"}},
        {"BillingPeriodEnd", {"01.10.2026"}}, {"ChargePeriodStart", {"03.09.2026", "04.09.2026"}},
        {"ChargePeriodEnd", {"05.09.2026"}},
        {"ChargeCategory", {"Verbrauch", "Usage", "Steuer", "Irgendwas"}},
        {"ChargeDescription", {"d", "2,5 Std. zu 1.234,50", ""}},
        {"ServiceName", {"Dienst", "Anderer", ""}}, {"ServiceCategory", {"Compute"}},
        {"ProviderName", {"P"}}, {"PublisherName", {"P", ""}}, {"InvoiceIssuerName", {"P"}},
        {"PricingQuantity", {"2,5", "1.000", "", "NULL", "viele"}}, {"PricingUnit", {"Hours", ""}},
        {"ListUnitPrice", {"1,5E-3", "0,10", ""}}, {"x_Note", {"1,50", "NULL", "On-Demand"}},
        {"PricingCategory", {"On-Demand", "Dynamic", ""}}};
}

constexpr std::string_view HouseMapping = R"({"decimal": ",", "thousands": ".",
    "dates": "day_first", "columns": {"BilledCost": ["Brutto"]},
    "values": {"ServiceName": {"Dienst": "Service"},
               "ChargeCategory": {"Verbrauch": "Usage", "Steuer": "Tax"}}})";

Choices azureColumns()
{
    return {{"BillingAccountId", {"8611537"}}, {"BillingAccountName", {"Trey Research"}},
        {"BillingPeriodStartDate", {"09/01/2026", ""}},
        {"BillingPeriodEndDate", {"09/30/2026", "", "NULL"}}, {"SubscriptionId", {"s-1", "s-2"}},
        {"SubscriptionName", {"Lab"}}, {"Date", {"09/13/2026", "9/2/2026"}}, {"MeterId", {"m-1"}},
        {"MeterCategory", {"Virtual Machines", "Storage"}}, {"MeterName", {"B1s", ""}},
        {"Quantity", {"1", "24", "0.5", ""}}, {"CostInBillingCurrency", {"3.25", "1e-3", "-2"}},
        {"UnitPrice", {"3.25", ""}}, {"BillingCurrencyCode", {"USD"}}, {"ResourceId", {"/r/1", ""}},
        {"UnitOfMeasure", {"1 Hour", ""}},
        {"ChargeType", {"Usage", "UnusedReservation", "Purchase", "Refund", "RoundingAdjustment"}},
        {"Frequency", {"UsageBased", "OneTime", "Recurring"}}, {"PublisherName", {"Microsoft", ""}},
        {"PayGPrice", {"3.5", "0"}}, {"Tags", {"", "{\"team\": \"a\"}", "\"team\": \"a\""}}};
}

Choices gatewayColumns()
{
    const std::string start{"2026-09-02T00:00:00Z"};
    const std::string end{"2026-09-03T00:00:00Z"};
    return {{"BilledCost", {"0.123456"}}, {"BillingAccountId", {"88dc", ""}},
        {"BillingAccountName", {"k", ""}}, {"BillingAccountType", {"API Key"}},
        {"BillingCurrency", {"USD"}}, {"BillingPeriodEnd", {end}}, {"BillingPeriodStart", {start}},
        {"ChargeCategory", {"Usage"}}, {"ChargeClass", {""}}, {"ChargeDescription", {"gpt-4o"}},
        {"ChargeFrequency", {"Usage-Based"}}, {"ChargePeriodEnd", {end}},
        {"ChargePeriodStart", {start}}, {"ConsumedQuantity", {"1.000000"}},
        {"ConsumedUnit", {"Requests"}}, {"ContractedCost", {"0.123456"}},
        {"ContractedUnitPrice", {""}}, {"EffectiveCost", {"0.123456"}},
        {"InvoiceIssuerName", {"openai"}}, {"InvoiceId", {""}}, {"ListCost", {"0.123456"}},
        {"ListUnitPrice", {""}}, {"PricingCategory", {"Standard", ""}},
        {"PricingQuantity", {"1.0"}}, {"PricingUnit", {"Requests"}}, {"ProviderName", {"openai"}},
        {"PublisherName", {"openai"}}, {"RegionId", {"", "eu"}}, {"ResourceId", {"gpt-4o"}},
        {"ResourceName", {"gpt-4o"}}, {"ResourceType", {"gpt-4o"}},
        {"ServiceCategory", {"AI and Machine Learning"}}, {"ServiceSubcategory", {"Generative AI"}},
        {"ServiceName", {"gpt-4o"}}, {"SubAccountId", {"t", ""}}, {"SubAccountName", {"", "team"}},
        {"SubAccountType", {""}}, {"Tags", {"", "{\"a\": \"b\"}", "{"}}};
}

std::string valueOf(const ChargeView& charge, std::string_view column)
{
    const auto found = std::find_if(charge.columns.begin(), charge.columns.end(),
        [column](const auto& value) { return value.first == column; });
    return found == charge.columns.end() ? std::string{"(no column)"} : found->second;
}

ChargePage allCharges(TempLedger& ledger, BatchKind kind, const DimensionFilter* where = nullptr)
{
    ChargeQuery query;
    query.filter.kind = kind;
    query.limit = 10 * Rows;
    if (where)
        query.filter.where.push_back(*where);
    auto page = SpendService{ledger.workspace()}.charges(query, Principal::owner(), {});
    return page.ok() ? std::move(page).value() : ChargePage{};
}

// Rules that compare the rows of a whole file.
bool isOfTheFile(const std::string& rule)
{
    return rule == "ServiceName-C-005-C" || rule == "ServiceName-C-008-C"
        || rule == "SkuPriceId-C-008-M" || rule == "CommitmentDiscountUnit-C-008-M";
}

QString shown(const std::map<std::string, Verdict>& verdicts)
{
    QString text;
    for (const auto& [rule, v] : verdicts)
        text += QStringLiteral("%1 of %2, %3: %4 rows, line %5, '%6', %7\n")
                    .arg(QString::fromStdString(rule), QString::fromStdString(v.column),
                        QString::fromUtf8(verdictLevelName(v.level).data()))
                    .arg(v.rows)
                    .arg(v.firstLine)
                    .arg(QString::fromStdString(v.sample), QString::fromStdString(v.fix));
    return text;
}

// What explain says of each row, added up, is what the batch says of its rows.
void requireSameVerdicts(TempLedger& ledger, const Batch& batch)
{
    std::map<std::string, Verdict> wanted;
    for (const Verdict& verdict : batch.verdicts) {
        if (verdict.rows > 0 && !isOfTheFile(verdict.rule))
            wanted.emplace(verdict.rule, verdict);
    }
    const SpendService service{ledger.workspace()};
    std::map<std::string, Verdict> found;
    for (std::uint64_t row = 1; row <= batch.rowsRead; ++row) {
        const auto explained
            = service.explain(batch.publicId + "-" + std::to_string(row), Principal::owner(), {});
        QVERIFY_OK(explained);
        for (const Verdict& verdict : explained->verdicts) {
            QCOMPARE(verdict.rows, std::uint64_t{1});
            const auto [known, isFirst] = found.emplace(verdict.rule, verdict);
            known->second.rows += isFirst ? 0 : 1;
        }
    }
    QVERIFY(!found.empty());
    QCOMPARE(shown(found), shown(wanted));
}

// The columns of the charges give the figures that `spend` gives.
void requireSameFigures(
    TempLedger& ledger, BatchKind kind, const char* dimension, std::string_view column)
{
    std::map<std::string, Int128> wanted;
    SpendQuery query;
    query.kind = kind;
    query.by.push_back(*parseDimension(dimension));
    const auto spend = SpendService{ledger.workspace()}.spend(query, {}, Principal::owner(), {});
    QVERIFY_OK(spend);
    for (const SpendRow& row : spend->rows)
        wanted[row.values.front()] += row.amount;
    std::map<std::string, Int128> found;
    for (const ChargeView& charge : allCharges(ledger, kind).rows) {
        const std::string value = valueOf(charge, column);
        found[value.empty() ? "(none)" : value] += charge.costs[0];
    }
    QVERIFY(!found.empty());
    for (const auto& [value, amount] : wanted)
        QVERIFY2(found[value] == amount, value.c_str());
    QCOMPARE(found.size(), wanted.size());
}

void requireSameFacts(TempLedger& ledger, BatchKind kind)
{
    for (const ChargeView& charge : allCharges(ledger, kind).rows) {
        for (const Measure measure : Measures) {
            const auto m = static_cast<std::size_t>(measure);
            const std::string text = valueOf(charge, measureColumn(measure));
            const bool isNull = ((charge.nullCosts >> m) & 1U) != 0;
            if (isNull) {
                QVERIFY2(text.empty() || text == "(no column)", text.c_str());
                continue;
            }
            const auto exact = parseDecimal(text);
            QVERIFY_OK(exact);
            Int128 units = 0;
            QVERIFY(rescale(*exact, charge.currency.scale(), Rounding::HalfEven, units));
            QVERIFY(units == charge.costs[m]);
        }
        QCOMPARE(valueOf(charge, "ChargePeriodStart"), charge.day.toIso() + "T00:00:00Z");
    }
}

} // namespace

class tst_MappedCharges : public QObject {
    Q_OBJECT

private slots:
    void aFileInTheNotationOfTheHouse()
    {
        SeededRandom random{sluice::test::seed(2)};
        TempLedger ledger;
        const Batch batch = houseBatch(ledger, random);
        QCOMPARE(batch.rowsAccepted, std::uint64_t{Rows});
        requireSameVerdicts(ledger, batch);
        requireSameFigures(ledger, BatchKind::Billed, "service", "ServiceName");
        requireSameFigures(ledger, BatchKind::Billed, "charge_category", "ChargeCategory");
        requireSameFacts(ledger, BatchKind::Billed);
        const std::map<std::string, std::string> values{{"2,5", "2.5"}, {"1.000", "1000"}, {"", ""},
            {"NULL", ""}, {"viele", ""}, {"1,5E-3", "0.0015"}, {"0,10", "0.10"}, {"1,50", "1,50"},
            {"On-Demand", "On-Demand"}};
        const Choices columns = houseColumns();
        for (const ChargeView& charge : allCharges(ledger, BatchKind::Billed).rows) {
            for (const auto& [column, choices] : columns) {
                const std::string value = valueOf(charge, column);
                const bool isNumber = column == "PricingQuantity" || column == "ListUnitPrice";
                if (!isNumber && column != "x_Note")
                    continue;
                QVERIFY2(std::any_of(choices.begin(), choices.end(),
                             [&](const std::string& text) { return values.at(text) == value; }),
                    value.c_str());
            }
            QVERIFY(valueOf(charge, "PricingCategory") != "On-Demand");
        }
    }

    void theRawTextIsInTheRawLine()
    {
        TempLedger ledger;
        const std::string path = ledger.file(QStringLiteral("mapping.json"));
        std::ofstream{path} << R"({"decimal": ",", "thousands": "."})";
        ImportRequest request;
        request.mappingFile = path;
        const auto report = ledger.import("a.csv", FocusHeader + focusRow("\"1.234,50\""), request);
        QVERIFY_OK(report);
        const Batch& batch = report->batches.front().batch;
        const auto explained = SpendService{ledger.workspace()}.explain(
            batch.publicId + "-1", Principal::owner(), {});
        QVERIFY_OK(explained);
        QCOMPARE(valueOf(explained->charge, "BilledCost"), std::string{"1234.50"});
        QVERIFY(explained->rawLine.starts_with("\"1.234,50\","));
        requireSameVerdicts(ledger, batch);
    }

    void azureCostDetails()
    {
        SeededRandom random{sluice::test::seed(3)};
        TempLedger ledger;
        const auto report = ledger.import("azure.csv", randomFile(azureColumns(), random));
        QVERIFY_OK(report);
        const Batch& batch = report->batches.front().batch;
        QCOMPARE(batch.profile, std::string{"azure-cost-details"});
        QCOMPARE(batch.rowsAccepted, std::uint64_t{Rows});
        requireSameVerdicts(ledger, batch);
        requireSameFigures(ledger, BatchKind::Billed, "charge_category", "ChargeCategory");
        requireSameFigures(ledger, BatchKind::Billed, "service", "ServiceName");
        requireSameFacts(ledger, BatchKind::Billed);
        const DimensionFilter usage{*parseDimension("charge_category"), {"Usage"}};
        const ChargePage page = allCharges(ledger, BatchKind::Billed, &usage);
        QVERIFY(!page.rows.empty());
        for (const ChargeView& charge : page.rows) {
            QCOMPARE(valueOf(charge, "ChargeCategory"), std::string{"Usage"});
            QCOMPARE(valueOf(charge, "BillingPeriodStart"), std::string{"2026-09-01T00:00:00Z"});
            QCOMPARE(valueOf(charge, "BillingPeriodEnd"), std::string{"2026-10-01T00:00:00Z"});
            QVERIFY(valueOf(charge, "ChargeFrequency") != "UsageBased");
        }
    }

    // An empty period is derived where the profile says so; one that cannot be read is a fault.
    void periodsThatARowLeavesEmpty()
    {
        TempLedger ledger;
        const std::string header
            = "BillingAccountId,BillingPeriodStartDate,BillingPeriodEndDate,ChargePeriodEnd,Date,"
              "MeterCategory,CostInBillingCurrency,BillingCurrencyCode\n";
        const std::string file = header + "8,,,,09/13/2026,Storage,1,USD\n"
            + "8,10/01/2026,10/31/2026,,10/02/2026,Storage,2,USD\n"
            + "8,09/01/2026,,09/15/2026,09/13/2026,Storage,4,USD\n"
            + "8,,soon,,09/13/2026,Storage,8,USD\n" + "8,soon,,,09/13/2026,Storage,16,USD\n"
            + "8,,,soon,09/13/2026,Storage,32,USD\n" + "8,,,,soon,Storage,64,USD\n"
            + "8,,,09/12/2026,09/13/2026,Storage,128,USD\n"
            + "8,10/01/2026,08/31/2026,,09/13/2026,Storage,256,USD\n";
        const auto report = ledger.import("azure.csv", file);
        QVERIFY_OK(report);
        const Batch& batch = report->batches.front().batch;
        QCOMPARE(batch.profile, std::string{"azure-cost-details"});
        QCOMPARE(batch.rowsAccepted, 3U);
        QCOMPARE(batch.scopes.size(), std::size_t{2}); // September and October
        const auto held
            = ImportService{ledger.workspace()}.quarantine(batch.publicId, 10, Principal::owner());
        QVERIFY_OK(held);
        std::string rules;
        for (const QuarantinedRow& row : *held)
            rules += row.rule + " ";
        QCOMPARE(rules,
            std::string{"BillingPeriodEnd-C-001-M BillingPeriodStart-C-001-M "
                        "ChargePeriodEnd-C-001-M ChargePeriodStart-C-001-M SLUICE-P1 SLUICE-P1a "});
        std::string periods;
        for (const ChargeView& charge : allCharges(ledger, BatchKind::Billed).rows) {
            for (const char* column : {"BillingPeriodStart", "BillingPeriodEnd", "ChargePeriodEnd"})
                periods += valueOf(charge, column).substr(0, 10) + " ";
        }
        QCOMPARE(periods,
            std::string{"2026-09-01 2026-10-01 2026-09-14 2026-10-01 2026-11-01 2026-10-03 "
                        "2026-09-01 2026-10-01 2026-09-15 "});
        const std::string facts = sluice::test::ledgerFacts(ledger.workspace());
        QVERIFY2(sluice::test::isSound(facts), facts.c_str());
    }

    void whatTheProfileWaives()
    {
        SeededRandom random{sluice::test::seed(4)};
        TempLedger ledger;
        const auto report = ledger.import("gateway.csv", randomFile(gatewayColumns(), random));
        QVERIFY_OK(report);
        const Batch& batch = report->batches.front().batch;
        QCOMPARE(batch.profile, std::string{"litellm-focus"});
        QVERIFY(std::any_of(batch.verdicts.begin(), batch.verdicts.end(),
            [](const Verdict& v) { return v.level == VerdictLevel::Waived && v.rows == Rows; }));
        requireSameVerdicts(ledger, batch);
        requireSameFacts(ledger, BatchKind::Estimated);
    }

    // Two rows together break it, neither does alone: it is the batch's to tell.
    void aRuleAboutTheWholeFile()
    {
        TempLedger ledger;
        const std::string file
            = "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargeCategory,ChargePeriodStart,"
              "ChargePeriodEnd,EffectiveCost,ListCost,ContractedCost,ServiceName,ServiceCategory,ProviderName\n"
              "1,a,USD,2026-09-01T00:00:00Z,2026-10-01T00:00:00Z,Usage,2026-09-02T00:00:00Z,2026-09-03T00:00:00Z,1,1,1,S,Compute,P\n"
              "1,a,USD,2026-09-01T00:00:00Z,2026-10-01T00:00:00Z,Usage,2026-09-02T00:00:00Z,2026-09-03T00:00:00Z,1,1,1,S,Storage,P\n";
        const auto report = ledger.import("a.csv", file);
        QVERIFY_OK(report);
        const Batch& batch = report->batches.front().batch;
        QVERIFY(std::any_of(batch.verdicts.begin(), batch.verdicts.end(),
            [](const Verdict& v) { return v.rule == "ServiceName-C-005-C" && v.rows == 2; }));
        for (const char* row : {"-1", "-2"}) {
            const auto explained = SpendService{ledger.workspace()}.explain(
                batch.publicId + row, Principal::owner(), {});
            QVERIFY_OK(explained);
            for (const Verdict& verdict : explained->verdicts)
                QVERIFY(verdict.rule != "ServiceName-C-005-C");
        }
    }

private:
    static Batch houseBatch(TempLedger& ledger, SeededRandom& random)
    {
        const std::string path = ledger.file(QStringLiteral("mapping.json"));
        std::ofstream{path} << HouseMapping;
        ImportRequest request;
        request.mappingFile = path;
        const auto report = ledger.import("house.csv", randomFile(houseColumns(), random), request);
        return report.ok() ? report->batches.front().batch : Batch{};
    }
};

QTEST_GUILESS_MAIN(tst_MappedCharges)
#include "tst_MappedCharges.moc"
