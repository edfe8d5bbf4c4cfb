// SPDX-License-Identifier: GPL-3.0-or-later
// What another program altered in a ledger is input like any other: the ledger is damaged, and
// nobody is told a wrong figure or sees a crash.
#include "core/ledger/ChargeSegment.h"
#include "core/ledger/Digest.h"
#include "core/ledger/Rollup.h"
#include "core/services/MaintenanceService.h"
#include "core/services/OwnershipService.h"
#include "core/services/SpendService.h"
#include "tests/support/FocusRows.h"
#include "tests/support/Qt.h"
#include "tests/support/Tampering.h"
#include "tests/support/TempLedger.h"

using namespace sluice;
using sluice::test::FocusHeader;
using sluice::test::focusRow;
using sluice::test::tamper;
using sluice::test::TempLedger;

namespace {

void fill(TempLedger& ledger)
{
    QVERIFY_OK(ledger.import(
        "a.csv", FocusHeader + focusRow("1.5") + focusRow("0.25", "Storage", "2026-09-04")));
    QVERIFY_OK(ledger.import("b.csv", FocusHeader + focusRow("7", "Training", "2026-09-05", "x")));
}

Status spend(TempLedger& ledger)
{
    SpendQuery query;
    query.by.push_back(*parseDimension("service"));
    SLUICE_TRY_DO(SpendService{ledger.workspace()}.spend(query, {}, Principal::owner(), {}));
    return Status::success();
}

Status charges(TempLedger& ledger, bool withColumns)
{
    ChargeQuery query;
    query.withColumns = withColumns;
    SLUICE_TRY_DO(SpendService{ledger.workspace()}.charges(query, Principal::owner(), {}));
    return Status::success();
}

// Whether a check of verify fails.
bool isFaultFound(TempLedger& ledger)
{
    const auto checks = MaintenanceService{ledger.workspace()}.verify(Principal::owner(), {});
    return checks.ok()
        && std::ranges::any_of(*checks, [](const VerifyCheck& check) { return !check.passed; });
}

void requireDamaged(const Status& status)
{
    QVERIFY(!status.ok());
    const QByteArray sentence = QByteArray::fromStdString(errorSentence(status.error()));
    QVERIFY2(status.error().code == ErrorCode::Damaged, sentence);
    QVERIFY2(!status.error().fix.empty(), sentence);
}

std::string blob(const std::string& bytes)
{
    std::string hex = "x'";
    for (const char c : bytes) {
        constexpr std::string_view Digits = "0123456789abcdef";
        const auto byte = static_cast<unsigned char>(c);
        hex += Digits[byte >> 4];
        hex += Digits[byte & 15];
    }
    return hex + "'";
}

} // namespace

class tst_AlteredLedger : public QObject {
    Q_OBJECT

private slots:
    void chargeKeysThatAreGone_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::newRow("the last") << QStringLiteral(
            "DELETE FROM charge_keys WHERE id = (SELECT max(id) FROM charge_keys)");
        QTest::newRow("all") << QStringLiteral("DELETE FROM charge_keys");
    }
    void chargeKeysThatAreGone()
    {
        QFETCH(QString, sql);
        TempLedger ledger;
        fill(ledger);
        QVERIFY_OK(tamper(ledger, sql.toStdString()));
        requireDamaged(spend(ledger));
        requireDamaged(charges(ledger, false));
        QVERIFY(isFaultFound(ledger));
        // A new key would take the number of the one that is gone.
        const auto imported
            = ledger.import("c.csv", FocusHeader + focusRow("3", "New", "2026-09-06", "y"));
        QVERIFY(!imported.ok());
        QCOMPARE(imported.error().code, ErrorCode::Damaged);
    }

    void aScopeThatTheBatchDoesNotHave()
    {
        RollupBuilder rollup;
        ChargeSegmentBuilder segment;
        Charge charge;
        charge.row = 1;
        charge.scope = 1'000'000;
        charge.day = BusinessDate::parseIso("2026-09-05")->daysSinceEpoch();
        rollup.add(charge);
        segment.add(charge);
        const std::string day = std::to_string(charge.day);
        TempLedger ledger;
        fill(ledger);
        QVERIFY_OK(tamper(ledger,
            "UPDATE rollup_segments SET bytes = " + blob(encodeRollup(rollup.take()))
                + ", first_day = " + day + ", last_day = " + day + " WHERE batch = 2"));
        requireDamaged(spend(ledger));
        QVERIFY(isFaultFound(ledger));

        TempLedger other;
        fill(other);
        QVERIFY_OK(tamper(other,
            "UPDATE charge_segments SET bytes = " + blob(segment.encode()) + " WHERE batch = 2"));
        requireDamaged(charges(other, false));
        QVERIFY(isFaultFound(other));
    }

    void aDocumentThatTheBatchDoesNotHave()
    {
        ChargeSegmentBuilder segment;
        Charge charge;
        charge.row = 1;
        charge.document = 7;
        segment.add(charge);
        TempLedger ledger;
        fill(ledger);
        QVERIFY_OK(tamper(ledger,
            "UPDATE charge_segments SET bytes = " + blob(segment.encode()) + " WHERE batch = 2"));
        requireDamaged(charges(ledger, true));
        QVERIFY(isFaultFound(ledger));
    }
};

QTEST_GUILESS_MAIN(tst_AlteredLedger)
#include "tst_AlteredLedger.moc"
