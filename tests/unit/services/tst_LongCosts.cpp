// SPDX-License-Identifier: GPL-3.0-or-later
// Costs with more digits than 128 bits hold are charges like others: rounded half-even to the
// ledger's scale, shown as the file has them, and the control totals are the file's to the last
// digit.
#include "core/base/WideDecimal.h"
#include "tests/support/FocusRows.h"
#include "tests/support/LedgerFacts.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/support/TempLedger.h"
#include "tests/unit/base/Oracle.h"

using namespace sluice;
using sluice::test::Big;
using sluice::test::bigDivide;
using sluice::test::bigPower;
using sluice::test::bigText;
using sluice::test::FocusHeader;
using sluice::test::focusRow;
using sluice::test::TempLedger;

namespace {

constexpr int Places = 1107; // what the oracle counts in
constexpr int LedgerScale = 9;

struct Cost {
    std::string text;
    Big units;
};

// Some short, most with more than 38 digits.
Cost randomCost(SeededRandom& random)
{
    const bool negative = random.chance(1, 3);
    const auto whole = 1 + random.below(9);
    const auto decimals = random.chance(1, 3) ? 1 + random.below(12) : 30 + random.below(1000);
    Cost cost;
    for (std::uint64_t i = 0; i < whole + decimals; ++i) {
        if (i == whole)
            cost.text += '.';
        const auto digit = random.chance(1, 3) ? 9 : random.below(10);
        cost.text += static_cast<char>('0' + digit);
        cost.units = cost.units * 10 + digit;
    }
    cost.units *= bigPower(Places - static_cast<int>(decimals));
    if (negative) {
        cost.text.insert(0, "-");
        cost.units = -cost.units;
    }
    return cost;
}

Big roundedUnits(const Cost& cost)
{
    return bigDivide(cost.units, bigPower(Places - LedgerScale), Rounding::HalfEven);
}

std::string valueOf(const ChargeView& charge, std::string_view column)
{
    const auto found = std::find_if(charge.columns.begin(), charge.columns.end(),
        [column](const auto& value) { return value.first == column; });
    return found == charge.columns.end() ? std::string{} : found->second;
}

ChargePage allCharges(TempLedger& ledger)
{
    ChargeQuery query;
    query.limit = 1000;
    auto page = SpendService{ledger.workspace()}.charges(query, Principal::owner(), {});
    return page.ok() ? std::move(page).value() : ChargePage{};
}

const ControlTotal& billed(const Batch& batch)
{
    static const ControlTotal none;
    const auto found = std::find_if(batch.controlTotals.begin(), batch.controlTotals.end(),
        [](const ControlTotal& t) { return t.column == "BilledCost" && t.currency.isSet(); });
    return found == batch.controlTotals.end() ? none : *found;
}

} // namespace

class tst_LongCosts : public QObject {
    Q_OBJECT

private slots:
    void totalsAreTheFiles()
    {
        SeededRandom random{sluice::test::seed(1)};
        for (int round = sluice::test::rounds(60); round > 0; --round) {
            TempLedger ledger;
            std::string file = FocusHeader;
            std::vector<Cost> costs;
            Big inFile;
            Big accepted;
            Big inLedger;
            for (auto rows = 1 + random.below(30); rows > 0; --rows) {
                const Cost cost = randomCost(random);
                std::string row = focusRow(cost.text);
                inFile += cost.units;
                if (random.chance(1, 6)) {
                    row.replace(row.find("Usage,2026"), 10, "Usage,soon");
                } else {
                    costs.push_back(cost);
                    accepted += cost.units;
                    inLedger += roundedUnits(cost);
                }
                file += row;
            }
            if (costs.empty())
                continue;
            const auto report = ledger.import("a.csv", file);
            QVERIFY_OK(report);
            const Batch& batch = report->batches.front().batch;
            QCOMPARE(batch.rowsAccepted, costs.size());
            const ControlTotal& total = billed(batch);
            QCOMPARE(total.file, bigText(inFile, Places));
            QCOMPARE(total.accepted, bigText(accepted, Places));
            QCOMPARE(total.ledger, bigText(inLedger, LedgerScale));
            QCOMPARE(total.residual,
                bigText(accepted - inLedger * bigPower(Places - LedgerScale), Places));
            requireCharges(ledger, costs);
            const std::string facts = sluice::test::ledgerFacts(ledger.workspace());
            QVERIFY2(sluice::test::isSound(facts), facts.c_str());
        }
    }

    // A list cost that nothing holds is no reason to set the row aside: it is null, and found.
    void aListCostOfTooManyDecimals()
    {
        TempLedger ledger;
        std::string row = focusRow("7");
        row.replace(row.find("7,7,,"), 5, "7,1e-1108,0." + std::string(45, '3') + ",");
        const auto report = ledger.import("a.csv", FocusHeader + row + focusRow("1"));
        QVERIFY_OK(report);
        const Batch& batch = report->batches.front().batch;
        QCOMPARE(batch.rowsQuarantined, 0U);
        const auto verdict = std::find_if(batch.verdicts.begin(), batch.verdicts.end(),
            [](const Verdict& v) { return v.rule == "ListCost-C-001-M"; });
        QVERIFY(verdict != batch.verdicts.end());
        QCOMPARE(verdict->level, VerdictLevel::Finding);
        QCOMPARE(verdict->rows, 1U);
        const ChargePage page = allCharges(ledger);
        QCOMPARE(page.rows.size(), std::size_t{2});
        QCOMPARE(page.rows[0].nullCosts, std::uint8_t{1U << 2});
        QCOMPARE(page.rows[0].costs[3], std::int64_t{333'333'333});
        QCOMPARE(valueOf(page.rows[0], "ListCost"), std::string{});
        const auto total = std::find_if(batch.controlTotals.begin(), batch.controlTotals.end(),
            [](const ControlTotal& t) { return t.column == "ListCost"; });
        QCOMPARE(total->file, std::string{"1"});
    }

    void aBilledCostOfTooManyDecimals()
    {
        TempLedger ledger;
        const auto report
            = ledger.import("a.csv", FocusHeader + focusRow("1e-1108") + focusRow("1"));
        QVERIFY_OK(report);
        const auto rows = ImportService{ledger.workspace()}.quarantine(
            report->batches.front().batch.publicId, 10, Principal::owner());
        QVERIFY_OK(rows);
        QCOMPARE(rows->size(), std::size_t{1});
        QCOMPARE(rows->front().reason, std::string{"the cost has more than 1107 decimals"});
    }

private:
    static void requireCharges(TempLedger& ledger, const std::vector<Cost>& costs)
    {
        const ChargePage page = allCharges(ledger);
        QCOMPARE(page.rows.size(), costs.size());
        for (std::size_t i = 0; i < costs.size(); ++i) {
            QVERIFY(sluice::test::big(page.rows[i].costs[0]) == roundedUnits(costs[i]));
            WideDecimal shown;
            QVERIFY(WideDecimal::parse(valueOf(page.rows[i], "BilledCost"), shown)
                == WideDecimal::Fit::Held);
            QCOMPARE(shown.toString(), bigText(costs[i].units, Places));
        }
    }
};

QTEST_GUILESS_MAIN(tst_LongCosts)
#include "tst_LongCosts.moc"
