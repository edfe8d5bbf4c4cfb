// SPDX-License-Identifier: GPL-3.0-or-later
// Every kind of bad input that an import meets: what is refused names file, place and what to do,
// and the ledger is as it was; what can be a charge becomes one, and only what cannot goes into
// quarantine.
#include "core/ingest/ColumnMap.h"
#include "core/store/Connection.h"
#include "tests/support/FocusRows.h"
#include "tests/support/LedgerFacts.h"
#include "tests/support/Qt.h"
#include "tests/support/TempLedger.h"

#include <filesystem>
#include <fstream>

using namespace sluice;
using sluice::test::FocusHeader;
using sluice::test::focusRow;
using sluice::test::ledgerFacts;
using sluice::test::TempLedger;

namespace {

// Whether the error tells where, what and what to do.
void compareError(
    const Error& error, ErrorCode code, const QByteArray& where, const QByteArray& what)
{
    const QByteArray sentence = QByteArray::fromStdString(errorSentence(error));
    QVERIFY2(error.code == code, sentence);
    QCOMPARE(QByteArray::fromStdString(error.where), where);
    QVERIFY2(QByteArray::fromStdString(error.what).contains(what), sentence);
    QVERIFY2(!error.fix.empty(), sentence);
}

std::string replaced(const std::string& text, const std::string& from, const std::string& to)
{
    return QByteArray::fromStdString(text)
        .replace(QByteArray::fromStdString(from), QByteArray::fromStdString(to))
        .toStdString();
}

QByteArray bytesOfFile(const std::string& path)
{
    QFile file{QString::fromStdString(path)};
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray{};
}

} // namespace

class tst_BadInput : public QObject {
    Q_OBJECT

private slots:
    void aFileThatCannotBeReadChangesNothing_data();
    void aFileThatCannotBeReadChangesNothing();
    void aRowIsQuarantinedOnlyWhenItCannotBeACharge_data();
    void aRowIsQuarantinedOnlyWhenItCannotBeACharge();
    void currenciesAreNeverAddedUp();
    void aVersionNobodyKnowsIsReadByItsColumns();
    void anUnknownProfileIsRefused();
    void twoFilesOfOneScopeDisagree();
    void anotherMonthsFileIsNoneOfThisScopesBusiness();
    void aManifestThatSpeaksOfOtherRowsIsRefused();
    void aManifestThatSpeaksOfOtherRowsOfOnePartIsRefused();
    void wrongPassphrase();
    void truncatedLedger();
    void notALedger();
    void newerSchema();
};

