// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/ClassTable.h"
#include "core/ledger/Digest.h"
#include "core/services/MaintenanceService.h"
#include "core/services/OwnershipService.h"
#include "core/store/Connection.h"
#include "tests/support/FocusRows.h"
#include "tests/support/Qt.h"
#include "tests/support/Tampering.h"
#include "tests/support/TempLedger.h"

#include <algorithm>
#include <atomic>
#include <fstream>
#include <thread>

using namespace sluice;
using sluice::test::FocusHeader;
using sluice::test::focusRow;
using sluice::test::tamper;
using sluice::test::TempLedger;

namespace {

const std::string RulesText
    = R"({"name": "ours", "effective_from": "2026-01-01", "rules": [{"id": "u", "assign": {"unit": "lab"}}]})";
const std::string FirstOrganisation = "kind,id,name\nunit,lab,Lab\n";

// A ledger with something of everything: revision 2 is an organisation, 3 a ruleset, 4 a file with
// a row in quarantine, 5 its restatement, 6 another file.
void fill(TempLedger& ledger)
{
    const auto wait
        = [&ledger] { ledger.clock().set(Timestamp{ledger.clock().now().micros() + 60'000'000}); };
    OwnershipService ownership{ledger.workspace()};
    wait();
    QVERIFY_OK(ownership.importOrganisation(FirstOrganisation, "org.csv", Principal::owner(), {}));
    wait();
    QVERIFY_OK(ownership.publishRuleset(RulesText, "rules.json", {}, Principal::owner(), {}));
    wait();
    QVERIFY_OK(ledger.import("first.csv", FocusHeader + focusRow("1.5") + focusRow("bad")));
    wait();
    QVERIFY_OK(ledger.import("second.csv",
        FocusHeader + focusRow("2.5") + focusRow("0.25", "Storage", "2026-09-04", "acc-2")
            + focusRow("bad")));
    wait();
    QVERIFY_OK(
        ledger.import("third.csv", FocusHeader + focusRow("7", "Training", "2026-09-05", "acc-3")));
}

std::string sqlHash(const std::string& text)
{
    return "x'" + toHex(sha256(text)) + "'";
}

// One alteration, the check that has to find it, and a part of what it has to say.
void row(const char* name, const std::string& sql, const char* check, const std::string& place)
{
    QTest::newRow(name) << QString::fromStdString(sql) << QString::fromUtf8(check)
                        << QString::fromStdString(place);
}

void alterTheLog()
{
    row("a reference to nothing", "INSERT INTO supersessions VALUES (99, 0, 1, 2)", "integrity",
        "supersessions");

    row("an event is gone", "DELETE FROM events WHERE seq = 3", "event_chain", "event 4");
    row("the last event is gone", "DELETE FROM events WHERE seq = 6", "event_chain",
        "event 6 did not bring batch");
    row("an event's bytes",
        "UPDATE events SET canonical = CAST(replace(CAST(canonical AS TEXT), '\"billed\"', '\"estimated\"') AS BLOB) WHERE seq = 4",
        "event_chain", "event 4 was altered");
    row("who did it", "UPDATE events SET actor = 'somebody' WHERE seq = 4", "event_chain",
        "event 4: its actor");
    row("what was done", "UPDATE events SET type = 'Other' WHERE seq = 4", "event_chain",
        "event 4: its type");
    row("done later", "UPDATE events SET at = at + 1000000 WHERE seq = 4", "event_chain",
        "event 4: its time");
    row("done earlier", "UPDATE events SET at = at - 1000000 WHERE seq = 4", "event_chain",
        "event 4: its time");
    row("made earlier", "UPDATE events SET at = at - 1 WHERE seq = 1", "event_chain",
        "event 1: its time");
    row("the time of creation", "UPDATE ledger SET created_at = 0", "event_chain",
        "time of creation");
    row("the currency", "UPDATE ledger SET currency = 'EUR'", "event_chain", "currency");
    row("the time zone", "UPDATE ledger SET time_zone = 'Europe/Paris'", "event_chain",
        "time zone");
}

void alterWhatWasPublished()
{
    row("a ruleset's body",
        "UPDATE rulesets SET body = replace(body, 'lab', 'ops') WHERE number = 2", "event_chain",
        "ruleset 2 is not the text");
    const std::string other = R"({"rules": []})";
    row("a ruleset's body and its hash",
        "UPDATE rulesets SET body = '" + other + "', sha256 = " + sqlHash(other)
            + " WHERE number = 2",
        "event_chain", "ruleset 2 has another hash");
    row("the first ruleset",
        "UPDATE rulesets SET body = '" + other + "', sha256 = " + sqlHash(other)
            + " WHERE number = 1",
        "event_chain", "ruleset 1 has another hash");
    row("a ruleset's first day", "UPDATE rulesets SET effective_from = 0 WHERE number = 2",
        "event_chain", "ruleset 2: its first day");
    row("the first ruleset's name", "UPDATE rulesets SET name = 'x' WHERE number = 1",
        "event_chain", "ruleset 1: its name or first day");
    row("the first ruleset's first day",
        "UPDATE rulesets SET effective_from = effective_from + 30 WHERE number = 1", "event_chain",
        "ruleset 1: its name or first day");
    row("when a ruleset was published", "UPDATE rulesets SET published_at = 0 WHERE number = 2",
        "event_chain", "ruleset 2: it was not published");
    row("when an organisation was published", "UPDATE organisations SET published_at = 0",
        "event_chain", "organisation 1: it was not published");
    row("a ruleset is gone", "DELETE FROM rulesets WHERE number = 2", "event_chain",
        "event 3 brought ruleset 2");
    row("an organisation",
        "UPDATE organisations SET body = replace(body, 'Lab', 'Ops') WHERE version = 1",
        "event_chain", "organisation 1 is not the text");
    row("an organisation and its hash",
        "UPDATE organisations SET body = 'kind,id', sha256 = " + sqlHash("kind,id"), "event_chain",
        "organisation 1 has another hash");
    row("an organisation is gone", "DELETE FROM organisations", "event_chain",
        "event 2 brought organisation 1");
}

void alterBatches()
{
    row("a batch's kind", "UPDATE batches SET kind = 'estimated' WHERE id = 2", "event_chain",
        "its kind is not what event 5 recorded");
    row("a batch's source",
        "INSERT INTO sources VALUES ('x', 'overwrite'); UPDATE batches SET source = 'x' WHERE id = 2",
        "event_chain", "its source is not what event 5 recorded");
    row("a batch's profile", "UPDATE batches SET profile = 'litellm-focus' WHERE id = 2",
        "event_chain", "its profile is not what event 5 recorded");
    row("a profile that there is not", "UPDATE batches SET profile = 'x' WHERE id = 2", "documents",
        "there is no profile 'x'");
    row("a batch's version", "UPDATE batches SET focus_version = '9.9' WHERE id = 2", "event_chain",
        "its focus_version is not what event 5 recorded");
    row("a batch's id", "UPDATE batches SET public_id = 'b-0000000000000000' WHERE id = 2",
        "event_chain", "event 5 did not bring batch b-0000000000000000");
    row("when a batch was imported",
        "UPDATE batches SET imported_at = imported_at - 86400000000 WHERE id = 2", "event_chain",
        "it was not imported when event 5 was");
    row("how a source delivers", "UPDATE sources SET delivery = 'append'", "event_chain",
        "add to what is there, unlike what was recorded with batch b-");
    row("a source that brought nothing", "INSERT INTO sources VALUES ('x', 'append')",
        "event_chain", "no event brought anything of source 'x'");
    row("a document's name", "UPDATE batch_documents SET name = 'x.csv' WHERE batch = 2",
        "event_chain", "its documents is not what event 5 recorded");
}

void alterFigures()
{
    row("a roll-up is gone", "DELETE FROM rollup_segments WHERE batch = 2", "rollups",
        "the daily roll-up differs");
    row("a roll-up of others",
        "UPDATE rollup_segments SET bytes = (SELECT bytes FROM rollup_segments WHERE batch = 3) WHERE batch = 2",
        "rollups", "the daily roll-up differs");
    row("a roll-up's days", "UPDATE rollup_segments SET last_day = 0 WHERE batch = 2", "rollups",
        "does not hold the days");

    row("a control total", "UPDATE control_totals SET ledger = '9' WHERE batch = 2",
        "control_totals", "the control totals differ");
    row("a scope's total", "UPDATE scope_totals SET billed = '1' WHERE batch = 2", "control_totals",
        "acc-1: the charges do not add up");
    row("charges are gone", "DELETE FROM charge_segments WHERE batch = 2", "control_totals",
        "holds 0 charges, not 2");
    row("where charges are", "UPDATE charge_segments SET first_row = 2 WHERE batch = 2",
        "control_totals", "segment 0");
}

void alterSupersessions()
{
    row("a supersession is gone", "DELETE FROM supersessions", "control_totals",
        "acc-1, 2026-09 counts twice: in batch b-");
    row("a batch gives way to one of another account",
        "INSERT INTO supersessions VALUES (3, 0, 2, 7)", "control_totals",
        "acc-3, 2026-09: it gave way to batch b-");
}

void alterWhatCounts()
{
    row("a batch gives way to itself",
        "INSERT INTO supersessions SELECT batch, ordinal, 2, (SELECT max(revision) FROM supersessions) FROM scopes WHERE batch = 2",
        "control_totals", "which did not come after it");
    row("nothing counts of what was delivered",
        "INSERT INTO supersessions SELECT batch, ordinal, 2, (SELECT max(revision) FROM supersessions) FROM scopes WHERE batch = 2 AND ordinal = 1",
        "control_totals", "acc-2, 2026-09: nothing of it counts");
    row("the older delivery counts", "UPDATE supersessions SET batch = 2", "control_totals",
        "acc-1, 2026-09: it gave way to batch b-");
    row("the older delivery takes the place of the newer",
        "UPDATE supersessions SET batch = 2, by_batch = 1, revision = 4", "control_totals",
        "which did not come after it");
    row("a batch gave way later", "UPDATE supersessions SET revision = 6", "control_totals",
        "it gave way in revision 6");
    row("a batch gave way earlier", "UPDATE supersessions SET revision = 2", "control_totals",
        "it gave way in revision 2");
}

void alterSchema()
{
    row("an index is gone", "DROP INDEX batches_by_public_id", "integrity",
        "the index batches_by_public_id is missing");
    row("one more table", "CREATE TABLE notes(text TEXT) STRICT", "integrity",
        "the table notes does not belong there");
    row("one more trigger", "CREATE TRIGGER twice AFTER INSERT ON events BEGIN SELECT 1; END",
        "integrity", "the trigger twice does not belong there");
    row("a table's columns", "ALTER TABLE sources ADD COLUMN note TEXT", "integrity",
        "the table sources was altered");
}

void alterCharges()
{
    row("the line a document's part begins on", "UPDATE document_frames SET first_line = 2",
        "documents", "part 1 of it begins on line 1, not 2");
    row("a document's hash", "UPDATE documents SET sha256 = zeroblob(32) WHERE id = 2", "documents",
        "second.csv");
    row("a document's bytes are another's",
        "UPDATE document_frames SET bytes = (SELECT bytes FROM document_frames WHERE document = 3), "
        "raw_size = (SELECT raw_size FROM document_frames WHERE document = 3) WHERE document = 2",
        "documents", "");
    row("charges of others",
        "UPDATE charge_segments SET bytes = (SELECT bytes FROM charge_segments WHERE batch = 3) WHERE batch = 2",
        "documents", "row 1: the charge differs");
    row("a word of the charge keys",
        "UPDATE strings SET text = 'Consulting' WHERE text = 'Training'", "documents",
        "row 1: ServiceName says 'Consulting', its documents say 'Training'");
    row("a word that there is already",
        "UPDATE strings SET text = 'Storage' WHERE text = 'Training'", "documents",
        "the charge keys");
    row("the charge keys' cells",
        "UPDATE charge_keys SET cells = (SELECT cells FROM charge_keys WHERE id = 0) WHERE id = 1",
        "documents", "the charge keys");
    row("a batch's keys",
        "UPDATE batches SET keys = (SELECT keys FROM batches WHERE id = 3) WHERE id = 1",
        "documents", "BillingAccountId says 'acc-3', its documents say 'acc-1'");
}

void alterReports()
{
    row("a scope's account",
        "UPDATE scopes SET billing_account = 'acc-9' WHERE batch = 2 AND ordinal = 1", "documents",
        "its scope 2 is 'acc-9, 2026-09', its documents give 'acc-2, 2026-09'");
    row("a scope's period",
        "UPDATE scopes SET period_start = period_start - 2678400, period_end = period_end - 2592000 WHERE batch = 2 AND ordinal = 1",
        "documents", "its scope 2 is 'acc-2, 2026-08'");
    row("verdicts are gone", "DELETE FROM verdicts WHERE batch = 2 AND ordinal = 0", "documents",
        "its verdict 1, of ");
    row("a verdict's level", "UPDATE verdicts SET level = 'waived' WHERE batch = 2", "documents",
        "its verdict 1, of ");
    row("a quarantined row", "UPDATE quarantined_rows SET raw_line = 'x' WHERE batch = 2",
        "documents", "row 3: the row in quarantine");
    row("quarantined rows are gone", "DELETE FROM quarantined_rows WHERE batch = 2", "documents",
        "row 3: the row in quarantine");
    row("one more quarantined row",
        "INSERT INTO quarantined_rows VALUES (3, 5, 0, 6, 'r', 'c', 'v', 'w', 'x')", "documents",
        "row 5: its documents do not give this row");
}

} // namespace

