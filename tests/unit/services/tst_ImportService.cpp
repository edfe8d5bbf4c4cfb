// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/MaintenanceService.h"
#include "core/services/OwnershipService.h"
#include "core/services/SpendService.h"
#include "tests/support/Qt.h"
#include "tests/support/TempLedger.h"

#include <fstream>

using namespace sluice;
using sluice::test::TempLedger;

namespace {

const std::string Header = "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargeCategory,ChargePeriodStart,ChargePeriodEnd,"
                           "EffectiveCost,ListCost,ContractedCost,ServiceName,ProviderName,ResourceId,Tags\n";

std::string row(const std::string& cost, const std::string& service = "Inference", const std::string& day = "2026-09-03", const std::string& account = "acc-1")
{
    return cost + "," + account + ",USD,2026-09-01T00:00:00Z,2026-10-01T00:00:00Z,Usage," + day + "T00:00:00Z," + day + "T01:00:00Z," + cost + "," + cost + ",," + service
        + ",OpenAI,res-1,\"{\"\"team\"\": \"\"search\"\"}\"\n";
}

std::string amountOf(TempLedger& ledger, const std::string& service)
{
    SpendQuery query;
    query.by.push_back(*parseDimension("service"));
    const auto answer = SpendService{ledger.workspace()}.spend(query, {}, Principal::owner(), {});
    if (!answer.ok())
        return errorSentence(answer.error());
    for (const SpendRow& found : answer->rows) {
        if (found.values.front() == service)
            return amountText(found.amount, found.currency);
    }
    return "none";
}

} // namespace

class tst_ImportService : public QObject {
    Q_OBJECT

private slots:
    void storesChargesAndProvesThem()
    {
        TempLedger ledger;
        const auto report = ledger.import("sept.csv", Header + row("1.5") + row("0.0000000001") + row("-0.25", "Refunds"));
        QVERIFY_OK(report);
        const Batch& batch = report->batches.front().batch;
        QCOMPARE(batch.rowsRead, 3U);
        QCOMPARE(batch.rowsAccepted, 3U);
        QCOMPARE(batch.source, std::string{"openai"});
        QCOMPARE(batch.controlTotals.front().file, std::string{"1.2500000001"});
        QCOMPARE(batch.controlTotals.front().ledger, std::string{"1.25"});
        QCOMPARE(batch.controlTotals.front().residual, std::string{"0.0000000001"});
        QCOMPARE(amountOf(ledger, "Inference"), std::string{"1.5"});

        const auto explained = SpendService{ledger.workspace()}.explain(batch.publicId + "-3", Principal::owner(), {});
        QVERIFY_OK(explained);
        QCOMPARE(explained->line, 4U);
        QCOMPARE(explained->rawLine + "\n", row("-0.25", "Refunds"));
        QCOMPARE(explained->document.name, std::string{"sept.csv"});

        const auto checks = MaintenanceService{ledger.workspace()}.verify(Principal::owner(), {});
        QVERIFY_OK(checks);
        for (const VerifyCheck& check : *checks)
            QVERIFY2(check.passed, (check.name + ": " + check.detail).c_str());
    }

    void sameFileIsANoOp()
    {
        TempLedger ledger;
        QVERIFY_OK(ledger.import("a.csv", Header + row("1")));
        const std::uint64_t before = ledger.workspace().revision();
        const auto again = ledger.import("b.csv", Header + row("1"));
        QVERIFY_OK(again);
        QCOMPARE(again->batches.front().status, BatchStatus::Unchanged);
        QCOMPARE(ledger.workspace().revision(), before);
        QCOMPARE(amountOf(ledger, "Inference"), std::string{"1"});
    }

    void identicalRowsAreLegal()
    {
        TempLedger ledger;
        QVERIFY_OK(ledger.import("a.csv", Header + row("1") + row("1")));
        QCOMPARE(amountOf(ledger, "Inference"), std::string{"2"});
    }

