// SPDX-License-Identifier: GPL-3.0-or-later
// What the window says after an import must be true to the last digit.
#include "tests/support/Gui.h"
#include "ui/pages/imports/ImportSummary.h"

using namespace sluice;
using namespace sluice::ui;

namespace {

constexpr Currency Usd = Currency::literal("USD");

ImportedBatch batch(const char* file, const char* accepted, const char* ledger, std::uint64_t rows,
    std::uint64_t quarantined = 0)
{
    ImportedBatch made;
    made.batch.rowsAccepted = rows;
    made.batch.rowsQuarantined = quarantined;
    made.batch.controlTotals = {{"BilledCost", Usd, file, accepted, ledger, "0"},
        {"EffectiveCost", Usd, "9", "9", "9", "0"}};
    return made;
}

} // namespace

class TestImportSummary : public QObject {
    Q_OBJECT

private slots:
    void init() { test::failOnWarnings(); }

    void equalTotalsAreSummedOverTheFiles()
    {
        const ImportSummary summary = summaryOf(
            {1, {batch("1000.25", "1000.25", "1000.25", 3), batch("0.5", "0.5", "0.5", 2)}}, {});
        QCOMPARE(summary.headline, QStringLiteral("Imported 5 rows."));
        QCOMPARE(
            summary.detail, QStringLiteral("Billed cost USD\u00A01,000.75: equal to the file's."));
        QVERIFY(summary.level == InfoLevel::Ok);
    }

    void aRoundingResidualIsNamed()
    {
        const ImportSummary summary
            = summaryOf({1, {batch("0.0000000014", "0.0000000014", "0.000000001", 1)}}, {});
        QCOMPARE(summary.headline, QStringLiteral("Imported 1 row."));
        QCOMPARE(summary.detail,
            QStringLiteral(
                "Billed cost USD\u00A00.000000001: equal to the file's, but for a rounding residual of 0.0000000004."));
    }

    void moneyInQuarantineIsNotCalledEqual()
    {
        const ImportSummary summary = summaryOf({1, {batch("12.5", "10", "10", 2, 1)}}, {});
        QCOMPARE(summary.detail,
            QStringLiteral(
                "Billed cost USD\u00A010: the file's is USD\u00A012.5, so USD\u00A02.5 is held back. One row cannot be a charge and is in quarantine."));
        QVERIFY(summary.level == InfoLevel::Warning);
    }

    void whatIsThereAlreadyIsNothingNew()
    {
        ImportedBatch unchanged = batch("1", "1", "1", 1);
        unchanged.status = BatchStatus::Unchanged;
        QCOMPARE(summaryOf({1, {unchanged}}, {}).headline,
            QStringLiteral("Nothing new: this is in the ledger already."));
        // and does not count beside one that is new
        QCOMPARE(summaryOf({1, {unchanged, batch("2", "2", "2", 2)}}, {}).detail,
            QStringLiteral("Billed cost USD\u00A02: equal to the file's."));
    }
};

QTEST_MAIN(TestImportSummary)
#include "tst_ImportSummary.moc"