void tst_BadInput::aFileThatCannotBeReadChangesNothing_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("where");
    QTest::addColumn<QByteArray>("what");
    const auto add = [](const char* name, const std::string& text, const std::string& where,
                         const char* what) {
        QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray::fromStdString(where)
                            << QByteArray{what};
    };
    const std::string good = focusRow("1");
    const std::size_t resource = good.find("res-1");
    const std::string nul{'\0'};
    add("empty", "", "bad.csv", "the file is empty");
    add("blank lines", "\n\r\n\n", "bad.csv", "no header line");
    add("header only", FocusHeader, "bad.csv", "has a header and no rows");
    add("header without line end", FocusHeader.substr(0, FocusHeader.size() - 1), "bad.csv",
        "has a header and no rows");
    add("unterminated quote", FocusHeader + good + replaced(good, "res-1", "\"res-1"),
        "bad.csv, line 3, column " + std::to_string(resource + 9), "text after the quote");
    add("quote never closed", FocusHeader + good + "\"1,2\nand so on\n",
        "bad.csv, line 3, column 1", "never closed");
    add("cut within a record", FocusHeader + good + good.substr(0, 40),
        "bad.csv, line 3, column 41", "ends within a record");
    add("NUL byte", FocusHeader + good + replaced(good, "OpenAI", "Open" + nul + "AI"),
        "bad.csv, line 3, byte offset "
            + std::to_string(FocusHeader.size() + good.size() + good.find("OpenAI") + 4),
        "NUL byte");
    add("nothing but NUL", std::string(4'096, '\0'), "bad.csv, line 1, byte offset 0", "NUL byte");
    add("UTF-16 cut in half", "\xFF\xFE" + std::string{"B\0i\0l", 5},
        "bad.csv, line 1, byte offset 6", "ends within a character");
    add("duplicate columns", replaced(FocusHeader, "ListCost", "BilledCost") + good,
        "bad.csv, line 1", "BilledCost (columns 1 and 10)");
    add("nameless column", replaced(FocusHeader, "ListCost", "") + good, "bad.csv, line 1",
        "column 10 of 15 has no name");
    add("no money column", replaced(FocusHeader, "BilledCost", "Price") + good, "bad.csv, line 1",
        "no column for BilledCost");
    add("no period column", replaced(FocusHeader, "ChargePeriodStart", "Day") + good,
        "bad.csv, line 1", "no column for ChargePeriodStart");
    add("something else", "a,b,c\n1,2,3\n", "bad.csv, line 1", "no column for BilledCost");
    add("a spreadsheet", "PK\x03\x04" + std::string(30, 'x') + "[Content_Types].xml", "bad.csv",
        "spreadsheet");
    add("one line of 3 MiB", FocusHeader + good + std::string(3U << 20, 'x') + "\n",
        "bad.csv, line 3, column 1", "longer than 1048576 bytes");
    add("header of 3 MiB", std::string(3U << 20, 'x') + "\n", "bad.csv, line 1, column 1048576",
        "longer than 1048576 bytes");
}

void tst_BadInput::aFileThatCannotBeReadChangesNothing()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, where);
    QFETCH(QByteArray, what);
    TempLedger ledger;
    QVERIFY_OK(ledger.import("good.csv", FocusHeader + focusRow("10")));
    const std::string before = ledgerFacts(ledger.workspace());
    QVERIFY2(sluice::test::isSound(before), before.c_str());
    const auto refused = ledger.import("bad.csv", text.toStdString());
    QVERIFY(!refused.ok());
    compareError(refused.error(),
        what.startsWith("no column for") ? ErrorCode::MissingColumns : ErrorCode::BadInput, where,
        what);
    QCOMPARE(ledgerFacts(ledger.workspace()), before);
    // Of a request with several files all are taken or none.
    ImportRequest request;
    request.inMemory.push_back({"other.csv",
        std::make_shared<const std::string>(
            FocusHeader + focusRow("5", "Storage", "2026-09-05", "acc-2"))});
    QVERIFY(!ledger.import("bad.csv", text.toStdString(), request).ok());
    QCOMPARE(ledgerFacts(ledger.workspace()), before);
}

