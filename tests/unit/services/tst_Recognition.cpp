// SPDX-License-Identifier: GPL-3.0-or-later
// What a file is taken for decides whether its money was billed: a bill must never become an
// estimate, nor an estimate a bill.
#include "core/services/SpendService.h"
#include "tests/support/Qt.h"
#include "tests/support/TempLedger.h"

#include <fstream>

using namespace sluice;
using sluice::test::TempLedger;

namespace {

using Cells = std::vector<std::pair<std::string, std::string>>; // column → value, in file order

Cells gatewayRow()
{
    return {{"BilledCost", "0.123456"}, {"BillingAccountId", "88dc28d0"},
        {"BillingAccountName", "k"}, {"BillingAccountType", "API Key"}, {"BillingCurrency", "USD"},
        {"BillingPeriodEnd", "2026-09-03T00:00:00Z"},
        {"BillingPeriodStart", "2026-09-02T00:00:00Z"}, {"ChargeCategory", "Usage"},
        {"ChargeClass", ""}, {"ChargeDescription", "gpt-4o"}, {"ChargeFrequency", "Usage-Based"},
        {"ChargePeriodEnd", "2026-09-03T00:00:00Z"}, {"ChargePeriodStart", "2026-09-02T00:00:00Z"},
        {"ConsumedQuantity", "1.000000"}, {"ConsumedUnit", "Requests"},
        {"ContractedCost", "0.123456"}, {"ContractedUnitPrice", ""}, {"EffectiveCost", "0.123456"},
        {"InvoiceIssuerName", "openai"}, {"InvoiceId", ""}, {"ListCost", "0.123456"},
        {"ListUnitPrice", ""}, {"PricingQuantity", "1.0"}, {"PricingUnit", "Requests"},
        {"ProviderName", "openai"}, {"PublisherName", "openai"}, {"ResourceId", "gpt-4o"},
        {"ResourceName", "gpt-4o"}, {"ResourceType", "gpt-4o"},
        {"ServiceCategory", "AI and Machine Learning"}, {"ServiceSubcategory", "Generative AI"},
        {"ServiceName", "gpt-4o"}, {"SubAccountId", "t"}, {"SubAccountName", ""},
        {"SubAccountType", ""}, {"Tags", ""}};
}

// One request of an invoiced service: what most looks like a gateway's row.
Cells billRow()
{
    Cells row;
    for (auto [column, value] : gatewayRow()) {
        if (column == "BillingPeriodStart")
            value = "2026-09-01T00:00:00Z";
        else if (column == "BillingPeriodEnd")
            value = "2026-10-01T00:00:00Z";
        else if (column == "ProviderName" || column == "InvoiceIssuerName")
            value = "AWS";
        else if (column.ends_with("Quantity"))
            value = "1";
        else if (column.ends_with("UnitPrice"))
            value = "0.123456";
        row.emplace_back(column, value);
    }
    row.emplace_back("SkuId", "s1");
    return row;
}

Cells with(Cells row, const std::string& column, const std::string& value)
{
    const auto found = std::find_if(
        row.begin(), row.end(), [&](const auto& cell) { return cell.first == column; });
    if (found == row.end())
        row.emplace_back(column, value);
    else
        found->second = value;
    return row;
}

std::string csv(const std::vector<Cells>& rows)
{
    std::string text;
    for (const auto& [column, value] : rows.front())
        text += (text.empty() ? "" : ",") + column;
    for (const Cells& row : rows) {
        text += "\n" + row.front().second;
        for (std::size_t i = 1; i < row.size(); ++i)
            text += "," + row[i].second;
    }
    return text + "\n";
}

std::string billed(TempLedger& ledger, BatchKind kind = BatchKind::Billed)
{
    SpendQuery query;
    query.kind = kind;
    const auto answer = SpendService{ledger.workspace()}.spend(query, {}, Principal::owner(), {});
    return !answer.ok() ? errorSentence(answer.error())
        : answer->totals.empty()
        ? "0"
        : amountText(answer->totals.front().amount, answer->totals.front().currency);
}

} // namespace