    void restatementReplacesTheScope()
    {
        TempLedger ledger;
        const auto first = ledger.import("a.csv", Header + row("10") + row("4", "Storage") + row("3", "Inference", "2026-09-04", "acc-2"));
        QVERIFY_OK(first);
        ledger.clock().set(Timestamp::fromSeconds(1'770'000'000));
        const auto second = ledger.import("b.csv", Header + row("12") + row("4", "Storage"));
        QVERIFY_OK(second);
        QCOMPARE(second->batches.front().batch.scopes.front().supersedes, first->batches.front().batch.publicId);
        QCOMPARE(amountOf(ledger, "Inference"), std::string{"15"}); // acc-2 was not restated

        SpendQuery query;
        const auto then = SpendService{ledger.workspace()}.spend(query, {Timestamp::fromSeconds(1'765'000'000), {}}, Principal::owner(), {});
        QVERIFY_OK(then);
        QCOMPARE(amountText(then->totals.front().amount, then->totals.front().currency), std::string{"17"});

        const auto diff = ImportService{ledger.workspace()}.diff(second->batches.front().batch.publicId, {}, Principal::owner(), {});
        QVERIFY_OK(diff);
        QCOMPARE(diff->rows.size(), std::size_t{1});
        QCOMPARE(amountText(diff->rows.front().difference(Measure::BilledCost), diff->rows.front().currency), std::string{"2"});
    }

    void muchSmallerDeliveryIsRefused()
    {
        TempLedger ledger;
        QVERIFY_OK(ledger.import("a.csv", Header + row("10") + row("10") + row("10")));
        const auto refused = ledger.import("b.csv", Header + row("10"));
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::BadInput);
        QCOMPARE(amountOf(ledger, "Inference"), std::string{"30"});
        ImportRequest request;
        request.replaceSmaller = true;
        QVERIFY_OK(ledger.import("b.csv", Header + row("10"), request));
        QCOMPARE(amountOf(ledger, "Inference"), std::string{"10"});
    }

    void badRowsAreQuarantinedAndRetried()
    {
        TempLedger ledger;
        const auto report = ledger.import("a.csv", Header + row("1") + row("\"1.234,56\"") + row("NaN") + row("1e-7") + row("-0"));
        QVERIFY_OK(report);
        const Batch& batch = report->batches.front().batch;
        QCOMPARE(batch.rowsQuarantined, 2U);
        ImportService service{ledger.workspace()};
        const auto rows = service.quarantine(batch.publicId, 10, Principal::owner());
        QVERIFY_OK(rows);
        QCOMPARE(rows->size(), std::size_t{2});
        QCOMPARE(rows->front().line, 3U);
        QCOMPARE(rows->front().value, std::string{"1.234,56"});

        const std::string mapping = ledger.file(QStringLiteral("map.json"));
        std::ofstream{mapping} << R"({"decimal": ",", "thousands": "."})";
        const auto retried = service.retry(batch.publicId, mapping, Principal::owner(), {});
        QVERIFY_OK(retried);
        QCOMPARE(retried->batches.front().batch.publicId, batch.publicId);
        QCOMPARE(retried->batches.front().batch.rowsQuarantined, 1U);
        QCOMPARE(amountOf(ledger, "Inference"), std::string{"1235.5600001"});
    }

    void faultsNameTheirRule_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QByteArray>("rule");
        QTest::newRow("no currency") << QByteArray(",USD,") << QByteArray(",,") << QByteArray("BillingCurrency-C-004-M");
        QTest::newRow("bad currency") << QByteArray(",USD,") << QByteArray(",usd,") << QByteArray("SLUICE-Q1");
        QTest::newRow("no cost") << QByteArray("7,acc-1") << QByteArray(",acc-1") << QByteArray("BilledCost-C-003-M");
        QTest::newRow("bad cost") << QByteArray("7,acc-1") << QByteArray("7.000.0,acc-1") << QByteArray("BilledCost-C-001-M");
        QTest::newRow("too much") << QByteArray("7,acc-1") << QByteArray("70000000000000,acc-1") << QByteArray("SLUICE-Q2-BilledCost");
        QTest::newRow("no such day") << QByteArray("Usage,2026-09-03T") << QByteArray("Usage,2026-02-30T") << QByteArray("ChargePeriodStart-C-001-M");
        QTest::newRow("end before start") << QByteArray("Usage,2026-09-03T") << QByteArray("Usage,2026-09-09T") << QByteArray("SLUICE-P1");
        QTest::newRow("ragged") << QByteArray(",res-1,") << QByteArray(",res-1,one,two,") << QByteArray("SLUICE-Q3");
    }

    void faultsNameTheirRule()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QByteArray, rule);
        const QByteArray bad = QByteArray::fromStdString(row("7")).replace(from, to);
        TempLedger ledger;
        const auto report = ledger.import("a.csv", Header + row("1") + bad.toStdString() + row("2"));
        QVERIFY_OK(report);
        const Batch& batch = report->batches.front().batch;
        QCOMPARE(batch.rowsQuarantined, 1U);
        const auto rows = ImportService{ledger.workspace()}.quarantine(batch.publicId, 10, Principal::owner());
        QVERIFY_OK(rows);
        QCOMPARE(QByteArray::fromStdString(rows->front().rule), rule);
        QCOMPARE(rows->front().line, 3U);
        QCOMPARE(amountOf(ledger, "Inference"), std::string{"3"});
    }

    void cancelLeavesTheLedgerAsItWas()
    {
        TempLedger ledger;
        std::string text = Header;
        for (int i = 0; i < 20'000; ++i)
            text += row("1");
        StopToken stop;
        const TaskContext context{stop, [&stop](const Progress&) { stop.requestStop(); }};
        const auto cancelled = ledger.import("big.csv", text, {}, context);
        QVERIFY(!cancelled.ok());
        QCOMPARE(cancelled.error().code, ErrorCode::Cancelled);
        QCOMPARE(ledger.workspace().revision(), 1U);
        QCOMPARE(amountOf(ledger, "Inference"), std::string{"none"});
        QVERIFY_OK(ledger.import("big.csv", text));
        QCOMPARE(amountOf(ledger, "Inference"), std::string{"20000"});
    }

    void dryRunChangesNothing()
    {
        TempLedger ledger;
        ImportRequest request;
        request.dryRun = true;
        const auto report = ledger.import("a.csv", Header + row("1"), request);
        QVERIFY_OK(report);
        QCOMPARE(report->batches.front().batch.rowsAccepted, 1U);
        QCOMPARE(ledger.workspace().revision(), 1U);
    }

    void aSharedChargeTellsAScopedPersonTheirShareOnly()
    {
        TempLedger ledger;
        OwnershipService ownership{ledger.workspace()};
        const std::string organisation = "kind,id,name,parent,owner,roles,scope,cost_centre,unit,email,category,valid_from,valid_to\n"
                                         "unit,lab,Lab,,,,,,,,,,\nunit,ops,Ops,,,,,,,,,,\nperson,lea,Lea,,,Department,lab,,,,,,\n";
        QVERIFY_OK(ownership.importOrganisation(organisation, "org.csv", Principal::owner(), {}));
        const std::string rules = "{\"name\":\"half\",\"rules\":[{\"id\":\"half\",\"when\":[{\"field\":\"ServiceName\",\"present\":true}],"
                                  "\"split\":[{\"weight\":1,\"assign\":{\"unit\":\"lab\"}},{\"weight\":1,\"assign\":{\"unit\":\"ops\"}}]}]}";
        QVERIFY_OK(ownership.publishRuleset(rules, "rules.json", BusinessDate{}, Principal::owner(), {}));
        const auto report = ledger.import("a.csv", Header + row("10"));
        QVERIFY_OK(report);
        const auto lea = ledger.workspace().principal("lea");
        QVERIFY_OK(lea);
        const auto explained = SpendService{ledger.workspace()}.explain(report->batches.front().batch.publicId + "-1", *lea, {});
        QVERIFY_OK(explained);
        QCOMPARE(explained->charge.costs[0], std::int64_t{5'000'000'000});
        QVERIFY(explained->rawLine.empty());
        for (const auto& [column, text] : explained->charge.columns)
            QVERIFY2(text != "10", column.c_str());
    }

    void reopenedLedgerSaysTheSame()
    {
        TempLedger ledger;
        QVERIFY_OK(ledger.import("a.csv", Header + row("1") + row("2", "Storage")));
        QVERIFY_OK(ledger.unlock());
        QCOMPARE(amountOf(ledger, "Storage"), std::string{"2"});
        const auto page = SpendService{ledger.workspace()}.charges({}, Principal::owner(), {});
        QVERIFY_OK(page);
        QCOMPARE(page->rows.size(), std::size_t{2});
        QVERIFY(page->next.empty());
    }
};

QTEST_GUILESS_MAIN(tst_ImportService)
#include "tst_ImportService.moc"