void tst_BadInput::aRowIsQuarantinedOnlyWhenItCannotBeACharge_data()
{
    QTest::addColumn<std::string>("row");
    QTest::addColumn<std::string>("rule"); // empty: the row becomes a charge
    QTest::addColumn<std::string>("column");
    QTest::addColumn<std::string>("value");
    QTest::addColumn<std::string>("amount"); // of a row that becomes a charge
    const auto add = [](const char* name, const std::string& row, const char* rule,
                         const char* column, const char* value, const char* amount) {
        QTest::newRow(name) << row << std::string{rule} << std::string{column} << std::string{value}
                            << std::string{amount};
    };
    const auto refused
        = [&add](const char* name, const std::string& row, const char* rule, const char* column,
              const char* value) { add(name, row, rule, column, value, ""); };
    const auto taken = [&add](const char* name, const std::string& row, const char* amount) {
        add(name, row, "", "", "", amount);
    };
    const std::string start = "2026-09-03T00:00:00Z";
    refused("1,234.56", focusRow("\"1,234.56\""), "BilledCost-C-001-M", "BilledCost", "1,234.56");
    refused("1,234.56 without quotes", replaced(focusRow("1"), "1,acc-1", "1,234.56,acc-1"),
        "SLUICE-Q3", "", "");
    refused("1.234,56", focusRow("\"1.234,56\""), "BilledCost-C-001-M", "BilledCost", "1.234,56");
    refused("1,5", focusRow("\"1,5\""), "BilledCost-C-001-M", "BilledCost", "1,5");
    refused("NaN", focusRow("NaN"), "BilledCost-C-001-M", "BilledCost", "NaN");
    refused("Infinity", focusRow("-Infinity"), "BilledCost-C-001-M", "BilledCost", "-Infinity");
    refused("hexadecimal", focusRow("0x10"), "BilledCost-C-001-M", "BilledCost", "0x10");
    // FOCUS knows no plus sign
    refused("+5", focusRow("+5"), "BilledCost-C-001-M", "BilledCost", "+5");
    refused("NULL cost", focusRow("NULL"), "BilledCost-C-003-M", "BilledCost", "NULL");
    refused("more than fits", focusRow("1e30"), "SLUICE-Q2-BilledCost", "BilledCost", "1e30");
    refused("exponent bomb", focusRow("1e999999999"), "SLUICE-Q2-BilledCost", "BilledCost",
        "1e999999999");
    refused("more than 128 bits", focusRow(std::string(45, '9')), "SLUICE-Q2-BilledCost",
        "BilledCost", std::string(45, '9').c_str());
    refused("more decimals than are held", focusRow("1e-1108"), "BilledCost-C-001-M", "BilledCost",
        "1e-1108");
    refused("a list cost of more than 128 bits",
        replaced(focusRow("7"), "7,7,,", "7," + std::string(45, '9') + ",,"), "SLUICE-Q2-ListCost",
        "ListCost", std::string(45, '9').c_str());
    refused("too few fields", "1,acc-1,USD\n", "SLUICE-Q3", "", "");
    refused(
        "too many fields", replaced(focusRow("1"), "res-1", "res-1,res-2"), "SLUICE-Q3", "", "");
    refused("no such day", replaced(focusRow("1"), start, "2026-02-30T00:00:00Z"),
        "ChargePeriodStart-C-001-M", "ChargePeriodStart", "2026-02-30T00:00:00Z");
    refused("no start", replaced(focusRow("1"), start, ""), "ChargePeriodStart-C-003-M",
        "ChargePeriodStart", "");
    refused("end before start", replaced(focusRow("1"), start, "2026-09-04T00:00:00Z"), "SLUICE-P1",
        "ChargePeriodEnd", "2026-09-03T01:00:00Z");
    refused("billing end before start", replaced(focusRow("1"), "2026-10-01T", "2026-08-01T"),
        "SLUICE-P1a", "BillingPeriodEnd", "2026-08-01T00:00:00Z");
    refused("bad currency", replaced(focusRow("1"), "USD", "dollars"), "SLUICE-Q1",
        "BillingCurrency", "dollars");
    taken("1e-7", focusRow("1e-7"), "0.0000001");
    // as Python prints a double that is nearly nothing
    taken("44 decimals", focusRow("4.0389678347315804e-28"), "0");
    taken("37 decimals", focusRow("0." + std::string(37, '1')), "0.111111111");
    taken("more digits than 128 bits", focusRow("0." + std::string(39, '3')), "0.333333333");
    taken("as many decimals as are held", focusRow("-2." + std::string(1107, '6')), "-2.666666667");
    taken("list cost with more decimals than are held",
        replaced(focusRow("7"), "7,7,,", "7,1e-1108,,"), "7");
    taken("1E+2", focusRow("1E+2"), "100");
    taken("-0", focusRow("-0"), "0");
    taken("null list cost", replaced(focusRow("7"), "7,7,,", "7,,,"), "7");
    taken("list cost that is no number", replaced(focusRow("7"), "7,7,,", "7,NaN,,"), "7");
    taken("offset", replaced(focusRow("2"), start, "2026-09-03T02:00:00+02:00"), "2");
    taken("offset with minutes", replaced(focusRow("2"), start, "2026-09-03T05:30:00+05:30"), "2");
    taken("no time", replaced(focusRow("2"), start, "2026-09-03"), "2");
    taken("tags that are no JSON", replaced(focusRow("3"), "{", "{{"), "3");
    taken("no tags", replaced(focusRow("3"), "\"{\"\"team\"\": \"\"search\"\"}\"", ""), "3");
}