class tst_Verify : public QObject {
    Q_OBJECT

private slots:
    void aSoundLedgerPasses()
    {
        TempLedger ledger;
        fill(ledger);
        QVERIFY_OK(tamper(ledger, "SELECT 1"));
        const auto checks = MaintenanceService{ledger.workspace()}.verify(Principal::owner(), {});
        QVERIFY_OK(checks);
        QCOMPARE(checks->size(), std::size_t{5});
        for (const VerifyCheck& check : *checks)
            QVERIFY2(check.passed, (check.name + ": " + check.detail).c_str());
    }

    void whatWasAlteredIsNamed_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("check");
        QTest::addColumn<QString>("place");
        alterTheLog();
        alterWhatWasPublished();
        alterBatches();
        alterFigures();
        alterSupersessions();
        alterWhatCounts();
        alterSchema();
        alterCharges();
        alterReports();
    }

    void whatWasAlteredIsNamed()
    {
        QFETCH(QString, sql);
        QFETCH(QString, check);
        QFETCH(QString, place);
        TempLedger ledger;
        fill(ledger);
        QVERIFY_OK(tamper(ledger, sql.toStdString()));
        const auto checks = MaintenanceService{ledger.workspace()}.verify(Principal::owner(), {});
        QVERIFY_OK(checks);
        QString all;
        bool found = false;
        for (const VerifyCheck& one : *checks) {
            const QString detail = QString::fromStdString(one.detail);
            if (!one.passed)
                all += QString::fromStdString(one.name) + QStringLiteral(": ") + detail + u'\n';
            found = found
                || (!one.passed && QString::fromStdString(one.name) == check
                    && detail.contains(place));
        }
        QVERIFY2(found, qPrintable(QStringLiteral("failed: ") + all));
    }

    void aMissingTriggerIsNamed()
    {
        TempLedger ledger;
        ledger.lock();
        {
            auto connection = Connection::open(
                ledger.path(), test::rawKey().secret, {.mode = OpenMode::ReadWrite});
            QVERIFY_OK(connection);
            QVERIFY_OK(connection->execute("DROP TRIGGER events_no_delete"));
        }
        QVERIFY_OK(ledger.unlock());
        const auto checks = MaintenanceService{ledger.workspace()}.verify(Principal::owner(), {});
        QVERIFY_OK(checks);
        QCOMPARE(checks->front().detail, std::string{"the trigger events_no_delete is missing"});
    }

    // Of a delivery that was read once more only the newest reading counts.
    void anEarlierReadingThatCountsIsNamed()
    {
        TempLedger ledger;
        const auto first = ledger.import(
            "a.csv", FocusHeader + focusRow("1.5") + focusRow("\"2,000.5\"", "Storage"));
        QVERIFY_OK(first);
        const std::string id = first->batches.front().batch.publicId;
        QCOMPARE(first->batches.front().batch.rowsQuarantined, 1U);
        const std::string mapping = ledger.file(QStringLiteral("mapping.json"));
        std::ofstream{mapping} << R"({"thousands": ","})";
        QVERIFY_OK(ImportService{ledger.workspace()}.retry(id, mapping, Principal::owner(), {}));
        const auto sound = MaintenanceService{ledger.workspace()}.verify(Principal::owner(), {});
        QVERIFY_OK(sound);
        for (const VerifyCheck& check : *sound)
            QVERIFY2(check.passed, (check.name + ": " + check.detail).c_str());

        QVERIFY_OK(tamper(ledger, "DELETE FROM supersessions"));
        const auto checks = MaintenanceService{ledger.workspace()}.verify(Principal::owner(), {});
        QVERIFY_OK(checks);
        QVERIFY(std::ranges::any_of(*checks, [&id](const VerifyCheck& check) {
            return check.name == "control_totals"
                && check.detail.find(id + " was read once more") != std::string::npos;
        }));
    }

    // A field with too many values leaves the keys from its batch on, whoever names the source.
    void fieldsThatLeftTheKeysAreNoFault()
    {
        TempLedger ledger;
        const auto file = [](std::size_t rows, const std::string& cost) {
            std::string text = "x_Run," + FocusHeader;
            for (std::size_t i = 0; i < rows; ++i)
                text += "run-" + std::to_string(i) + "," + focusRow(cost);
            return text;
        };
        ImportRequest named;
        named.source = "openai";
        QVERIFY_OK(ledger.import("few.csv", file(3, "1")));
        QVERIFY_OK(ledger.import("many.csv", file(ClassTable::MaxDistinct + 10, "1"), named));
        QVERIFY_OK(ledger.import("more.csv", file(ClassTable::MaxDistinct + 20, "2")));
        QVERIFY_OK(ledger.import("named.csv", file(ClassTable::MaxDistinct + 30, "2"), named));
        const auto checks = MaintenanceService{ledger.workspace()}.verify(Principal::owner(), {});
        QVERIFY_OK(checks);
        for (const VerifyCheck& check : *checks)
            QVERIFY2(check.passed, (check.name + ": " + check.detail).c_str());
    }

    // An import that is committed while verify runs is not part of what it answers for.
    void commitsBesideItAreNoFault()
    {
        TempLedger ledger;
        fill(ledger);
        std::atomic<bool> enough{false};
        std::jthread writing{[&] {
            OwnershipService ownership{ledger.workspace()};
            for (int i = 0; !enough && i < 500; ++i)
                if (!ownership
                         .importOrganisation(
                             FirstOrganisation + "unit,u" + std::to_string(i) + ",U\n", "org.csv",
                             Principal::owner(), {})
                         .ok())
                    return;
        }};
        for (int round = 0; round < 10; ++round) {
            const auto checks
                = MaintenanceService{ledger.workspace()}.verify(Principal::owner(), {});
            QVERIFY_OK(checks);
            for (const VerifyCheck& check : *checks)
                QVERIFY2(check.passed, (check.name + ": " + check.detail).c_str());
        }
        enough = true;
    }
};

QTEST_GUILESS_MAIN(tst_Verify)
#include "tst_Verify.moc"
