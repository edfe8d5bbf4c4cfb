// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/MaintenanceService.h"
#include "core/services/OwnershipService.h"
#include "core/services/SpendService.h"
#include "tests/support/FocusRows.h"
#include "tests/support/Qt.h"
#include "tests/support/TempLedger.h"

#include <filesystem>
#include <fstream>

using namespace sluice;
using sluice::test::FocusHeader;
using sluice::test::focusRow;
using sluice::test::TempLedger;

namespace {

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

// A delivery of several files: 0.csv, 1.csv … of a folder.
Result<ImportReport> importFolder(TempLedger& ledger, const QString& name,
    const std::vector<std::string>& texts, ImportRequest request = {})
{
    const std::filesystem::path folder{ledger.file(name)};
    std::filesystem::create_directories(folder);
    for (std::size_t i = 0; i < texts.size(); ++i)
        std::ofstream{folder / (std::to_string(i) + ".csv")} << texts[i];
    request.paths.push_back(folder.string());
    return ImportService{ledger.workspace()}.import(request, Principal::owner(), {});
}

void verifyAll(TempLedger& ledger)
{
    const auto checks = MaintenanceService{ledger.workspace()}.verify(Principal::owner(), {});
    QVERIFY_OK(checks);
    for (const VerifyCheck& check : *checks)
        QVERIFY2(check.passed, (check.name + ": " + check.detail).c_str());
}

} // namespace

class tst_ImportService : public QObject {
    Q_OBJECT

private slots:
    void storesChargesAndProvesThem()
    {
        TempLedger ledger;
        const auto report = ledger.import("sept.csv",
            FocusHeader + focusRow("1.5") + focusRow("0.0000000001")
                + focusRow("-0.25", "Refunds"));
        QVERIFY_OK(report);
        const Batch& batch = report->batches.front().batch;
        QCOMPARE(batch.rowsRead, 3U);
        QCOMPARE(batch.rowsAccepted, 3U);
        QCOMPARE(batch.source, std::string{"openai"});
        QCOMPARE(batch.controlTotals.front().file, std::string{"1.2500000001"});
        QCOMPARE(batch.controlTotals.front().ledger, std::string{"1.25"});
        QCOMPARE(batch.controlTotals.front().residual, std::string{"0.0000000001"});
        QCOMPARE(amountOf(ledger, "Inference"), std::string{"1.5"});

        const auto explained = SpendService{ledger.workspace()}.explain(
            batch.publicId + "-3", Principal::owner(), {});
        QVERIFY_OK(explained);
        QCOMPARE(explained->line, 4U);
        QCOMPARE(explained->rawLine + "\n", focusRow("-0.25", "Refunds"));
        QCOMPARE(explained->document.name, std::string{"sept.csv"});
        verifyAll(ledger);
    }

    void sameFileIsANoOp()
    {
        TempLedger ledger;
        QVERIFY_OK(ledger.import("a.csv", FocusHeader + focusRow("1")));
        const std::uint64_t before = ledger.workspace().revision();
        const auto again = ledger.import("b.csv", FocusHeader + focusRow("1"));
        QVERIFY_OK(again);
        QCOMPARE(again->batches.front().status, BatchStatus::Unchanged);
        QCOMPARE(ledger.workspace().revision(), before);
        QCOMPARE(amountOf(ledger, "Inference"), std::string{"1"});
    }

    void identicalRowsAreLegal()
    {
        TempLedger ledger;
        QVERIFY_OK(ledger.import("a.csv", FocusHeader + focusRow("1") + focusRow("1")));
        QCOMPARE(amountOf(ledger, "Inference"), std::string{"2"});
    }