void tst_BadInput::aRowIsQuarantinedOnlyWhenItCannotBeACharge()
{
    QFETCH(std::string, row);
    QFETCH(std::string, rule);
    QFETCH(std::string, column);
    QFETCH(std::string, value);
    QFETCH(std::string, amount);
    TempLedger ledger;
    const auto report = ledger.import(
        "a.csv", FocusHeader + focusRow("10", "Before") + row + focusRow("20", "After"));
    QVERIFY_OK(report);
    const Batch& batch = report->batches.front().batch;
    QCOMPARE(batch.rowsRead, 3U);
    QCOMPARE(batch.rowsQuarantined, rule.empty() ? 0U : 1U);
    const auto rows
        = ImportService{ledger.workspace()}.quarantine(batch.publicId, 10, Principal::owner());
    QVERIFY_OK(rows);
    if (!rule.empty()) {
        QCOMPARE(rows->size(), std::size_t{1});
        QCOMPARE(rows->front().rule, rule);
        QCOMPARE(rows->front().column, column);
        QCOMPARE(rows->front().value, value);
        QCOMPARE(rows->front().line, 3U);
        QCOMPARE(rows->front().rawLine + "\n", row);
        QVERIFY(!rows->front().reason.empty());
        const auto verdict = std::find_if(batch.verdicts.begin(), batch.verdicts.end(),
            [&](const Verdict& v) { return v.rule == rule; });
        QVERIFY(verdict != batch.verdicts.end());
        QCOMPARE(verdict->level, VerdictLevel::Quarantine);
        QCOMPARE(verdict->firstLine, 3U);
        QVERIFY(!verdict->fix.empty());
    }
    SpendQuery query;
    query.where.push_back({*parseDimension("service"), {"Inference"}});
    const auto spend = SpendService{ledger.workspace()}.spend(query, {}, Principal::owner(), {});
    QVERIFY_OK(spend);
    QCOMPARE(spend->totals.size(), std::size_t{rule.empty() ? 1U : 0U});
    if (rule.empty())
        QCOMPARE(amountText(spend->totals.front().amount, spend->totals.front().currency), amount);
    const std::string facts = ledgerFacts(ledger.workspace());
    QVERIFY2(sluice::test::isSound(facts), facts.c_str());
}

void tst_BadInput::currenciesAreNeverAddedUp()
{
    TempLedger ledger;
    const auto report = ledger.import("a.csv",
        FocusHeader + focusRow("1.25") + replaced(focusRow("100"), "USD", "JPY")
            + replaced(focusRow("7"), "USD", "EUR") + focusRow("-0.25"));
    QVERIFY_OK(report);
    const Batch& batch = report->batches.front().batch;
    QCOMPARE(batch.rowsAccepted, 4U);
    const auto spend = SpendService{ledger.workspace()}.spend({}, {}, Principal::owner(), {});
    QVERIFY_OK(spend);
    std::string totals;
    for (const SpendTotal& total : spend->totals)
        totals += amountText(total.amount, total.currency) + " "
            + std::string{total.currency.code()} + ";";
    QCOMPARE(totals, std::string{"7 EUR;100 JPY;1 USD;"});
    QCOMPARE(batch.controlTotals.size(), std::size_t{12});
    for (const ControlTotal& total : batch.controlTotals)
        QCOMPARE(total.residual, std::string{"0"});
}

void tst_BadInput::aVersionNobodyKnowsIsReadByItsColumns()
{
    TempLedger ledger;
    const std::string header = replaced(FocusHeader, "Tags\n", "Tags,ShadowPrice,x_Squad\n");
    const auto report
        = ledger.import("a.csv", header + replaced(focusRow("3"), "}\"\n", "}\",9,ants\n"));
    QVERIFY_OK(report);
    const Batch& batch = report->batches.front().batch;
    QCOMPARE(batch.rowsAccepted, 1U);
    QVERIFY(!batch.focusVersion.empty()); // the nearest of those that are known
    const bool told
        = std::any_of(batch.verdicts.begin(), batch.verdicts.end(), [](const Verdict& verdict) {
              return verdict.level == VerdictLevel::Finding
                  && verdict.sample.find("FOCUS does not know ShadowPrice") != std::string::npos;
          });
    QVERIFY(told);
    const auto page = SpendService{ledger.workspace()}.charges({}, Principal::owner(), {});
    QVERIFY_OK(page);
    const auto& columns = page->rows.front().columns;
    for (const std::pair<std::string, std::string>& kept :
        {std::pair<std::string, std::string>{"ShadowPrice", "9"}, {"x_Squad", "ants"}})
        QVERIFY2(
            std::find(columns.begin(), columns.end(), kept) != columns.end(), kept.first.c_str());
}

