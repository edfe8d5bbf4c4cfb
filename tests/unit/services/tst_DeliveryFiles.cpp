// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/SpendService.h"
#include "tests/support/Qt.h"
#include "tests/support/TempLedger.h"

#include <QDir>

#include <fstream>
#include <zlib.h>

using namespace sluice;
using sluice::test::TempLedger;

namespace {

const std::string Header
    = "BilledCost,EffectiveCost,BillingCurrency,BillingAccountId,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ServiceName";

std::string row(const std::string& billed, const std::string& effective)
{
    return billed + "," + effective
        + ",USD,a1,2026-01-01T00:00:00Z,2026-02-01T00:00:00Z,2026-01-01T00:00:00Z,2026-01-02T00:00:00Z,Usage,Compute";
}

std::string billed(TempLedger& ledger)
{
    const auto answer = SpendService{ledger.workspace()}.spend({}, {}, Principal::owner(), {});
    return !answer.ok() ? errorSentence(answer.error())
        : answer->totals.empty()
        ? "0"
        : amountText(answer->totals.front().amount, answer->totals.front().currency);
}

std::string shown(const ChargeView& charge, const std::string& column)
{
    for (const auto& [name, value] : charge.columns) {
        if (name == column)
            return value;
    }
    return "(no such column)";
}

std::string gzipped(const std::string& text)
{
    z_stream stream{};
    const int level = 9;
    if (deflateInit2(&stream, level, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        qFatal("no packer");
    std::string in = text;
    std::string out(deflateBound(&stream, in.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
        qFatal("not packed");
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

void write(const QString& path, const std::string& text)
{
    std::ofstream{path.toStdString(), std::ios::binary} << text;
}

} // namespace

class tst_DeliveryFiles : public QObject {
    Q_OBJECT

private slots:
    void aSlipInAMappingIsRefused_data()
    {
        QTest::addColumn<QString>("mapping");
        QTest::addColumn<QString>("named");
        QTest::newRow("a column that the file does not have") << QStringLiteral(
            R"({"columns": {"BilledCost": ["NetCst"]}})") << QStringLiteral("NetCst");
        QTest::newRow("no FOCUS column")
            << QStringLiteral(R"({"columns": {"BilledCosts": ["NetCost"]}})")
            << QStringLiteral("BilledCosts");
        QTest::newRow("values of no column")
            << QStringLiteral(R"({"values": {"ChargeCategorie": {"a": "b"}}})")
            << QStringLiteral("ChargeCategorie");
        QTest::newRow("a constant of no column")
            << QStringLiteral(R"({"constants": {"Privider": "x"}})") << QStringLiteral("Privider");
        QTest::newRow("one sign for two things")
            << QStringLiteral(R"({"decimal": ",", "thousands": ","})") << QStringLiteral("','");
        QTest::newRow("the decimal point that nobody changed")
            << QStringLiteral(R"({"thousands": "."})") << QStringLiteral("'.'");
        QTest::newRow("an old name") << QStringLiteral(R"({"constants": {"Provider": "x"}})")
                                     << QStringLiteral("ProviderName");
    }
    void aSlipInAMappingIsRefused()
    {
        QFETCH(QString, mapping);
        QFETCH(QString, named);
        TempLedger ledger;
        const QString path = QString::fromStdString(ledger.file(QStringLiteral("map.json")));
        write(path, mapping.toStdString());
        ImportRequest request;
        request.mappingFile = path.toStdString();
        const auto refused
            = ledger.import("a.csv", Header + ",NetCost\n" + row("100", "100") + ",80\n", request);
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::BadInput);
        QVERIFY2(QString::fromStdString(refused.error().what).contains(named),
            errorSentence(refused.error()).c_str());
        write(path,
            R"({"columns": {"BilledCost": ["Net", "NetCost"], "x_Gross": "BilledCost"}, "values": {"ServiceName": {"Compute": "C"}}})");
        QVERIFY_OK(
            ledger.import("a.csv", Header + ",NetCost\n" + row("100", "100") + ",80\n", request));
        QCOMPARE(billed(ledger), std::string{"80"});
    }

    void aMappedColumnStandsForItselfToo()
    {
        TempLedger ledger;
        const std::string path = ledger.file(QStringLiteral("map.json"));
        write(QString::fromStdString(path),
            R"({"columns": {"EffectiveCost": "BilledCost", "SubAccountId": "x_team"}})");
        ImportRequest request;
        request.mappingFile = path;
        std::string text = Header + ",x_team\n" + row("8", "-") + ",search\n";
        text.replace(text.find("EffectiveCost"), 13, "SkuMeter");
        QVERIFY_OK(ledger.import("a.csv", text, request));
        QCOMPARE(billed(ledger), std::string{"8"});
        const auto charges = SpendService{ledger.workspace()}.charges({}, Principal::owner(), {});
        QVERIFY_OK(charges);
        QCOMPARE(shown(charges->rows.front(), "EffectiveCost"), std::string{"8"});
        QCOMPARE(shown(charges->rows.front(), "SubAccountId"), std::string{"search"});
        QCOMPARE(shown(charges->rows.front(), "x_team"), std::string{"search"});
    }

    void theColumnWithTheNameOfTodayIsUsed_data()
    {
        QTest::addColumn<QString>("header");
        QTest::addColumn<QString>("cost");
        QTest::newRow("the older first")
            << QStringLiteral("BilledCost,AmortizedCost,EffectiveCost,")
            << QStringLiteral("7,8,9,");
        QTest::newRow("the older last") << QStringLiteral("BilledCost,EffectiveCost,AmortizedCost,")
                                        << QStringLiteral("7,9,8,");
    }
    void theColumnWithTheNameOfTodayIsUsed()
    {
        QFETCH(QString, header);
        QFETCH(QString, cost);
        const std::string rest = Header.substr(Header.find("BillingCurrency"));
        const std::string values = row("", "").substr(2);
        TempLedger ledger;
        const auto report = ledger.import(
            "a.csv", header.toStdString() + rest + "\n" + cost.toStdString() + values + "\n");
        QVERIFY_OK(report);
        const auto& verdicts = report->batches.front().batch.verdicts;
        QVERIFY(std::any_of(verdicts.begin(), verdicts.end(), [](const Verdict& v) {
            return v.rule == "SLUICE-F4" && v.sample.starts_with("Column AmortizedCost");
        }));
        SpendQuery query;
        query.measure = Measure::EffectiveCost;
        const SpendService service{ledger.workspace()};
        const auto answer = service.spend(query, {}, Principal::owner(), {});
        QVERIFY_OK(answer);
        QCOMPARE(amountText(answer->totals.front().amount, answer->totals.front().currency),
            std::string{"9"});
        const auto charges = service.charges({}, Principal::owner(), {});
        QVERIFY_OK(charges);
        QCOMPARE(shown(charges->rows.front(), "AmortizedCost"), std::string{"8"});
        QCOMPARE(shown(charges->rows.front(), "EffectiveCost"), std::string{"9"});
    }

    void aPackedTwinIsTheSameFile_data()
    {
        QTest::addColumn<bool>("packedFirst");
        QTest::newRow("packed first") << true;
        QTest::newRow("packed last") << false;
    }
    void aPackedTwinIsTheSameFile()
    {
        QFETCH(bool, packedFirst);
        const std::string plain = Header + "\n" + row("1", "1") + "\n" + row("2", "2") + "\n";
        const std::string packed = gzipped(plain);
        TempLedger ledger;
        const QString map = QString::fromStdString(ledger.file(QStringLiteral("map.json")));
        write(map, R"({"delivery": "append"})");
        ImportRequest request;
        request.mappingFile = map.toStdString();
        const auto first = ledger.import(
            packedFirst ? "a.csv.gz" : "a.csv", packedFirst ? packed : plain, request);
        QVERIFY_OK(first);
        const auto refused = ledger.import(
            packedFirst ? "b.csv" : "b.csv.gz", packedFirst ? plain : packed, request);
        QVERIFY(!refused.ok());
        const std::string sentence = errorSentence(refused.error());
        QVERIFY2(sentence.find(first->batches.front().batch.publicId) != std::string::npos,
            sentence.c_str());
        QCOMPARE(billed(ledger), std::string{"3"});
        // both in one request, new
        const std::string other = Header + "\n" + row("4", "4") + "\n" + row("5", "5") + "\n";
        ImportRequest both = request;
        both.inMemory.push_back({"c.csv", std::make_shared<const std::string>(other)});
        QVERIFY(!ledger.import("d.csv.gz", gzipped(other), both).ok());
        QCOMPARE(billed(ledger), std::string{"3"});
        // as many rows, but others
        QVERIFY_OK(ledger.import("e.csv.gz", gzipped(other), request));
        QCOMPARE(billed(ledger), std::string{"12"});
    }

    void aPackedTwinInAFolderIsRefused()
    {
        const QTemporaryDir folder;
        const std::string plain = Header + "\n" + row("1", "1") + "\n";
        write(folder.filePath(QStringLiteral("a.csv")), plain);
        write(folder.filePath(QStringLiteral("b.csv.gz")), gzipped(plain));
        TempLedger ledger;
        ImportRequest request;
        request.paths.push_back(folder.path().toStdString());
        ImportService service{ledger.workspace()};
        const auto refused = service.import(request, Principal::owner(), {});
        QVERIFY(!refused.ok());
        const std::string sentence = errorSentence(refused.error());
        QVERIFY2(sentence.find("the same as a.csv") != std::string::npos, sentence.c_str());
        write(folder.filePath(QStringLiteral("b.csv.gz")),
            gzipped(Header + "\n" + row("2", "2") + "\n"));
        QVERIFY_OK(service.import(request, Principal::owner(), {}));
        QCOMPARE(billed(ledger), std::string{"3"});
    }

    void aMissingCurrencyColumnIsNamed()
    {
        TempLedger ledger;
        QByteArray text = QByteArray::fromStdString(Header + "\n" + row("3", "3") + "\n");
        text.replace(",BillingCurrency", "").replace(",USD", "");
        const auto report = ledger.import("a.csv", text.toStdString());
        QVERIFY_OK(report);
        const auto rows = ImportService{ledger.workspace()}.quarantine(
            report->batches.front().batch.publicId, 10, Principal::owner());
        QVERIFY_OK(rows);
        QCOMPARE(rows->front().rule, std::string{"BillingCurrency-C-004-M"});
        QCOMPARE(rows->front().column, std::string{"BillingCurrency"});
        QCOMPARE(rows->front().value, std::string{});
    }

    void verdictsOfAnImportedFileCountAndRejectNothing()
    {
        TempLedger ledger;
        const auto report = ledger.import(
            "a.csv", Header + "\n" + row("bad", "worse") + "\n" + row("1", "1") + "\n");
        QVERIFY_OK(report);
        bool second = false;
        for (const Verdict& verdict : report->batches.front().batch.verdicts) {
            QVERIFY2(verdict.level != VerdictLevel::Reject, verdict.rule.c_str());
            QVERIFY2(verdict.level != VerdictLevel::Quarantine || verdict.rows == 1,
                verdict.rule.c_str());
            second = second || verdict.rule == "EffectiveCost-C-001-M";
        }
        QVERIFY(second);
    }

    void columnsThatTheProfileDerivesAreNotAskedFor()
    {
        TempLedger ledger;
        const auto report = ledger.import("azure.csv",
            "Date,MeterCategory,CostInBillingCurrency,BillingCurrencyCode,BillingAccountId\n01/02/2026,Compute,3,USD,a1\n");
        QVERIFY_OK(report);
        QCOMPARE(report->batches.front().batch.rowsAccepted, 1U);
        for (const Verdict& verdict : report->batches.front().batch.verdicts) {
            const bool derived = verdict.column == "ChargePeriodEnd"
                || verdict.column == "BillingPeriodStart" || verdict.column == "BillingPeriodEnd";
            QVERIFY2(!derived || verdict.level == VerdictLevel::Waived, verdict.rule.c_str());
            QVERIFY2(verdict.level != VerdictLevel::Reject, verdict.rule.c_str());
        }
    }

    void aCommaTooManyOnEachLine()
    {
        TempLedger ledger;
        QVERIFY_OK(
            ledger.import("a.csv", Header + ",\n" + row("1", "1") + ",\n" + row("2", "2") + ",\n"));
        QCOMPARE(billed(ledger), std::string{"3"});
        const auto refused = ledger.import(
            "b.csv", Header + ",\n" + row("1", "1") + ",\n" + row("2", "2") + ",9\n");
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().where, std::string{"b.csv, line 3"});
    }

    void whatToolsLeaveBesideADeliveryIsSkippedAndNamed()
    {
        TempLedger ledger;
        const QDir folder{QString::fromStdString(ledger.file(QStringLiteral("export")))};
        QVERIFY(folder.mkpath(QStringLiteral(".")));
        write(folder.filePath(QStringLiteral("part-0.csv")), Header + "\n" + row("1", "1") + "\n");
        write(folder.filePath(QStringLiteral("part-1.txt")), Header + "\n" + row("2", "2") + "\n");
        for (const char* name :
            {"_SUCCESS", "README.txt", ".crc", "notes.md", "job.json", "log.txt"})
            write(folder.filePath(QString::fromLatin1(name)), "nothing of that kind\n");
        // another delivery, or more parts of this one: which, only a person can say
        QVERIFY(folder.mkpath(QStringLiteral("more")));
        write(folder.filePath(QStringLiteral("more/part-2.csv")),
            Header + "\n" + row("4", "4") + "\n");
        ImportRequest request;
        request.paths.push_back(folder.path().toStdString());
        const auto report
            = ImportService{ledger.workspace()}.import(request, Principal::owner(), {});
        QVERIFY_OK(report);
        QCOMPARE(billed(ledger), std::string{"3"});
        QCOMPARE(report->batches.front().skipped,
            (std::vector<std::string>{
                ".crc", "README.txt", "_SUCCESS", "job.json", "log.txt", "more/", "notes.md"}));
        // Two documents, one hash of the delivery: the one that its id begins with.
        const Batch& batch = report->batches.front().batch;
        QCOMPARE(batch.publicId, "b-" + toHex(deliveryHash(batch.documents)).substr(0, 16));
    }
};

QTEST_GUILESS_MAIN(tst_DeliveryFiles)
#include "tst_DeliveryFiles.moc"
