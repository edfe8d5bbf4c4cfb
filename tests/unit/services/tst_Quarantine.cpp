// SPDX-License-Identifier: GPL-3.0-or-later
// A row that cannot be a charge is kept, listed and tried again under another mapping. Then it
// counts in the figures, and the control totals are those of the file.
#include "tests/support/FocusRows.h"
#include "tests/support/LedgerFacts.h"
#include "tests/support/Qt.h"
#include "tests/support/TempLedger.h"

#include <fstream>

using namespace sluice;
using sluice::test::ledgerFacts;
using sluice::test::TempLedger;

namespace {

constexpr int Rows = 3'000;
constexpr int Hopeless = 2; // of them, whatever the mapping

// 1234567 cents as "12.345,67".
std::string german(std::int64_t cents)
{
    std::string whole = std::to_string(cents / 100);
    for (std::size_t at = whole.size(); at > 3; at -= 3)
        whole.insert(at - 3, ".");
    const std::int64_t rest = cents % 100;
    return whole + "," + (rest < 10 ? "0" : "") + std::to_string(rest);
}

std::int64_t centsOf(int row)
{
    return (row * 7'919LL) % 2'500'000;
}

// As a spreadsheet of a German office writes it: semicolons, decimal commas, points between
// thousands, days with points.
std::string germanFile()
{
    std::string text
        = "BilledCost;EffectiveCost;ListCost;ContractedCost;BillingAccountId;BillingCurrency;BillingPeriodStart;BillingPeriodEnd;ChargeCategory;"
          "ChargePeriodStart;ChargePeriodEnd;ServiceName;ProviderName\r\n";
    for (int row = 0; row < Rows; ++row) {
        const std::string cost = row % 1'500 == 700 ? "folgt" : german(centsOf(row));
        const int day = row % 29 + 1;
        text += cost + ";" + cost + ";" + cost + ";;konto-" + std::to_string(row % 3)
            + ";EUR;01.09.2026;01.10.2026;Usage;" + std::to_string(day) + ".09.2026;"
            + std::to_string(day + 1) + ".09.2026;Dienst " + std::to_string(row % 17)
            + ";Rechenzentrum GmbH\r\n";
    }
    return text;
}

std::string germanTotal()
{
    std::int64_t cents = 0;
    for (int row = 0; row < Rows; ++row)
        cents += row % 1'500 == 700 ? 0 : centsOf(row);
    return toString(Decimal{cents, 2});
}

std::string figure(TempLedger& ledger, std::string_view currency)
{
    const auto spend = SpendService{ledger.workspace()}.spend({}, {}, Principal::owner(), {});
    if (!spend.ok())
        return errorSentence(spend.error());
    for (const SpendTotal& total : spend->totals) {
        if (total.currency.code() == currency)
            return amountText(total.amount, total.currency);
    }
    return {};
}

std::string writeMapping(TempLedger& ledger, const std::string& json)
{
    const std::string path = ledger.file(QStringLiteral("mapping.json"));
    std::ofstream{path} << json;
    return path;
}

QString sampleFile()
{
    return sluice::test::sharedPath(
        QStringLiteral("data/focus/focus_sample_data_1.0/focus_sample.csv"));
}

} // namespace

class tst_Quarantine : public QObject {
    Q_OBJECT

private slots:
    void aSpreadsheetInAnotherNotation()
    {
        TempLedger ledger;
        const auto report = ledger.import("september.csv", germanFile());
        QVERIFY_OK(report);
        const Batch first = report->batches.front().batch;
        QCOMPARE(first.rowsRead, std::uint64_t{Rows});
        QVERIFY(first.rowsQuarantined > Rows / 2);
        ImportService service{ledger.workspace()};
        const auto held = service.quarantine(first.publicId, Rows, Principal::owner());
        QVERIFY_OK(held);
        QCOMPARE(held->size(), static_cast<std::size_t>(first.rowsQuarantined));
        for (const QuarantinedRow& row : *held) {
            QVERIFY(row.line == row.row + 1 && !row.rule.empty() && !row.reason.empty());
            QVERIFY2(row.rawLine.find(row.value) != std::string::npos && !row.value.empty(),
                row.rawLine.c_str());
        }

        ledger.clock().set(Timestamp::fromSeconds(1'760'000'100));
        const auto retried = service.retry(first.publicId,
            writeMapping(ledger, R"({"decimal": ",", "thousands": ".", "dates": "day_first"})"),
            Principal::owner(), {});
        QVERIFY_OK(retried);
        const Batch& second = retried->batches.front().batch;
        QCOMPARE(second.publicId, first.publicId); // so that charges keep their names
        QCOMPARE(second.rowsQuarantined, std::uint64_t{Hopeless});
        QCOMPARE(second.rowsAccepted, std::uint64_t{Rows - Hopeless});
        for (const ControlTotal& total : second.controlTotals) {
            const std::string wanted = total.column == "ContractedCost" ? "0" : germanTotal();
            QCOMPARE(total.file, wanted);
            QCOMPARE(total.accepted, wanted);
            QCOMPARE(total.ledger, wanted);
            QCOMPARE(total.residual, std::string{"0"});
        }
        QCOMPARE(figure(ledger, "EUR"), germanTotal());
        const auto left = service.quarantine(first.publicId, Rows, Principal::owner());
        QVERIFY_OK(left);
        QCOMPARE(left->size(), std::size_t{Hopeless});
        QCOMPARE(left->front().value, std::string{"folgt"});
        const std::string after = ledgerFacts(ledger.workspace());
        QVERIFY2(sluice::test::isSound(after), after.c_str());

        // Nothing more can be won: nothing changes, also under the mapping that the batch has by
        // now.
        const auto again = service.retry(first.publicId, {}, Principal::owner(), {});
        QVERIFY_OK(again);
        QCOMPARE(again->batches.front().status, BatchStatus::Unchanged);
        QCOMPARE(ledgerFacts(ledger.workspace()), after);
    }

    // The real sample with some costs written the way people write them: after the retry all is as
    // without.
    void theRealSampleWithMoneySigns()
    {
        if (sampleFile().isEmpty())
            QSKIP("the shared sample is not here");
        QFile file{sampleFile()};
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = file.readAll().split('\n');
        const qsizetype cost = lines.front().split(',').indexOf("\"BilledCost\"");
        QVERIFY(cost == 1); // no quoted text with commas stands before it
        QByteArray changed;
        int spoilt = 0;
        for (qsizetype i = 0; i < lines.size(); ++i) {
            QByteArray line = lines[i];
            if (i > 0 && i % 10 == 0 && !line.isEmpty()) {
                line.insert(line.indexOf(',') + 1, "$ ");
                ++spoilt;
            }
            changed += line + (i + 1 < lines.size() ? "\n" : "");
        }
        TempLedger whole;
        const auto wanted = whole.import("sample.csv", QByteArray{lines.join('\n')}.toStdString());
        QVERIFY_OK(wanted);
        QCOMPARE(wanted->batches.front().batch.rowsQuarantined, 0U);

        TempLedger ledger;
        const auto report = ledger.import("sample.csv", changed.toStdString());
        QVERIFY_OK(report);
        const Batch& first = report->batches.front().batch;
        QCOMPARE(first.rowsQuarantined, static_cast<std::uint64_t>(spoilt));
        QVERIFY(figure(ledger, "USD") != figure(whole, "USD"));
        const auto retried = ImportService{ledger.workspace()}.retry(
            first.publicId, writeMapping(ledger, R"({"thousands": ","})"), Principal::owner(), {});
        QVERIFY_OK(retried);
        const Batch& second = retried->batches.front().batch;
        QCOMPARE(second.rowsQuarantined, 0U);
        QVERIFY(second.controlTotals == wanted->batches.front().batch.controlTotals);
        QCOMPARE(figure(ledger, "USD"), figure(whole, "USD"));
        const std::string facts = ledgerFacts(ledger.workspace());
        QVERIFY2(sluice::test::isSound(facts), facts.c_str());
    }

    // A mapping under which fewer rows can be charges is no repair.
    void aRetryThatLosesRowsChangesNothing()
    {
        TempLedger ledger;
        const auto report = ledger.import("a.csv",
            sluice::test::FocusHeader + sluice::test::focusRow("1.5")
                + sluice::test::focusRow("x"));
        QVERIFY_OK(report);
        const std::string before = ledgerFacts(ledger.workspace());
        const auto retried
            = ImportService{ledger.workspace()}.retry(report->batches.front().batch.publicId,
                writeMapping(ledger, R"({"decimal": ","})"), Principal::owner(), {});
        QVERIFY_OK(retried);
        QCOMPARE(retried->batches.front().status, BatchStatus::Unchanged);
        QCOMPARE(ledgerFacts(ledger.workspace()), before);
    }
};

QTEST_GUILESS_MAIN(tst_Quarantine)
#include "tst_Quarantine.moc"