void tst_BadInput::anUnknownProfileIsRefused()
{
    TempLedger ledger;
    const std::string before = ledgerFacts(ledger.workspace());
    ImportRequest request;
    request.profile = "focus-9.9";
    const auto refused = ledger.import("a.csv", FocusHeader + focusRow("1"), request);
    QVERIFY(!refused.ok());
    QVERIFY2(!refused.error().fix.empty(), errorSentence(refused.error()).c_str());
    QCOMPARE(ledgerFacts(ledger.workspace()), before);
}

void tst_BadInput::twoFilesOfOneScopeDisagree()
{
    TempLedger ledger;
    QVERIFY_OK(
        ledger.import("good.csv", FocusHeader + focusRow("10", "Storage", "2026-09-03", "acc-9")));
    const std::string before = ledgerFacts(ledger.workspace());
    ImportRequest request;
    request.inMemory.push_back(
        {"a.csv", std::make_shared<const std::string>(FocusHeader + focusRow("1"))});
    const auto refused = ledger.import("b.csv", FocusHeader + focusRow("2"), request);
    QVERIFY(!refused.ok());
    compareError(refused.error(), ErrorCode::BadInput, "b.csv",
        "the same billing account and period (acc-1, 2026-09)");
    QCOMPARE(ledgerFacts(ledger.workspace()), before);
}

void tst_BadInput::anotherMonthsFileIsNoneOfThisScopesBusiness()
{
    TempLedger ledger;
    ImportRequest request;
    request.inMemory.push_back(
        {"a.csv", std::make_shared<const std::string>(FocusHeader + focusRow("1"))});
    QVERIFY_OK(ledger.import(
        "b.csv", FocusHeader + focusRow("2", "Inference", "2026-09-03", "acc-2"), request));
}

void tst_BadInput::aManifestThatSpeaksOfOtherRowsIsRefused()
{
    TempLedger ledger;
    const std::string before = ledgerFacts(ledger.workspace());
    QTemporaryDir folder;
    std::ofstream{folder.filePath(QStringLiteral("part_0.csv")).toStdString()} << FocusHeader
                                                                               << focusRow("1");
    std::ofstream{folder.filePath(QStringLiteral("manifest.json")).toStdString()}
        << R"({"manifestVersion": "2024-04-01", "dataRowCount": 2, "blobs": [{"blobName": "part_0.csv"}]})";
    ImportRequest request;
    request.paths.push_back(folder.path().toStdString());
    const auto refused = ImportService{ledger.workspace()}.import(request, Principal::owner(), {});
    QVERIFY(!refused.ok());
    compareError(refused.error(), ErrorCode::BadInput, folder.path().toUtf8(),
        "the manifest speaks of 2 rows, the files have 1");
    QCOMPARE(ledgerFacts(ledger.workspace()), before);
}

void tst_BadInput::aManifestThatSpeaksOfOtherRowsOfOnePartIsRefused()
{
    TempLedger ledger;
    const std::string before = ledgerFacts(ledger.workspace());
    QTemporaryDir folder;
    const auto write = [&folder](const char* name, const std::string& text) {
        std::ofstream{folder.filePath(QLatin1String(name)).toStdString()} << text;
    };
    write("part_0.csv", FocusHeader + focusRow("1"));
    write("part_1.csv", FocusHeader + focusRow("2") + focusRow("3"));
    const std::string manifest
        = R"({"dataRowCount": 3, "blobs": [{"blobName": "run/part_0.csv", "dataRowCount": A}, {"blobName": "run/part_1.csv", "dataRowCount": B}]})";
    write("manifest.json", replaced(replaced(manifest, "A", "2"), "B", "1"));
    ImportRequest request;
    request.paths.push_back(folder.path().toStdString());
    ImportService service{ledger.workspace()};
    const auto refused = service.import(request, Principal::owner(), {});
    QVERIFY(!refused.ok());
    compareError(refused.error(), ErrorCode::BadInput, folder.path().toUtf8(),
        "the manifest speaks of 2 rows in run/part_0.csv, the file has 1");
    QCOMPARE(ledgerFacts(ledger.workspace()), before);
    write("manifest.json", replaced(replaced(manifest, "A", "1"), "B", "2"));
    QVERIFY_OK(service.import(request, Principal::owner(), {}));
}

