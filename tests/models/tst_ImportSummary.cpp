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

    // An amount that cannot be read is in no total, so nothing can be equal to the file's.
    void whatCannotBeReadIsNotCalledEqual()
    {
        const QString held = QStringLiteral(" 29 rows cannot be charges and are in quarantine.");
        const ImportSummary none = summaryOf({1, {batch("0", "0", "0", 0, 29)}}, {});
        QCOMPARE(none.detail,
            QStringLiteral("Billed cost USD\u00A00: equal to that of the rows that could be read.")
                + held);
        QVERIFY(none.level == InfoLevel::Warning);
        QCOMPARE(summaryOf({1, {batch("0.15", "0.15", "0.1", 1, 29)}}, {}).detail,
            QStringLiteral(
                "Billed cost USD\u00A00.1: equal to that of the rows that could be read, but for a rounding residual of 0.05.")
                + held);
        ImportedBatch some = batch("12.5", "10", "10", 2, 29);
        some.batch.verdicts = {{"r", "BilledCost", VerdictLevel::Quarantine, 1, 4, "1e", {}}};
        QCOMPARE(summaryOf({1, {some}}, {}).detail,
            QStringLiteral(
                "Billed cost USD\u00A010: the file's rows that could be read have USD\u00A012.5, so USD\u00A02.5 of them is held back.")
                + held);
    }

    void aCurrencyThatIsMissingIsSaid()
    {
        ImportedBatch made = batch("0.84664", "0", "0", 0, 1);
        made.batch.controlTotals.front().currency = {};
        QVERIFY2(
            summaryOf({1, {made}}, {})
                .detail.startsWith(QStringLiteral(
                    "Billed cost (no currency)\u00A00: the file's is (no currency)\u00A00.84664")),
            qPrintable(summaryOf({1, {made}}, {}).detail));
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