class tst_Recognition : public QObject {
    Q_OBJECT

private slots:
    void onlyAGatewaysExportIsAnEstimate_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("profile");
        const auto add = [](const char* name, const std::vector<Cells>& rows, const char* profile) {
            QTest::newRow(name) << QByteArray::fromStdString(csv(rows)) << QByteArray{profile};
        };
        const Cells ours = gatewayRow();
        add("as it is exported", {ours, ours}, "litellm-focus");
        add("whole numbers", {with(with(ours, "ConsumedQuantity", "1"), "PricingQuantity", "1.0")},
            "litellm-focus");
        add("costs with other zeros", {with(ours, "EffectiveCost", "0.1234560")}, "litellm-focus");
        add("a model without a name",
            {ours,
                with(with(with(with(ours, "ResourceId", ""), "ResourceName", ""), "ResourceType",
                         ""),
                    "ChargeDescription", "")},
            "litellm-focus");
        add("a bill that begins with one request", {billRow()}, "focus");
        add("a month", {with(ours, "BillingPeriodEnd", "2026-10-01T00:00:00Z")}, "focus");
        add("a later row of another unit", {ours, with(ours, "ConsumedUnit", "Tokens")}, "focus");
        add("a later row of another quantity", {ours, with(ours, "PricingQuantity", "2")}, "focus");
        add("a price", {with(ours, "ListUnitPrice", "0.1")}, "focus");
        add("a discount", {with(ours, "EffectiveCost", "0.1")}, "focus");
        add("a resource of its own", {with(ours, "ResourceId", "arn:1")}, "focus");
        add("a SKU", {with(ours, "SkuId", "s1")}, "focus");
        Cells cloud = ours;
        for (const char* column : {"ProviderName", "PublisherName", "InvoiceIssuerName"})
            cloud = with(cloud, column, "AWS");
        add("a cloud provider", {cloud}, "focus");
        add("columns of AWS", {with(ours, "x_ServiceCode", "AWSLambda")}, "aws-focus");
        add("columns of Azure", {with(ours, "x_SkuMeterId", "1")}, "azure-focus");
        add("columns of Google", {with(ours, "x_Credits", "")}, "gcp-focus");
        add("columns of anybody",
            {with(with(billRow(), "x_Project", "atlas"), "x_CurrencyConversionRate", "1.1")},
            "focus");
        add("columns of Oracle", {with(ours, "oci_CompartmentId", "c")}, "oracle-focus");
    }

    void onlyAGatewaysExportIsAnEstimate()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, profile);
        TempLedger ledger;
        const auto report = ledger.import("a.csv", text.toStdString());
        QVERIFY_OK(report);
        const Batch& batch = report->batches.front().batch;
        QCOMPARE(QByteArray::fromStdString(batch.profile), profile);
        QCOMPARE(batch.kind, profile == "litellm-focus" ? BatchKind::Estimated : BatchKind::Billed);
    }

    void aBillStaysABillWhereverItsRequestsStand()
    {
        const Cells request = with(billRow(), "x_ServiceCode", "AWSLambda");
        Cells machine = with(with(request, "ConsumedUnit", "Hours"), "PricingUnit", "Hours");
        machine = with(with(machine, "BilledCost", "100"), "SkuId", "s2");
        TempLedger ledger;
        QVERIFY_OK(ledger.import("a.csv", csv({machine, request})));
        QCOMPARE(billed(ledger), std::string{"100.123456"});
        const auto restated
            = ledger.import("b.csv", csv({request, with(machine, "BilledCost", "120")}));
        QVERIFY_OK(restated);
        QVERIFY(!restated->batches.front().batch.scopes.front().supersedes.empty());
        QCOMPARE(billed(ledger), std::string{"120.123456"});
        QCOMPARE(billed(ledger, BatchKind::Estimated), std::string{"0"});
    }

    void knownGapsOfAProviderAreWaived_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<QString>("rules");
        QTest::newRow("a gateway has no prices") << csv(
            {gatewayRow()}) << QStringLiteral("ListUnitPrice-C-005-C ContractedUnitPrice-C-006-C");
        Cells azure = with(billRow(), "x_BillingProfileId", "p");
        // six decimals: half a unit of a bare 0 would be more than the cost
        for (const char* cost : {"ListCost", "ContractedCost"})
            azure = with(azure, cost, "0.000000");
        QTest::newRow("Azure writes 0 where it has no price") << csv(
            {azure}) << QStringLiteral("ListCost-C-009-C ContractedUnitPrice-C-011-C SLUICE-A6b");
        QTest::newRow("a converter of Google's leaves no effective cost below 0") << csv(
            {with(with(with(billRow(), "x_CostType", "regular"), "EffectiveCost", "0"),
                "ContractedCost", "-1")}) << QStringLiteral("SLUICE-A6b");
    }
    void knownGapsOfAProviderAreWaived()
    {
        QFETCH(std::string, text);
        QFETCH(QString, rules);
        TempLedger ledger;
        const auto report = ledger.import("a.csv", text);
        QVERIFY_OK(report);
        const auto& verdicts = report->batches.front().batch.verdicts;
        for (const QString& rule : rules.split(u' ')) {
            const auto found = std::find_if(verdicts.begin(), verdicts.end(),
                [&](const Verdict& verdict) { return verdict.rule == rule.toStdString(); });
            QVERIFY2(found != verdicts.end(), qPrintable(rule));
            QVERIFY2(found->level == VerdictLevel::Waived, qPrintable(rule));
        }
    }

    void theFilesOfADeliveryAreOfOneKind()
    {
        const QTemporaryDir folder;
        const auto write = [&folder](const char* name, const std::string& text) {
            std::ofstream{folder.filePath(QLatin1String(name)).toStdString()} << text;
        };
        write("a.csv", csv({with(billRow(), "BilledCost", "100")}));
        write("b.csv", csv({gatewayRow()}));
        // a part without rows has no say
        write("c.csv", csv({gatewayRow()}).substr(0, csv({gatewayRow()}).find('\n') + 1));
        TempLedger ledger;
        ImportService service{ledger.workspace()};
        ImportRequest request;
        request.paths.push_back(folder.path().toStdString());
        const auto refused = service.import(request, Principal::owner(), {});
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::BadInput);
        const std::string sentence = errorSentence(refused.error());
        for (const char* part : {"a.csv", "b.csv", "billed", "estimated", "--kind"})
            QVERIFY2(sentence.find(part) != std::string::npos, sentence.c_str());
        QCOMPARE(billed(ledger), std::string{"0"});
        request.kind = BatchKind::Billed;
        QVERIFY_OK(service.import(request, Principal::owner(), {}));
        QCOMPARE(billed(ledger), std::string{"100.123456"});
    }

    void theFilesOfADeliveryAreReadInOneWay()
    {
        const QTemporaryDir folder;
        const auto write = [&folder](const char* name, const std::string& text) {
            std::ofstream{folder.filePath(QLatin1String(name)).toStdString()} << text;
        };
        write("a.csv", csv({billRow()}));
        write("b.csv",
            "Date,MeterCategory,CostInBillingCurrency,BillingCurrencyCode,BillingAccountId\n"
            "01/02/2026,Compute,3,USD,a1\n");
        TempLedger ledger;
        ImportRequest request;
        request.paths.push_back(folder.path().toStdString());
        const auto refused
            = ImportService{ledger.workspace()}.import(request, Principal::owner(), {});
        QVERIFY(!refused.ok());
        const std::string sentence = errorSentence(refused.error());
        for (const char* part : {"a.csv", "b.csv", "cost details"})
            QVERIFY2(sentence.find(part) != std::string::npos, sentence.c_str());
        // Profiles that differ in name alone may stand side by side.
        write("b.csv", csv({with(billRow(), "x_ServiceCode", "AWSLambda")}));
        const auto both = ImportService{ledger.workspace()}.import(request, Principal::owner(), {});
        QVERIFY_OK(both);
        QCOMPARE(both->batches.front().batch.profile, std::string{"focus"});
        QCOMPARE(billed(ledger), std::string{"0.246912"});
    }
};

QTEST_GUILESS_MAIN(tst_Recognition)
#include "tst_Recognition.moc"