void tst_BadInput::wrongPassphrase()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("p.sluice")).toStdString();
    const FixedClock clock{Timestamp::fromSeconds(1'760'000'000)};
    const auto passphrase = [](std::string_view text) {
        return Credential{Credential::Kind::Passphrase, SecureBytes::copyOf(text)};
    };
    QVERIFY_OK(Workspace::create(path, {}, passphrase("right horse"), {clock, nullptr}));
    const QByteArray before = bytesOfFile(path);
    const auto refused = Workspace::open(path, passphrase("wrong horse"), {clock, nullptr});
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().code, ErrorCode::WrongPassphrase);
    QVERIFY2(!refused.error().fix.empty(), errorSentence(refused.error()).c_str());
    QVERIFY(bytesOfFile(path) == before);
    QVERIFY_OK(Workspace::open(path, passphrase("right horse"), {clock, nullptr}));
}

void tst_BadInput::truncatedLedger()
{
    TempLedger ledger;
    QVERIFY_OK(ledger.import("a.csv", FocusHeader + focusRow("1")));
    ledger.lock();
    const std::string path = ledger.path();
    const auto size = std::filesystem::file_size(path);
    for (const std::uintmax_t kept :
        {size - 4'096, size / 2, std::uintmax_t{8'192}, std::uintmax_t{5'000}}) {
        std::filesystem::resize_file(path, kept);
        const Status opened = ledger.unlock();
        QVERIFY2(!opened.ok(), std::to_string(kept).c_str());
        QVERIFY2(opened.error().code == ErrorCode::Damaged && !opened.error().fix.empty(),
            errorSentence(opened.error()).c_str());
    }
}

void tst_BadInput::notALedger()
{
    for (const QByteArray& bytes : {QByteArray{}, QByteArray{"Dear diary"},
             QByteArray{"SQLite format 3\0", 16}.append(QByteArray(8'176, '\0'))}) {
        TempLedger ledger;
        ledger.lock();
        QFile file{QString::fromStdString(ledger.path())};
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate)
            && file.write(bytes) == bytes.size());
        file.close();
        const Status opened = ledger.unlock();
        QVERIFY(!opened.ok());
        QVERIFY2(opened.error().code == ErrorCode::NotALedger && !opened.error().fix.empty(),
            errorSentence(opened.error()).c_str());
        QVERIFY(bytesOfFile(ledger.path()) == bytes);
    }
}

void tst_BadInput::newerSchema()
{
    TempLedger ledger;
    QVERIFY_OK(ledger.import("a.csv", FocusHeader + focusRow("1")));
    const std::string before = ledgerFacts(ledger.workspace());
    ledger.lock();
    std::int64_t version = 0;
    const auto setVersion = [&ledger](std::int64_t wanted) {
        auto connection = Connection::open(ledger.path(), sluice::test::rawKey().secret, {});
        QVERIFY_OK(connection);
        QVERIFY_OK(connection->execute("PRAGMA user_version=" + std::to_string(wanted)));
    };
    {
        auto connection = Connection::open(ledger.path(), sluice::test::rawKey().secret, {});
        QVERIFY_OK(connection);
        version = *connection->queryInt("PRAGMA user_version");
    }
    setVersion(version + 1);
    const Status opened = ledger.unlock();
    QVERIFY(!opened.ok());
    QVERIFY2(opened.error().code == ErrorCode::NewerSchema && !opened.error().fix.empty(),
        errorSentence(opened.error()).c_str());
    setVersion(version);
    QVERIFY_OK(ledger.unlock());
    QCOMPARE(ledgerFacts(ledger.workspace()), before);
}

QTEST_GUILESS_MAIN(tst_BadInput)
#include "tst_BadInput.moc"
