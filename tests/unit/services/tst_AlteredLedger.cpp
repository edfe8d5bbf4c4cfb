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

    void whatCannotBeReadIsDamagedAtOpening_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::newRow("an event that is no JSON") << QStringLiteral(
            "UPDATE events SET canonical = x'7b' WHERE seq = (SELECT max(seq) FROM events)");
        QTest::newRow("an event that is no event") << QStringLiteral(
            "UPDATE events SET canonical = CAST('{}' AS BLOB) WHERE seq = (SELECT max(seq) FROM events)");
        QTest::newRow("a time zone that there is not")
            << QStringLiteral("UPDATE ledger SET time_zone = 'Mars/Olympus'");
        QTest::newRow("a currency that there is not")
            << QStringLiteral("UPDATE ledger SET currency = 'usd'");
    }
    void whatCannotBeReadIsDamagedAtOpening()
    {
        QFETCH(QString, sql);
        TempLedger ledger;
        fill(ledger);
        requireDamaged(tamper(ledger, sql.toStdString()));
    }

    void whatCannotBeReadIsDamagedWhereItIsNeeded_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::newRow("a currency of a total")
            << QStringLiteral("UPDATE scope_totals SET currency = 'jpy' WHERE batch = 1");
        QTest::newRow("a total") << QStringLiteral("UPDATE scope_totals SET billed = '1e3'");
        QTest::newRow("a ruleset") << QStringLiteral("UPDATE rulesets SET body = 'x'");
        QTest::newRow("an organisation")
            << QStringLiteral("INSERT INTO organisations VALUES (1, 0, 2, zeroblob(32), 'x')");
    }
    void whatCannotBeReadIsDamagedWhereItIsNeeded()
    {
        QFETCH(QString, sql);
        TempLedger ledger;
        fill(ledger);
        QVERIFY_OK(tamper(ledger, sql.toStdString()));
        requireDamaged(spend(ledger));
        QVERIFY(isFaultFound(ledger));
    }

    void aDocumentWhosePartsDoNotMakeItUp_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::newRow("where a part lies")
            << QStringLiteral("UPDATE document_frames SET raw_offset = 1 WHERE document = 2");
        QTest::newRow("an empty part")
            << QStringLiteral("UPDATE document_frames SET raw_size = 0 WHERE document = 2");
        QTest::newRow("a part that no memory holds") << QStringLiteral(
            "UPDATE document_frames SET raw_size = 4294967295 WHERE document = 2");
        QTest::newRow("a part is gone")
            << QStringLiteral("DELETE FROM document_frames WHERE document = 2");
        QTest::newRow("the document's size")
            << QStringLiteral("UPDATE documents SET byte_count = byte_count + 1 WHERE id = 2");
        QTest::newRow("a profile that there is not")
            << QStringLiteral("UPDATE batches SET profile = 'x' WHERE id = 2");
        QTest::newRow("a mapping that is none")
            << QStringLiteral("UPDATE batches SET mapping = 'x' WHERE id = 2");
    }
    void aDocumentWhosePartsDoNotMakeItUp()
    {
        QFETCH(QString, sql);
        TempLedger ledger;
        fill(ledger);
        const auto batches = ImportService{ledger.workspace()}.batches(Principal::owner());
        QVERIFY_OK(batches);
        QVERIFY_OK(tamper(ledger, sql.toStdString()));
        for (const Batch& batch : *batches) {
            const auto explained = SpendService{ledger.workspace()}.explain(
                batch.publicId + "-1", Principal::owner(), {});
            if (batch.id.value() == 1)
                QVERIFY_OK(explained);
            else
                requireDamaged(explained.ok() ? Status{} : Status{explained.error()});
        }
        QVERIFY(isFaultFound(ledger));
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