    void restatementReplacesTheScope()
    {
        TempLedger ledger;
        const auto first = ledger.import("a.csv",
            FocusHeader + focusRow("10") + focusRow("4", "Storage")
                + focusRow("3", "Inference", "2026-09-04", "acc-2"));
        QVERIFY_OK(first);
        ledger.clock().set(Timestamp::fromSeconds(1'770'000'000));
        const auto second
            = ledger.import("b.csv", FocusHeader + focusRow("12") + focusRow("4", "Storage"));
        QVERIFY_OK(second);
        QCOMPARE(second->batches.front().batch.scopes.front().supersedes,
            first->batches.front().batch.publicId);
        QCOMPARE(amountOf(ledger, "Inference"), std::string{"15"}); // acc-2 was not restated

        SpendQuery query;
        const auto then = SpendService{ledger.workspace()}.spend(
            query, {Timestamp::fromSeconds(1'765'000'000), {}}, Principal::owner(), {});
        QVERIFY_OK(then);
        QCOMPARE(amountText(then->totals.front().amount, then->totals.front().currency),
            std::string{"17"});

        const auto diff = ImportService{ledger.workspace()}.diff(
            second->batches.front().batch.publicId, {}, Principal::owner(), {});
        QVERIFY_OK(diff);
        QCOMPARE(diff->rows.size(), std::size_t{1});
        QCOMPARE(amountText(diff->rows.front().difference(Measure::BilledCost),
                     diff->rows.front().currency),
            std::string{"2"});
    }

    void aRestatedDeliveryMayHaveAPartThatDidNotChange()
    {
        TempLedger ledger;
        const std::string same = FocusHeader + focusRow("1") + focusRow("2");
        QVERIFY_OK(importFolder(ledger, QStringLiteral("v1"),
            {same, FocusHeader + focusRow("10", "Storage") + focusRow("0.5", "Storage")}));
        const auto restated = importFolder(ledger, QStringLiteral("v2"),
            {same, FocusHeader + focusRow("20", "Storage") + focusRow("0.5", "Storage"),
                FocusHeader});
        QVERIFY_OK(restated);
        QCOMPARE(amountOf(ledger, "Inference"), std::string{"3"});
        QCOMPARE(amountOf(ledger, "Storage"), std::string{"20.5"});
        const std::string& batch = restated->batches.front().batch.publicId;
        const auto explained
            = SpendService{ledger.workspace()}.explain(batch + "-2", Principal::owner(), {});
        QVERIFY_OK(explained);
        QCOMPARE(explained->rawLine + "\n", focusRow("2"));
        // the empty part too
        QVERIFY_OK(importFolder(ledger, QStringLiteral("v3"),
            {same, FocusHeader + focusRow("21", "Storage") + focusRow("0.5", "Storage"),
                FocusHeader}));
        verifyAll(ledger);
    }

    void aFileMayComeAgainWithMoreOfItsDelivery()
    {
        TempLedger ledger;
        const std::string first = FocusHeader + focusRow("1") + focusRow("2");
        QVERIFY_OK(ledger.import("p0.csv", first));
        QVERIFY_OK(importFolder(
            ledger, QStringLiteral("whole"), {first, FocusHeader + focusRow("10", "Storage")}));
        QCOMPARE(amountOf(ledger, "Inference"), std::string{"3"});
        QCOMPARE(amountOf(ledger, "Storage"), std::string{"10"});
        verifyAll(ledger);
    }

    void noDocumentCountsTwice()
    {
        TempLedger ledger;
        const std::string first = FocusHeader + focusRow("1") + focusRow("2");
        ImportRequest other;
        other.source = "other";
        QVERIFY_OK(ledger.import("p0.csv", first, other));
        ImportRequest elsewhere;
        elsewhere.source = "elsewhere";
        const auto twice = importFolder(ledger, QStringLiteral("whole"),
            {first, FocusHeader + focusRow("10", "Storage")}, elsewhere);
        QVERIFY(!twice.ok());
        QVERIFY2(errorSentence(twice.error()).find("other") != std::string::npos,
            errorSentence(twice.error()).c_str());
        const auto doubled = importFolder(ledger, QStringLiteral("twice"),
            {FocusHeader + focusRow("7"), FocusHeader + focusRow("7")});
        QVERIFY(!doubled.ok());
        QVERIFY2(errorSentence(doubled.error()).find("the same as 0.csv") != std::string::npos,
            errorSentence(doubled.error()).c_str());
        const std::string mapping = ledger.file(QStringLiteral("map.json"));
        std::ofstream{mapping} << R"({"constants": {"x_a": "1"}})";
        other.mappingFile = mapping;
        const auto again = ledger.import("p0.csv", first, other);
        QVERIFY(!again.ok());
        QVERIFY2(errorSentence(again.error()).find("--retry --map") != std::string::npos,
            errorSentence(again.error()).c_str());
        QCOMPARE(amountOf(ledger, "Inference"), std::string{"3"});
        verifyAll(ledger);
    }

    void muchSmallerDeliveryIsRefused()
    {
        TempLedger ledger;
        QVERIFY_OK(
            ledger.import("a.csv", FocusHeader + focusRow("10") + focusRow("10") + focusRow("10")));
        const auto refused = ledger.import("b.csv", FocusHeader + focusRow("10"));
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::SmallerDelivery);
        QCOMPARE(amountOf(ledger, "Inference"), std::string{"30"});
        ImportRequest request;
        request.replaceSmaller = true;
        QVERIFY_OK(ledger.import("b.csv", FocusHeader + focusRow("10"), request));
        QCOMPARE(amountOf(ledger, "Inference"), std::string{"10"});
    }

    void badRowsAreQuarantinedAndRetried()
    {
        TempLedger ledger;
        const auto report = ledger.import("a.csv",
            FocusHeader + focusRow("1") + focusRow("\"1.234,56\"") + focusRow("NaN")
                + focusRow("1e-7") + focusRow("-0"));
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

    void eachDecimalOfACostIsInTheControlTotal()
    {
        TempLedger ledger;
        const auto report = ledger.import("a.csv",
            FocusHeader + focusRow("4.0389678347315804e-28") + focusRow("-5e-324")
                + focusRow("5e-324") + focusRow("0.1111111111111111111111111111111111111")
                + focusRow("2.5e-9"));
        QVERIFY_OK(report);
        const Batch& batch = report->batches.front().batch;
        QCOMPARE(batch.rowsQuarantined, 0U);
        const ControlTotal& billed = batch.controlTotals.front();
        QCOMPARE(billed.column, std::string{"BilledCost"});
        QCOMPARE(billed.file, std::string{"0.11111111361111111111111111151500789457315804"});
        QCOMPARE(billed.accepted, billed.file);
        QCOMPARE(billed.ledger, std::string{"0.111111113"});
    }

    void aRowCountsInEachRuleThatItBreaks()
    {
        const auto spoilt = [](const char* cost, const char* currency) {
            return QByteArray::fromStdString(focusRow("7"))
                .replace("7,acc-1", QByteArray{cost} + ",acc-1")
                .replace(",USD,", QByteArray{","} + currency + ",")
                .toStdString();
        };
        TempLedger ledger;
        const auto report = ledger.import("a.csv",
            FocusHeader + focusRow("1") + spoilt("", "") + spoilt("", "USD") + spoilt("3", "")
                + spoilt("x", "usd"));
        QVERIFY_OK(report);
        const Batch& batch = report->batches.front().batch;
        QCOMPARE(batch.rowsQuarantined, 4U);
        const auto is = [&batch](const char* rule, std::uint64_t rows, std::uint64_t line) {
            return std::any_of(
                batch.verdicts.begin(), batch.verdicts.end(), [&](const Verdict& verdict) {
                    return verdict.rule == rule && verdict.level == VerdictLevel::Quarantine
                        && verdict.rows == rows && verdict.firstLine == line;
                });
        };
        QVERIFY(is("BilledCost-C-003-M", 2, 3));
        QVERIFY(is("BilledCost-C-001-M", 1, 6));
        QVERIFY(is("BillingCurrency-C-004-M", 2, 3));
        QVERIFY(is("SLUICE-Q1", 1, 6));
    }

    void faultsNameTheirRule_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QByteArray>("rule");
        QTest::newRow("no currency")
            << QByteArray(",USD,") << QByteArray(",,") << QByteArray("BillingCurrency-C-004-M");
        QTest::newRow("bad currency")
            << QByteArray(",USD,") << QByteArray(",usd,") << QByteArray("SLUICE-Q1");
        QTest::newRow("no cost") << QByteArray("7,acc-1") << QByteArray(",acc-1")
                                 << QByteArray("BilledCost-C-003-M");
        QTest::newRow("bad cost") << QByteArray("7,acc-1") << QByteArray("7.000.0,acc-1")
                                  << QByteArray("BilledCost-C-001-M");
        QTest::newRow("too much") << QByteArray("7,acc-1") << QByteArray("70000000000000,acc-1")
                                  << QByteArray("SLUICE-Q2-BilledCost");
        QTest::newRow("no such day")
            << QByteArray("Usage,2026-09-03T") << QByteArray("Usage,2026-02-30T")
            << QByteArray("ChargePeriodStart-C-001-M");
        QTest::newRow("end before start")
            << QByteArray("Usage,2026-09-03T") << QByteArray("Usage,2026-09-09T")
            << QByteArray("SLUICE-P1");
        QTest::newRow("ragged") << QByteArray(",res-1,") << QByteArray(",res-1,one,two,")
                                << QByteArray("SLUICE-Q3");
    }

    void faultsNameTheirRule()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QByteArray, rule);
        const QByteArray bad = QByteArray::fromStdString(focusRow("7")).replace(from, to);
        TempLedger ledger;
        const auto report = ledger.import(
            "a.csv", FocusHeader + focusRow("1") + bad.toStdString() + focusRow("2"));
        QVERIFY_OK(report);
        const Batch& batch = report->batches.front().batch;
        QCOMPARE(batch.rowsQuarantined, 1U);
        const auto rows
            = ImportService{ledger.workspace()}.quarantine(batch.publicId, 10, Principal::owner());
        QVERIFY_OK(rows);
        QCOMPARE(QByteArray::fromStdString(rows->front().rule), rule);
        QCOMPARE(rows->front().line, 3U);
        QCOMPARE(amountOf(ledger, "Inference"), std::string{"3"});
    }

    void cancelLeavesTheLedgerAsItWas()
    {
        TempLedger ledger;
        std::string text = FocusHeader;
        for (int i = 0; i < 20'000; ++i)
            text += focusRow("1");
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
        const auto report = ledger.import("a.csv", FocusHeader + focusRow("1"), request);
        QVERIFY_OK(report);
        QCOMPARE(report->batches.front().batch.rowsAccepted, 1U);
        QCOMPARE(ledger.workspace().revision(), 1U);
    }

    void aSharedChargeTellsAScopedPersonTheirShareOnly()
    {
        TempLedger ledger;
        OwnershipService ownership{ledger.workspace()};
        const std::string organisation
            = "kind,id,name,parent,owner,roles,scope,cost_centre,unit,email,category,valid_from,valid_to\n"
              "unit,lab,Lab,,,,,,,,,,\nunit,ops,Ops,,,,,,,,,,\nperson,lea,Lea,,,Department,lab,,,,,,\n";
        QVERIFY_OK(ownership.importOrganisation(organisation, "org.csv", Principal::owner(), {}));
        const std::string rules
            = "{\"name\":\"half\",\"rules\":[{\"id\":\"half\",\"when\":[{\"field\":\"ServiceName\",\"present\":true}],"
              "\"split\":[{\"weight\":1,\"assign\":{\"unit\":\"lab\"}},{\"weight\":1,\"assign\":{\"unit\":\"ops\"}}]}]}";
        QVERIFY_OK(
            ownership.publishRuleset(rules, "rules.json", BusinessDate{}, Principal::owner(), {}));
        const auto report = ledger.import("a.csv", FocusHeader + focusRow("10"));
        QVERIFY_OK(report);
        const auto lea = ledger.workspace().principal("lea");
        QVERIFY_OK(lea);
        const auto explained = SpendService{ledger.workspace()}.explain(
            report->batches.front().batch.publicId + "-1", *lea, {});
        QVERIFY_OK(explained);
        QCOMPARE(explained->charge.costs[0], std::int64_t{5'000'000'000});
        QVERIFY(explained->rawLine.empty());
        for (const auto& [column, text] : explained->charge.columns)
            QVERIFY2(text != "10", column.c_str());
    }

    // Real files have "org" and " org" beside each other: one tag, in what is shown, filtered and
    // assigned.
    void spellingsOfATagFallTogether()
    {
        TempLedger ledger;
        const auto tagged = [](const std::string& cost, const char* tags) {
            return QByteArray::fromStdString(focusRow(cost))
                .replace("\"{\"\"team\"\": \"\"search\"\"}\"", tags)
                .toStdString();
        };
        QVERIFY_OK(ledger.import("a.csv",
            FocusHeader + tagged("1", R"("{""org"": ""lab""}")")
                + tagged("2", R"("{"" org"": ""lab""}")") + tagged("4", R"("{""ORG "": ""ops""}")")
                + tagged("8", R"("{"" org"": ""ops"", ""org"": ""lab""}")")
                + tagged("16", R"("{""org"": "" "", ""Org"": ""ops""}")") + tagged("32", "")));
        const auto amounts = [&ledger](const SpendQuery& query) {
            const auto answer
                = SpendService{ledger.workspace()}.spend(query, {}, Principal::owner(), {});
            std::string text;
            for (const SpendRow& row : answer->rows)
                text += (row.values.empty() ? std::string{} : row.values.front() + " ")
                    + amountText(row.amount, row.currency) + ";";
            return text;
        };
        SpendQuery query;
        query.by.push_back(*parseDimension("tag:org"));
        QCOMPARE(amounts(query), std::string{"(none) 32;ops 20;lab 11;"});
        for (const char* name : {"tag:org", "tag: Org"}) {
            SpendQuery filtered;
            filtered.where.push_back({*parseDimension(name), {"lab", "ops"}});
            QCOMPARE(amounts(filtered), std::string{"31;"});
        }
    }

    void reopenedLedgerSaysTheSame()
    {
        TempLedger ledger;
        QVERIFY_OK(ledger.import("a.csv", FocusHeader + focusRow("1") + focusRow("2", "Storage")));
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
